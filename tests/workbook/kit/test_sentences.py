"""Every sentence that a lead reads has one home, and is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from xlplan.workbook.kit import sentences
from xlplan.workbook.kit.sentences import MAILS, SENTENCES, say
from xlplan.workbook.update import proposals

ROOM = Path(sentences.__file__).parents[1]
ROUNDS = ROOM.parent / "rounds"
WRITERS = [*(ROOM / "update").glob("[!_]*.py"), ROOM / "kit" / "words.py"]
MAILERS = [
    ROUNDS / "sending" / "mailing.py",
    ROUNDS / "sending" / "drafts.py",
    ROUNDS / "reminding.py",
]


def texts(path: Path) -> Iterator[str]:
    """Every string of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.name)
def test_no_module_that_writes_for_leads_has_sentences_of_its_own(path: Path) -> None:
    sentences_of_its_own = {
        text for text in texts(path) if re.match(r"[A-Z][a-z]+ [a-z]|[A-Z][a-z]+.*[.?:]\Z", text)
    }
    assert sentences_of_its_own - {"Programme office"} == set()


@pytest.mark.parametrize("path", MAILERS, ids=lambda path: path.name)
def test_no_module_that_writes_mail_has_a_letter_of_its_own(path: Path) -> None:
    assert [text for text in texts(path) if "Dear" in text or "Thank" in text] == []


def test_every_mail_goes_to_somebody_and_says_by_when() -> None:
    for body in MAILS.values():
        assert body.startswith("Dear {lead},")
        assert {"{round}", "{return_by}", "{office}"} <= set(re.findall(r"\{\w+\}", body))


def test_every_sentence_is_used_and_every_name_is_known() -> None:
    used = {
        name
        for path in ROOM.rglob("*.py")
        for name in re.findall(r"""say\(\s*["']([a-z_.]+)["']""", path.read_text(encoding="utf-8"))
    }
    # Prompts of proposed actions go by their field.
    used |= {proposals._prompt_of(field) for field in (*proposals._HOMES, "a field of theirs")}
    assert used == set(SENTENCES)


def test_a_sentence_wants_its_words() -> None:
    assert say("title", plan="Plan", round="January") == "Plan: update for January"
    with pytest.raises(KeyError):
        say("title", plan="Plan")

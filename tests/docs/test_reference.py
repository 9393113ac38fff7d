"""Docs and program say the same: commands, options, defaults, statuses, finding codes, links. Both
ways.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from xlplan.cli.main import tree
from xlplan.cli.usage import commands
from xlplan.plan.findings.catalogue import CATALOGUE
from xlplan.reports.formats.files import SUFFIXES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
COMMANDS: dict[str, Any] = dict(commands(tree()))


def a_script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = a_script("reference")


@pytest.mark.parametrize("page", sorted(REFERENCE.PAGES))
def test_the_reference_is_what_the_program_says(page: str) -> None:
    """When this fails: `python docs/reference.py`."""
    assert (DOCS / page).read_text(encoding="utf-8") == REFERENCE.PAGES[page]()


def test_every_command_and_option_stands_in_the_reference_and_no_other() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (xlplan .+)$", text, re.MULTILINE) == list(COMMANDS)
    known = {
        option for one in COMMANDS.values() for parameter in one.params for option in parameter.opts
    }
    known |= {"--help", "--version", "--install-completion", "--show-completion"}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert {option for option in known if option.startswith("--")} - {"--show-completion"} <= told
    assert told <= known


def test_every_default_that_is_told_is_the_programs() -> None:
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert "default `plan.db`" in text
    assert {
        str(parameter.default)
        for one in COMMANDS.values()
        for parameter in one.params
        if "--plan" in parameter.opts
    } == {"plan.db"}
    for suffix in SUFFIXES:
        assert suffix in text


def test_every_finding_stands_in_the_catalogue_page_and_no_other() -> None:
    text = (DOCS / "reference" / "findings.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == sorted(CATALOGUE)


def command_lines(text: str) -> list[str]:
    """Every command that a page shows, in code blocks and between backticks."""
    blocks = [
        line.strip().removeprefix("$ ")
        for line in text.splitlines()
        if re.match(r" {4,}|\$ ", line)
    ]
    inline = re.findall(r"`(?:python -m )?(xlplan [^`\n]+)`", text)
    return [line for line in [*blocks, *inline] if re.match(r"(python -m )?xlplan [a-z-]", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_in_the_docs_can_be_typed(page: Path) -> None:
    """Each names a command that there is, with options that it has."""
    for line in command_lines(page.read_text(encoding="utf-8")):
        words = line.removeprefix("python -m ").split()
        if words[1].startswith("-") or words[1].isupper():
            continue
        names = [name for name in COMMANDS if words[: len(name.split())] == name.split()]
        assert names or words[1] == "mapping", f"{page.name}: {line}"
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", re.sub(r'"[^"]*"', "", line)))
        for name in names:
            own = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {
                "--help"
            }
            assert options <= own, f"{page.name}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (page.parent / name).resolve() if name else page
        assert place.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", place.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings
            }


def test_every_code_that_the_docs_name_is_in_the_catalogue() -> None:
    for page in PAGES:
        for code in re.findall(r"\[([a-z]+(?:-[a-z]+)+)\](?!\()", page.read_text(encoding="utf-8")):
            assert code in CATALOGUE, f"{page.name}: {code}"


def test_statuses_in_the_docs_are_the_programs() -> None:
    from typing import get_args

    from xlplan.plan.rounds import ReturnStatus
    from xlplan.rounds.papers.standings import LeadStatus

    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    told = {
        kind: re.search(rf"{kind} ((?:`[a-z]+`[, ]*)+)", text)
        for kind in ("A file is", "A lead is")
    }
    for kind, wanted in (("A file is", ReturnStatus), ("A lead is", LeadStatus)):
        found = told[kind]
        assert found is not None
        assert set(re.findall(r"`([a-z]+)`", found[1])) == set(get_args(wanted)) - {
            "kept",
            "asked",
            "declined",
        }


def test_pictures_are_small_and_every_one_is_shown() -> None:
    shown = {
        Path(target).name
        for page in PAGES
        for target in re.findall(r"\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    pictures = list((DOCS / "pictures").glob("*.png"))
    assert {picture.name for picture in pictures} == shown
    assert all(picture.stat().st_size < 300 * 1024 for picture in pictures)

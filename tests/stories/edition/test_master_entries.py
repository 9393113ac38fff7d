"""Cells that hold entries, in a master workbook that the office edits: emptied, shortened, added
to.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stories.edition.test_office_edition import SUE, edited, row_of
from tests.stories.office import Office, codes


def with_entries(office: Office, *texts: str) -> Path:
    """A master workbook in which 2.13 has one entry of its lead's a round, and nothing else
    moved.
    """
    for number, text in enumerate(texts, start=1):
        office.export(f"Round {number}")
        office.take(office.fill(SUE, {"2.13": {"progress": text}}, name=f"{number}.xlsx"), status=0)
        office.merge()
    return office.folder / str(office.run("master").document["master"])


def rewritten(
    new: Callable[[str], str | None], words: str = "Fewer cases."
) -> Callable[[Any], None]:
    """An edit of the cell of 2.13 that holds these words."""

    def edit(page: Any) -> None:
        (cell,) = [one for one in page[row_of(page, "2.13")] if words in str(one.value or "")]
        cell.value = new(str(cell.value))

    return edit


def progress(office: Office) -> str:
    return str(office.run("log", "2.13", "progress").document["history"][-1]["new"] or "")


@pytest.mark.parametrize("plan", ["fresh", "append"])
@pytest.mark.parametrize(("choice", "left"), [("--accept", ""), ("--take", "Fewer cases.")])
def test_a_cell_of_entries_that_the_office_empties_is_asked_about(
    walsall: Office, plan: str, choice: str, left: str
) -> None:
    if plan == "append":
        toml = appending(walsall)
        assert walsall.run("mapping", "use", toml).status == 0
    path = with_entries(walsall, "Fewer cases.")
    taken = walsall.take_ours(edited(path, rewritten(lambda text: None)), status=1)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"]) == (
        "2.13",
        "progress",
        "cleared",
    )
    assert "Fewer cases." in question["master"]
    assert walsall.merge().document["open_questions"] == 1
    assert "Fewer cases." in progress(walsall)
    decided = [choice] if choice == "--accept" else [choice, "master"]
    assert walsall.run("decide", question["id"], *decided).status == 0
    walsall.merge()
    assert (progress(walsall) == "") is (left == "")
    assert left in progress(walsall)
    assert (
        walsall.take_ours(edited(path, rewritten(lambda text: None), "again.xlsx"))["questions"]
        == []
    )


def appending(office: Office) -> Path:
    """The plan's mapping with notes kept one below the other."""
    import tomllib

    from tests.stories.office import ROOT

    text = (ROOT / "mappings" / f"{office.plan}.toml").read_text(encoding="utf-8")
    head = "[fields.progress]\n"
    if tomllib.loads(text)["fields"]["progress"].get("merge") != "append":
        text = text.replace(head, f'{head}merge = "append"\n')
    path = office.folder / "appending.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_taken_out_from_among_others_is_told_and_stays(walsall: Office) -> None:
    walsall.run("mapping", "use", appending(walsall))
    path = with_entries(walsall, "Fewer cases.", "Fewer still.")
    assert "Fewer cases." in progress(walsall)

    def shorter(text: str) -> str:
        return "\n\n".join(part for part in text.split("\n\n") if "Fewer cases." not in part)

    taken = walsall.take_ours(edited(path, rewritten(shorter)), status=1)
    (told,) = [one for one in taken["findings"] if one["code"] == "entry-taken-out"]
    assert (told["ref"], told["field"]) == ("2.13", "progress")
    assert "Fewer cases." in told["value"]
    assert told["cell"]
    walsall.merge()
    assert "Fewer cases." in progress(walsall)


def test_a_word_of_the_offices_beside_the_entries_is_its_entry(walsall: Office) -> None:
    walsall.run("mapping", "use", appending(walsall))
    path = with_entries(walsall, "Fewer cases.")
    taken = walsall.take_ours(
        edited(path, rewritten(lambda text: f"{text}\n\nSeen by the board.")), status=0
    )
    assert codes(taken) == []
    walsall.merge()
    assert "Fewer cases." in progress(walsall)
    assert "Seen by the board." in progress(walsall)

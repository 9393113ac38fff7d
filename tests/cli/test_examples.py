"""Every example in a command's help is a command that works in the demo's folder, and does what the
help says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.running import Ran, as_typed, xlplan
from xlplan.cli.main import tree
from xlplan.cli.usage import commands, example_of

COMMANDS = dict(commands(tree()))
BEFORE = {
    "xlplan unstage": "xlplan received 'Salma Ali' --nil",
    "xlplan restore": "xlplan backup before-the-board.db",
}
"""What must have happened before an example makes sense."""


def ask(folder: Path, line: str) -> dict[str, Any]:
    return as_typed(f"{line} --json", folder=folder).document


def in_the_plan(folder: Path, ref: str, field: str) -> dict[str, Any]:
    """The last step in the history of a cell."""
    return ask(folder, f"xlplan log {ref} {field}")["history"][-1]


def demo(folder: Path, ran: Ran) -> bool:
    kinds = (
        "plan.db",
        "workbooks/returned/*.xlsx",
        "workbooks/master/*.xlsx",
        "workbooks/reports/*.html",
    )
    return all(list((folder / "tour").glob(kind)) for kind in kinds)


def init(folder: Path, ran: Ran) -> bool:
    revisions = ask(folder, "xlplan log --plan second.db")["revisions"]
    return [one["kind"] for one in revisions if one["revision"] > 0] == ["init"]


def mapping_check(folder: Path, ran: Ran) -> bool:
    return "3 sections and 58 actions" in ran.out


def mapping_suggest(folder: Path, ran: Ran) -> bool:
    return (
        (folder / "draft.toml").exists()
        and "3 sections and 58 actions" in ran.out
        and "Unsure: " in ran.out
    )


def mapping_use(folder: Path, ran: Ran) -> bool:
    return ran.out == "The plan has this mapping already.\n"


def leads(folder: Path, ran: Ran) -> bool:
    return "Unknown: '[…] Jones'" in ran.out and 'name = "[…] Jones"' in ran.out


def export(folder: Path, ran: Ran) -> bool:
    written = {
        path.name for path in (folder / "workbooks" / "out" / "February Board").glob("*.xlsx")
    }
    told = ask(folder, "xlplan status --round February")
    assert told["return_by"] == "2013-02-13"
    return {f"2013-02-13 {one['lead']}.xlsx" for one in told["leads"]} <= written


def status(folder: Path, ran: Ran) -> bool:
    return (
        any("Salma Ali" in line and "outstanding" in line for line in ran.out.splitlines())
        and "Next: " in ran.out
    )


def remind(folder: Path, ran: Ran) -> bool:
    drafts = [path.name for path in (folder / "workbooks" / "reminders").rglob("*.eml")]
    return len(drafts) == 1 and "Salma Ali" in drafts[0]


def import_(folder: Path, ran: Ran) -> bool:
    return ran.out.count("duplicate") >= 13 and "0 changes" in ran.out


def decisions(folder: Path, ran: Ran) -> bool:
    book = openpyxl.load_workbook(folder / "decisions.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    return any("P1" in text for text in texts)


def decide(folder: Path, ran: Ran) -> bool:
    merged = ask(folder, "xlplan merge")
    return len(merged["new_actions"]) == 1 and merged["open_questions"] == 0


def merge(folder: Path, ran: Ran) -> bool:
    return ask(folder, "xlplan log")["revisions"][-1]["revision"] == 2


def master(folder: Path, ran: Ran) -> bool:
    return "as it was" not in ran.out and (folder / "master.xlsx").is_file() and "init" in ran.out


def report(folder: Path, ran: Ran) -> bool:
    return (folder / "report.docx").read_bytes()[:2] == b"PK" and "19 actions" in ran.out


def log(folder: Path, ran: Ran) -> bool:
    return (
        "31 Mar 2013" in ran.out
        and "Anne Thompson (workbooks/returned/anne thompson update.xlsx, " in ran.out
    )


def set_(folder: Path, ran: Ran) -> bool:
    step = in_the_plan(folder, "1.10", "due")
    return (step["new"], step["reason"]) == ("31 Mar 2013", "agreed at the Board")


def withdraw(folder: Path, ran: Ran) -> bool:
    return in_the_plan(folder, "2.12", "status")["new"] == "withdrawn" and "went_into" in ran.out


def reassign(folder: Path, ran: Ran) -> bool:
    sue = next(one for one in ask(folder, "xlplan leads")["leads"] if one["lead"] == "Sue Butcher")
    return {"3.2", "3.23"} <= set(sue["refs"])


def received(folder: Path, ran: Ran) -> bool:
    return not any(one["status"] == "outstanding" for one in ask(folder, "xlplan status")["leads"])


def unstage(folder: Path, ran: Ran) -> bool:
    leads = {one["lead"]: one["status"] for one in ask(folder, "xlplan status")["leads"]}
    return leads["Salma Ali"] == "outstanding"


def undo(folder: Path, ran: Ran) -> bool:
    return (
        in_the_plan(folder, "3.6", "rag")["new"] == "G"
        and ask(folder, "xlplan status")["waiting"] > 50
    )


def close(folder: Path, ran: Ran) -> bool:
    return xlplan("close", folder=folder).status == 2


def check(folder: Path, ran: Ran) -> bool:
    return ran.out == "The plan is sound.\n"


def backup(folder: Path, ran: Ran) -> bool:
    copy = ask(folder, "xlplan log --plan before-the-board.db")
    return copy == ask(folder, "xlplan log")


def restore(folder: Path, ran: Ran) -> bool:
    return (
        len(list(folder.glob("plan*.db"))) == 2
        and ask(folder, "xlplan log")["revisions"][-1]["revision"] == 2
    )


EFFECTS: dict[str, Callable[[Path, Ran], bool]] = {
    f"xlplan {effect.__name__.rstrip('_').replace('_', ' ')}": effect
    for effect in (
        *(
            demo,
            init,
            mapping_check,
            mapping_suggest,
            mapping_use,
            leads,
            export,
            status,
            remind,
            import_,
            decisions,
            decide,
            merge,
            master,
        ),
        *(
            report,
            log,
            set_,
            withdraw,
            reassign,
            received,
            unstage,
            undo,
            close,
            check,
            backup,
            restore,
        ),
    )
}


def test_every_command_has_an_example_whose_effect_is_known() -> None:
    assert set(EFFECTS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_example_does_what_the_help_says(name: str, office: Path) -> None:
    example = example_of(COMMANDS[name])
    assert example.startswith(name)
    if name in BEFORE:
        assert as_typed(BEFORE[name], folder=office).status == 0
    ran = as_typed(example, folder=office)
    assert ran.status in {0, 1}, ran
    assert EFFECTS[name](office, ran), ran


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_shows_its_example_on_one_line_and_says_what_it_does(
    name: str, tmp_path: Path
) -> None:
    said = xlplan(*name.split()[1:], "--help", folder=tmp_path, COLUMNS="80").out
    lines = [line.strip() for line in said.splitlines()]
    place = lines.index(f"Example: {example_of(COMMANDS[name])}")
    assert lines[place + 2].startswith(("Then ", "It "))
    assert lines[place + 2 :][: lines[place + 2 :].index("")][-1].endswith(".")

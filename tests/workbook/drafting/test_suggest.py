"""A drafted mapping: what it finds in made-up layouts and in the example plans, and that it passes
`mapping check`.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.workbook.drafting.layouts import PLANS, ROOT, Layout, layouts
from tests.workbook.drafting.score import score
from xlplan.cli.main import run
from xlplan.mapping.load import load_mapping, load_text
from xlplan.workbook.drafting.draft import NoTable, draft_mapping
from xlplan.workbook.drafting.scale import scale_of
from xlplan.workbook.office.reading import read_office_workbook


@pytest.mark.parametrize("layout", layouts()[::2], ids=lambda layout: layout.name)
def test_a_made_up_layout(layout: Layout, tmp_path: Path) -> None:
    scored = score(layout, tmp_path)
    assert scored.errors == 0
    assert scored.share >= 0.8, scored.wrong


def test_there_are_layouts_enough_and_each_is_another() -> None:
    drawn = [
        (one.plan, one.in_lines, one.refs, one.dates, one.scale, one.line, one.repeats)
        for one in layouts()
    ]
    assert len(drawn) >= 20
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("name", PLANS)
def test_an_example_plan_read_through_its_draft(name: str) -> None:
    source = ROOT / "workbooks" / f"{name}.xlsx"
    known = load_mapping(ROOT / "mappings" / f"{name}.toml")
    drafted = draft_mapping(source)
    mapping = load_text(drafted.toml, "draft.toml")
    found, wanted = (read_office_workbook(source, one).plan for one in (mapping, known))
    assert [finding for finding in drafted.findings if finding.severity == "error"] == []
    assert (drafted.sections, drafted.actions) == (len(wanted.sections), len(wanted.actions))
    for field in ("ref", "action", "leads", "accountable", "responsible", "due", "rag"):
        told = [action.text(field) for action in found.actions]
        assert told == [action.text(field) for action in wanted.actions], field
    sections = [
        Counter(action.text("section") for action in plan.actions) for plan in (found, wanted)
    ]
    assert sections[0] == sections[1]


def test_a_scale_is_ordered_from_the_worst_and_closed_words_are_known() -> None:
    scale = scale_of(["On track", "Complete", "Behind", "Not started"], {})
    assert [(one.code, one.kind) for one in scale] == [
        ("Not started", "not-started"),
        ("Behind", "graded"),
        ("On track", "graded"),
        ("Complete", "closed"),
    ]


def test_a_word_that_is_no_usual_rating_is_unsure() -> None:
    assert [one.sure for one in scale_of(["Green", "Marmalade"], {})] == [False, True]


def test_the_draft_says_what_it_was_unsure_of(tmp_path: Path) -> None:
    book = Workbook()
    for row in [
        ["Task", "Who", "Blether"],
        ["Visit every home", "Asha Patel", "x"],
        ["Call them", "Ben Cole", "y"],
    ]:
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "small.xlsx")
    drafted = draft_mapping(tmp_path / "small.xlsx")
    assert "one list of actions" in drafted.toml
    assert "no column of due dates" in drafted.toml
    assert "[fields.blether]    # unsure" in drafted.toml
    assert "#   Asha Patel" in drafted.toml
    assert drafted.actions == 2
    assert [finding for finding in drafted.findings if finding.severity == "error"] == []


def test_sheets_that_are_sections(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, task in (
        ("Homes", "Visit every home"),
        ("Schools", "Call each school"),
        ("Done", "Write to parents"),
    ):
        sheet = book.create_sheet(name)
        for row in [
            ["Ref", "Task", "Owner", "Deadline"],
            ["1", task, "Asha Patel", "May 2024"],
            ["2", "Report", "Ben Cole", "June 2024"],
        ]:
            sheet.append(row)
    book.save(tmp_path / "sheets.xlsx")
    drafted = draft_mapping(tmp_path / "sheets.xlsx")
    mapping = load_text(drafted.toml, "draft.toml")
    assert [(table.sheet, table.section, table.status) for table in mapping.tables] == [
        ("Homes", "Homes", "open"),
        ("Schools", "Schools", "open"),
        ("Done", "", "completed"),
    ]
    assert (drafted.sections, drafted.actions) == (2, 6)


def test_a_workbook_without_a_plan_is_refused_with_its_sheets(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Rota"
    book.active.append(["Monday", "Tuesday"])
    book.save(tmp_path / "rota.xlsx")
    with pytest.raises(NoTable, match="'Rota'"):
        draft_mapping(tmp_path / "rota.xlsx")


def test_the_command_writes_a_draft_that_passes_mapping_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "workbooks" / "leicestershire-2017.xlsx", "theirs.xlsx")
    assert run(["mapping", "suggest", "theirs.xlsx", "--out", "draft.toml"]) == 1
    assert "Unsure: the workbook has no ratings" in capsys.readouterr().out
    assert run(["mapping", "check", "draft.toml", "theirs.xlsx"]) == 0
    assert "4 sections and 28 actions" in capsys.readouterr().out
    before = Path("draft.toml").read_bytes()
    assert run(["mapping", "suggest", "theirs.xlsx", "--out", "draft.toml"]) == 2
    assert Path("draft.toml").read_bytes() == before


def a_sheet(path: Path, heads: list[str], rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    for row in [heads, *rows]:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


LEADS, DAYS = ("Ann Bell", "Bob Carr", "Carl Dean"), ("Mar 2026", "Apr 2026", "May 2026")
TASKS = [f"Write the new policy on {what}" for what in ["leave", "travel", "safety", "data", "pay"]]


def drafted_fields(path: Path) -> dict[str, list[str]]:
    """Headings by key, as the draft has them."""
    mapping = load_text(draft_mapping(path).toml, "draft.toml")
    return {key: spec.headings for key, spec in mapping.fields.items() if spec.headings}


def test_a_heading_that_names_something_of_ours_gets_another_key(tmp_path: Path) -> None:
    heads = ["Ref", "Action", "Owner", "Due date", "Priority", "Status"]
    said = ("Open", "In progress", "Closed")
    rows = [[n + 1, TASKS[n], LEADS[n], DAYS[n], "High", said[n]] for n in range(3)]
    fields = drafted_fields(a_sheet(tmp_path / "plan.xlsx", heads, rows))
    assert fields["own_status"] == ["Status"]


def test_a_heading_outweighs_a_few_blank_rows(tmp_path: Path) -> None:
    heads = ["No", "Task", "Task Owner", "Due Date"]
    rows = [[n + 1, text, LEADS[n % 3], DAYS[n % 3]] for n, text in enumerate([*TASKS, None])]
    fields = drafted_fields(a_sheet(tmp_path / "plan.xlsx", heads, rows))
    assert fields["action"] == ["Task"]


def test_a_status_beside_a_rating_is_no_earlier_rating(tmp_path: Path) -> None:
    heads = ["No", "Action", "Owner", "Due", "Status", "RAG"]
    rows = [
        [n + 1, text, LEADS[n % 3], DAYS[n % 3], ("Open", "Closed")[n % 2], "GAR"[n % 3]]
        for n, text in enumerate(TASKS * 2)
    ]
    path = a_sheet(tmp_path / "plan.xlsx", heads, rows)
    mapping = load_text(draft_mapping(path).toml, "draft.toml")
    assert (mapping.fields["rag"].headings, mapping.fields["rag"].history) == (["RAG"], {})


def test_without_a_column_of_actions_the_longest_texts_are_drafted_with_a_doubt(
    tmp_path: Path,
) -> None:
    heads = ["ID", "Finding", "Planned date", "Wording"]
    rows = [[n, "Gap", DAYS[n % 3], f"{text} for all of us"] for n, text in enumerate(TASKS)]
    path = a_sheet(tmp_path / "plan.xlsx", heads, rows)
    assert drafted_fields(path)["action"] == ["Wording"]
    assert any(doubt.startswith("Wording: no heading") for doubt in draft_mapping(path).doubts)


def test_who_raised_a_thing_and_when_is_neither_its_lead_nor_its_date(tmp_path: Path) -> None:
    heads = ["ID", "Date Raised", "Reported by", "Action", "Assigned to", "Target date"]
    rows = [
        [n + 1, "2026-01-05", "Zoe Quinn", text, LEADS[n % 3], "2026-03-31"]
        for n, text in enumerate(TASKS)
    ]
    fields = drafted_fields(a_sheet(tmp_path / "plan.xlsx", heads, rows))
    assert (fields["leads"], fields["due"]) == (["Assigned to"], ["Target date"])
    assert "start" not in fields


def test_a_section_said_once_holds_for_the_blank_cells_below(tmp_path: Path) -> None:
    heads = ["Theme", "No", "Action", "Owner", "Due"]
    rows = [
        [{0: "Workforce", 3: "Planning"}.get(n), n + 1, text, LEADS[n % 3], DAYS[n % 3]]
        for n, text in enumerate(TASKS)
    ]
    path = a_sheet(tmp_path / "plan.xlsx", heads, rows)
    mapping = load_text(draft_mapping(path).toml, "draft.toml")
    plan = read_office_workbook(path, mapping).plan
    names = {section.key: section.text("name") for section in plan.sections}
    assert [names[action.text("section")] for action in plan.actions] == [
        *["Workforce"] * 3,
        *["Planning"] * 2,
    ]

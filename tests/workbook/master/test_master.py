"""The master workbook: reading it as the office's own gives the same plan, and what it says is true
and safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.reports.builders import a_mapping, a_plan, leads_of, value
from xlplan.mapping.load import load_mapping
from xlplan.mapping.model import PlanMapping
from xlplan.plan.figures.figures import Figures
from xlplan.plan.figures.further import PastValue, PublishedTotal
from xlplan.plan.leads.reading import read_leads
from xlplan.plan.model import Item, Plan
from xlplan.reports.chapters.dashboard import history, master_chapters
from xlplan.reports.figures import figures
from xlplan.reports.material import Material
from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.master.writing import MasterBook, write_master
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook
from xlplan.workbook.office.totals import published_totals

ROOT = Path(__file__).parents[3]
CREATED = datetime(2013, 2, 4, 9)
PLANS = ["walsall-2012", "sunderland-2017", "west-sussex-2019", "kent-2010", "leicestershire-2017"]
LAYOUT = {"column", "line"}


def an_office_plan(name: str) -> tuple[PlanMapping, OfficePlan, Path]:
    mapping = load_mapping(ROOT / "mappings" / f"{name}.toml")
    source = ROOT / "workbooks" / f"{name}.xlsx"
    return mapping, read_office_workbook(source, mapping), source


def a_book(
    mapping: PlanMapping, plan: Plan, led: Mapping[str, Sequence[str]], **parts: Any
) -> MasterBook:
    told = figures(Material(mapping, plan, plan, date(2013, 2, 4), led))
    chapters = master_chapters(told)
    return MasterBook(plan, mapping, {}, told.scale, chapters, CREATED, mapping.plan.title, **parts)


def master_of(name: str, path: Path) -> tuple[PlanMapping, OfficePlan, OfficePlan]:
    """The plan as its office keeps it, and as its master workbook gives it back."""
    mapping, office, source = an_office_plan(name)
    seeds: dict[str, dict[str, str]] = {}
    for seed in office.seeds:
        for (point, key), one in seed.values.items():
            seeds.setdefault(point, {})[key] = one.text
    roles = ("leads", "accountable", "responsible")
    led = {
        action.key: tuple(
            lead for role in roles for lead in read_leads(action.text(role), office.leads).leads
        )
        for action in office.plan.actions
    }
    tables = {table.sheet for table in mapping.tables}
    carried = [sheet for sheet in open_spreadsheet(source).sheets if sheet.name not in tables]
    write_master(path, a_book(mapping, office.plan, led, seeds=seeds, carried=carried))
    return mapping, office, read_office_workbook(path, mapping)


def items(plan: Plan, kinds: set[str], *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        key: (item.kind, {name: one for name, one in item.values.items() if name not in without})
        for key, item in plan.items.items()
        if item.kind in kinds
    }


@pytest.mark.parametrize("name", PLANS)
def test_init_on_the_master_gives_the_same_plan(tmp_path: Path, name: str) -> None:
    _, before, after = master_of(name, tmp_path / "master.xlsx")
    kinds = {"plan", "section", "requirement", "action", "measure", "lead"}
    # A ref that the plan gave stands in the text now; a requirement assigned by number stands
    # beside its action.
    told = items(before.plan, kinds, without=("opening",))
    again = items(after.plan, kinds, without=("opening",))
    if name == "kent-2010":
        for found in (told, again):
            for kind, values in found.values():
                values.pop("order") if kind == "requirement" else None
    assert again == told
    assert [seed.values for seed in after.seeds] == [seed.values for seed in before.seeds]


@pytest.mark.parametrize("name", ["walsall-2012", "sunderland-2017"])
def test_the_published_lines_and_columns_stand_where_they_stood(tmp_path: Path, name: str) -> None:
    _, before, after = master_of(name, tmp_path / "master.xlsx")
    for key, item in items(before.plan, {"line"}).items():
        if before.plan.items[key].text("role") != "header":
            assert items(after.plan, {"line"})[key] == item
    published = [
        item.text("heading")
        for item in before.plan.of_kind("column")
        if item.text("table") == "Plan"
    ]
    headings = [
        item.text("heading")
        for item in after.plan.of_kind("column")
        if item.text("table") == "Plan"
    ]
    assert headings[: len(published)] == published


def test_fields_that_the_layout_lacks_stand_to_the_right(tmp_path: Path) -> None:
    _, _, after = master_of("sunderland-2017", tmp_path / "master.xlsx")
    fields = [
        item.text("field") for item in after.plan.of_kind("column") if item.text("table") == "Plan"
    ]
    assert fields[-2:] == ["progress", "evidence"]


def test_carried_sheets_say_what_they_said(tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    master_of("sunderland-2017", path)
    source = openpyxl.load_workbook(ROOT / "workbooks" / "sunderland-2017.xlsx")["Table 1"]
    carried = openpyxl.load_workbook(path)["Table 1"]
    told = [[cell.value for cell in row] for row in source.iter_rows()]
    assert [
        [cell.value for cell in row] for row in carried.iter_rows(max_col=source.max_column)
    ] == told
    assert {str(one) for one in carried.merged_cells.ranges} == {
        str(one) for one in source.merged_cells.ranges
    }


PLAN = """
    1.1 | s1 | Ann | 2013-01-31 | R
    1.2 | s1 | Bob | 2013-02-20 | A
    2.1 | s2 | Ann | 2013-06-30 | B
    2.2 | s2 |     |            |
"""


def small(
    path: Path, plan: Plan | None = None, mapping: PlanMapping | None = None, **parts: Any
) -> openpyxl.Workbook:
    plan = plan or a_plan(PLAN)
    for item in plan.of_kind("action"):
        item.values.setdefault("table", value("Plan"))
    write_master(path, a_book(mapping or a_mapping(), plan, leads_of(plan), **parts))
    return openpyxl.load_workbook(path)


def texts(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_plan_without_published_layout_gets_the_mappings_headings(tmp_path: Path) -> None:
    sheet = small(tmp_path / "m.xlsx")["Plan"]
    assert texts(sheet)[0] == ["Ref", "Action", "Lead", "Timescale", "RAG", "Progress"]
    assert [row[0] for row in texts(sheet)[1:]] == ["1.1", "1.2", "2.1", "2.2"]


def test_ratings_have_the_plans_own_colours_and_list(tmp_path: Path) -> None:
    sheet = small(tmp_path / "m.xlsx")["Plan"]
    rules = {rule.formula[0]: rule for one in sheet.conditional_formatting for rule in one.rules}
    assert set(rules) == {'"N"', '"R"', '"A"', '"G"', '"B"'}
    assert rules['"R"'].dxf.fill.bgColor.rgb == "FFF8B9B4"
    (validation,) = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("E2:E5", '"N,R,A,G,B"')


def test_withdrawn_actions_are_left_out(tmp_path: Path) -> None:
    plan = a_plan(PLAN)
    plan.items["a1.2"].values["status"] = value("withdrawn")
    assert "1.2" not in {row[0] for row in texts(small(tmp_path / "m.xlsx", plan)["Plan"])}


def test_text_from_leads_is_never_a_formula_or_link(tmp_path: Path) -> None:
    plan = a_plan(PLAN)
    plan.items["a1.1"].values["progress"] = value('=HYPERLINK("http://x")')
    plan.items["a1.2"].values["progress"] = value("http://example.org")
    sheet = small(tmp_path / "m.xlsx", plan)["Plan"]
    assert (sheet["F2"].value, sheet["F2"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert sheet["F3"].hyperlink is None


def test_dashboard_numbers_lead_to_their_rows(tmp_path: Path) -> None:
    book = small(tmp_path / "m.xlsx")
    rows = {row[0].value: row[1] for row in book["Dashboard"].iter_rows() if len(row) > 1}
    assert rows["Overdue"].value == 1
    name, _, cell = rows["Overdue"].hyperlink.location.replace("'", "").partition("!")
    assert book[name][cell].value == "Overdue: 1 action"
    links = [
        cell
        for row in book["Exceptions"].iter_rows()
        for cell in row
        if cell.hyperlink and cell.value == "1.1"
    ]
    assert all(link.hyperlink.location == "'Plan'!B2" for link in links)
    assert links


def test_dashboard_says_totals_as_figures_do(tmp_path: Path) -> None:
    rows = texts(small(tmp_path / "m.xlsx")["Dashboard"])
    top = next(number for number, row in enumerate(rows) if row[0] == "Rating")
    shares = {row[0]: row[1:4] for row in rows[top + 1 : top + 8]}
    assert shares["Red"] == [1, 1, 0.25]
    assert shares["All"] == [4, 4, 1]


def test_a_dashboard_of_the_offices_own_keeps_its_name(tmp_path: Path) -> None:
    own = Sheet("Dashboard", {(1, 1): RawCell(1, 1, "Ours")})
    book = small(tmp_path / "m.xlsx", carried=[own])
    assert book["Dashboard"]["A1"].value == "Ours"
    assert book["Dashboard (figures)"]["A1"].value == "Dashboard"


def test_sheets_of_an_earlier_master_are_not_carried_again(tmp_path: Path) -> None:
    first = tmp_path / "m.xlsx"
    names = small(first).sheetnames
    carried = [sheet for sheet in open_spreadsheet(first).sheets if sheet.name != "Plan"]
    assert small(tmp_path / "again.xlsx", carried=carried).sheetnames == names


def test_a_title_above_a_carried_list_runs_over_its_neighbours(tmp_path: Path) -> None:
    title, head = (
        "Summary of ratings for the Board in December",
        [RawCell(3, 1, "Code"), RawCell(3, 2, "Number")],
    )
    own = Sheet("Summary", {(one.row, one.column): one for one in (RawCell(1, 1, title), *head)})
    sheet = small(tmp_path / "m.xlsx", carried=[own])["Summary"]
    assert not sheet["A1"].alignment.wrap_text
    assert sheet.row_dimensions[1].height < 20
    assert sheet["A3"].alignment.wrap_text


def test_a_formula_of_the_office_stays_one(tmp_path: Path) -> None:
    own = Sheet("Sums", {(1, 1): RawCell(1, 1, 4, formula="=COUNTA(Plan!A2:A9)")})
    assert small(tmp_path / "m.xlsx", carried=[own])["Sums"]["A1"].value == "=COUNTA(Plan!A2:A9)"


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    book = small(tmp_path / "m.xlsx", draft=True)
    sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert all("DRAFT" in (sheet.oddHeader.center.text or "") for sheet in sheets)


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    small(tmp_path / "one.xlsx")
    small(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


OPENS = {
    "ref": {"type": "ref", "shapes": ["9.9", "NEW 9"]},
    "links": {"type": "links", "shapes": ["9", "9 (a)"]},
    "action": {
        "headings": ["Action"],
        "opens": ["{ref} - Ofsted {links} {text}", "{ref}: {text}", "{ref} {text}"],
    },
    "rag": {
        "headings": ["RAG"],
        "type": "rag",
        "history": {"initial": ["First"], "previous": ["Before"]},
    },
}


@pytest.mark.parametrize(
    ("says", "values", "text"),
    [
        ("as it was opened", {"opening": "{ref} {text}"}, "1.1 Do it"),
        (
            "with links",
            {"opening": "{ref} - Ofsted {links} {text}", "links": "7 (a)"},
            "1.1 - Ofsted 7 (a) Do it",
        ),
        (
            "links were added since",
            {"opening": "{ref} {text}", "links": "7"},
            "1.1 - Ofsted 7 Do it",
        ),
        ("links were taken away", {"opening": "{ref} - Ofsted {links} {text}"}, "1.1: Do it"),
        ("a new action", {"ref": "NEW 3"}, "NEW 3: Do it"),
    ],
)
def test_ref_and_links_open_the_text_again(
    tmp_path: Path, says: str, values: dict[str, str], text: str
) -> None:
    plan = a_plan("1.1 | s1 | | | A")
    plan.items["a1.1"].values |= {
        "action": value("Do it"),
        **{name: value(one) for name, one in values.items()},
    }
    sheet = small(tmp_path / "m.xlsx", plan, a_mapping(fields=OPENS))["Plan"]
    assert sheet["A2"].value == text


def test_earlier_ratings_stand_in_their_columns_and_previous_is_the_round_before(
    tmp_path: Path,
) -> None:
    plan = a_plan("1.1 | s1 | | | A")
    for number, (field, heading) in enumerate(
        [("action", "Action"), ("rag:initial", "First"), ("rag:previous", "Before")]
    ):
        plan.items[f"c{number}"] = Item(
            f"c{number}",
            "column",
            {
                "table": value("Plan"),
                "field": value(field),
                "heading": value(heading),
                "order": value(str(number)),
            },
        )
    mapping = a_mapping(fields=OPENS)
    seeds = {"initial": {"a1.1": "N"}, "previous": {"a1.1": "R"}}
    seeded = texts(small(tmp_path / "m.xlsx", plan, mapping, seeds=seeds)["Plan"])
    assert seeded[1][1:3] == ["N", "R"]
    book = replace(a_book(mapping, plan, {}, seeds=seeds), previous={"a1.1": "G"})
    write_master(tmp_path / "later.xlsx", book)
    assert texts(openpyxl.load_workbook(tmp_path / "later.xlsx")["Plan"])[1][1:3] == ["N", "G"]


@pytest.mark.parametrize("name", PLANS)
def test_a_section_that_was_renamed_or_re_led_says_so_on_its_line_and_reads_back(
    tmp_path: Path, name: str
) -> None:
    mapping, office, _ = an_office_plan(name)
    changed = {}
    sections = office.plan.sections
    for place, section in enumerate(sections):
        # Names change places: one mapping lists its section lines word by word.
        values = dict(section.values) | {"name": sections[place - 1].get("name")}
        for field in ("lead", "outcome"):
            if section.text(field):
                values[field] = value(f"New {field} of {section.key}")
        changed[section.key] = Item(section.key, "section", values)
    plan = Plan(office.plan.items | changed)
    path = tmp_path / "master.xlsx"
    write_master(path, a_book(mapping, plan, {}))
    back = read_office_workbook(path, mapping).plan
    said = [
        [one.text(field) for field in ("ref", "name", "lead", "outcome")] for one in back.sections
    ]
    wanted = [
        [one.text(field) for field in ("ref", "name", "lead", "outcome")] for one in plan.sections
    ]
    assert said == wanted
    assert [one.text("ref") for one in back.actions] == [one.text("ref") for one in plan.actions]


SMALL = "1.1 | s1 | Rose | 2013-03-01 | A"


def a_told_book(**further: Any) -> MasterBook:
    """A master of the small plan whose figures hold something of each further kind."""
    mapping, plan = a_mapping(), a_plan(SMALL)
    found = figures_of(mapping, plan)
    whole = replace(found, further=replace(found.further, **further))
    return replace(a_book(mapping, plan, {}), chapters=master_chapters(whole))


def said_on(path: Path, sheet: str) -> list[list[Any]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [
        [one for one in row if one is not None]
        for row in rows
        if any(one is not None for one in row)
    ]


def test_published_totals_stand_beside_the_rows_and_differences_are_marked(tmp_path: Path) -> None:
    told = (
        PublishedTotal("", "A", 3, 2, "Summary!D4"),
        PublishedTotal("", "G", 1, 1, "Summary!D5"),
    )
    path = tmp_path / "master.xlsx"
    write_master(path, a_told_book(published=told))
    lines = said_on(path, "Dashboard")
    start = next(
        n for n, line in enumerate(lines) if line[0] == "Totals as the office published them"
    )
    assert [line[1:4] for line in lines[start + 2 : start + 5]] == [
        [3, 2, 1],
        [1, 1, 0.25],
        [4, 3, 1],
    ]
    assert lines[start + 5][0].startswith("1 published total differs")


def test_sunderlands_table_1_has_six_differences_in_the_sections_rows_and_totals() -> None:
    mapping, office, source = an_office_plan("sunderland-2017")
    told = published_totals(open_spreadsheet(source), mapping, office.plan)
    sections = {section.key: section.text("ref") for section in office.plan.sections}
    found = [
        (sections.get(one.section, "all"), one.code, one.published, one.listed)
        for one in told
        if one.differs
    ]
    assert found == [("1", "C", 4, 3), ("3", "C", 6, 5), ("5", "C", 1, 0), ("all", "C", 17, 14)]
    assert sum(one.published for one in told if not one.section) == 59


def test_walsalls_summary_counts_the_unrated(tmp_path: Path) -> None:
    mapping, office, source = an_office_plan("walsall-2012")
    told = published_totals(open_spreadsheet(source), mapping, office.plan)
    assert [(one.code, one.published, one.listed) for one in told if one.differs] == [
        ("G", 29, 22),
        ("A", 10, 9),
        ("Gr", 14, 13),
    ]


def test_measures_recommendations_proposals_and_months_have_sheets(tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    mapping, office, _ = master_of("west-sussex-2019", path)
    book = openpyxl.load_workbook(path)
    assert {"Proposed", "Measures", "By recommendation", "Timeline"} <= set(book.sheetnames)
    assert "History" not in book.sheetnames, "only when asked for"
    measures = said_on(path, "Measures")
    texts = {item.text("measure") for item in office.plan.of_kind("measure")}
    assert texts <= {str(one) for line in measures for one in line}
    months = [line for line in said_on(path, "Timeline") if line[0] == "September 2019"]
    due = [
        one
        for one in figures_of(mapping, office.plan).actions
        if one.due_on and f"{one.due_on:%Y-%m}" == "2019-09"
    ]
    assert months[0][1] == sum(one.open for one in due) > 0


def figures_of(mapping: PlanMapping, plan: Plan) -> Figures:
    return figures(Material(mapping, plan, plan, date(2013, 2, 4), {}))


def test_history_on_request(tmp_path: Path) -> None:
    book = a_book(a_mapping(), a_plan(SMALL), {})
    past = (
        PastValue(
            "a1", "1.1", "Rating", "=1+1", 2, "2013-01-17T09:00:00", "office", ("Rose",), "why"
        ),
    )
    path = tmp_path / "master.xlsx"
    write_master(path, replace(book, chapters=[*book.chapters, history(past)]))
    assert said_on(path, "History")[-1] == [
        "1.1",
        "Rating",
        "=1+1",
        2,
        "17 January 2013",
        "Rose",
        "why",
    ]
    cell = next(
        cell
        for row in openpyxl.load_workbook(path)["History"]
        for cell in row
        if cell.value == "=1+1"
    )
    assert cell.data_type == "s"

"""Draft a mapping for a workbook that nobody has described: what it finds, what it guesses, what it
is unsure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlplan.mapping.load import MappingError, load_text
from xlplan.mapping.model import LineKind
from xlplan.plan.findings.finding import Finding
from xlplan.plan.text.text import fold_code, same_text
from xlplan.plan.timescale.reading import read_timescale
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.drafting.fields import DraftField, guess_fields, likeliest_action
from xlplan.workbook.drafting.lines import DraftLine, guess_lines
from xlplan.workbook.drafting.openings import links_that_open, refs_that_open
from xlplan.workbook.drafting.scale import DraftRating, scale_of
from xlplan.workbook.drafting.sheets import key_of_ratings, leads_sheet, measures_sheet, names_of
from xlplan.workbook.drafting.table import SeenTable, find_tables
from xlplan.workbook.drafting.toml import DraftMapping, DraftTable, toml_of
from xlplan.workbook.drafting.words import SHEET_DONE
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.headings import fold_heading
from xlplan.workbook.office.reading import read_office_sheets

USUAL_SCALE = (
    DraftRating("R", "Red", "#F8B9B4", "graded", meaning="Off track, with no plan to recover"),
    DraftRating("A", "Amber", "#FFE29A", "graded", meaning="Off track, with a plan to recover"),
    DraftRating("G", "Green", "#C6E5B9", "graded", meaning="On track"),
    DraftRating("B", "Blue", "#BBD7F0", "closed", meaning="Completed"),
)
"""What a plan without ratings may start with; the office chooses its own."""


class NoTable(Exception):
    """No sheet of the workbook has what looks like a table of actions; the message says what was
    looked at.
    """


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A mapping as TOML, what it was unsure of, and what the workbook says when read through it."""

    toml: str
    doubts: list[str]
    sections: int
    actions: int
    findings: list[Finding]


def draft_mapping(path: Path) -> DraftReading:
    """Draft a mapping from what a workbook says, and read the workbook through it.

    Raises:
        Unreadable: the file is no spreadsheet.
        NoTable: no sheet has a header with a column of actions.
    """
    book = open_spreadsheet(path)
    draft = _draft(book, path)
    toml = toml_of(draft, path.name)
    try:
        load_text(toml, "the draft")
    except MappingError as trouble:
        # What a mapping cannot say is for a person to mend: the draft is worth having all the same.
        return DraftReading(toml, [*draft.doubts, *trouble.problems], 0, 0, [])
    for _ in range(2):
        mapping = load_text(toml, "the draft")
        read = read_office_sheets(book, mapping, path.name)
        unknown = [found for found in read.findings if found.code == "line-unknown"]
        if not unknown:
            break
        _take_lines(draft, unknown)
        toml = toml_of(draft, path.name)
    doubts = [
        *draft.doubts,
        *(
            f"{field.column.heading}: {field.unsure}"
            for field in draft.fields
            if field.column and field.unsure
        ),
    ]
    doubts += [
        f"rating '{rating.code}' is no usual one" for rating in draft.ratings if not rating.sure
    ]
    return DraftReading(
        toml, doubts, len(read.plan.sections), len(read.plan.actions), read.findings
    )


def _draft(book: Spreadsheet, path: Path) -> DraftMapping:
    tables = find_tables(book)
    main, fields, sisters = _tables(book, tables)
    _section_of_requirements(main, fields)
    in_columns = any(field.key == "section" for field in fields)
    lines = {
        table.sheet: guess_lines(table, sections_in_columns=in_columns)
        for table in (main, *sisters)
    }
    has_sections = any(line.kind == "section" for some in lines.values() for line in some)
    draft = DraftMapping(
        id=_id(path.stem),
        title=_title(book, main, path),
        tables=[
            _table(table, lines[table.sheet], bool(sisters) and not has_sections and not in_columns)
            for table in (main, *sisters)
        ],
        fields=fields,
        ratings=_ratings(book, fields, main, sisters),
    )
    for sister, table in zip(sisters, draft.tables[1:], strict=True):
        _join(sister, fields, table)
    _openings(draft)
    _period(draft)
    named = leads_sheet(tables, {main.sheet, *(sister.sheet for sister in sisters)}, fields)
    draft.leads_on, draft.leads_sheet = named
    draft.names = [] if draft.leads_sheet else names_of(fields)
    draft.measures_on, draft.measures = measures_sheet(tables, {main.sheet, draft.leads_on})
    _say_doubts(draft, has_sections or in_columns)
    return draft


def _section_of_requirements(main: SeenTable, fields: Sequence[DraftField]) -> None:
    """Where nothing else groups the actions, what is merged down or repeated beside them does."""
    requirement = next(
        (field for field in fields if field.key == "requirement" and field.column), None
    )
    if (
        requirement is None
        or requirement.column is None
        or any(field.key == "section" for field in fields)
    ):
        return
    lines = guess_lines(main, sections_in_columns=False)
    if requirement.column.down and not any(line.kind == "section" for line in lines):
        # Some offices head what groups their actions `Finding` or `Issue`, with nothing above it.
        requirement.key = "section"
        requirement.unsure = "the only thing that groups the actions"
        for field in fields:
            field.key = "section_ref" if field.key == "requirement_ref" else field.key


def _tables(
    book: Spreadsheet, tables: Sequence[SeenTable]
) -> tuple[SeenTable, list[DraftField], list[SeenTable]]:
    """The main table with its fields, and the other sheets that have the same kind of table."""
    seen = [(table, guess_fields(table)) for table in tables]
    whole = [(table, fields) for table, fields in seen if _is_plan(fields)]
    # Rather a draft with a doubt than none: an office mends a wrong heading sooner than it writes.
    whole = whole or [one for one in seen if len(one[1]) > 1 and likeliest_action(*one)]
    if not whole:
        looked = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
        raise NoTable(
            "no sheet has a header row with a column of actions and one of leads, dates or "
            f"ratings: {looked}.{_nearest(tables)}"
        )
    main, fields = max(whole, key=lambda one: (len(one[1]) >= 3) * len(one[0].rows) + one[0].marks)
    # A sheet of completed actions drops a column or two, and keeps most headings.
    headings = {fold_heading(heading) for column in main.columns for heading in column.headings}
    sisters = []
    for table, others in seen:
        said = {fold_heading(column.heading) for column in table.columns}
        if (
            table is not main
            and any(one.key == "action" for one in others)
            and len(said & headings) * 2 > len(said)
        ):
            sisters.append(table)
    order = [sheet.name for sheet in book.sheets]
    return main, fields, sorted(sisters, key=lambda one: order.index(one.sheet))


def _nearest(tables: Sequence[SeenTable]) -> str:
    """The header row that came nearest, in words; "" when no row looks like one."""
    if not tables:
        return ""
    headings = ", ".join(f"'{column.heading}'" for column in tables[0].columns)
    return f" Nearest is row {tables[0].header} of '{tables[0].sheet}': {headings}"


def _is_plan(fields: Sequence[DraftField]) -> bool:
    keys = {field.key for field in fields}
    return "action" in keys and bool(
        keys & {"leads", "accountable", "responsible", "due", "rag", "progress"}
    )


def _table(table: SeenTable, lines: list[DraftLine], sheet_is_section: bool) -> DraftTable:
    # Sunderland moves what is done to a sheet called `Completed`.
    done = bool(SHEET_DONE.search(table.sheet))
    return DraftTable(
        table.sheet, lines, done, table.sheet if sheet_is_section and not done else ""
    )


def _join(sister: SeenTable, fields: list[DraftField], table: DraftTable) -> None:
    """Tell the columns of a further sheet by the headings of the main one, else by what they look
    like themselves.
    """
    own = {id(field.column): field for field in guess_fields(sister)}
    keys = []
    for column in sister.columns:
        known = next(
            (
                field
                for field in fields
                if field.column and _same(column.heading, field.column.headings)
            ),
            None,
        )
        known = (
            known
            or next(
                (field for field in fields if field.column and own[id(column)].key == field.key),
                None,
            )
            if id(column) in own
            else known
        )
        if known is None or known.column is None or known.key in keys:
            continue
        if not _same(column.heading, known.column.headings):
            known.column.headings.append(column.heading)
        keys.append(known.key)
    everything = {field.key for field in fields if field.column}
    table.fields = None if everything <= set(keys) else keys


def _same(heading: str, headings: Sequence[str]) -> bool:
    return fold_heading(heading) in map(fold_heading, headings)


def _id(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold_code(stem)).strip("-") or "plan"


def _title(book: Spreadsheet, main: SeenTable, path: Path) -> str:
    """The title line that says `plan`, else the first one, else the file's name."""
    sheet = book.sheet(main.sheet)
    grid = Grid(sheet, path.name) if sheet else None
    lines = (
        [grid.content(row)[0].as_text.strip() for row in grid.rows if row < main.header]
        if grid
        else []
    )
    # Versions, dates and notes on how to read the plan stand above the table too.
    titles = [" ".join(line.split()) for line in lines if len(line) <= 120]
    return next(
        (line for line in titles if re.search("plan|programme", line, re.I)),
        (titles or [path.stem])[0],
    )


def _ratings(
    book: Spreadsheet, fields: Sequence[DraftField], main: SeenTable, sisters: Sequence[SeenTable]
) -> list[DraftRating]:
    rag = next((field for field in fields if field.key == "rag" and field.column), None)
    # West Sussex, Kent and Leicestershire published no ratings.
    if rag is None or rag.column is None:
        return list(USUAL_SCALE)
    columns = [rag.column, *rag.history.values()]
    headings = [heading for column in columns for heading in column.headings]
    columns += [
        column
        for table in sisters
        for column in table.columns
        # Sunderland has `RAG Current` on one sheet, and `RAG` on that of completed actions.
        if _same(column.heading, headings) or fold_heading(column.heading) == "rag"
    ]
    words = dict.fromkeys(same_text(text) for column in columns for text in column.texts)
    # Ratings are typed by hand: `g` and `G` are one.
    once = {fold_code(word): word for word in reversed(words)}
    spellings = [word for word in words if once[fold_code(word)] == word]
    return scale_of(spellings, key_of_ratings(book, spellings)) or list(USUAL_SCALE)


def _openings(draft: DraftMapping) -> None:
    """Refs that open the actions' text become a field of their own; without any ref the plan gives
    them.
    """
    if any(field.key == "ref" for field in draft.fields):
        return
    action = next(field for field in draft.fields if field.key == "action")
    texts = action.column.texts if action.column else []
    draft.shapes, draft.opens, draft.new_refs = refs_that_open(texts)
    if draft.shapes and not any(field.key == "links" for field in draft.fields):
        patterns, draft.link_shapes = links_that_open(texts, draft.shapes)
        if patterns:
            draft.opens = [*patterns, *draft.opens]
            draft.fields.insert(0, DraftField("links", "links"))
    draft.fields.insert(0, DraftField("ref", "ref"))
    owner = next((field for field in draft.fields if field.key == "requirement_ref"), None)
    if owner and owner.column and draft.opens:
        # Kent's A9.1 belongs to A9, though its row stands above it.
        stems = tuple(f"{fold_code(text)}." for text in owner.column.texts)
        draft.requirement_by_ref = (
            sum(fold_code(text).startswith(stems) for text in texts) * 10 >= len(texts) * 8
        )


def _period(draft: DraftMapping) -> None:
    """The years in which nearly all due dates lie."""
    due = next((field for field in draft.fields if field.key == "due" and field.column), None)
    dates = sorted(
        read.due
        for text in (due.column.texts if due and due.column else [])
        if (read := read_timescale(text)).due
    )
    if dates:
        # A mistyped year (`2103`) must not stretch the plan by a century.
        edge = len(dates) // 20
        usual = dates[edge : len(dates) - edge]
        draft.start, draft.end = date(usual[0].year - 1, 1, 1), date(usual[-1].year, 12, 31)


def _take_lines(draft: DraftMapping, unknown: Sequence[Finding]) -> None:
    """Lines that fit nothing are taken as notes of their section, word for word."""
    for found in unknown:
        table = next(
            (table for table in draft.tables if table.sheet == found.at.sheet), draft.tables[0]
        )
        kind: LineKind = "section.note"
        text = " ".join((found.value or "").split())
        if "{" not in text and "}" not in text:
            table.lines.append(
                DraftLine(kind, [text], "a line that fits nothing else; kept as a note")
            )


def _say_doubts(draft: DraftMapping, has_sections: bool) -> None:
    keys = {field.key for field in draft.fields}
    if not has_sections and not any(table.section for table in draft.tables):
        draft.doubts.append(
            "no section lines and no column of sections were found; the plan is one list of actions"
        )
    if draft.ratings == list(USUAL_SCALE):
        draft.doubts.append("the workbook has no ratings; the scale below is only a usual one")
    if not keys & {"leads", "accountable", "responsible"}:
        draft.doubts.append(
            "no column of leads was found; every action would go into the office's own workbook"
        )
    if "due" not in keys:
        draft.doubts.append("no column of due dates was found")
    draft.doubts += [
        f"sheet '{table.sheet}': {line.unsure}"
        for table in draft.tables
        for line in table.lines
        if line.unsure
    ]


__all__ = ["DraftReading", "MappingError", "NoTable", "draft_mapping"]

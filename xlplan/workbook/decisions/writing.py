"""Write the decisions workbook: a line for each open question, proposal and waiting change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Proposal, Question
from xlplan.plan.findings.addresses import cell_name, column_letters
from xlplan.plan.grounds import NO_GROUNDS, Grounds
from xlplan.plan.model import Plan
from xlplan.workbook.decisions.layout import COLUMNS, PLACES, PREFIX, SHOWN, sealed
from xlplan.workbook.decisions.lines import (
    DATES_SHEET,
    DecisionLine,
    change_line,
    dates_line,
    proposal_line,
    question_line,
)
from xlplan.workbook.kit.authoring import done, new_workbook, put, writable
from xlplan.workbook.kit.marks import KEY_PREFIX, METADATA_SHEET, subject
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import shortened
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.page import set_up_page
from xlplan.workbook.update.sizes import row_height
from xlplan.workbook.update.writing import ALLOWED

SHEET = "Decisions"
CHANGES_SHEET = "Waiting changes"
_TOLD = (
    "Choose a decision on each line, then save and run `xlplan decide` with this file. What "
    "you leave empty stays open."
)
_TOLD_OF = {
    CHANGES_SHEET: "Nobody disagrees about these. A line left empty is taken at the next merge; "
    "refuse it, or write another value, with a reason that the lead will read.",
    DATES_SHEET: "No figure counts these dates until somebody confirms them. A line left empty "
    "stays as typed, and is asked about again.",
}
_KEYS, _HEADER, _FIRST = 3, 4, 5
_LISTS = 5


def write_decisions(
    path: Path,
    questions: Sequence[Question],
    proposals: Sequence[Proposal],
    *,
    plan: Plan,
    mapping: PlanMapping,
    created: datetime,
    changes: Sequence[tuple[str, Change]] = (),
    to_confirm: Sequence[Question] = (),
    dates: Grounds = NO_GROUNDS,
    code: str = "",
) -> None:
    """Write a line for each question, in the order given, then for each proposal; on a second sheet
    for each change.

    `changes` wait without a question, each with its number. `to_confirm` are doubted dates of the
    plan: one line for all of them, made on the grounds `dates`, and a sheet with each.

    Raises:
        NotWritten: XlsxWriter refused a cell or a rule.
        OSError: the file cannot be written.
    """
    title = f"{mapping.plan.title}: decisions"
    out = new_workbook(
        path,
        title=title,
        author=mapping.office.name,
        subject=subject("decisions", code).strip(),
        created=created,
        code=code,
        marking=mapping.office.marking,
    )
    lines = [question_line(question, plan, mapping) for question in questions]
    lines += [proposal_line(proposal, mapping) for proposal in proposals]
    lines += [dates_line(to_confirm, dates)] if to_confirm else []
    more = {
        CHANGES_SHEET: [change_line(number, change, plan, mapping) for number, change in changes],
        DATES_SHEET: [question_line(question, plan, mapping) for question in to_confirm],
    }
    styles = Styles(out)
    sheet = out.add_worksheet(SHEET)
    further = [(out.add_worksheet(name), name, theirs) for name, theirs in more.items() if theirs]
    metadata = out.add_worksheet(METADATA_SHEET)
    _write_sheet(sheet, lines, title, _TOLD, mapping, styles)
    set_up_page(sheet, title, "", mapping.office.marking)
    written = list(lines)
    for page, name, theirs in further:
        heading = f"{title}: {name.casefold()}"
        _write_sheet(page, theirs, heading, _TOLD_OF[name], mapping, styles, len(written))
        set_up_page(page, title, "", mapping.office.marking)
        written += theirs
    _write_metadata(metadata, written, mapping, code)
    sheet.activate()
    # Excel's menu shows hidden sheets again; a very hidden one it does not offer.
    metadata.very_hidden()
    out.close()


def _write_sheet(
    sheet: WrittenSheet,
    lines: Sequence[DecisionLine],
    title: str,
    intro: str,
    mapping: PlanMapping,
    styles: Styles,
    lists_before: int = 0,
) -> None:
    marked = "   ·   ".join(part for part in (mapping.office.marking, intro) if part)
    _write_head(sheet, title, marked, len(lines), styles)
    for row, line in enumerate(lines, start=_FIRST):
        _write_line(sheet, row, line, mapping, styles)
        _offer(sheet, row, line, lists_before + row - _FIRST)
    if lines:
        last = _HEADER + len(lines)
        for name in ("value", "why"):
            _prompt(sheet, PLACES[name], last)
        for place in (PLACES[name] for name in ("choice", "value", "why")):
            # Excel moves the rule along each row; the `$` keeps it on the answer's column.
            cell = "$" + cell_name(_FIRST + 1, place + 1)
            rule = {"type": "formula", "criteria": f'={cell}<>""', "format": styles["changed"]}
            done(
                sheet.conditional_format(_FIRST, place, last, place, rule), "the mark of a decision"
            )
        sheet.autofilter(_HEADER, 1, last, len(COLUMNS) - 1)
    sheet.freeze_panes(_FIRST, PLACES["action"])
    sheet.repeat_rows(_HEADER)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_selection(_FIRST, PLACES["choice"], _FIRST, PLACES["choice"])
    # It keeps hands off the texts and no more: anyone may lift it, and SheetJS drops it.
    sheet.protect("", ALLOWED)


def _write_head(sheet: WrittenSheet, title: str, intro: str, count: int, styles: Styles) -> None:
    for row, (text, look) in enumerate(((title, "title"), (intro, "text"))):
        put(sheet, row, 0, sealed("", [text]), styles["hidden"])
        put(sheet, row, 1, text, styles[look])
    place = PLACES["choice"] + 1
    cells = f"{cell_name(_FIRST + 1, place)}:{cell_name(_FIRST + max(count, 1), place)}"
    formula = f'=COUNTA({cells})&" of {count} decided"'
    # LibreOffice does not compute it on opening, but shows the result written with it.
    done(sheet.write_formula(2, 1, formula, styles["strong"], f"0 of {count} decided"), "the count")
    for number, column in enumerate(COLUMNS):
        put(sheet, _KEYS, number, f"{KEY_PREFIX}{PREFIX}{column.id}", styles["hidden"])
        put(
            sheet,
            _HEADER,
            number,
            column.heading,
            styles["header input" if column.prompt else "header"],
        )
        options = None if column.width else {"hidden": 1}
        done(
            sheet.set_column(number, number, column.width or 8, None, options),
            f"the width of {column.heading}",
        )
    sheet.set_row(0, 24)
    # A column that somebody moves takes its key along.
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    sheet.set_row(_HEADER, 30)


def _write_line(
    sheet: WrittenSheet, row: int, line: DecisionLine, mapping: PlanMapping, styles: Styles
) -> None:
    colours = {rating.code: rating.colour for rating in mapping.rag} if line.rating else {}
    sizes = []
    for place, column in enumerate(COLUMNS):
        text = "" if column.prompt else str(getattr(line, column.id))
        if column.id == "fingerprint":
            # XML has no control characters: the seal is of what the cell can hold.
            text = sealed(text, [writable(str(getattr(line, name))) for name in SHOWN])
        look = styles["input" if column.prompt else "locked"]
        if column.id in {"base", "master"} and text in colours:
            look = styles.on(colours[text], "swatch")
        elif column.id in {"id", "ref"}:
            look = styles["locked centre"]
        put(sheet, row, place, text, look)
        sizes.append((text, column.width))
    sheet.set_row(row, row_height((text, width) for text, width in sizes if width))


def _offer(sheet: WrittenSheet, row: int, line: DecisionLine, number: int) -> None:
    """The dropdown of one line; from the hidden sheet, because leads' names may hold commas."""
    letters = column_letters(_LISTS + number + 1)
    rule = {
        "validate": "list",
        "source": f"='{METADATA_SHEET}'!${letters}$2:${letters}${len(line.offers) + 1}",
        "input_title": "Your decision",
        # XlsxWriter refuses a message of more than 255 characters, which is Excel's limit.
        "input_message": shortened(COLUMNS[PLACES["choice"]].prompt, 255),
        "error_title": "Not in the list",
        "error_message": shortened(f"Choose one of: {'; '.join(line.offers)}.", 255),
    }
    place = PLACES["choice"]
    done(sheet.data_validation(row, place, row, place, rule), f"the choices of {line.id}")


def _prompt(sheet: WrittenSheet, place: int, last: int) -> None:
    column = COLUMNS[place]
    # Excel shows a prompt only with a rule, be it one that allows everything.
    rule = {"validate": "any", "input_title": column.heading, "input_message": column.prompt}
    done(sheet.data_validation(_FIRST, place, last, place, rule), f"the prompt of {column.heading}")


def _write_metadata(
    sheet: WrittenSheet, lines: Sequence[DecisionLine], mapping: PlanMapping, code: str
) -> None:
    facts = [
        ("format", "1"),
        ("kind", "decisions"),
        ("code", code),
        ("plan", mapping.plan.id),
        ("issue", ""),
    ]
    for row, pair in enumerate(facts):
        for column, text in enumerate(pair):
            put(sheet, row, column, text)
    for number, line in enumerate(lines, start=_LISTS):
        for row, text in enumerate([line.id, *line.offers]):
            put(sheet, row, number, text)

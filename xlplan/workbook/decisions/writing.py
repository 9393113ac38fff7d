"""Write the decisions workbook: a line for each open question, proposal and waiting change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Matter
from xlplan.plan.findings.addresses import cell_name, column_letters
from xlplan.plan.grounds import NO_GROUNDS, Grounds
from xlplan.plan.model import Plan
from xlplan.workbook.decisions.layout import COLUMNS, PLACES, PREFIX, SHOWN, sealed
from xlplan.workbook.decisions.lines import (
    CHANGES_SHEET,
    DATES_SHEET,
    DecisionLine,
    dates_line,
    line_of,
    sheet_of,
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
_PLACES, _LISTS = 4, 5
"""Columns of the hidden sheet: where new actions may go, and from which on each line's answers."""


def write_decisions(
    path: Path,
    matters: Sequence[Matter],
    *,
    plan: Plan,
    mapping: PlanMapping,
    created: datetime,
    dates: Grounds = NO_GROUNDS,
    code: str = "",
) -> None:
    """Write a line for each question and proposal, in the order given; on a sheet of their own for
    each change that waits without a question, and for each doubted date that the plan holds: these
    have one line for all too, made on the grounds `dates`.

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
    by_sheet: dict[str, list[DecisionLine]] = {"": [], CHANGES_SHEET: [], DATES_SHEET: []}
    for matter in matters:
        by_sheet[sheet_of(matter)].append(line_of(matter, plan, mapping))
    lines, to_confirm = by_sheet.pop(""), by_sheet[DATES_SHEET]
    lines += [dates_line(len(to_confirm), dates)] if to_confirm else []
    lines.sort(key=lambda line: bool(line.places))
    styles = Styles(out)
    sheet = out.add_worksheet(SHEET)
    further = [(out.add_worksheet(name), name, some) for name, some in by_sheet.items() if some]
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
        _prompt(sheet, PLACES["why"], last)
        # Lines with a list of places come last, and Excel allows one rule a cell.
        _prompt(sheet, PLACES["value"], last - sum(bool(line.places) for line in lines))
        for place in (PLACES[name] for name in ("choice", "value", "why")):
            # Excel moves the rule along each row; the `$` keeps it on the answer's column.
            cell = "$" + cell_name(_FIRST + 1, place + 1)
            rule = {"type": "formula", "criteria": f'={cell}<>""', "format": styles["changed"]}
            done(
                sheet.conditional_format(_FIRST, place, last, place, rule), "the mark of a decision"
            )
        # Sorted by the filter, a line takes its hidden code along.
        sheet.autofilter(_HEADER, 0, last, len(COLUMNS) - 1)
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
    if line.places:
        _offer_places(sheet, row, line)


def _offer_places(sheet: WrittenSheet, row: int, line: DecisionLine) -> None:
    """The list of places of a new action; the ref of another action is typed into the same cell."""
    letters, column = column_letters(_PLACES + 1), COLUMNS[PLACES["value"]]
    rule = {
        "validate": "list",
        "source": f"='{METADATA_SHEET}'!${letters}$2:${letters}${len(line.places) + 1}",
        "input_title": column.heading,
        "input_message": shortened(column.prompt, 255),
        "show_error": False,
    }
    place = PLACES["value"]
    done(sheet.data_validation(row, place, row, place, rule), f"the places of {line.id}")


def _prompt(sheet: WrittenSheet, place: int, last: int) -> None:
    column = COLUMNS[place]
    if last < _FIRST:
        return
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
    places = next((line.places for line in lines if line.places), ())
    for row, text in enumerate(["places", *places] if places else []):
        put(sheet, row, _PLACES, text)
    for number, line in enumerate(lines, start=_LISTS):
        for row, text in enumerate([line.id, *line.offers]):
            put(sheet, row, number, text)

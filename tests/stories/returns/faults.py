"""What leads do to a workbook, each by its name: a function that does it to a draft, or returns
False where it cannot.

Faults are in four lists, in the order in which they may be done: to the whole table, to single
cells, to rows and columns that have answers in them, to the file. Any choice of them goes together.
"""

from __future__ import annotations

import csv
import random
import shutil
import zipfile
from collections.abc import Callable
from copy import copy
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.stories.returns.draft import Draft, stamp
from tests.stories.returns.oracle import WITH_REFUSED, Sent, Typed
from tests.stories.returns.outlook import write_msg

Fault = Callable[[Draft], bool]
BEFORE: dict[str, Fault] = {}
CELLS: dict[str, Fault] = {}
AFTER: dict[str, Fault] = {}
FILES: dict[str, Fault] = {}
INPUTS = (
    "rag",
    "progress",
    "due",
    "due_reason",
    "evidence",
    "finish",
    "spent",
    "share",
    "stage",
    "no_change",
)
_WORDS = [
    "visits",
    "audit",
    "panel",
    "training",
    "rota",
    "supervision",
    "carers",
    "strategy",
    "review",
    "board",
]


def fault(group: dict[str, Fault]) -> Callable[[Fault], Fault]:
    """Enter a function into a list of faults, under its own name."""

    def enter(one: Fault) -> Fault:
        group[one.__name__] = one
        return one

    return enter


def words(rng: random.Random) -> str:
    """Something to say, unlike anything said before."""
    return (
        f"The {rng.choice(_WORDS)} and {rng.choice(_WORDS)} are at stage {rng.randint(1, 10**9)}."
    )


def good(draft: Draft) -> bool:
    """One plain answer."""
    name = draft.rng.choice(["rag", "progress", "progress", "due", "evidence", "due_reason"])
    ref = draft.free(name)
    if ref is None:
        return False
    if name == "rag":
        code = draft.rng.choice(
            [one for one in draft.scale.graded if one != draft.issued.shown[ref, "rag"]]
        )
        draft.type(ref, name, code, "change", code)
    elif name == "due":
        month = draft.rng.choice(["Mar", "May", "Oct"])
        day = f"{draft.rng.randint(13, 28)} {month} {draft.scale.year}"
        draft.type(ref, name, day, "change", day)
    else:
        said = words(draft.rng)
        draft.type(ref, name, said, "change", said)
    return True


def _note(draft: Draft) -> tuple[str, str] | None:
    ref = draft.free("progress")
    return (ref, words(draft.rng)) if ref else None


# To the whole table, before anything is typed


def _block(draft: Draft) -> tuple[Any, list[int], list[int]]:
    table = draft.table
    return table.sheet, table.rows, sorted(table.columns.values())


def _permute(sheet: Any, rows: list[int], columns: list[int], order: list[int]) -> None:
    values = {row: [sheet.cell(row, column).value for column in columns] for row in rows}
    for row, source in zip(rows, order, strict=True):
        for column, value in zip(columns, values[source], strict=True):
            sheet.cell(row, column).value = value


@fault(BEFORE)
def rows_sorted(draft: Draft) -> bool:
    sheet, rows, columns = _block(draft)
    order = draft.rng.sample(rows, len(rows))
    _permute(sheet, rows, columns, order)
    return order != rows


@fault(BEFORE)
def header_pushed_down(draft: Draft) -> bool:
    draft.table.sheet.insert_rows(1, draft.rng.randint(1, 5))
    return True


@fault(BEFORE)
def column_inserted(draft: Draft) -> bool:
    table = draft.table
    place = draft.rng.choice(sorted(table.columns.values())[3:-2])
    table.sheet.insert_cols(place)
    table.sheet.cell(table.header, place).value = "My own column"
    draft.codes["column-unknown"] += 1
    return True


@fault(BEFORE)
def columns_moved(draft: Draft) -> bool:
    table = draft.table
    one, other = (
        table.columns[name] for name in draft.rng.sample(["progress", "due", "rag", "action"], 2)
    )
    for row in [table.key, table.header, *table.rows]:
        left, right = table.sheet.cell(row, one), table.sheet.cell(row, other)
        left.value, right.value = right.value, left.value
    draft.whole = False  # the rows for proposals below are not moved with them
    return True


@fault(BEFORE)
def row_deleted(draft: Draft) -> bool:
    if len(draft.refs) < 2:
        return False
    ref = draft.rng.choice(draft.refs)
    draft.table.sheet.delete_rows(draft.table.row(ref))
    draft.gone.add(ref)
    draft.rows -= 1
    draft.codes["row-missing"] += 1
    return True


@fault(BEFORE)
def rows_hidden_and_filtered(draft: Draft) -> bool:
    table = draft.table
    for row in table.rows[::2]:
        table.sheet.row_dimensions[row].hidden = True
    for row in table.rows[1::2]:
        table.sheet.row_dimensions[row].outlineLevel = 1
    return True


@fault(BEFORE)
def column_hidden(draft: Draft) -> bool:
    draft.table.sheet.column_dimensions[
        get_column_letter(draft.table.columns["progress"])
    ].hidden = True
    return True


@fault(BEFORE)
def sheet_renamed(draft: Draft) -> bool:
    draft.table.sheet.title = draft.rng.choice(
        ["My actions", "Sheet1", "January – done!", "Guide (2)"]
    )
    return True


@fault(BEFORE)
def sheet_moved(draft: Draft) -> bool:
    draft.book.move_sheet(draft.table.sheet.title, len(draft.book.worksheets))
    return True


@fault(BEFORE)
def sheet_hidden(draft: Draft) -> bool:
    draft.book.active = draft.book.create_sheet("Front", 0)
    draft.table.sheet.sheet_state = "hidden"
    return True


@fault(BEFORE)
def unprotected(draft: Draft) -> bool:
    draft.table.sheet.protection.sheet = False
    return True


@fault(BEFORE)
def row_pasted_from_a_colleague(draft: Draft) -> bool:
    for other in draft.others:
        theirs = [ref for ref in other.refs if ref not in draft.issued.refs]
        if theirs and other.lead != draft.issued.lead and len(draft.refs) > 1:
            ref = draft.rng.choice(draft.refs)
            source = draft.rng.choice(theirs)
            row = draft.table.row(ref)
            for name, column in draft.table.columns.items():
                draft.table.sheet.cell(row, column).value = (
                    other.shown.get((source, name), "") or None
                )
            draft.table.sheet.cell(row, draft.table.columns["progress"]).value = words(draft.rng)
            draft.gone.add(ref)
            draft.tell_refused(source, "progress")
            draft.codes.update({"row-not-theirs": 1, "row-missing": 1})
            return True
    return False


# To single cells


@fault(CELLS)
def rating_by_name(draft: Draft) -> bool:
    ref = draft.free("rag")
    if ref is None:
        return False
    code = draft.rng.choice(
        [one for one in draft.scale.graded if one != draft.issued.shown[ref, "rag"]]
    )
    name = draft.scale.names[code]
    typed = draft.rng.choice([name.lower(), f"{name.upper()} ", f" {code.lower()} ", f"{name}."])
    draft.type(ref, "rag", typed, "change", code)
    return True


@fault(CELLS)
def rating_unknown(draft: Draft) -> bool:
    ref = draft.free("rag")
    if ref is None:
        return False
    draft.type(ref, "rag", draft.rng.choice(["Purple", "??", "5"]), "finding", code="rag-unknown")
    return True


@fault(CELLS)
def rating_emptied(draft: Draft) -> bool:
    ref = draft.free("rag", blank=False)
    if ref is None:
        return False
    draft.type(ref, "rag", None, "question", code="cleared")
    return True


@fault(CELLS)
def spaces_round_what_was_there(draft: Draft) -> bool:
    ref = draft.free("rag", blank=False)
    if ref is None:
        return False
    draft.type(ref, "rag", f"\u00a0{draft.issued.shown[ref, 'rag']}  ", "same")
    return True


@fault(CELLS)
def no_change_ticked(draft: Draft) -> bool:
    free = [ref for ref in draft.untouched() if (ref, "no_change") not in draft.spoken]
    if not free:
        return False
    draft.type(free[0], "no_change", draft.rng.choice(["Yes", "yes", "x"]), "tick")
    return True


@fault(CELLS)
def text_of_several_lines(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    said = f"“{found[1]}”\n• it’s 40 % – ok 👍\n\n= not a formula"
    draft.type(found[0], "progress", said.replace("\n", "\r\n"), "change", said)
    return True


@fault(CELLS)
def text_that_looks_like_a_number(draft: Draft) -> bool:
    ref = draft.free("progress")
    if ref is None:
        return False
    said = draft.rng.choice(["2.10", "007", "1E5", "3/4", "TRUE"])
    draft.type(ref, "progress", said, "change", said).number_format = "@"
    return True


@fault(CELLS)
def number_in_a_text_cell(draft: Draft) -> bool:
    ref = draft.free("progress")
    if ref is None:
        return False
    draft.type(ref, "progress", 42, "change", "42").number_format = "General"
    return True


@fault(CELLS)
def leading_apostrophe(draft: Draft) -> bool:
    ref = draft.free("progress")
    if ref is None:
        return False
    cell = draft.type(ref, "progress", "x", "change", "=1+1 was typed")
    cell.value = "=1+1 was typed"
    cell.data_type = "s"
    cell.quotePrefix = True
    draft.plain = False
    return True


@fault(CELLS)
def formula_with_its_result(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    ref, said = found
    draft.type(ref, "progress", f'="{said}"&""', "change", said, also="cell-formula")
    draft.patches.append(
        lambda text: text.replace(
            f'<f>"{said}"&amp;""</f><v />', f'<f>"{said}"&amp;""</f><v>{said}</v>'
        ).replace(f'<f>"{said}"&amp;""</f><v></v>', f'<f>"{said}"&amp;""</f><v>{said}</v>')
    )
    draft.patches.append(lambda text: _as_text(text, said))
    draft.plain = False
    return True


def _as_text(xml: str, said: str) -> str:
    end = xml.find(f'<f>"{said}"')
    if end < 0:
        return xml
    start = xml.rfind("<c ", 0, end)
    return xml[:start] + xml[start:end].replace("<c ", '<c t="str" ', 1) + xml[end:]


@fault(CELLS)
def formula_without_result(draft: Draft) -> bool:
    ref = draft.free("progress")
    if ref is None:
        return False
    draft.type(ref, "progress", "=A1&A2", "finding", code="cell-formula-empty")
    draft.plain = False
    return True


@fault(CELLS)
def error_value(draft: Draft) -> bool:
    ref = draft.free("evidence")
    if ref is None:
        return False
    draft.type(
        ref,
        "evidence",
        draft.rng.choice(["#REF!", "#N/A", "#VALUE!"]),
        "finding",
        code="cell-error",
    )
    draft.plain = False
    return True


@fault(CELLS)
def comment_on_an_answer(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    cell = draft.type(found[0], "progress", found[1], "change", found[1], also="cell-comment")
    cell.comment = Comment("Ask me about this one", "Lead")
    draft.plain = False
    return True


@fault(CELLS)
def struck_through(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    cell = draft.type(found[0], "progress", found[1], "change", found[1], also="cell-struck")
    cell.font = _struck(cell.font)
    draft.plain = False
    return True


def _struck(font: Any) -> Any:
    made = copy(font)
    made.strike = True
    return made


@fault(CELLS)
def struck_in_part(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    first, rest = found[1][:9], found[1][9:]
    typed = CellRichText(first, TextBlock(InlineFont(strike=True), rest))
    draft.type(found[0], "progress", typed, "change", found[1], also="cell-struck-part")
    draft.plain = False
    return True


@fault(CELLS)
def link(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    cell = draft.type(found[0], "progress", found[1], "change", found[1], also="cell-link")
    cell.hyperlink = "https://example.org/minutes"
    draft.plain = False
    return True


@fault(CELLS)
def rich_text(draft: Draft) -> bool:
    if not (found := _note(draft)):
        return False
    first, rest = found[1][:9], found[1][9:]
    draft.type(
        found[0],
        "progress",
        CellRichText(TextBlock(InlineFont(b=True), first), rest),
        "change",
        found[1],
    )
    draft.plain = False
    return True


@fault(CELLS)
def percent(draft: Draft) -> bool:
    ref = draft.free("share")
    if ref is None:
        return False
    typed, shape = draft.rng.choice(
        [(45, "General"), ("45%", "@"), (0.45, "0%"), ("0.45", "@"), ("45 %", "@")]
    )
    draft.type(ref, "share", typed, "change", "0.45").number_format = shape
    return True


@fault(CELLS)
def number_as_text(draft: Draft) -> bool:
    ref = draft.free("spent")
    if ref is None:
        return False
    draft.type(
        ref, "spent", draft.rng.choice(["1,250", " 1250 ", "1250.0"]), "change", "1250"
    ).number_format = "@"
    return True


@fault(CELLS)
def number_unreadable(draft: Draft) -> bool:
    ref = draft.free("spent")
    if ref is None:
        return False
    draft.type(ref, "spent", "about a dozen", "finding", code="number-unread")
    return True


@fault(CELLS)
def choice_in_other_case(draft: Draft) -> bool:
    ref = draft.free("stage")
    if ref is None:
        return False
    draft.type(
        ref,
        "stage",
        draft.rng.choice(["UNDER WAY", "under way ", "Under\u00a0way"]),
        "change",
        "Under way",
    )
    return True


@fault(CELLS)
def choice_unknown(draft: Draft) -> bool:
    ref = draft.free("stage")
    if ref is None:
        return False
    draft.type(ref, "stage", "Parked", "finding", code="choice-unknown")
    return True


@fault(CELLS)
def date_cell(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    day = datetime(
        2031, draft.rng.randint(1, 12), draft.rng.randint(1, 28), draft.rng.choice([0, 9])
    )
    draft.type(ref, "finish", day, "change", day.date().isoformat()).number_format = "dd/mm/yyyy"
    draft.plain = False
    return True


@fault(CELLS)
def date_as_serial(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    draft.type(ref, "finish", 47_910, "change", "2031-03-03").number_format = "General"
    draft.plain = False
    return True


@fault(CELLS)
def date_in_words(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    typed = draft.rng.choice(["3 March 2031", "3rd Mar 31", "March 3, 2031", "Monday 3 March 2031"])
    draft.type(ref, "finish", typed, "change", "2031-03-03")
    return True


@fault(CELLS)
def date_british(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    draft.type(
        ref,
        "finish",
        draft.rng.choice(["23/03/2031", "23.3.31", "23-03-2031"]),
        "change",
        "2031-03-23",
    )
    draft.orders.add(True)
    return True


@fault(CELLS)
def date_american(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    draft.type(ref, "finish", draft.rng.choice(["03/23/2031", "3/23/31"]), "change", "2031-03-23")
    draft.orders.add(False)
    return True


@fault(CELLS)
def date_either_way(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    draft.type(ref, "finish", "04/03/2031", "change")
    draft.unclear.append((draft.typed[-1], "2031-03-04", "2031-04-03"))
    return True


@fault(CELLS)
def date_unreadable(draft: Draft) -> bool:
    ref = draft.free("finish")
    if ref is None:
        return False
    draft.type(ref, "finish", "when it is done", "finding", code="date-not-a-date")
    return True


@fault(CELLS)
def due_as_a_date_cell(draft: Draft) -> bool:
    ref = draft.free("due")
    if ref is None:
        return False
    day = datetime(draft.scale.year, 5, draft.rng.randint(13, 28))
    shown = f"{day.day} May {day.year}"
    draft.type(ref, "due", day, "change", shown).number_format = "dd/mm/yyyy"
    draft.plain = False
    return True


@fault(CELLS)
def due_impossible(draft: Draft) -> bool:
    """A day that no plan has; one of them has 31 June 2013, which is what it says already."""
    ref = draft.free("due")
    # A reason that was typed with it would wait with it.
    if ref is None or (ref, "due_reason") in draft.spoken:
        return False
    draft.spoken.add((ref, "due_reason"))
    draft.type(ref, "due", "31 April 2013", "question", code="doubted", also="date-impossible")
    return True


@fault(CELLS)
def locked_cell_changed(draft: Draft) -> bool:
    free = draft.untouched()
    if not free:
        return False
    draft.table.cell(free[0], "action").value = words(draft.rng)
    draft.codes["locked-changed"] += 1
    return True


@fault(CELLS)
def comment_on_a_locked_cell(draft: Draft) -> bool:
    if not draft.refs:
        return False
    draft.table.cell(draft.refs[0], "action").comment = Comment("This is really Ann's", "Lead")
    draft.codes["cell-comment"] += 1
    draft.plain = False
    return True


# To rows and columns with answers in them


def _lose(draft: Draft, ref: str, code: str) -> None:
    """The row is refused: whatever was typed in it is told, cell by cell."""
    for one in draft.typed:
        if one.ref == ref and one.outcome not in {"same", "finding"}:
            one.outcome, one.code, one.also = "finding", "answer-refused", ""
            draft.status = WITH_REFUSED
    draft.unclear = [one for one in draft.unclear if one[0].ref != ref]
    draft.gone.add(ref)
    draft.codes[code] += 1


def _with_answers(draft: Draft) -> str | None:
    found = [one.ref for one in draft.typed if one.outcome == "change" and one.ref in draft.refs]
    # a date that reads one way only is evidence for its file wherever it stands
    found = [
        ref
        for ref in found
        if not any(one.ref == ref and one.field == "finish" for one in draft.typed)
    ]
    return draft.rng.choice(found) if found else None


@fault(AFTER)
def token_edited(draft: Draft) -> bool:
    ref = _with_answers(draft)
    if ref is None:
        return False
    draft.table.cell(ref, "token").value = "t00000000000000000000dead"
    _lose(draft, ref, "row-unknown")
    return True


@fault(AFTER)
def token_lost(draft: Draft) -> bool:
    ref = _with_answers(draft)
    if ref is None:
        return False
    row, table = draft.table.row(ref), draft.table
    for name in ("token", "token2"):
        table.sheet.cell(row, table.columns[name]).value = None
    _lose(draft, ref, "row-token-missing")
    return True


@fault(AFTER)
def ref_changed(draft: Draft) -> bool:
    ref = _with_answers(draft)
    if ref is None:
        return False
    draft.table.cell(ref, "ref").value = "Z99.9"
    _lose(draft, ref, "row-ref-differs")
    return True


def _copy_row(draft: Draft, ref: str) -> int:
    """A copy of a row right below it; returns its number."""
    table = draft.table
    row = table.row(ref)
    table.sheet.insert_rows(row + 1)
    for column in table.columns.values():
        source, made = table.sheet.cell(row, column), table.sheet.cell(row + 1, column)
        made.value, made.data_type, made.number_format = (
            source.value,
            source.data_type,
            source.number_format,
        )
    draft.rows += 1
    return row + 1


@fault(AFTER)
def row_repeated(draft: Draft) -> bool:
    if not draft.refs or not draft.plain:
        return False
    _copy_row(draft, draft.rng.choice(draft.refs))
    draft.codes["row-repeated"] += 1
    return True


@fault(AFTER)
def row_repeated_differently(draft: Draft) -> bool:
    found = [
        one
        for one in draft.typed
        if (one.field, one.outcome) == ("progress", "change") and one.ref in draft.refs
    ]
    if not found or not draft.plain:
        return False
    one = draft.rng.choice(found)
    row, table = _copy_row(draft, one.ref), draft.table
    table.sheet.cell(row, table.columns["progress"]).value = words(draft.rng)
    one.outcome, one.code, one.also = "question", "repeated-row", ""
    draft.codes["row-repeated-differs"] += 1
    draft.plain = False
    return True


@fault(AFTER)
def row_added(draft: Draft) -> bool:
    table = draft.table
    row = table.rows[-1] + 1 if table.rows else table.header + 1
    table.sheet.insert_rows(row)
    said = words(draft.rng)
    table.sheet.cell(row, table.columns["action"]).value = said
    draft.proposed.append(said)
    return True


@fault(AFTER)
def action_proposed(draft: Draft) -> bool:
    table = draft.table
    if not draft.whole or not table.new_key:
        return False
    said = words(draft.rng)
    table.sheet.cell(table.new_key + 2, table.new_columns["action"]).value = said
    draft.proposed.append(said)
    return True


@fault(AFTER)
def answers_sorted_apart(draft: Draft) -> bool:
    """Two rows with answers have their inputs changed round, and the hidden copy of the token with
    them.
    """
    refs = sorted({one.ref for one in draft.typed if one.ref in draft.refs})
    good_ones = all(
        one.outcome == "change" and not one.also for one in draft.typed if one.ref in refs[:2]
    )
    if (
        len(refs) < 2
        or not draft.plain
        or not good_ones
        or draft.unclear
        or "row_repeated" in draft.faults
    ):
        return False
    one, other = refs[:2]
    table = draft.table
    for name in (*INPUTS, "token2"):
        if name in table.columns:
            left, right = table.cell(one, name), table.cell(other, name)
            left.value, right.value = right.value, left.value
            left.number_format, right.number_format = right.number_format, left.number_format
    for said in draft.typed:
        if said.ref in refs[:2]:
            said.outcome, said.code = "question", "detached"
    draft.codes["row-detached"] += 2
    draft.plain = False
    return True


@fault(AFTER)
def column_deleted(draft: Draft) -> bool:
    said = {one.field for one in draft.typed}
    name = next((name for name in ("due_reason", "evidence") if name not in said), "")
    if name not in draft.table.columns:
        return False
    draft.table.sheet.delete_cols(draft.table.columns[name])
    draft.codes["column-missing"] += 1
    draft.whole = False
    return True


@fault(AFTER)
def cells_merged(draft: Draft) -> bool:
    """One answer merged down over the row below it: it is meant for both."""
    table = draft.table
    said = {(one.ref, one.field): one for one in draft.typed}
    for row in table.rows[:-1]:
        ref, below = (
            str(table.sheet.cell(number, table.columns["ref"]).value) for number in (row, row + 1)
        )
        one = said.get((ref, "progress"))
        free = (
            (below, "progress") not in draft.spoken
            and below in draft.refs
            and row + 1 in table.rows
        )
        if one and one.outcome == "change" and not one.also and free and draft.plain:
            column = table.columns["progress"]
            draft.spoken.add((below, "progress"))
            draft.typed.append(Typed(one.lead, one.file, below, "progress", "change", one.value))
            table.sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column
            )
            draft.codes["cells-merged"] += 1
            draft.plain = False
            return True
    return False


@fault(AFTER)
def sheet_copied(draft: Draft) -> bool:
    refused = {"row-unknown", "row-token-missing", "row-ref-differs", "row-not-theirs"} & set(
        draft.codes
    )
    if not draft.plain or refused:
        return False
    for _ in range(2):
        draft.book.copy_worksheet(draft.table.sheet)
    again = 2 * (len(draft.table.rows) + len(draft.proposed))
    draft.rows += again
    draft.codes["row-repeated"] += again
    return True


@fault(AFTER)
def chart_sheet_added(draft: Draft) -> bool:
    """A sheet with nothing but a chart, over which openpyxl stumbles when it is empty."""
    draft.book.create_chartsheet("Chart")
    return True


@fault(AFTER)
def scratch_sheet_added(draft: Draft) -> bool:
    sheet = draft.book.create_sheet("Workings")
    sheet["B7"] = "Ring Ann about 3.1"
    draft.codes["sheet-unread"] += 1
    return True


@fault(AFTER)
def note_beside_the_table(draft: Draft) -> bool:
    table = draft.table
    table.sheet.cell(
        table.sheet.max_row + 4, max(table.columns.values()) + 2
    ).value = "Back on Monday, Sue"
    draft.codes["note-outside"] += 1
    return True


@fault(AFTER)
def hidden_sheet_deleted(draft: Draft) -> bool:
    found = [sheet for sheet in draft.book.worksheets if sheet.sheet_state != "visible"]
    for sheet in found:
        if str(sheet["A1"].value) in {"format", "kind", "code", "issue"}:
            del draft.book[sheet.title]
            return True
    return False


@fault(AFTER)
def properties_stripped(draft: Draft) -> bool:
    draft.book.properties.subject = None
    for name in list(draft.book.custom_doc_props.names):
        del draft.book.custom_doc_props[name]
    return True


@fault(AFTER)
def key_row_deleted(draft: Draft) -> bool:
    table = draft.table
    table.sheet.delete_rows(table.key)
    for merged in (
        table.sheet.merged_cells.ranges
    ):  # openpyxl leaves them where they were; Excel takes them along
        if merged.min_row > table.key:
            merged.shift(row_shift=-1)
    return True


# To the file


@fault(FILES)
def file_renamed(draft: Draft) -> bool:
    draft.name = f"Copy of FINAL {draft.issued.lead.replace('/', '-')} (2).xlsx"
    return True


@fault(FILES)
def extension_is_wrong(draft: Draft) -> bool:
    draft.finish.append(lambda path: _moved(draft, path, f"{path.stem}.xls"))
    return True


def _moved(draft: Draft, path: Path, name: str) -> list[Sent]:
    path.rename(path.with_name(name))
    draft.name = name
    return []


@fault(FILES)
def sent_in_a_zip(draft: Draft) -> bool:
    draft.finish.append(lambda path: _zipped(draft, path))
    return True


def _zipped(draft: Draft, path: Path) -> list[Sent]:
    box = path.with_name(f"{path.stem}.zip")
    with zipfile.ZipFile(box, "w") as archive:
        archive.write(path, f"January/{path.name}")
        archive.writestr("January/~$lock.xlsx", b"x")
    path.unlink()
    draft.name = f"{box.name}/January/{path.name}"
    return []


@fault(FILES)
def sent_by_mail(draft: Draft) -> bool:
    draft.finish.append(lambda path: _mailed(draft, path))
    return True


def _mailed(draft: Draft, path: Path) -> list[Sent]:
    message = EmailMessage()
    message["Subject"] = "RE: January Board"
    message.set_content("Please find attached.")
    message.add_attachment(
        path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name
    )
    box = path.with_name(f"{path.stem}.eml")
    box.write_bytes(bytes(message))
    path.unlink()
    draft.name = f"{box.name}/{path.name}"
    return []


@fault(FILES)
def sent_by_outlook(draft: Draft) -> bool:
    draft.finish.append(lambda path: _outlooked(draft, path))
    return True


def _outlooked(draft: Draft, path: Path) -> list[Sent]:
    box = path.with_name(f"{path.stem}.msg")
    write_msg(box, "Please find attached.", {path.name: path.read_bytes()})
    path.unlink()
    draft.name = f"{box.name}/{path.name}"
    return []


@fault(FILES)
def sent_twice(draft: Draft) -> bool:
    draft.finish.append(lambda path: _twice(draft, path))
    return True


def _twice(draft: Draft, path: Path) -> list[Sent]:
    if not path.exists():
        return []
    again = path.with_name(f"zz {path.name}")
    shutil.copy(path, again)
    return [Sent(again.name, draft.issued.lead, ("duplicate",), 0, faults=["sent_twice"])]


@fault(FILES)
def lock_file_beside(draft: Draft) -> bool:
    draft.finish.append(lambda path: (path.with_name(f"~${path.name}").write_bytes(b"x"), [])[1])
    return True


@fault(FILES)
def counts_from_1904(draft: Draft) -> bool:
    if "date_as_serial" in draft.faults:
        return False
    draft.book.epoch = CALENDAR_MAC_1904
    return True


@fault(FILES)
def saved_as_csv(draft: Draft) -> bool:
    if (
        not draft.plain
        or draft.codes["sheet-unread"]
        or draft.codes["cells-merged"]
        or _copied(draft)
    ):
        return False
    draft.finish.append(lambda path: _as_csv(draft, path))
    return True


def _copied(draft: Draft) -> bool:
    return any(
        name in draft.faults for name in ("sheet_copied", "comment_on_a_locked_cell", "percent")
    )


def _as_csv(draft: Draft, path: Path) -> list[Sent]:
    if not path.exists():
        return []
    text = path.with_name(f"{path.stem}.csv")
    with text.open(
        "w", newline="", encoding=draft.rng.choice(["utf-8", "utf-8-sig", "utf-16"])
    ) as stream:
        writer = csv.writer(stream, delimiter=draft.rng.choice(",;\t"))
        for row in draft.sheet.iter_rows():
            writer.writerow(
                ["" if cell.value is None or cell.data_type == "f" else cell.value for cell in row]
            )
    path.unlink()
    draft.name = text.name
    return []


@fault(FILES)
def only_values_kept(draft: Draft) -> bool:
    """As pandas and others save: values of every sheet, and nothing else."""
    if not draft.plain:
        return False
    made = Workbook()
    made.remove(made.worksheets[0])
    for sheet in draft.book.worksheets:
        target = made.create_sheet(sheet.title)
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None and cell.data_type != "f":
                    other = target.cell(cell.row, cell.column, cell.value)
                    other.data_type, other.number_format = cell.data_type, cell.number_format
    draft.sheet = made[draft.sheet.title]
    draft.book = made
    return True


@fault(FILES)
def older_return_too(draft: Draft) -> bool:
    """The lead had sent another copy before: one answer that the newer one replaces, two that it
    takes back.
    """
    sure = [one for one in draft.typed if one.outcome == "change" or one.code == "detached"]
    mine = [one for one in sure if one.field == "progress" and one.ref in draft.refs]
    others = [name for name in ("evidence", "due_reason") if name in draft.columns]
    kept = [ref for ref in draft.refs if not {(ref, name) for name in others} & draft.spoken]
    if (
        not mine
        or not kept
        or draft.codes.keys() & {"cells-merged", "row-repeated-differs", "column-missing"}
    ):
        return False
    older = Draft(draft.issued, draft.scale, draft.rng, draft.folder, draft.spoken, [])
    older.name = f"{draft.rng.choice(['aa', 'zz'])} {older.name}"
    older.type(mine[0].ref, "progress", words(draft.rng), "superseded")
    said, ref = words(draft.rng), draft.rng.choice(kept)
    for name in others:
        older.type(ref, name, said, "question", code="taken-back")
    older.status, draft.status = ("superseded",), ("waiting",)
    draft.finish.append(lambda path: _stamped(older, path))
    return True


def _stamped(older: Draft, newer: Path) -> list[Sent]:
    sent = older.save()
    sent[0].faults = ["older_return_too"]
    for path, day in ((newer, 14), (older.folder / older.name, 11)):
        stamp(path, f"2013-01-{day}T12:00:00Z")
    return sent


PACKAGING = {
    "extension_is_wrong",
    "sent_in_a_zip",
    "sent_by_mail",
    "sent_by_outlook",
    "sent_twice",
    "saved_as_csv",
    "older_return_too",
}
"""A file is sent in one of these ways."""


ALL: dict[str, Fault] = {**BEFORE, **CELLS, **AFTER, **FILES}

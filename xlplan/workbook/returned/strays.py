"""What stands in a returned workbook outside its tables: nothing that somebody typed is passed over
in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from xlplan.plan.findings.addresses import Address
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.kit.marks import KEY_PREFIX, find_code
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.returned.marks import ReturnMarks, folded
from xlplan.workbook.returned.tables import (
    MEASURE_HEADINGS,
    FoundTable,
    HeadingIndex,
    Lines,
    fold_heading,
)
from xlplan.workbook.update.guide import GUIDE_TITLE
from xlplan.workbook.update.layout import TICK
from xlplan.workbook.update.proposals import PROPOSAL_HINT
from xlplan.workbook.update.table import NOTE_OPENING, WHOLE_OPENING

_FILLED_IN = re.compile(r"\d+ of \d+ .+ updated|Unnamed: \d+")
"""Our live count, and what pandas writes over columns without a heading."""
MOST = 200
"""Texts of one sheet that are told one by one; a scratch sheet may hold thousands, and the rest is
counted.
"""
_PROBLEM = say("problem")
_GUIDE_TITLE = folded(GUIDE_TITLE)


def known_text(marks: ReturnMarks, answers: Collection[str] = ()) -> Callable[[str], bool]:
    """A test for texts that we wrote ourselves: by the hidden sheet's list of them, and by their
    look.

    `answers` are texts that the guide explains and a lead may type: anywhere else they are the
    lead's.
    """
    # `R` or `On track` on the guide is ours; beside a table it is somebody's answer.
    texts = marks.texts - {folded(answer) for answer in answers}

    def ours(text: str) -> bool:
        plain = text.strip()
        return (
            not plain
            or plain == TICK
            or plain.startswith(KEY_PREFIX)
            or folded(plain) in texts
            or plain.endswith(PROPOSAL_HINT)
            or bool(_FILLED_IN.fullmatch(plain))
        )

    return ours


def strays_of_sheet(
    lines: Lines, marks: ReturnMarks, answers: Collection[str]
) -> list[tuple[Address, str]]:
    """One entry for a sheet that is not ours with all its texts; one a cell for what was added to
    the guide.
    """
    if _is_guide(lines):
        return _found_on(lines, _cells(lines), known_text(marks)) if marks.texts else []
    ours = known_text(marks, answers)
    texts = [text for cell in _cells(lines) if (text := text_in(cell)) and not ours(text)]
    return [(Address(sheet=lines.sheet.name), listed(texts))] if texts else []


def listed(texts: Sequence[str]) -> str:
    """Texts one behind the other, `done; ask Rose`; of very many, how many more there are."""
    rest = [f"and {len(texts) - MOST} more, which are not listed here"] if len(texts) > MOST else []
    return "; ".join([*texts[:MOST], *rest])


def strays_of_table(
    lines: Lines,
    tables: list[FoundTable],
    used: set[tuple[int, int]],
    marks: ReturnMarks,
    heads: HeadingIndex,
    answers: Collection[str],
) -> list[tuple[Address, str]]:
    """Texts beside, above and below the tables, a cell each, and what was typed over a heading or
    noted on one.
    """
    rest = [cell for cell in _cells(lines) if (cell.row, cell.column) not in used]
    # Our live count is a formula; LibreOffice saves it in an .xls with a number for its result.
    rest = [
        cell
        for cell in rest
        if not ((cell.formula or not marks.texts) and _in_title_block(cell, tables))
    ]
    # So is the tick that shows that a row was answered; it may stay where a row was emptied.
    done = {table.columns.get("done") for table in tables}
    rest = [cell for cell in rest if not (cell.formula and cell.column in done)]
    rows_of_heads = {
        row
        for table in tables
        for row in (table.key, table.header, table.new_key, table.new_header)
    }
    rest = [
        _without_heading(cell, marks, heads) if cell.row in rows_of_heads else cell for cell in rest
    ]
    return _found_on(lines, rest, known_text(marks, answers))


def _without_heading(cell: RawCell, marks: ReturnMarks, heads: HeadingIndex) -> RawCell:
    """A cell of a heading row without the heading that we gave it; a file that lost our list of
    them tells none.
    """
    text = cell.as_text.strip()
    ours = heads.by_text.keys() | MEASURE_HEADINGS.by_text.keys()
    known = (
        not marks.columns
        or fold_heading(text) in ours
        or text == _PROBLEM
        or known_text(marks)(text)
    )
    return replace(cell, value=None, formula="") if known else cell


def _in_title_block(cell: RawCell, tables: list[FoundTable]) -> bool:
    """Above the first table, in a column where our own title stands: for files that lost the list
    of our texts.
    """
    first = tables[0]
    top = min(row for row in (first.key, first.header) if row)
    ours = {first.columns.get(name) for name in ("done", "ref", "action")} | {
        min(first.columns.values())
    }
    return cell.row < top and (
        cell.column in ours or bool(find_code(cell.as_text)) or cell.row == top - 1
    )


def _is_guide(lines: Lines) -> bool:
    return any(folded(cell.as_text) == _GUIDE_TITLE for cell in _cells(lines))


def _cells(lines: Lines) -> list[RawCell]:
    return [cell for row in lines.numbers for _, cell in sorted(lines.by_row[row].items())]


def _found_on(
    lines: Lines, cells: Iterable[RawCell], ours: Callable[[str], bool]
) -> list[tuple[Address, str]]:
    texts = [(cell, text) for cell in cells if (text := text_in(cell)) and not ours(text)]
    return [(Address(sheet=lines.sheet.name, cell=cell.name), text) for cell, text in texts]


def our_note(comment: str) -> bool:
    """Whether a note is one that we put there."""
    return NOTE_OPENING in comment or WHOLE_OPENING in comment


def text_in(cell: RawCell) -> str:
    """A cell's text, or a formula that was never computed; where it leads, and a comment on it that
    is not ours: `see minutes (https://example.org) ask Rose`.
    """
    text = (cell.formula if cell.value is None else "") if cell.blank else cell.as_text.strip()
    # Leads link to their evidence, and the cell shows `minutes` alone.
    link = "" if cell.link in text else f"({cell.link})"
    comment = "" if our_note(cell.comment) else cell.comment
    return " ".join(part for part in (text, link, comment) if part)

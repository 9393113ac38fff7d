"""What an edition carries beside the words of its rows: text boxes, pictures, strike-through, texts
among figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlplan.plan.findings.addresses import Address, cell_name
from xlplan.spreadsheets.cells import Drawn, RawCell, Sheet
from xlplan.workbook.master.written_texts import WrittenTexts

_OF_PROGRAMS = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.]+Z?|Unnamed: \d+|TRUE|FALSE", re.IGNORECASE)
"""What programs make of days, of columns without a heading and of ticks where they save them as
text.
"""

STRUCK = frozenset({"cell-struck", "cell-struck-part"})
"""What reading says of text that is struck through."""


def newly_drawn(sheet: Sheet, theirs: Sheet | None) -> Iterator[tuple[Address, Drawn]]:
    """What lies over the cells of a sheet, and did not on the one of that name in the office's own
    workbook.
    """
    # A council's crest comes back with every edition; programs give it a new place, name and size.
    known = [(one.kind, one.text) for one in theirs.drawn] if theirs else []
    for one in sheet.drawn:
        if (one.kind, one.text) in known:
            known.remove((one.kind, one.text))
        else:
            yield (
                Address(sheet=sheet.name, cell=cell_name(one.row, one.column) if one.row else ""),
                one,
            )


def opens_as_ours(sheet: Sheet, written: WrittenTexts) -> bool:
    """Whether a sheet has the two lines that open a sheet of figures, though a program dropped the
    mark below them.
    """
    opening = [sheet.cell(row, 1) for row in (1, 2)]
    ours = all(not cell.blank and written.have(cell.as_text) for cell in opening)
    return written.known and ours and sheet.cell(3, 1).blank


def typed_among_figures(sheet: Sheet, written: WrittenTexts) -> list[RawCell]:
    """Texts on a sheet of figures that we did not write; figures themselves change when a program
    reckons again.
    """
    if not written.known or sheet.name in written.sheets:
        return []
    # LibreOffice and Excel save other results than ours where they reckon differently.
    texts = [
        (cell, cell.as_text)
        for _, cell in sorted(sheet.cells.items())
        if isinstance(cell.value, str)
    ]
    return [
        cell
        for cell, text in texts
        if not (
            cell.formula or cell.blank or written.have(text) or _OF_PROGRAMS.fullmatch(text.strip())
        )
    ]

"""Which texts we wrote into a workbook, kept in it unseen: whatever else stands on our sheets of
figures was typed.
"""

from __future__ import annotations

from hashlib import sha256

from xlplan.plan.text.text import same_text
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.workbook.kit.authoring import GrowingWorkbook, put
from xlplan.workbook.pages.blocks import OUR_SHEET

TEXTS_SHEET = "xlplan texts"
_MARK = "xlplan:texts"
_IN_A_CELL = 2_000
"""Digests in a cell; an .xls holds 32,767 characters."""


def keep_texts(book: GrowingWorkbook) -> None:
    """Write the hidden sheet that tells every text of the workbook so far, by a digest of each."""
    # XlsxWriter keeps each text of the workbook once, in this table.
    digests = list(dict.fromkeys(_digest(text) for text in book.str_table.string_table))
    sheet = book.add_worksheet(TEXTS_SHEET)
    sheet.hide()
    put(sheet, 0, 0, OUR_SHEET)
    put(sheet, 0, 1, _MARK)
    for row, first in enumerate(range(0, len(digests), _IN_A_CELL), start=1):
        put(sheet, row, 1, " ".join(digests[first : first + _IN_A_CELL]))


class WrittenTexts:
    """The texts that we wrote into a workbook; of one that lost them, or never had them, nothing is
    `known`.
    """

    def __init__(self, book: Spreadsheet) -> None:
        sheets = [sheet for sheet in book.sheets if sheet.cell(1, 2).value == _MARK]
        cells = [cell for sheet in sheets for cell in sheet.cells.values() if cell.row > 1]
        self.sheets = {sheet.name for sheet in sheets}
        self._digests = {digest for cell in cells for digest in cell.as_text.split()}

    @property
    def known(self) -> bool:
        """Whether the workbook tells what we wrote."""
        return bool(self._digests)

    def have(self, text: str) -> bool:
        """Whether we wrote a text, whatever program saved it since."""
        return _digest(text) in self._digests


def _digest(text: str) -> str:
    # Gnumeric and .ods trim the blanks around a text.
    return sha256(same_text(text).casefold().encode()).hexdigest()[:10]

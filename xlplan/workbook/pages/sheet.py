"""Write chapters of figures as sheets: plain tables that filter and print, native charts, text
always text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlplan.workbook.kit.authoring import header_text, new_workbook, put, put_number
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import WrittenBook, WrittenSheet
from xlplan.workbook.pages.blocks import OUR_SHEET, Chapter, Chart, Heading, Paragraph, Table, Tiles
from xlplan.workbook.pages.chart import ChartData, add_chart
from xlplan.workbook.pages.shelf import Shelf
from xlplan.workbook.pages.table import widths_of, write_table

# As Excel numbers paper.
A4 = 9
TITLE_ROWS = 3
"""Title, subtitle or marking, a blank."""

WIDE = 110
"""Characters across from which a sheet is printed on its side."""

Places = Mapping[str, str]
"""Where the rows of items stand, by item key: `internal:'Plan'!A12`."""


def write_report(
    path: Path,
    sheets: Sequence[Chapter],
    *,
    title: str,
    created: datetime,
    author: str = "",
    marking: str = "",
    draft: bool = False,
) -> None:
    """Write one workbook with a sheet for each chapter.

    Raises:
        NotWritten: XlsxWriter refused a cell or a sheet.
    """
    book = new_workbook(path, title=title, author=author, created=created, marking=marking)
    writer = SheetWriter(book, title=title, marking=marking, draft=draft)
    for chapter in sheets:
        writer.write(chapter)
    writer.close()
    book.close()


class SheetWriter:
    """Writes chapters into one workbook, one sheet each; `places` turns what a cell is about into
    links.
    """

    def __init__(
        self,
        book: WrittenBook,
        *,
        title: str,
        marking: str = "",
        draft: bool = False,
        places: Places | None = None,
    ):
        self.book = book
        self.title = title
        self.marking = marking
        self.draft = draft
        self.places: dict[str, str] = dict(places or {})
        self.styles = Styles(book)
        self.data = ChartData(book)

    def close(self) -> None:
        """Write the hidden sheet of the charts' numbers, when there is any chart."""
        self.data.close()

    def write(self, chapter: Chapter, name: str = "") -> WrittenSheet:
        """Write one chapter as a new sheet called `name`, by default the chapter's own."""
        sheet = self.book.add_worksheet(name or chapter.name)
        self.fill(sheet, chapter)
        return sheet

    def fill(self, sheet: WrittenSheet, chapter: Chapter) -> dict[str, str]:
        """Write one chapter on an empty sheet; where each of its tables stands, by caption, as a
        link.
        """
        tables = [block for block in chapter.blocks if isinstance(block, Table) and block.rows]
        widths = widths_of(tables)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._page(sheet, chapter, wide=sum(widths) > WIDE)
        # Under a chart, frozen headings would leave no room for the rows.
        alone = len(tables) == 1 and not any(isinstance(block, Chart) for block in chapter.blocks)
        row = self._title(sheet, chapter)
        # In a reference an apostrophe is doubled: 'Children''s plan'!A1.
        name = sheet.get_name().replace("'", "''")
        tops = {}
        shelf = Shelf(
            widths,
            shared=any(isinstance(block, Chart) and block.beside for block in chapter.blocks),
        )
        for block in chapter.blocks:
            if isinstance(block, Chart):
                row = shelf.below(row, block)
                end = add_chart(self.book, sheet, block, shelf.room(row, block), self.data)
                row = shelf.put(row, end, block)
                continue
            row = shelf.below(row, block)
            if isinstance(block, Table):
                tops[block.caption] = f"internal:'{name}'!A{row + 2}"
            row = shelf.put(
                row, self._block(sheet, block, row, widths, alone=alone, title=chapter.title), block
            )
        return tops

    def _page(self, sheet: WrittenSheet, chapter: Chapter, *, wide: bool) -> None:
        """A4, as wide as one page, the marking and page numbers around it; what has no table is one
        page in all.
        """
        # XlsxWriter: 1 would hide them on paper and leave them on the screen.
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.set_landscape() if wide else sheet.set_portrait()
        whole = not any(isinstance(block, Table) for block in chapter.blocks)
        # 0 pages tall: as many as the rows take; 1 would shrink 200 rows to one page.
        sheet.fit_to_pages(1, int(whole))
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        mark = " · ".join(part for part in ("DRAFT" if self.draft else "", self.marking) if part)
        sheet.set_header(f"&C&B{header_text(mark)}" if mark else "")
        sheet.set_footer(
            f"&L{header_text(self.title)}&R{header_text(chapter.title)}, page &P of &N"
        )

    def _title(self, sheet: WrittenSheet, chapter: Chapter) -> int:
        put(sheet, 0, 0, chapter.title, self.styles["page title"])
        sheet.set_row(0, 24)
        mark = " · ".join(
            part for part in ("DRAFT" if self.draft else "", self.title, self.marking) if part
        )
        put(sheet, 1, 0, mark, self.styles["muted"])
        put(sheet, 2, 0, OUR_SHEET, self.styles["unseen"])
        return TITLE_ROWS

    def _block(
        self,
        sheet: WrittenSheet,
        block: Table | Tiles | Heading | Paragraph,
        row: int,
        widths: list[float],
        *,
        alone: bool,
        title: str,
    ) -> int:
        """Write one block from a row on; the first free row after it."""
        if isinstance(block, Table):
            captioned = block.caption != title
            return write_table(
                sheet,
                block,
                row,
                widths,
                self.styles,
                self.places,
                alone=alone,
                captioned=captioned,
            )
        if isinstance(block, Tiles):
            return self._tiles(sheet, block, row, widths)
        if isinstance(block, Heading):
            put(sheet, row, 0, block.text, self.styles["heading"])
            return row + 1
        return self._paragraph(sheet, block, row, widths)

    def _paragraph(
        self, sheet: WrittenSheet, block: Paragraph, row: int, widths: list[float]
    ) -> int:
        """Text over as many columns as make a readable line."""
        last, across = 0, widths[0] if widths else 60.0
        while last + 1 < len(widths) and across < 90:
            last += 1
            across += widths[last]
        style = self.styles[f"paragraph {block.style}"]
        # XlsxWriter refuses to merge a single cell.
        if last:
            sheet.merge_range(row, 0, row, last, "", style)
        put(sheet, row, 0, block.text, style)
        # No program fits a row to merged cells: it would stay one line tall.
        lines = -(-len(block.text) // max(20, int(across * 1.05)))
        sheet.set_row(row, 15.5 * max(1, lines) + 3)
        return row + 1

    def _tiles(self, sheet: WrittenSheet, block: Tiles, row: int, widths: list[float]) -> int:
        """Headline numbers side by side, each over what it counts; one below the other where there
        is no room.
        """
        row += 1
        if len(widths) < 2 * len(block.tiles) - 1:
            for tile in block.tiles:
                put(sheet, row, 0, f"{tile.number}  {tile.label}", self.styles[f"tile {tile.tone}"])
                sheet.set_row(row, 20)
                row += 1
            return row + 1
        for number, tile in enumerate(block.tiles):
            first, last = max(0, 2 * number - 1), 2 * number
            for down, text in enumerate((tile.number, tile.label)):
                style = self.styles[f"tile {'label' if down else 'number'} {tile.tone}"]
                if first != last:
                    sheet.merge_range(row + down, first, row + down, last, "", style)
                (put if down else put_number)(sheet, row + down, first, text, style)
        sheet.set_row(row, 32)
        sheet.set_row(row + 1, 30)
        return row + 3

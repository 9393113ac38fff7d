"""The master workbook: the plan in its own published layout, then sheets of figures, then the
office's other sheets.

Reading it as the office's own workbook gives the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Plan
from xlplan.plan.rag import RagScale
from xlplan.spreadsheets.cells import Sheet
from xlplan.workbook.kit.authoring import done, header_text, new_workbook
from xlplan.workbook.kit.marks import subject
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import WrittenBook, WrittenSheet
from xlplan.workbook.master.carried import carried_sheets, carry
from xlplan.workbook.master.columns import MasterColumn, columns_of
from xlplan.workbook.master.measures import with_measures
from xlplan.workbook.master.plan_sheet import PlanSheet, SheetPlaces
from xlplan.workbook.master.values import MasterValues, Ratings
from xlplan.workbook.master.written_texts import keep_texts
from xlplan.workbook.pages.blocks import Chapter
from xlplan.workbook.pages.sheet import SheetWriter

# Paper as Excel numbers it.
A3, A4 = 8, 9
LOWEST_HEADER = 6
"""A header below this row is not frozen: the rows above it would fill the window."""
WIDEST_IN_VIEW = 70
"""Characters of columns that stay in view."""
ZOOM = 85
# Excel's limit; LibreOffice lets people name a sheet longer.
LONGEST_SHEET_NAME = 31
# Excel's limit for a list that stands in the rule itself, commas counted.
LONGEST_LIST = 255


@dataclass(frozen=True, slots=True)
class MasterBook:
    """What goes into a master workbook.

    `previous` holds the ratings of the round before, `seeds` those of the points of the office's
    own history, each by action key. `carried` are further sheets of the office's workbook; measures
    are shown as the plan has them. With `draft` every page says so. `chapters` are the sheets of
    figures, the dashboard first. `tokens` tell each row of an action or a measure when the workbook
    comes back, in a hidden column; `code` is the visible code of this issue.
    """

    plan: Plan
    mapping: PlanMapping
    previous: Ratings
    scale: RagScale
    chapters: Sequence[Chapter]
    created: datetime
    title: str
    seeds: Dictionary[str, Ratings] = field(default_factory=dict)
    carried: Sequence[Sheet] = ()
    draft: bool = False
    tokens: Dictionary[str, str] = field(default_factory=dict)
    code: str = ""


def write_master(path: Path, book: MasterBook) -> None:
    """Write the master workbook; the same contents give the same bytes.

    Raises:
        NotWritten: XlsxWriter refused a cell or a sheet.
    """
    office = book.mapping.office
    out = new_workbook(
        path,
        title=book.title,
        author=office.name,
        created=book.created,
        subject=subject("master", book.code).strip(),
        code=book.code,
        marking=office.marking,
    )
    writer = MasterWriter(out, book)
    writer.write_plan()
    writer.write_figures()
    writer.write_carried()
    writer.close()
    if book.code:
        keep_texts(out)
    out.close()


class MasterWriter:
    """Writes one master workbook, sheet by sheet."""

    def __init__(self, out: WrittenBook, book: MasterBook) -> None:
        self.out = out
        self.book = book
        self.styles = Styles(out)
        self.places: dict[str, str] = {}
        self.figures = SheetWriter(
            out, title=book.title, marking=book.mapping.office.marking, draft=book.draft
        )
        # A table that could not be read at init stands as it stood.
        carried = {sheet.name.casefold() for sheet in book.carried}
        tables = [table for table in book.mapping.tables if table.sheet.casefold() not in carried]
        self._tables = list(dict.fromkeys(table.sheet for table in tables or book.mapping.tables))

    def write_plan(self) -> None:
        """The plan's own sheets, in the mapping's order."""
        book = self.book
        values = MasterValues(book.plan, book.mapping, book.previous, book.seeds)
        for name in self._tables:
            sheet = self.out.add_worksheet(name[:LONGEST_SHEET_NAME])
            page = PlanSheet(sheet, book.plan, book.mapping, values, self.styles, book.tokens)
            for table in book.mapping.tables:
                if table.sheet == name:
                    self._finish(
                        sheet, page.write(table), columns_of(book.plan, book.mapping, table)
                    )
            for key, place in page.written.places.items():
                self.places.setdefault(key, place)

    def _finish(
        self, sheet: WrittenSheet, written: SheetPlaces, columns: Sequence[MasterColumn]
    ) -> None:
        """Colours, lists, frozen headings, filter and print set-up."""
        self._page(sheet)
        sheet.set_zoom(ZOOM)
        for place, column in enumerate(columns):
            if column.name == "rag" and written.actions:
                self._ratings(sheet, place, written.actions)
        if not written.headers:
            return
        # A sheet has one filter: the headings of a later section stay plain.
        first, last = written.headers[0]
        # Whoever sorts by the filter sorts the tokens too.
        right = written.tokens if written.tokens is not None else len(columns) - 1
        sheet.autofilter(last, 0, max(written.actions, default=last), right)
        sheet.repeat_rows(first, last)
        # Sunderland 2017 prints the headings again in each priority.
        below = last + 1 if last < LOWEST_HEADER and len(written.headers) == 1 else 0
        sheet.freeze_panes(below, _kept_in_view(columns))

    def _ratings(self, sheet: WrittenSheet, place: int, rows: list[int]) -> None:
        """Ratings take their colours as they are typed; the list offers exactly the plan's own."""
        scale = self.book.scale
        for rating in scale.ratings:
            # In a formula a quotation mark is doubled.
            quoted = rating.code.replace('"', '""')
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{quoted}"',
                "format": self.styles.on(rating.colour),
            }
            sheet.conditional_format(min(rows), place, max(rows), place, rule)
        if (
            scale.codes
            and len(",".join(scale.codes)) <= LONGEST_LIST
            # Excel reads a comma in such a list as the end of a choice.
            and not any("," in code for code in scale.codes)
        ):
            for first, last in _runs(rows):
                sheet.data_validation(
                    first, place, last, place, {"validate": "list", "source": list(scale.codes)}
                )

    def _page(self, sheet: WrittenSheet, paper: int = A3) -> None:
        mark = " · ".join(
            part
            for part in ("DRAFT" if self.book.draft else "", self.book.mapping.office.marking)
            if part
        )
        sheet.set_paper(paper)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f"&C&B{header_text(mark)}" if mark else "")
        sheet.set_footer(f"&L{header_text(self.book.title)}&C&A&RPage &P of &N")

    def write_figures(self) -> None:
        """The dashboard and its lists; the lists are written first, since the dashboard leads to
        them.
        """
        chapters = self.book.chapters
        sheets = [self.out.add_worksheet(self._free(chapter.name)) for chapter in chapters]
        self.figures.places.update(self.places)
        for sheet, chapter in reversed(list(zip(sheets, chapters, strict=True))):
            tops = self.figures.fill(sheet, chapter)
            self.figures.places.update(
                {f"list:{caption.partition(':')[0]}": top for caption, top in tops.items()}
            )

    def _free(self, name: str) -> str:
        """A sheet name that neither the plan nor a carried sheet has."""
        taken = {
            other.casefold()
            for other in (*self._tables, *(sheet.name for sheet in self._carried()))
        }
        return name if name.casefold() not in taken else f"{name} (figures)"

    def _carried(self) -> list[Sheet]:
        return list(carried_sheets(self.book.carried, self._tables))

    def write_carried(self) -> None:
        """Further sheets of the office's workbook, as they stand."""
        book = self.book
        for page in with_measures(self._carried(), book.plan, book.mapping, book.tokens):
            sheet = self.out.add_worksheet(page.sheet.name[:LONGEST_SHEET_NAME])
            carry(sheet, page.sheet, self.styles)
            if page.tokens:
                done(
                    sheet.set_column(page.tokens - 1, page.tokens - 1, 8, None, {"hidden": 1}),
                    "the tokens",
                )
            self._page(sheet, A4)

    def close(self) -> None:
        """Write what the charts draw."""
        self.figures.close()


def _kept_in_view(columns: Sequence[MasterColumn]) -> int:
    """How many columns do not scroll: up to the action's, where that leaves most of a small screen
    to the others.
    """
    upto = next(
        (place for place, column in enumerate(columns, start=1) if column.name == "action"), 1
    )
    # Excel does not scroll frozen columns: on a small screen nothing else could be seen.
    return upto if sum(column.width for column in columns[:upto]) <= WIDEST_IN_VIEW else 1


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of every run of rows that follow each other."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs

"""The office's sheet of measures in the master: as it was published, with the values that the plan
has now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from xlplan.mapping.model import PlanMapping as PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.workbook.kit.authoring import PLAIN_NUMBER
from xlplan.workbook.master.plan_sheet import TOKEN_HEADING
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.measures import OfficeMeasure, list_measures


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """The sheet as it is to be carried; `tokens` is the column of row tokens, counted from 1, 0
    without them.
    """

    sheet: Sheet
    tokens: int = 0


def measures_sheet(
    source: Sheet, plan: Plan, mapping: PlanMapping, tokens: Mapping[str, str]
) -> MeasureSheet:
    """The office's sheet of measures with what the plan says now, new measures below, and a token
    for each row.
    """
    sheet = _without_tokens(source)
    found = list_measures(Grid(sheet, ""), mapping, plan)
    if found is None:
        return MeasureSheet(sheet)
    page = _Page(sheet, plan, tokens, found.header, dict(sheet.cells), list(sheet.merged))
    page.fill(found.rows)
    return MeasureSheet(
        replace(sheet, cells=page.cells, merged=page.merged), page.column if tokens else 0
    )


def _without_tokens(source: Sheet) -> Sheet:
    """A sheet that came out of a master workbook brings a column of tokens, which are another
    issue's.
    """
    ours = {cell.column for cell in source.cells.values() if cell.value == TOKEN_HEADING}
    return replace(
        source, cells={place: cell for place, cell in source.cells.items() if place[1] not in ours}
    )


@dataclass(slots=True)
class _Page:
    sheet: Sheet
    plan: Plan
    tokens: Mapping[str, str]
    header: int
    cells: dict[tuple[int, int], RawCell]
    merged: list[tuple[int, int, int, int]]
    column: int = field(init=False)

    def __post_init__(self) -> None:
        self.column = self.sheet.last_column + 1

    def fill(self, rows: Iterable[OfficeMeasure]) -> None:
        """Every row of the list, then the measures that it lacks."""
        rows = list(rows)
        if self.tokens:
            self._put(self.header, self.column, TOKEN_HEADING)
        for line in rows:
            measure = self.plan.items.get(line.item.key)
            if measure is not None:
                self._row(line, measure)
        published = {line.item.key for line in rows}
        new = (measure for measure in self.plan.of_kind("measure") if measure.key not in published)
        columns = {name: cell.column for line in rows[:1] for name, cell in line.cells.items()}
        for row, measure in enumerate(
            sorted(new, key=lambda measure: measure.order), start=self.sheet.last_row + 1
        ):
            for name, column in columns.items():
                self._put(row, column, self._text(measure, name))
            self._token(row, measure)

    def _row(self, line: OfficeMeasure, measure: Item) -> None:
        for name, cell in line.cells.items():
            if not measure.get(name).means(line.item.get(name)):
                self._part(cell)
                self._put(line.row, cell.column, self._text(measure, name))
        self._token(line.row, measure)

    def _part(self, cell: RawCell) -> None:
        """A cell that is merged down over several measures is taken apart: they no longer say the
        same.
        """
        for top, left, bottom, right in [
            area for area in self.merged if area[:2] == (cell.row, cell.column)
        ]:
            self.merged.remove((top, left, bottom, right))
            # Of merged cells only the first holds the text.
            for row in range(top + 1, bottom + 1):
                self.cells[row, left] = replace(cell, row=row)

    def _text(self, measure: Item, name: str) -> str:
        if name != "section":
            return measure.text(name)
        section = self.plan.items.get(measure.text("section"))
        return (
            (section.text("ref") or section.text("name"))
            if section
            else measure.text("section_ref")
        )

    def _token(self, row: int, measure: Item) -> None:
        if self.tokens.get(measure.key):
            self._put(row, self.column, self.tokens[measure.key])

    def _put(self, row: int, column: int, text: str) -> None:
        before = self.sheet.cell(row, column)
        value, shown = _typed(text, before)
        self.cells[row, column] = RawCell(row, column, value, number_format=shown)


def _typed(text: str, before: RawCell) -> tuple[str | float | None, str]:
    """A text as the cell would hold it: a number or percentage stays one where it reads back as the
    same text.

    Example:
        `45%` in a cell of percent is 0.45; `1.50` and `about 40` stay text.
    """
    # Excel holds `45%` as 0.45 in a format of percent.
    percent = "%" in before.number_format and text.endswith("%")
    bare = text.removesuffix("%") if percent else text
    if not PLAIN_NUMBER.fullmatch(bare):
        return text or None, ""
    number = float(bare) / 100 if percent else float(bare)
    shown = before.number_format if percent else ""
    same = RawCell(1, 1, number, number_format=shown).as_text == text
    return (number, shown) if same else (text, "")


def with_measures(
    sheets: Iterable[Sheet], plan: Plan, mapping: PlanMapping, tokens: Mapping[str, str]
) -> Iterator[MeasureSheet]:
    """Carried sheets, the one of measures as the plan has it now."""
    # People leave a blank behind a tab's name, `KPIs `, which nobody sees.
    name = " ".join(mapping.measures.sheet.split()).casefold() if mapping.measures else ""
    for sheet in sheets:
        ours = " ".join(sheet.name.split()).casefold() == name
        yield measures_sheet(sheet, plan, mapping, tokens) if ours else MeasureSheet(sheet)

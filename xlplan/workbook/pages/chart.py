"""Native stacked bar charts; their numbers stand on one hidden sheet."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.workbook.kit import palette
from xlplan.workbook.kit.authoring import put
from xlplan.workbook.kit.written import DrawnChart, WrittenBook, WrittenSheet
from xlplan.workbook.pages.blocks import OUR_SHEET, Chart

DATA_SHEET = "xlplan charts"
BAR_HEIGHT = 34
# A row of 15 points, Excel's usual one, on a screen of 96 dots an inch.
ROW_PIXELS = 20
LONGEST_LABEL = 60


class ChartData:
    """The hidden sheet of numbers that charts draw; made when the first chart asks, placed last."""

    def __init__(self, book: WrittenBook) -> None:
        self._book = book
        self._charts: list[Chart] = []
        self._next = 0

    def place(self, chart: Chart) -> int:
        """Keep room for a chart's numbers; the row of its heading, counted from 0."""
        row = self._next
        self._charts.append(chart)
        self._next += len(chart.bars) + 2
        return row

    def close(self) -> None:
        """Write the sheet."""
        if not self._charts:
            return
        sheet = self._book.add_worksheet(DATA_SHEET)
        # Charts draw the numbers of a hidden sheet; those of hidden rows or columns they leave out.
        sheet.hide()
        put(sheet, 0, 0, OUR_SHEET)
        row = 0
        for chart in self._charts:
            for place, series in enumerate(chart.series, start=1):
                put(sheet, row, place, series.name)
                for number, count in enumerate(series.numbers, start=row + 1):
                    sheet.write_number(number, place, count)
            for number, bar in enumerate(chart.bars, start=row + 1):
                put(sheet, number, 0, _label(bar))
            row += len(chart.bars) + 2


@dataclass(frozen=True, slots=True)
class Room:
    """Where a chart may stand: its first row and column, counted from 0, and how many pixels
    wide.
    """

    row: int
    column: int
    wide: int


def add_chart(
    book: WrittenBook, sheet: WrittenSheet, chart: Chart, room: Room, data: ChartData
) -> int:
    """Put a chart on a sheet; the first row below it."""
    if not chart.series:
        return room.row
    top = data.place(chart)
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = top + 1, top + len(chart.bars)
    for place, series in enumerate(chart.series, start=1):
        drawn.add_series(
            {
                "name": [DATA_SHEET, top, place],
                "categories": [DATA_SHEET, first, 0, last, 0],
                "values": [DATA_SHEET, first, place, last, place],
                "fill": {"color": series.colour},
                # Printed in grey, two ratings beside each other look alike: a white line parts
                # them.
                "border": {"color": palette.PAPER},
                "gap": 45,
                "data_labels": {
                    "value": True,
                    # Nothing for a zero: it has no bar, and would stand on its neighbour's number.
                    "num_format": "#,##0;;",
                    "font": {"color": palette.text_on(series.colour), "size": 9},
                },
            }
        )
    _dress(drawn, chart)
    height = BAR_HEIGHT * len(chart.bars) + 110
    drawn.set_size({"width": room.wide, "height": height})
    # 2: it moves with its rows and keeps its size, whatever somebody filters or widens.
    sheet.insert_chart(
        room.row + 1, room.column, drawn, {"description": chart.text[:2000], "object_position": 2}
    )
    return int(room.row + 2 + -(-height // ROW_PIXELS))


def _dress(drawn: DrawnChart, chart: Chart) -> None:
    """Bars from the top down, numbers on the bars and not on an axis, the key below."""
    small = {"size": 9, "color": palette.INK, "bold": False}
    drawn.set_title(
        {"name": chart.title, "name_font": {"size": 12, "color": palette.HEADER}, "overlay": False}
    )
    # Excel draws the first bar at the bottom.
    drawn.set_y_axis({"reverse": True, "num_font": small, "line": {"color": palette.LINE}})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    drawn.set_legend({"position": "bottom", "font": small})
    drawn.set_chartarea({"border": {"none": True}})


def _label(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"

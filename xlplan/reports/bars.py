"""A stacked bar chart as the shapes of one inline SVG; the template draws them."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.reports.english import clipped
from xlplan.workbook.blocks import Chart
from xlplan.workbook.palette import text_on

WIDTH = 760
BAR = 22
STEP = 46
LABEL = 15
LONGEST_LABEL = 96
NARROWEST_NUMBER = 16
"""A part narrower than this shows no number; the table beside the chart has it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One coloured part of a bar; `number` is "" where it would not fit."""

    x: float
    width: float
    colour: str
    ink: str
    number: str
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label above it. `y` is the top of the label's line."""

    label: str
    y: int
    total: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart, ready to draw; `total` numbers stand to the right of each bar."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def drawing(chart: Chart) -> Drawing:
    """Bars to one scale, so that lengths compare; the longest takes the width."""
    totals = [sum(series.numbers[n] for series in chart.series) for n in range(len(chart.bars))]
    unit = (WIDTH - 40) / max(1, *totals) if totals else 0.0
    bars = tuple(
        Bar(clipped(label, LONGEST_LABEL), n * STEP, totals[n], tuple(_parts(chart, n, unit)))
        for n, label in enumerate(chart.bars)
    )
    return Drawing(WIDTH, len(bars) * STEP, bars)


def _parts(chart: Chart, bar: int, unit: float) -> list[Part]:
    parts, x = [], 0.0
    for series in chart.series:
        number = series.numbers[bar]
        width = number * unit
        if number:
            shown = str(number) if width >= NARROWEST_NUMBER else ""
            says = f"{series.name}: {number}"
            parts.append(Part(round(x, 1), round(width, 1), series.colour, text_on(series.colour), shown, says))
        x += width
    return parts

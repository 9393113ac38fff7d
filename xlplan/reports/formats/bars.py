"""A stacked bar chart as shapes: the template draws them as inline SVG, `painting` as a picture for
Word.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.plan.text.english import clipped
from xlplan.workbook.kit.palette import text_on
from xlplan.workbook.pages.blocks import Chart

ROOM = 92.0
"""The share of the width that the longest bar takes, in percent; its sum stands to the right
of it.
"""
STEP = 46
"""Pixels from one bar to the next, its label included."""
LONGEST_LABEL = 60
NARROWEST_NUMBER = 4.0
"""A part narrower than this, in percent, shows no number; the table beside the chart has it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One coloured part of a bar, in percent of the width; `number` is its count, "" where it would
    not fit.
    """

    x: float
    width: float
    middle: float
    colour: str
    ink: str
    count: int
    number: str
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label above it. `y` is the top of the label's line, `end` where the bar
    ends, in percent.
    """

    label: str
    y: int
    total: int
    end: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart, ready to draw: as wide as the page, `height` pixels tall."""

    height: int
    bars: tuple[Bar, ...]


def drawing(chart: Chart) -> Drawing:
    """Bars to one scale, so that lengths compare; the longest takes the width."""
    totals = [sum(series.numbers[n] for series in chart.series) for n in range(len(chart.bars))]
    unit = ROOM / max(1, *totals) if totals else 0.0
    bars = tuple(
        Bar(
            clipped(label, LONGEST_LABEL),
            n * STEP,
            totals[n],
            round(totals[n] * unit, 2),
            tuple(_parts(chart, n, unit)),
        )
        for n, label in enumerate(chart.bars)
    )
    return Drawing(len(bars) * STEP, bars)


def _parts(chart: Chart, bar: int, unit: float) -> list[Part]:
    parts, x = [], 0.0
    for series in chart.series:
        number = series.numbers[bar]
        width = number * unit
        if number:
            shown = str(number) if width >= NARROWEST_NUMBER else ""
            says = f"{series.name}: {number}"
            place = (round(x, 2), round(width, 2), round(x + width / 2, 2))
            parts.append(Part(*place, series.colour, text_on(series.colour), number, shown, says))
        x += width
    return parts

"""Figures as charts: the ratings of each section, what moved in it, and what is due when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from xlplan.plan.figures.counts import UNRATED, ActionFigure, Tally
from xlplan.plan.figures.figures import Figures
from xlplan.plan.figures.further import Month
from xlplan.reports.chapters.totals import codes, month_name, rating_colour, rating_name
from xlplan.workbook.kit.palette import STEPS
from xlplan.workbook.pages.blocks import Chart, Series

DUE_GROUPS = (
    ("overdue", "Overdue"),
    ("in_30", "Due in the next 30 days"),
    ("in_60", "Due in 31 to 60 days"),
    ("in_90", "Due in 61 to 90 days"),
    ("later", "Due later"),
    ("unclear", "No day named (ongoing, to be confirmed)"),
    ("without", "No due date"),
)
"""What is due when: the name in DueFigures, and what people read."""
MOST_MONTHS = 24
"""Months that the chart of due dates shows; the table has them all."""

Bars = Sequence[tuple[str, Tally]]
"""The name of each bar, and what it counts by the key of a series."""


def totals_chart(figures: Figures) -> Chart | None:
    """Stacked bars of all actions, before and now, then each section now. None when nothing is
    rated.
    """
    if not figures.scale.ratings:
        return None
    return _by_rating(
        figures, "Ratings before and now, and by section", [*_whole(figures), *_sections(figures)]
    )


def whole_chart(figures: Figures) -> Chart | None:
    """All actions, before and now. None when nothing is rated."""
    return (
        _by_rating(figures, "Ratings before and now", _whole(figures))
        if figures.scale.ratings
        else None
    )


def sections_chart(figures: Figures) -> Chart | None:
    """Each section now, to a scale of its own. None when nothing is rated, or there is one
    section.
    """
    bars = _sections(figures)
    return (
        _by_rating(figures, "Ratings now, by section", bars)
        if figures.scale.ratings and len(bars) > 1
        else None
    )


def _whole(figures: Figures) -> list[tuple[str, Tally]]:
    return [("All, before", figures.whole.before), ("All, now", figures.whole.after)]


def _sections(figures: Figures) -> list[tuple[str, Tally]]:
    return [(section.name, section.after) for section in figures.sections]


def movement_chart(figures: Figures) -> Chart | None:
    """How many ratings moved in all and in each section, by what the step is called. None when none
    moved.
    """
    if not figures.moves:
        return None
    sections = dict.fromkeys(move.action.section for move in figures.moves)
    bars = [("All", _tally(move.kind for move in figures.moves))]
    if len(sections) > 1:
        bars += [
            (name, _tally(move.kind for move in figures.moves if move.action.section == name))
            for name in sections
        ]
    series = [(kind, kind.capitalize(), colour) for kind, colour in STEPS.items()]
    return _chart("Ratings that moved, by section", bars, series)


def due_chart(figures: Figures) -> Chart | None:
    """Open actions overdue, due in the next 30, 60 and 90 days, and later, by rating. None when
    none names a day.
    """
    # `Ongoing` and an empty cell have no place in time.
    groups = [(words, getattr(figures.due, name)) for name, words in DUE_GROUPS[:5]]
    if not any(theirs for _, theirs in groups):
        return None
    bars = [
        (words, _tally(_counted_code(figures, action) for action in theirs))
        for words, theirs in groups
    ]
    return _by_rating(figures, f"Open {figures.heading.action_word}s by when they are due", bars)


def months_chart(figures: Figures, months: Sequence[Month]) -> Chart | None:
    """Stacked bars of open actions by month due; the latest months when there are very many."""
    # Sunderland 2017 runs over three years: so many bars would be higher than a screen.
    shown = [month for month in months if month.open.total][-MOST_MONTHS:]
    if not shown:
        return None
    bars = [(month_name(month.month), month.open) for month in shown]
    return _by_rating(
        figures, f"Open {figures.heading.action_word}s by the month they are due", bars
    )


def _tally(keys: Iterable[str]) -> Tally:
    return Tally(dict(Counter(keys)))


def _counted_code(figures: Figures, action: ActionFigure) -> str:
    """The code under which an action counts; a rating that the scale lacks counts as none."""
    return action.rag if figures.scale.get(action.rag) else UNRATED


def _by_rating(figures: Figures, title: str, bars: Bars) -> Chart:
    """A series for each rating, in its colour."""
    series = [
        (code, rating_name(figures, code), rating_colour(figures, code)) for code in codes(figures)
    ]
    return _chart(title, bars, series)


def _chart(title: str, bars: Bars, series: Sequence[tuple[str, str, str]]) -> Chart:
    """Bars of counts; `series` gives key, name and colour of each. What no bar counts is
    left out.
    """
    counted = [
        Series(name, colour, tuple(tally.count(key) for _, tally in bars))
        for key, name, colour in series
    ]
    # A screen reader reads this in place of the chart.
    words = "; ".join(f"{bar}: {_words(counted, place)}" for place, (bar, _) in enumerate(bars))
    return Chart(
        title,
        tuple(bar for bar, _ in bars),
        # Excel's key would name a colour that no bar has.
        tuple(series for series in counted if any(series.numbers)),
        words,
    )


def _words(series: Sequence[Series], place: int) -> str:
    return (
        ", ".join(f"{part.numbers[place]} {part.name}" for part in series if part.numbers[place])
        or "none"
    )

"""Figures as blocks: how the plan stands: headline numbers, totals before and after, the chart of
both.
"""

from __future__ import annotations

from datetime import date

from xlplan.plan.figures.counts import UNRATED, Tally
from xlplan.plan.figures.figures import Figures, Totals
from xlplan.plan.rag import Rating
from xlplan.plan.text.english import counted, day_as, listed, small
from xlplan.workbook.pages.blocks import (
    NO_RATING_FILL,
    Column,
    Row,
    Table,
    TableCell,
    Tile,
    Tiles,
    cells,
)

NO_RATING = "No rating"


def rating_cell(figures: Figures, code: str, *, known: bool = True) -> TableCell:
    """A rating by name on its colour; `No rating` without one, `Not known` where the point says
    nothing.
    """
    rating = figures.scale.get(code)
    if rating:
        return TableCell(rating.name, colour=rating.colour)
    return TableCell(code or (NO_RATING if known else "Not known"))


def shown(figures: Figures, field: str, text: str) -> TableCell:
    """A stored value as tables show it: a rating by name on its colour, a day as the office writes
    it.
    """
    if field == "rag" and figures.scale.get(text):
        return rating_cell(figures, text)
    return TableCell(day_as(text, figures.day_format) if field in figures.dated else text)


def codes(figures: Figures) -> list[str]:
    """Codes to count, in scale order; UNRATED last where any action has no rating at either
    point.
    """
    whole = figures.whole
    unrated = whole.before.count(UNRATED) or whole.after.count(UNRATED)
    return [*figures.scale.codes, *([UNRATED] if unrated else [])]


def rating_name(figures: Figures, code: str) -> str:
    """A rating's name for a heading."""
    rating = figures.scale.get(code)
    return rating.name if rating else NO_RATING


def rating_colour(figures: Figures, code: str) -> str:
    """A rating's colour; grey for none."""
    rating = figures.scale.get(code)
    return rating.colour if rating else NO_RATING_FILL


def rating_columns(figures: Figures) -> tuple[Column, ...]:
    """A column of numbers for each code."""
    return tuple(
        Column(rating_name(figures, code), "number", 9, rating_colour(figures, code))
        for code in codes(figures)
    )


def section_word(figures: Figures) -> str:
    """The office's word for a section, a capital in front."""
    word = figures.heading.section_word
    return word[:1].upper() + word[1:]


def graded(figures: Figures) -> list[Rating]:
    """The graded ratings, worst first."""
    return [rating for rating in figures.scale.ratings if rating.kind == "graded"]


def remaining_title(figures: Figures) -> str:
    """`What remains red or amber`, in the scale's own names."""
    names = [small(rating.name) for rating in graded(figures)[:-1]]
    return f"What remains {listed(names, word='or')}" if names else "What remains to be done"


def tiles(figures: Figures) -> Tiles:
    """Six numbers at most."""
    now, whole = figures.whole.opened_after, figures.whole
    word = figures.heading.action_word
    found = [Tile(str(now.total), f"open of {counted(whole.after.total, word)}")]
    scale = graded(figures)
    if scale:
        best, worst = scale[-1], scale[0]
        found.append(Tile(str(now.count(best.code)), best.name, "good"))
        found.append(
            Tile(
                str(now.count(worst.code)), worst.name, "bad" if now.count(worst.code) else "plain"
            )
        )
    overdue = len(figures.due.overdue)
    found.append(Tile(str(overdue), "overdue", "watch" if overdue else "plain"))
    if not figures.heading.ratings_only:
        slipped = len(figures.slipped)
        found.append(
            Tile(
                str(slipped),
                "date slipped" if slipped == 1 else "dates slipped",
                "watch" if slipped else "plain",
            )
        )
    if figures.returns:
        missing = sum(one.missing for one in figures.returns)
        label = f"of {counted(len(figures.returns), 'lead')} not returned"
        found.append(Tile(str(missing), label, "watch" if missing else "plain"))
    return Tiles(tuple(found))


def month_name(month: str) -> str:
    """`2013-03` as `March 2013`."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def totals_table(figures: Figures) -> Table:
    """Each section on one line: previous beside current for each rating, what is open, done, and in
    all.
    """
    counted_codes = codes(figures)
    columns = [Column(section_word(figures), "long", 40)]
    for code in counted_codes:
        columns += _pair(rating_name(figures, code), rating_colour(figures, code))
    for name in ("Open", "Done", "Total"):
        columns += _pair(name)
    rows = [_previous_and_current(figures, one) for one in (*figures.sections, figures.whole)]
    moved = any(cell.strong for row in rows for cell in row.cells)
    if figures.scale.ratings and figures.whole.after.total:
        rows.append(_shares(figures))
    return Table(
        "Totals, previous and current",
        tuple(columns),
        tuple(rows),
        note=_totals_note(figures, moved=moved),
    )


def _pair(over: str, colour: str = "") -> list[Column]:
    return [Column(title, "number", 8, colour, over) for title in ("Previous", "Current")]


def _totals_note(figures: Figures, *, moved: bool) -> str:
    said = (
        f"Previous: {figures.heading.since}. "
        f"{'In bold: what has moved' if moved else 'No number has moved'}."
    )
    if figures.heading.ratings_only:
        return (
            f"{said} That point holds ratings only: what it says nothing of is not counted as "
            "previous."
        )
    return said


def _previous_and_current(figures: Figures, totals: Totals) -> Row:
    was = _counts(figures, totals.before, totals.opened_before)
    now = _counts(figures, totals.after, totals.opened_after)
    numbers = [
        cell
        for one, other in zip(was, now, strict=True)
        for cell in (TableCell(one), TableCell(other, strong=one != other))
    ]
    return Row(cells(totals.name, *numbers), total=totals.key == figures.whole.key)


def _counts(figures: Figures, tally: Tally, still_open: Tally) -> list[int]:
    done = tally.total - still_open.total
    return [*(tally.count(code) for code in codes(figures)), still_open.total, done, tally.total]


def _shares(figures: Figures) -> Row:
    """Each number of the whole as a share of all at its point."""
    whole = _previous_and_current(figures, figures.whole).cells[1:]
    totals = (figures.whole.before.total, figures.whole.after.total)
    shares = [
        TableCell(number.value / totals[place % 2] if totals[place % 2] else None, share=True)
        for place, number in enumerate(whole)
        if isinstance(number.value, int)
    ]
    return Row(cells("Share of all", *shares), total=True)

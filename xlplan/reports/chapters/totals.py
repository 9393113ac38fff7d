"""Figures as blocks: how the plan stands: headline numbers, totals before and after, the chart of
both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from xlplan.plan.figures.counts import UNRATED, Tally
from xlplan.plan.figures.figures import Figures, Totals
from xlplan.plan.rag import Rating
from xlplan.plan.text.english import capital, counted, day_as, listed, small
from xlplan.workbook.kit import palette
from xlplan.workbook.pages.blocks import (
    Column,
    Row,
    Table,
    TableCell,
    Tile,
    Tiles,
)

Item = TypeVar("Item")

NO_RATING = "No rating"


def rating_cell(figures: Figures, code: str, *, known: bool = True) -> TableCell:
    """A rating by name on its colour; `No rating` without one, `Not known` where the point says
    nothing.
    """
    rating = figures.scale.get(code)
    if rating:
        # Colour alone says nothing to a screen reader or in a grey print.
        return TableCell(rating.name, colour=rating.colour)
    return TableCell(code or (NO_RATING if known else "Not known"))


def shown(figures: Figures, field: str, text: str) -> TableCell:
    """A stored value as tables show it: a rating by name on its colour, a day as the office writes
    it.
    """
    if field == "rag" and figures.scale.get(text):
        return rating_cell(figures, text)
    # A day is kept as 2013-01-31, as nobody in an office writes it.
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
    return rating.colour if rating else palette.NO_RATING


def rating_columns(figures: Figures, tally: Callable[[Item], Tally]) -> tuple[Column[Item], ...]:
    """A column of numbers for each code, counted by an item's tally."""

    def counted_by(code: str) -> Column[Item]:
        return Column(
            rating_name(figures, code),
            "number",
            9,
            rating_colour(figures, code),
            of=lambda item: tally(item).count(code),
        )

    return tuple(counted_by(code) for code in codes(figures))


def section_word(figures: Figures) -> str:
    """The office's word for a section, a capital in front."""
    return capital(figures.heading.section_word)


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
    # An office's column of earlier ratings says nothing of dates.
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
        missing = sum(lead.missing for lead in figures.returns)
        label = f"of {counted(len(figures.returns), 'lead')} not returned"
        found.append(Tile(str(missing), label, "watch" if missing else "plain"))
    return Tiles(tuple(found))


def month_name(month: str) -> str:
    """`2013-03` as `March 2013`."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def totals_table(
    figures: Figures, caption: str = "Totals, previous and current", *, linked: bool = False
) -> Table:
    """Each section on one line: previous beside current for each rating, what is open, done, and in
    all; below them the shares of all. `linked`: a section's name leads to it.
    """

    def name(totals: Totals) -> TableCell:
        return TableCell(totals.name, leads_to=totals.key if linked else "")

    columns: list[Column[Totals]] = [Column(section_word(figures), "long", 40, of=name)]
    # Sunderland 2017 prints `Nov 16` beside `Current` under each rating.
    for code in codes(figures):
        columns += _rated(figures, code)
    columns += _pair("Open", lambda _, still_open: still_open.total)
    columns += _pair("Done", lambda every, still_open: every.total - still_open.total)
    columns += _pair("Total", lambda every, _: every.total)
    table = Table.of(
        caption,
        columns,
        (*figures.sections, figures.whole),
        total=lambda totals: totals.key == figures.whole.key,
    )
    moved = any(cell.strong for row in table.rows for cell in row.cells)
    rated = figures.scale.ratings and figures.whole.after.total
    shares = (_shares(table.rows[-1]),) if rated else ()
    return replace(table, rows=(*table.rows, *shares), note=_totals_note(figures, moved=moved))


def _rated(figures: Figures, code: str) -> list[Column[Totals]]:
    return _pair(
        rating_name(figures, code), lambda every, _: every.count(code), rating_colour(figures, code)
    )


def _pair(
    over: str, number: Callable[[Tally, Tally], int], colour: str = ""
) -> list[Column[Totals]]:
    """Previous beside current, which is in bold where it moved; `number` is of all actions at a
    point, and of those still open then.
    """

    def previous(totals: Totals) -> int:
        return number(totals.before, totals.opened_before)

    def current(totals: Totals) -> TableCell:
        now = number(totals.after, totals.opened_after)
        # Bold can be seen in a grey print.
        return TableCell(now, strong=now != previous(totals))

    return [
        Column("Previous", "number", 8, colour, over, of=previous),
        Column("Current", "number", 8, colour, over, of=current),
    ]


def _totals_note(figures: Figures, *, moved: bool) -> str:
    note = (
        f"Previous: {figures.heading.since}. "
        f"{'In bold: what has moved' if moved else 'No number has moved'}."
    )
    if figures.heading.ratings_only:
        return (
            f"{note} That point holds ratings only: what it says nothing of is not counted as "
            "previous."
        )
    return note


def _shares(whole: Row) -> Row:
    """Each number of the whole as a share of all at its point: the last two are those."""
    numbers = [cell.value for cell in whole.cells[1:] if isinstance(cell.value, int)]
    before, now = numbers[-2:]
    shares = [
        TableCell(number / every if every else None, share=True)
        for number, every in zip(numbers, (before, now) * (len(numbers) // 2), strict=True)
    ]
    return Row((TableCell("Share of all"), *shares), total=True)

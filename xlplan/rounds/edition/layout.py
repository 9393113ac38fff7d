"""Where the rows of an edition stand: moved rows, sections and lines, and those that the plan
lacks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import same_text
from xlplan.plan.values import Value
from xlplan.rounds.compared.new_sections import NEW_SECTION, name_of

_OF_SECTIONS = frozenset({"section", "section.lead", "section.outcome"})
"""Lines whose words are cells of their section: they are known whatever they say."""


@dataclass(slots=True)
class Layout:
    """New orders by the key that reading gave: of rows, of sections. `lines`: the plan's keys of
    lines that moved.
    """

    orders: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    new_lines: list[Item] = field(default_factory=list)


def yet_to_come(section: Item) -> Value:
    """A section that the plan lacks, as a value of what belongs to it."""
    return Value(
        f"{section.text('ref')} {section.text('name')}".strip(), NEW_SECTION + name_of(section)
    )


def lay_out(
    rows: Sequence[Item],
    read: Plan,
    keys: Mapping[str, str],
    sections: Mapping[str, str],
    shown: Plan,
    base: Plan,
) -> Layout:
    """Where the rows of an edition now stand.

    `rows` are its actions; `keys` and `sections` the plan's keys of actions and sections that it
    knows; `shown` and `base` the actions and the layout as the office was shown them. Lines count
    only where sections are new or moved.
    """
    # Titles and notes between the rows move with their section: an office cuts whole blocks.
    by_place = moved_orders(read.sections, sections, base)
    if not by_place:
        return Layout(moved_orders(rows, keys, shown))
    twins = _same_lines(read, base, sections)
    new = [
        line
        for line in read.of_kind("line")
        if line.text("section") and line.text("section") not in sections
    ]
    lines = [line for line in read.of_kind("line") if line.key in twins]
    everything = sorted([*rows, *lines, *new], key=lambda item: item.order)
    stood = Plan({**shown.items, **{key: base.items[key] for key in twins.values()}})
    orders = moved_orders(everything, {**keys, **twins}, stood)
    return Layout(
        orders, by_place, {mine: key for mine, key in twins.items() if mine in orders}, new
    )


def _same_lines(read: Plan, base: Plan, sections: Mapping[str, str]) -> dict[str, str]:
    """Lines that the plan knows: of one table and section, with one role and text, the first is the
    first.
    """
    free: dict[tuple[str, ...], list[str]] = {}
    # Plans repeat lines word for word, such as a heading above the rows of every section.
    for line in base.of_kind("line"):
        free.setdefault(_reads(line, line.text("section")), []).append(line.key)
    twins = {}
    for line in read.of_kind("line"):
        owner = line.text("section")
        same = (
            free.get(_reads(line, sections.get(owner, "")), [])
            if not owner or owner in sections
            else []
        )
        if same:
            twins[line.key] = same.pop(0)
    return twins


def _reads(line: Item, section: str) -> tuple[str, ...]:
    role = line.text("role")
    return (
        line.text("table"),
        section,
        role,
        "" if role in _OF_SECTIONS else same_text(line.text("text")),
    )


def moved_orders(read: Iterable[Item], keys: Mapping[str, str], plan: Plan) -> dict[str, int]:
    """New orders for rows that stand elsewhere among their fellows, and for new ones; by the key
    that reading gave.

    `keys` are the plan's keys of rows that it knows. Rows that keep their order among each other
    stay where they are, as long as there is room between them.
    """
    rows = list(read)
    old = [(row.key, plan.items[keys[row.key]].order) for row in rows if row.key in keys]
    # One row cut and inserted elsewhere is one move, and not a move of all that it passed.
    staying = _longest_rising(old)
    orders: dict[str, int] = {}
    last: int | None = None
    for place, row in enumerate(rows):
        if row.key in staying:
            order = plan.items[keys[row.key]].order
            if last is not None and order <= last:
                order = orders[row.key] = last + 1
            last = order
            continue
        if last is None:
            after = next(
                (plan.items[keys[one.key]].order for one in rows[place:] if one.key in staying), 2
            )
            last = after - 2 - sum(1 for one in rows[place:] if one.key not in staying)
        last += 1
        orders[row.key] = last
    return orders


def _longest_rising(rows: Sequence[tuple[str, int]]) -> set[str]:
    """The most rows whose orders rise from first to last: the others have moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, order) in enumerate(rows):
        at = bisect_left(tails, order)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [order]
        ends[at : at + 1] = [place]
    staying: set[str] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        staying.add(rows[place][0])
        place = before[place]
    return staying

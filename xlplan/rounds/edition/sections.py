"""What an edition says of sections and of the lines of the layout: renamed, moved, or new."""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.plan.model import Plan
from xlplan.plan.rounds import StoredCell, StoredRow
from xlplan.plan.values import Value
from xlplan.rounds.compared.fields import OF_SECTIONS
from xlplan.rounds.compared.new_sections import KIND
from xlplan.rounds.edition.layout import Layout, yet_to_come
from xlplan.rounds.edition.rows import EditionMatch

_EMPTIED = frozenset({"outcome", "lead"})
"""What stands beside or below a section's name: where that was emptied, it is asked about."""


def section_rows(
    matched: EditionMatch, read: Plan, layout: Layout, base: Plan
) -> Iterator[StoredRow]:
    """Sections and lines of an edition that differ from the layout as the office was shown it, and
    new ones.
    """
    yield from _known(matched, read, layout, base)
    yield from _new(matched, read, layout)
    for mine, key in layout.lines.items():
        cell = StoredCell(
            "order", _number(layout.orders[mine]), "", "", base.items[key].get("order")
        )
        yield StoredRow(0, "", 0, "answered", key, "", (cell,))


def _known(matched: EditionMatch, read: Plan, layout: Layout, base: Plan) -> Iterator[StoredRow]:
    # A section that was divided may have left its text to the new part: nobody emptied it.
    new = [section for section in read.sections if section.key not in matched.sections]
    stands = {(name, section.get(name).canonical) for section in new for name in _EMPTIED}
    for mine, key in matched.sections.items():
        item, shown = read.items[mine], base.items.get(key)
        if shown is None:
            continue
        cells = [
            StoredCell(name, item.get(name), "", "", shown.get(name))
            for name in ("ref", *OF_SECTIONS)
            if not item.get(name).means(shown.get(name))
            and (
                item.get(name)
                or (name in _EMPTIED and (name, shown.get(name).canonical) not in stands)
            )
        ]
        if mine in layout.sections:
            cells.append(
                StoredCell("order", _number(layout.sections[mine]), "", "", shown.get("order"))
            )
        if cells:
            yield StoredRow(0, "", 0, "answered", key, "", tuple(cells))


def _new(matched: EditionMatch, read: Plan, layout: Layout) -> Iterator[StoredRow]:
    """Sections that the plan lacks, and the lines of the layout that belong to them."""
    for section in read.sections:
        if section.key not in matched.sections:
            said = {name: section.get(name) for name in OF_SECTIONS} | {
                "section_ref": section.get("ref")
            }
            yield new_part(
                "section",
                said | {"order": _number(layout.sections[section.key])},
                yet_to_come(section),
            )
    for line in layout.new_lines:
        # A new section is mostly copied whole: its headings and notes come along.
        said = {name: line.get(name) for name in ("table", "role", "text")}
        owner = yet_to_come(read.items[line.text("section")])
        yield new_part("line", said | {"order": _number(layout.orders[line.key])}, owner)


def _number(number: int) -> Value:
    return Value(str(number), str(number))


def new_part(kind: str, said: dict[str, Value], section: Value) -> StoredRow:
    """A section or a line that the plan lacks, as a row without a key."""
    values = {KIND: Value(kind, kind), "section": section, **said}
    cells = tuple(StoredCell(name, value, "", "") for name, value in values.items() if value)
    return StoredRow(0, "", 0, "proposed", None, "", cells)

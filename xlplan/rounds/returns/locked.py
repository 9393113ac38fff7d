"""Locked cells say only what we wrote. One that says otherwise is reported, and never applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.model import Item
from xlplan.plan.text.text import same_text
from xlplan.rounds.sending.shown_beside import same_shown
from xlplan.spreadsheets.cells import RawCell
from xlplan.spreadsheets.formats.csv import CSV
from xlplan.workbook.returned.reading import RawRow
from xlplan.workbook.update.book import UpdateRow, shown_text
from xlplan.workbook.update.layout import TICK, UpdateColumn


def locked_findings(
    row: RawRow, issued: UpdateRow, mapping: PlanMapping, context: Context, tell: Teller
) -> Iterator[Finding]:
    """One finding for each locked cell of a returned row that no longer shows what it showed when
    issued.
    """
    item = Item(issued.key, row.layout.kind, dict(issued.values))
    for column, raw, expected in changed_cells(row, issued, mapping, context):
        if (
            column.role == "changed"
            and raw.as_text.strip() == "?"
            and tell.file.casefold().endswith(CSV.suffixes)
        ):
            continue  # our own tick, as Excel saves a .csv in Windows' western alphabet
        yield tell.of_row(row, issued.key, item.called)(
            "locked-changed",
            raw.name,
            field=column.field or column.id,
            value=raw.as_text,
            name=column.heading,
            old=expected,
        )


def changed_cells(
    row: RawRow,
    issued: UpdateRow | None,
    mapping: PlanMapping,
    context: Context,
) -> Iterator[tuple[UpdateColumn, RawCell, str]]:
    """Locked cells that no longer show what they showed when issued, with that; all that say
    anything, of no row. A changed ref is none of them: it refuses the whole row.
    """
    for column in row.layout.columns:
        raw = row.cells.get(column.id)
        if (
            column.role not in {"locked", "last", "changed"}
            or column.id == row.layout.ref
            or raw is None
        ):
            continue
        if column.role == "changed" and (raw.formula or raw.blank or _is_our_tick(raw)):
            continue
        expected = shown_text(issued, column) if issued else ""
        whole = shown_text(issued, column, whole=True) if issued else ""
        if not any(_same(raw, text, column, mapping, context) for text in {expected, whole}):
            yield column, raw, expected


def _is_our_tick(raw: RawCell) -> bool:
    """What our own formula shows: a tick, or an error that stands in an answer and is passed on."""
    return raw.faulty or raw.as_text.strip() == TICK


def _same(
    raw: RawCell, expected: str, column: UpdateColumn, mapping: PlanMapping, context: Context
) -> bool:
    if same_text(raw.as_text) == same_text(expected):
        return True
    if column.role == "last" and same_shown(raw.as_text, expected):
        return True
    spec = column.spec
    if spec.type in {"text", "ref"} and _figure(raw.as_text) == _figure(expected) is not None:
        return True
    if spec.type == "text" or raw.error or not expected:
        return False
    issued = read_value(spec, expected, mapping, replace(context, day_first=True)).value
    orders = (True, False) if context.day_first is None else (context.day_first,)
    readings = [
        read_value(
            spec, None if raw.blank else raw.value, mapping, replace(context, day_first=order)
        ).value
        for order in orders
    ]
    return issued is not None and any(found and found.means(issued) for found in readings)


def _figure(text: str) -> float | None:
    """A figure that stands as text. A program that takes it for a number (a csv opened in Excel, a
    re-save by pandas) writes 90 as 90.0, and 45% as 0.45.
    """
    plain = text.strip()
    try:
        return round(float(plain.rstrip("%")) / (100 if plain.endswith("%") else 1), 12)
    except ValueError:
        return None

"""Check a value against its field: by type, then by the mapping's rules. One reading settles its
canonical form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from xlplan.mapping.dates import read_date
from xlplan.mapping.keys import period, rag_scale
from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.mapping.reading import Details, Reading, as_typed, error
from xlplan.mapping.words import read_choice, read_rating
from xlplan.plan.leads.reading import LeadKey, read_leads
from xlplan.plan.references import read_references
from xlplan.plan.text.numbers import read_number, read_percent, read_tick
from xlplan.plan.text.text import clean, fold_code, mend_lookalikes, same_text
from xlplan.plan.timescale.reading import read_timescale
from xlplan.plan.values import BLANK, RawValue, Value

__all__ = ["Context", "Details", "Reading", "read_value"]

CELL_LIMIT = 32_767
"""Characters that a spreadsheet cell can hold."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading may need besides the field: the key to leads and the order of day and month in
    this file.

    `by_name`: leads are stored as the key names them, whichever code or spelling was typed. The
    office's own workbook keeps its cells as they are.
    """

    leads: LeadKey
    day_first: bool | None = True
    by_name: bool = True


def read_value(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    """Read a raw cell as a value of `field`. Blank reads as BLANK for every type.

    How each type is stored (text) and compared (canonical): rag and choice: the code as the plan
    spells it;
    ref: mended, one space, compared without case; date: YYYY-MM-DD; number and percent: shortest
    digits to 15 places (45, 45% and 0.45 of a percent are 0.45); tick: Yes; leads: their names, or
    as typed where more is said; text, links, timescale: text as typed (`clean`), canonical by
    meaning. Details may hold `value`, where less than the whole cell is meant.
    """
    if raw is None or (isinstance(raw, str) and not same_text(raw)):
        return Reading(BLANK)
    reading = _READERS[field.type](field, raw, mapping, context)
    if reading.value is not None and len(reading.value.text) > CELL_LIMIT:
        return error("too-long", length=str(len(reading.value.text)), limit=str(CELL_LIMIT))
    return reading


def _text(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    text = clean(as_typed(raw))
    return Reading(Value(text, same_text(text)))


def _ref(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    typed = " ".join(same_text(as_typed(raw)).split())
    mended = mend_lookalikes(typed)
    said: tuple[Details, ...] = (("text-mended", {"read": mended}),) if mended != typed else ()
    return Reading(Value(mended, fold_code(mended)), said)


def _rating(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return read_rating(clean(as_typed(raw)), rag_scale(mapping))


def _choice(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return read_choice(clean(as_typed(raw)), field.choices)


def _timescale(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    read = read_timescale(
        raw if isinstance(raw, datetime | date) else as_typed(raw), period(mapping)
    )
    return Reading(
        Value(read.text, read.canonical),
        tuple((doubt.code, doubt.details) for doubt in read.doubts),
    )


def _date(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return read_date(raw, context.day_first, period(mapping))


def _leads(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    text = clean(as_typed(raw))
    read = read_leads(text, context.leads)
    said: list[Details] = [
        ("lead-unresolved", {"value": one.text, "near": ", ".join(one.near) or "nobody"})
        for one in read.unresolved
    ]
    if read.dangling:
        said.append(("lead-dangling", {}))
    if read.mended:
        said.append(("text-mended", {"read": read.mended}))
    names = "; ".join(read.leads)
    is_names = context.by_name and fold_code(names) == read.canonical
    return Reading(Value(names if is_names else text, read.canonical), tuple(said))


def _links(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    text = clean(as_typed(raw))
    return Reading(Value(text, read_references(text).canonical))


def _number(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return _digits(read_number(raw))


def _percent(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return _digits(read_percent(raw))


def _digits(digits: str | None) -> Reading:
    return error("number-unread") if digits is None else Reading(Value(digits, digits))


def _tick(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    ticked = read_tick(raw)
    if ticked is None:
        return error("tick-unread")
    return Reading(Value("Yes", "Yes") if ticked else BLANK)


_READERS: dict[str, Callable[[FieldSpec, RawValue, PlanMapping, Context], Reading]] = {
    "ref": _ref,
    "text": _text,
    "links": _links,
    "measure": _text,
    "rag": _rating,
    "choice": _choice,
    "timescale": _timescale,
    "date": _date,
    "leads": _leads,
    "number": _number,
    "percent": _percent,
    "tick": _tick,
}

"""Check a value against its field: by type, then by the mapping's rules. One reading settles its
canonical form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from xlplan.mapping.dates import read_date
from xlplan.mapping.keys import period, rag_scale
from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.mapping.reading import Details, Reading, as_typed, error
from xlplan.mapping.words import read_choice, read_rating
from xlplan.plan.leads.reading import LeadKey, read_leads
from xlplan.plan.references import read_references
from xlplan.plan.text.numbers import read_number, read_percent, read_tick
from xlplan.plan.text.text import clean, fold_code, mend_lookalikes, same_text
from xlplan.plan.timescale.dates import day_words
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

    E.g. `green` in a rating reads `G` where the scale has one, `End of Sept 2019` in a timescale
    stays as typed and compares as `2019-09`, and `45%` in a percent reads `0.45`.
    """
    # A cell cleared with the space bar, or pasted with a no-break space from a mail, looks empty.
    if raw is None or (isinstance(raw, str) and not same_text(raw)):
        return Reading(BLANK)
    reading = _READERS[field.type](field, raw, mapping, context)
    # The plan goes back into workbooks, and Excel takes no more; a .csv or .ods may bring it.
    if reading.value is not None and len(reading.value.text) > CELL_LIMIT:
        return error("too-long", length=str(len(reading.value.text)), limit=str(CELL_LIMIT))
    return reading


def _text(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    text = clean(as_typed(raw))
    return Reading(Value(text, same_text(text)))


def _ref(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    # Cyrillic `А1.1` looks like `A1.1`: keyboards of two alphabets, and texts pasted from the web.
    typed = " ".join(same_text(as_typed(raw)).split())
    mended = mend_lookalikes(typed)
    notices: tuple[Details, ...] = (("text-mended", {"read": mended}),) if mended != typed else ()
    return Reading(Value(mended, fold_code(mended)), notices)


def _rating(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return read_rating(clean(as_typed(raw)), rag_scale(mapping))


def _choice(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    return read_choice(clean(as_typed(raw)), field.choices)


def _timescale(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    read = read_timescale(
        raw if isinstance(raw, datetime | date) else as_typed(raw), period(mapping)
    )
    doubts = ((doubt.code, doubt.details) for doubt in read.doubts)
    return Reading(Value(read.text, read.canonical), (*doubts, *_beside_day(raw)))


def _date(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    reading = read_date(raw, context.day_first, period(mapping))
    return replace(reading, remarks=(*reading.remarks, *_beside_day(raw)))


def _beside_day(raw: RawValue) -> tuple[Details, ...]:
    """A time of day in a cell that is meant for a day, which nobody is asked for."""
    if not isinstance(raw, datetime) or raw.time() == time():
        return ()
    return (("date-time", {"time": f"{raw:%H:%M}", "read": day_words(raw.date())}),)


def _leads(field: FieldSpec, raw: RawValue, mapping: PlanMapping, context: Context) -> Reading:
    text = clean(as_typed(raw))
    read = read_leads(text, context.leads)
    notices: list[Details] = [
        ("lead-unresolved", {"value": name.text, "near": ", ".join(name.near) or "nobody"})
        for name in read.unresolved
    ]
    if read.dangling:
        notices.append(("lead-dangling", {}))
    if read.mended:
        notices.append(("text-mended", {"read": read.mended}))
    names = "; ".join(read.leads)
    # `JW and SB (see below)` says more than two names: then what was typed is kept.
    is_names = context.by_name and fold_code(names) == read.canonical
    return Reading(Value(names if is_names else text, read.canonical), tuple(notices))


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
    # Our dropdown offers Yes; people type x, y or a tick too, and programs make TRUE of `true`.
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

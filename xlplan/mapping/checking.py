"""Check a value against its field: by type, then by the mapping's rules. One reading settles its canonical form."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.mapping.model import FieldSpec, Mapping
from xlplan.plan.leads import LeadKey
from xlplan.plan.values import RawValue, Value

Details = tuple[str, dict[str, str]]
"""A code of the catalogue, and the details that its wording needs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's raw value is as a value of its field, and what there is to say about it.

    `value` is None when nothing can be stored (an error): then `said` holds why, and the text typed stays with the return.
    """

    value: Value | None
    said: tuple[Details, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading may need besides the field: the key to leads and the order of day and month in this file."""

    leads: LeadKey
    day_first: bool | None = True


def read_value(field: FieldSpec, raw: RawValue, mapping: Mapping, context: Context) -> Reading:
    """Read a raw cell as a value of `field`. Blank reads as BLANK for every type.

    How each type is stored (text) and compared (canonical): rag and choice: the code as the plan spells it;
    ref: mended, one space; date: YYYY-MM-DD; number and percent: shortest digits to 15 places (45, 45% and 0.45 of a
    percent are 0.45); tick: Yes; text, links, timescale, leads: text as typed (`clean`), canonical by meaning.
    """
    raise NotImplementedError

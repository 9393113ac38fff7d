"""What no single key of a mapping can get wrong by itself: names that nothing bears, and names
borne twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlplan.mapping.model import LeadSpec, PlanMapping, TableSpec
from xlplan.plan.text.likeness import near
from xlplan.plan.text.text import fold_code

RESERVED = ("order", "table", "opening", "comments", "status", "unread")
"""What an action has besides its fields, under these keys."""


def problems_of(mapping: PlanMapping) -> list[str]:
    """Everything that does not fit together, each with its key path and the fix."""
    return [
        *_plan_words(mapping),
        *_fields(mapping),
        *_field_names(mapping),
        *_headings(mapping),
        *_scale(mapping),
        *_leads(mapping),
        *_patterns(mapping),
        *_totals(mapping),
    ]


def _plan_words(mapping: PlanMapping) -> Iterator[str]:
    start, end = mapping.plan.start, mapping.plan.end
    if start and end and start > end:
        yield f"plan.end: {end} comes before plan.start {start}; change one of them."
    if "action" not in mapping.fields:
        yield (
            "fields: there is no field 'action'; add [fields.action] with the heading of the "
            "actions' text."
        )


def _fields(mapping: PlanMapping) -> Iterator[str]:
    for key, spec in mapping.fields.items():
        # Offices have columns headed Status, Order and Comments, and name the fields after them.
        if key in RESERVED:
            yield (
                f"fields.{key}: xlplan keeps something of its own under the key '{key}'; "
                f"call it fields.own_{key} (its headings stay as they are)."
            )
        if spec.type == "rag" and not mapping.rag:
            yield (
                f"fields.{key}.type: the mapping has no ratings; add [[rag]] entries for the scale."
            )
        if spec.type == "choice" and not spec.choices:
            yield f"fields.{key}.choices: a choice needs its choices; list them."
        if spec.choices and spec.type != "choice":
            yield (
                f'fields.{key}.choices: only a field of type choice has them; set type = "choice".'
            )
        if (spec.minimum is not None or spec.maximum is not None) and spec.type not in {
            "number",
            "percent",
        }:
            yield (
                f'fields.{key}.minimum: only a number or percent has a range; set type = "number".'
            )
        # `Anne (January): 3.1, 3.2` is no list of links, and `Anne (January): Capital` no choice.
        if spec.merge == "append" and spec.type != "text":
            yield (
                f"fields.{key}.merge: a {spec.type} cannot hold the entries of several leads; "
                'set type = "text", or leave merge out.'
            )
        if spec.not_past and spec.type not in {"date", "timescale"}:
            yield f'fields.{key}.not_past: only a date can be past; set type = "timescale".'
        if spec.under and not spec.headings:
            yield (
                f"fields.{key}.under: a column under '{spec.under}' needs a heading of its "
                "own; add headings."
            )


def _field_names(mapping: PlanMapping) -> Iterator[str]:
    for number, table in enumerate(mapping.tables, start=1):
        for name in table.fields or []:
            yield from _unknown(f"tables[{number}].fields", name, mapping.fields, "field")
    for key, spec in mapping.fields.items():
        for number, rule in enumerate(spec.required_when, start=1):
            path = f"fields.{key}.required_when[{number}]"
            yield from _unknown(f"{path}.field", rule.field, mapping.fields, "field")
            if not rule.values and not rule.moved:
                yield f"{path}: say when: is = [...] or moved = true."


def _unknown(path: str, name: str, known: Iterable[str], what: str) -> Iterator[str]:
    names = list(known)
    if name not in names:
        alike = near(name, names, n=1)
        hint = (
            f"did you mean '{alike[0]}'?" if alike else f"known are {', '.join(names) or 'none'}."
        )
        yield f"{path}: there is no {what} '{name}'; {hint}"


def _headings(mapping: PlanMapping) -> Iterator[str]:
    for number, table in enumerate(mapping.tables, start=1):
        yield from _headings_twice(mapping, table, number)


def _headings_twice(mapping: PlanMapping, table: TableSpec, number: int) -> Iterator[str]:
    owners: dict[tuple[str, str], str] = {}
    for key, spec in mapping.fields.items():
        if table.fields is not None and key not in table.fields:
            continue
        for heading in dict.fromkeys(fold_code(heading) for heading in spec.headings):
            # `Update` may stand twice, once under `Quarter 1` and once under `Quarter 2`.
            owner = owners.setdefault((fold_code(spec.under), heading), key)
            if owner != key:
                yield (
                    f"fields.{key}.headings: '{heading}' is a heading of field '{owner}' too; "
                    "keep one, "
                    f"or list the fields of tables[{number}]."
                )


def _scale(mapping: PlanMapping) -> Iterator[str]:
    owners: dict[str, int] = {}
    for number, rating in enumerate(mapping.rag, start=1):
        for word in dict.fromkeys(map(fold_code, [rating.code, rating.name, *rating.spellings])):
            # `Green` for both DG and G: a lead who types it could mean either.
            owner = owners.setdefault(word, number)
            if owner != number:
                code = mapping.rag[owner - 1].code
                yield (
                    f"rag[{number}]: '{word}' also means rating {code}; give each rating its "
                    "own words."
                )


def _leads(mapping: PlanMapping) -> Iterator[str]:
    owners: dict[str, int] = {}
    for number, lead in enumerate(mapping.leads, start=1):
        for word in dict.fromkeys(fold_code(word) for word in _words(lead) if word):
            # Two people with the initials JW: neither can be told by them.
            owner = owners.setdefault(word, number)
            if owner != number:
                name = mapping.leads[owner - 1].name
                yield (
                    f"leads[{number}]: '{word}' also names {name}; a name or code belongs to "
                    "one lead."
                )
    for number, lead in enumerate(mapping.leads, start=1):
        yield from _lead_names(lead, number, mapping, set(owners))


def _words(lead: LeadSpec) -> list[str]:
    return [lead.name, lead.code, *lead.spellings]


def _lead_names(
    lead: LeadSpec, number: int, mapping: PlanMapping, known: set[str]
) -> Iterator[str]:
    # Where the office keeps its own list of staff, members may stand on that sheet alone.
    if mapping.leads_sheets:
        return
    for key, names in (
        ("members", lead.members),
        ("contact", [lead.contact] if lead.contact else []),
    ):
        for name in names:
            if fold_code(name) not in known:
                yield from _unknown(
                    f"leads[{number}].{key}",
                    name,
                    [known_lead.name for known_lead in mapping.leads],
                    "lead",
                )


def _patterns(mapping: PlanMapping) -> Iterator[str]:
    for number, table in enumerate(mapping.tables, start=1):
        for place, line in enumerate(table.lines, start=1):
            for pattern in line.reads:
                yield from _slots(
                    f"tables[{number}].lines[{place}].reads", pattern, ["ref", "text"]
                )
    for key, spec in mapping.fields.items():
        for pattern in spec.opens:
            yield from _slots(f"fields.{key}.opens", pattern, [*mapping.fields, "text"])


def _slots(path: str, pattern: str, known: Iterable[str]) -> Iterator[str]:
    names = list(known)
    for name in re.findall(r"\{(.*?)\}", pattern):
        if name not in names:
            allowed = ", ".join(f"{{{name}}}" for name in names if name in {"ref", "links", "text"})
            yield f"{path}: '{{{name}}}' in '{pattern}' means nothing here; use {allowed}."


def _totals(mapping: PlanMapping) -> Iterator[str]:
    if mapping.totals is None:
        return
    for code in mapping.totals.columns:
        yield from _unknown(
            "totals.columns", code, [rating.code for rating in mapping.rag], "rating"
        )
    if not mapping.totals.columns and not (mapping.totals.rating and mapping.totals.count):
        yield "totals: say which column counts: rating and count, or columns by rating code."

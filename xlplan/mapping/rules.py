"""Rules between the fields of one row: what is needed when another field says something."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.mapping.keys import display_name
from xlplan.mapping.model import Mapping, RequiredWhen
from xlplan.plan.findings import Severity
from xlplan.plan.text import fold_code
from xlplan.plan.values import BLANK, Row


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """Something amiss in one field of a row: a code of the catalogue, its details, and the mapping's severity."""

    field: str
    code: str
    details: dict[str, str] = dataclasses.field(default_factory=dict)
    severity: Severity = "warning"


def check_row(mapping: Mapping, before: Row, after: Row) -> list[RowDoubt]:
    """What a row lacks by the mapping's `required_when` rules, after it went from `before` to `after`."""
    return [
        RowDoubt(key, "required", {"name": display_name(mapping, key), "why": why}, severity)
        for key, spec in mapping.fields.items()
        if not after.get(key, BLANK)
        for why, severity in list(_needed(mapping, spec.required_when, before, after))[:1]
    ]


def _needed(mapping: Mapping, rules: list[RequiredWhen], before: Row, after: Row) -> Iterator[tuple[str, Severity]]:
    for rule in rules:
        was, now = before.get(rule.field, BLANK), after.get(rule.field, BLANK)
        name = display_name(mapping, rule.field)
        if rule.values and fold_code(now.text) in {fold_code(value) for value in rule.values}:
            yield f"{name} is {now.text}", rule.severity
        elif rule.moved and was.canonical != now.canonical:
            yield f"{name} changes", rule.severity

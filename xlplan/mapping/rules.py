"""Rules between the fields of one row: what is needed when another field says something."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlplan.mapping.keys import display_name, period
from xlplan.mapping.model import FieldSpec, PlanMapping, RequiredWhen
from xlplan.plan.findings.finding import Severity
from xlplan.plan.text.numbers import as_number
from xlplan.plan.text.text import fold_code
from xlplan.plan.timescale.reading import read_timescale
from xlplan.plan.values import BLANK, Row, Value


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """Something amiss in one field of a row: a code of the catalogue, its details, and the
    mapping's severity.
    """

    field: str
    code: str
    details: dict[str, str] = dataclasses.field(default_factory=dict)
    severity: Severity = "warning"


def check_row(
    mapping: PlanMapping, before: Row, after: Row, today: date | None = None
) -> list[RowDoubt]:
    """What is amiss by the mapping's rules in a row that went from `before` to `after`.

    What is needed and blank, and every moved value too long, out of its range or, given `today`,
    dated in the past.
    """
    moved = {
        key: spec
        for key, spec in mapping.fields.items()
        if after.get(key, BLANK) and not after.get(key, BLANK).means(before.get(key, BLANK))
    }
    doubts = [
        doubt
        for key, spec in moved.items()
        for doubt in _of_value(key, spec, after[key], mapping, today)
    ]
    return doubts + [
        RowDoubt(key, "required", {"name": display_name(mapping, key), "why": why}, severity)
        for key, spec in mapping.fields.items()
        if not after.get(key, BLANK)
        for why, severity in list(_needed(mapping, spec.required_when, before, after))[:1]
    ]


def check_new(mapping: PlanMapping, values: Row, today: date | None = None) -> list[RowDoubt]:
    """What is amiss in an action that is new: every value by itself, and what its own values need
    beside them.

    Nothing has moved in it, so a rule about a move asks for nothing.
    """
    by_itself = [
        doubt for doubt in check_row(mapping, {}, values, today) if doubt.code != "required"
    ]
    return by_itself + check_row(mapping, values, values, today)


def _of_value(
    key: str, spec: FieldSpec, value: Value, mapping: PlanMapping, today: date | None
) -> Iterator[RowDoubt]:
    """What is amiss with one value by itself."""
    if spec.max_length is not None and len(value.text) > spec.max_length:
        details = {"length": str(len(value.text)), "limit": str(spec.max_length)}
        yield RowDoubt(key, "too-long", details, spec.severity)
    number = as_number(value) if spec.type in {"number", "percent"} else None
    low, high = spec.minimum, spec.maximum
    if number is not None and (
        (low is not None and number < low) or (high is not None and number > high)
    ):
        limits = " and ".join(_limits(spec))
        yield RowDoubt(key, "out-of-range", {"value": value.text, "limits": limits}, spec.severity)
    # `Ongoing` and `TBC` name no day, and none that has passed.
    if spec.not_past and today is not None:
        due = read_timescale(value.text, period(mapping)).due
        if due is not None and due < today:
            yield RowDoubt(key, "due-past", {"value": value.text}, spec.severity)


def _limits(spec: FieldSpec) -> Iterator[str]:
    if spec.minimum is not None:
        yield f"at least {spec.minimum:g}"
    if spec.maximum is not None:
        yield f"at most {spec.maximum:g}"


def _needed(
    mapping: PlanMapping, rules: list[RequiredWhen], before: Row, after: Row
) -> Iterator[tuple[str, Severity]]:
    for rule in rules:
        was, now = before.get(rule.field, BLANK), after.get(rule.field, BLANK)
        name = display_name(mapping, rule.field)
        # Mappings write `is = ["r"]` for a plan that prints R.
        if rule.values and fold_code(now.text) in {fold_code(value) for value in rule.values}:
            yield f"{name} is {now.text}", rule.severity
        elif rule.moved and not was.means(now):
            yield f"{name} changes", rule.severity

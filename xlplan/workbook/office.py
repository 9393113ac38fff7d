"""Read the office's own workbook through its mapping into a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.model import Mapping
from xlplan.plan.findings import Finding
from xlplan.plan.leads import LeadKey
from xlplan.plan.model import Plan
from xlplan.plan.values import Value


@dataclass(slots=True)
class Seed:
    """Earlier values of one field from the source: (point, item key) to value; points oldest first."""

    field: str
    points: list[str]
    values: dict[tuple[str, str], Value] = field(default_factory=dict)


@dataclass(slots=True)
class OfficePlan:
    """What the workbook says: the plan, its seeded history, the key to leads, and everything odd with its cell."""

    plan: Plan
    seeds: list[Seed]
    leads: LeadKey
    findings: list[Finding]


def read_office_workbook(path: Path, mapping: Mapping) -> OfficePlan:
    """Read titles, sections, requirements, actions, measures, leads and layout. Item keys are unique, stable for one file.

    Raises:
        Unreadable: the file is no spreadsheet; what is wrong inside one is a finding of severity error.
    """
    raise NotImplementedError

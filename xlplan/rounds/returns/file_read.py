"""What one returned file said, as it goes to the store."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import StoredRow


@dataclass(slots=True)
class FileRead:
    """A file's rows as they will be stored, and what there is to say of it."""

    rows: list[StoredRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    says_something: bool = False
    nil: bool = False
    refused: bool = False
    """Whether rows that are not taken in say something, or there are no others."""

"""A finding: something about one cell, row or file that somebody should know or mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.catalogue import CATALOGUE

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Where it is, what was found, what is wrong and what to do."""

    severity: Severity
    code: str
    message: str
    hint: str
    at: Address = Address()
    key: str | None = None
    ref: str | None = None
    lead: str | None = None
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """One line for a person: where (which action and field): what. What to do."""
        about = " ".join(part for part in (self.ref, self.field) if part)
        where = str(self.at) + (f" ({about})" if about else "")
        return f"{where}: {self.message} {self.hint}".strip(": ")


def finding(
    code: str,
    *,
    at: Address = Address(),
    key: str | None = None,
    ref: str | None = None,
    lead: str | None = None,
    field: str | None = None,
    value: str | None = None,
    severity: Severity | None = None,
    details: Mapping[str, object] | None = None,
    **more: object,
) -> Finding:
    """Word one finding from the catalogue. `details`, and any further words, fill the placeholders
    of its wording.

    Raises:
        KeyError: the catalogue has no such code, or its wording needs a detail that was not given.
    """
    wording = CATALOGUE[code]
    words = {
        "value": value if value is not None else "",
        "ref": ref or "",
        "lead": lead or "",
        "file": at.file,
        **(details or {}),
        **more,
    }
    return Finding(
        severity=severity or wording.severity,
        code=code,
        message=wording.message.format(**words),
        hint=wording.hint.format(**words),
        at=at,
        key=key,
        ref=ref,
        lead=lead,
        field=field,
        value=value,
    )

"""Rows that stand several times in a file: what they say, and what is told of them, counts once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import StoredRow
from xlplan.plan.values import BLANK

_ROW = re.compile(r"[A-Z]+(\d+)")


def said_by(row: StoredRow) -> tuple[tuple[str, str], ...]:
    """What a row says, and of which action: the same answers held for another one are not
    the same.
    """
    said = sorted((cell.field, cell.value.canonical) for cell in row.cells if cell.value != BLANK)
    return (("", row.home if row.kind == "held" else ""), *said)


def without_twins(findings: Iterable[Finding], row: StoredRow) -> list[Finding]:
    """Findings without those about a row that another row of the same action was told word for
    word.
    """
    # A row is doubled by pasting a copy of it below itself, or by filtering and filling down.
    found = list(findings)
    others = {_words(one) for one in found if not _is_about(one, row)}
    return [one for one in found if not (_is_about(one, row) and _words(one) in others)]


def _is_about(found: Finding, row: StoredRow) -> bool:
    place = _ROW.fullmatch(found.at.cell or "")
    return found.at.sheet == row.sheet and place is not None and int(place[1]) == row.row


def _words(found: Finding) -> tuple[str | None, ...]:
    return found.code, found.key, found.field, found.value, found.message

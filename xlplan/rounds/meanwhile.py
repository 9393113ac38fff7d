"""What else moved in a row that a lead answered: told, and holding nothing up (design, section 8.4)."""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.plan.addresses import Address
from xlplan.plan.findings import Finding, finding
from xlplan.plan.rounds import TakenReturn, TakenRow
from xlplan.rounds.comparing import Compared
from xlplan.rounds.routing import key_to_leads, leaders
from xlplan.rounds.summing_up import differing


def told_meanwhile(taken: TakenReturn | None, compared: Compared) -> list[Finding]:
    """A word on each answered row in which somebody else moved another cell, or that somebody else leads by now."""
    if taken is None or taken.status != "waiting":
        return []
    answered = {row.home: row for row in taken.rows if row.kind == "answered" and differing(row)}
    return [*_moved(taken, answered, compared), *_led_by_others(taken, answered, compared)]


def _moved(taken: TakenReturn, answered: dict[str, TakenRow], compared: Compared) -> Iterator[Finding]:
    for note in compared.merged.notes:
        if note.meanwhile and taken.lead in note.leads and note.key in answered:
            yield _told("row-moved-meanwhile", taken, answered[note.key], compared, said=note.text)


def _led_by_others(taken: TakenReturn, answered: dict[str, TakenRow], compared: Compared) -> Iterator[Finding]:
    key = key_to_leads(compared.plan, compared.mapping)
    for home, row in answered.items():
        item = compared.plan.items.get(home)
        now = leaders(item, compared.mapping, key).names if item and item.kind == "action" else ()
        if now and taken.lead not in now and taken.lead != compared.mapping.office.name:
            yield _told("row-led-by-others", taken, row, compared, now=", ".join(now))


def _told(code: str, taken: TakenReturn, row: TakenRow, compared: Compared, **details: str) -> Finding:
    item = compared.plan.items.get(row.home)
    at = Address(taken.name, row.sheet, f"A{row.row}")
    return finding(code, at=at, key=row.home, ref=item.called if item else None, lead=taken.lead, details=details)

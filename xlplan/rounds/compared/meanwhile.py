"""What else moved in a row that a lead answered: told, and holding nothing up (design, section
8.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import StoredReturn, StoredRow
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.compared.summing_up import differing
from xlplan.rounds.owners.routing import key_to_leads, leaders


def moved_meanwhile(taken: StoredReturn | None, compared: Waiting) -> list[Finding]:
    """A word on each answered row in which somebody else moved another cell, or that somebody else
    leads by now.
    """
    if taken is None or taken.status != "waiting":
        return []
    answered = {row.home: row for row in taken.rows if row.kind == "answered" and differing(row)}
    return [*_moved(taken, answered, compared), *_led_by_others(taken, answered, compared)]


def _moved(
    taken: StoredReturn, answered: dict[str, StoredRow], compared: Waiting
) -> Iterator[Finding]:
    for note in compared.merged.notes:
        if note.meanwhile and taken.lead in note.leads and note.key in answered:
            tell = _teller(taken, answered[note.key], compared)
            yield tell("row-moved-meanwhile", said=note.text)


def _led_by_others(
    taken: StoredReturn, answered: dict[str, StoredRow], compared: Waiting
) -> Iterator[Finding]:
    key = key_to_leads(compared.plan, compared.mapping)
    for home, row in answered.items():
        item = compared.plan.items.get(home)
        now = leaders(item, compared.mapping, key).names if item and item.kind == "action" else ()
        # Actions change hands while workbooks are out, and whoever got the row may answer it still.
        if now and taken.lead not in now and taken.lead != compared.mapping.office.name:
            yield _teller(taken, row, compared)("row-led-by-others", now=", ".join(now))


def _teller(taken: StoredReturn, row: StoredRow, compared: Waiting) -> Teller:
    item = compared.plan.items.get(row.home)
    return Teller(taken.name, taken.lead).of_row(row, row.home, item.called if item else "")

"""Soft notes: worth knowing, holding nothing up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlplan.merge.holding import Voices
from xlplan.merge.model import NOBODY, Credit, Field, NotTaken, Plain, Refused, surely_same
from xlplan.merge.voices import Voice
from xlplan.plan.changes import SoftNote
from xlplan.plan.grounds import ROW
from xlplan.plan.values import Value

_REFUSED = {
    "not-in-scope": "{lead} was never given this row: nothing of it was taken.",
    "unknown-key": "Neither the plan nor the workbook of {lead} knows this row: nothing of it was "
    "taken.",
    "unknown-column": "{lead} filled in {field}, which is no column of this plan.",
}


def notes_on_row(
    key: str,
    voices: Voices,
    row: Mapping[str, Value],
    now: Mapping[str, Plain],
    fields: Mapping[str, Field],
    credits: Mapping[tuple[str, str], Credit],
) -> list[SoftNote]:
    """Who else moved another cell of a row that a lead edited: the plan since it was issued, or
    another lead. `now` is the plan's row as it was given, unread.
    """
    waiting = {
        name: [voice for voice in said if not voice.settled] for name, said in voices.items()
    }
    movers = {name: {voice.lead for voice in said} for name, said in waiting.items() if said}
    # Of one lead's workbooks, those count in which the answers came.
    editing = {(voice.lead, id(voice.table)): voice for said in waiting.values() for voice in said}
    leads = {lead for lead, _ in editing}
    left: dict[str, list[Voice]] = {}
    for voice in editing.values():
        for name in _left(voice.table.get(key), row, now, fields):
            left.setdefault(name, []).append(voice)
    notes = []
    for name in (name for name in fields if name in left or name in movers):
        others = leads - movers.get(name, set())
        by = credits.get((key, name), NOBODY)
        missed = [voice for voice in left.get(name, ()) if voice.lead in others - by.leads]
        if missed:
            unaware = tuple(sorted({voice.lead for voice in missed}))
            text = f"{_who(by, missed)} changed {fields[name].name} meanwhile."
            notes.append(SoftNote(key, name, text, unaware, meanwhile=True))
        if others and name in movers:
            text = f"{_names(movers[name])} changed {fields[name].name} too."
            notes.append(SoftNote(key, name, text, tuple(sorted(others)), meanwhile=True))
    return notes


def _left(
    shown: Mapping[str, Plain] | None,
    row: Mapping[str, Value],
    now: Mapping[str, Plain],
    fields: Mapping[str, Field],
) -> list[str]:
    """The fields in which the plan is no more as the row was shown; none where it was not."""
    if shown is None:
        return []
    return [
        name
        for name, field in fields.items()
        if not surely_same(shown.get(name), now.get(name))
        and not field.keep(shown.get(name)).means(row[name])
    ]


def _who(by: Credit, missed: Iterable[Voice]) -> str:
    """Who moved a cell: the leads who said it, with their round where it is another, or the
    office.
    """
    if not by.leads:
        return "The office"
    same_round = all(voice.round == by.round for voice in missed)
    return _names(by.leads) + (f" ({by.round})" if by.round and not same_round else "")


def notes_on_outranked(left: Iterable[NotTaken], fields: Mapping[str, Field]) -> list[SoftNote]:
    """What the rule `worst` left aside."""
    return [
        SoftNote(
            answer.key,
            answer.field,
            f"{answer.lead} said {answer.value.text}: "
            f"the worst {fields[answer.field].name} stands.",
            (answer.lead,),
        )
        for answer in left
    ]


def notes_on_refused(refused: Iterable[Refused]) -> list[SoftNote]:
    """Rows and columns that a lead was never given: one note a row and column."""
    notes: dict[tuple[str, str, str], SoftNote] = {}
    for answer in refused:
        name = answer.field if answer.why == "unknown-column" else ROW
        text = _REFUSED[answer.why].format(lead=answer.lead, field=answer.field)
        # A pasted row brings a value in each of its columns: it is told once.
        notes.setdefault(
            (answer.key, name, answer.lead), SoftNote(answer.key, name, text, (answer.lead,))
        )
    return list(notes.values())


def _names(leads: Iterable[str]) -> str:
    return ", ".join(sorted(leads))

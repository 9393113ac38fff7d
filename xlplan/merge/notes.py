"""Soft notes: worth knowing, holding nothing up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from xlplan.merge.holding import Voices
from xlplan.merge.model import Field, NotTaken, PlainTable, Refused
from xlplan.merge.voices import PlanCell, base_of
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
    fields: Mapping[str, Field],
    bases: Mapping[str, Sequence[PlainTable]],
    origins: Mapping[tuple[str, str], Collection[str]],
) -> list[SoftNote]:
    """Who else moved another cell of a row that a lead edited: the plan since it was issued, or
    another lead.
    """
    movers = {name: {voice.lead for voice in said} for name, said in voices.items() if said}
    editing = set().union(*movers.values()) if movers else set()
    notes = []
    for name, field in fields.items():
        others = sorted(editing - movers.get(name, set()))
        cell = PlanCell(key, field, row[name], frozenset(origins.get((key, name), ())))
        missed = tuple(lead for lead in others if _plan_moved(cell, lead, bases))
        if missed:
            who = _names(cell.origin) if cell.origin else "The office"
            notes.append(
                SoftNote(
                    key, name, f"{who} changed {field.name} meanwhile.", missed, meanwhile=True
                )
            )
        if others and movers.get(name):
            notes.append(
                SoftNote(
                    key,
                    name,
                    f"{_names(movers[name])} changed {field.name} too.",
                    tuple(others),
                    meanwhile=True,
                )
            )
    return notes


def _plan_moved(cell: PlanCell, lead: str, bases: Mapping[str, Sequence[PlainTable]]) -> bool:
    if lead in (cell.origin or ()):
        return False
    known = (base_of(cell, base) for base in bases.get(lead, ()))
    return any(base is not None and not base.means(cell.master) for base in known)


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

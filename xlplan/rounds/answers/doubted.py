"""Answers to a doubted date: which there are, and what each makes of it."""

from __future__ import annotations

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.keys import period
from xlplan.plan.changes import Choice, Question
from xlplan.plan.text.english import listed
from xlplan.plan.timescale.doubted import (
    AS_IT_STANDS,
    LIKELY,
    TEXT_ONLY,
    DoubtedDate,
    doubted_date,
)
from xlplan.plan.values import Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.routing import key_to_leads


def date_in_doubt(question: Question, compared: Waiting) -> DoubtedDate | None:
    """The date that a question is about; None of any other question."""
    if question.reason != "doubted":
        return None
    return doubted_date(question.candidates[0].value.text, period(compared.mapping))


def on_date(
    typed: str, question: Question, date: DoubtedDate, compared: Waiting
) -> tuple[Choice, Value] | None:
    """What becomes of a doubted date: as it stands, text only, or the likely meaning; None where
    none of them is named.
    """
    choice, said = date.choice(typed), question.candidates[0].value
    if choice == AS_IT_STANDS:
        return AS_IT_STANDS, said
    if choice == TEXT_ONLY:
        return TEXT_ONLY, said
    spec = spec_of_cell(compared.mapping, question.field)
    if choice != LIKELY or spec is None:
        return None
    key = Context(key_to_leads(compared.plan, compared.mapping))
    read = read_value(spec, date.likely, compared.mapping, key).value
    return None if read is None else ("value", read)


def answers_to(question: Question, date: DoubtedDate) -> str:
    """Every answer to a doubted date, as it is typed: `text-only, likely (30 June 2013) or
    =VALUE`.
    """
    named = [f"{LIKELY} ({date.likely})" if one == LIKELY else one for one in date.choices]
    # The plan holds no older date in place of one of its own.
    old = ["master"] if question.candidates[0].source.lead else []
    return listed([*named, *old, "=VALUE"], word="or")

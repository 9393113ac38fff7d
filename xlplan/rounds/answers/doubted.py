"""Answers to a doubted date: which there are, and what each makes of it."""

from __future__ import annotations

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.keys import period
from xlplan.plan.changes import Option, Question
from xlplan.plan.timescale.doubted import AS_IT_STANDS, LIKELY, TEXT_ONLY, doubted_date
from xlplan.plan.values import Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.routing import key_to_leads


def options_on_date(question: Question, compared: Waiting) -> list[Option]:
    """What may become of a doubted date: as it stands, text only, or the likely meaning."""
    said = question.candidates[0].value
    date = doubted_date(said.text, period(compared.mapping))
    words = date.choices if date else {}
    options = [
        Option(choice, words[choice], f"--take {choice}", (choice,), said)
        for choice in (AS_IT_STANDS, TEXT_ONLY)
        if choice in words
    ]
    likely = _read(words.get(LIKELY, ""), question, compared)
    if likely:
        options.append(Option("value", words[LIKELY], f"--take {LIKELY}", (LIKELY,), likely))
    return options


def _read(text: str, question: Question, compared: Waiting) -> Value | None:
    spec = spec_of_cell(compared.mapping, question.field)
    key = Context(key_to_leads(compared.plan, compared.mapping))
    return read_value(spec, text, compared.mapping, key).value if spec and text else None

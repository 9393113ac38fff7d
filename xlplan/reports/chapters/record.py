"""The tables of the change report on who said what: every cell, questions and decisions, returns,
findings.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.figures.figures import Asked, Edit, Figures, LeadReturn, Settled
from xlplan.plan.findings.finding import Finding
from xlplan.plan.text.english import capital, counted, day_as
from xlplan.reports.chapters.actions import REF
from xlplan.reports.chapters.totals import shown
from xlplan.workbook.pages.blocks import Block, Column, Table

STATUS_WORDS = {
    "returned": "Returned",
    "late": "Returned late",
    "outstanding": "Not returned",
    "refused": "Could not be read",
}
# `error` and `warning` are words of programs; officers ask what to do.
SEVERITY_WORDS = {"error": "To mend", "warning": "To check", "notice": "For information"}
_FIRST = ("outstanding", "refused", "late", "returned")
"""Standings in the order of the table: an office chases from the top."""


def _names(edit: Edit) -> str:
    # A lead who sends an answer twice is named once.
    names = dict.fromkeys(source.lead for source in edit.sources if source.lead)
    return ", ".join(names) or "The office"


def _places(edit: Edit) -> str:
    """Where the value was typed, a line each: `Housing.xlsx, Update!H12`."""
    places = [str(source.place) for source in edit.sources]
    return "\n".join(dict.fromkeys(place for place in places if place))


def _answers(pairs: Iterable[tuple[str, str]]) -> str:
    """Answers, a line each: `Rose Collinson: Green`."""
    return "\n".join(f"{lead}: {value}" for lead, value in pairs)


_PLAIN_REF: Column[Asked | Settled | Finding] = Column("Ref", "code", 9, of=lambda item: item.ref)
_NUMBER: Column[Asked | Settled] = Column("No", "code", 7, of=lambda question: question.id)
_FIELD: Column[Edit | Asked | Settled] = Column("Field", width=16, of=lambda item: item.label)


def rewritten(figures: Figures) -> tuple[Block, ...]:
    """Actions with other leads, and actions whose text changed."""
    columns: tuple[Column[Edit], ...] = (
        REF,
        Column("Was", "long", 52, of=lambda edit: edit.old),
        Column("Is", "long", 52, of=lambda edit: edit.new),
        Column("Said by", width=24, of=_names),
    )
    return (
        Table.of("Reassigned", columns, figures.reassigned, empty="No action changed its lead."),
        Table.of("Reworded", columns, figures.reworded, empty="No action's text changed."),
    )


def changes(figures: Figures) -> Table:
    """Every cell that changed: old, new, who said so, and in which cell of which file."""
    columns: tuple[Column[Edit], ...] = (
        REF,
        _FIELD,
        Column("Old", "long", 40, of=lambda edit: shown(figures, edit.field, edit.old)),
        Column("New", "long", 40, of=lambda edit: shown(figures, edit.field, edit.new)),
        Column("Said by", width=22, of=_names),
        # Inspectors ask who said so, and where: the file is kept, and this finds the cell.
        Column("File, sheet and cell", width=34, of=_places),
        Column("Reason", width=24, of=lambda edit: edit.reason),
    )
    return Table.of("Every cell that changed", columns, figures.edits, empty="No cell changed.")


def decisions(figures: Figures) -> tuple[Block, ...]:
    """What waits for the officer, and how other questions were decided."""
    return _waiting(figures), _decided(figures)


def _waiting(figures: Figures) -> Table:
    columns: tuple[Column[Asked], ...] = (
        _NUMBER,
        _PLAIN_REF,
        _FIELD,
        Column("Why", width=26, of=lambda question: question.why),
        Column("The plan says", "long", 30, of=lambda question: question.plan_says),
        Column("The leads say", "long", 44, of=lambda question: _answers(question.said)),
        Column("Note", width=24, of=lambda question: question.note),
    )
    return Table.of(
        "Waiting for a decision", columns, figures.questions, empty="No question is open."
    )


def _decided(figures: Figures) -> Table:
    columns: tuple[Column[Settled], ...] = (
        _NUMBER,
        _PLAIN_REF,
        _FIELD,
        Column("Why it was asked", width=22, of=lambda question: question.why),
        Column("The leads said", "long", 40, of=lambda question: _answers(question.said)),
        Column("Decision", "long", 30, of=lambda question: question.how),
        Column("Reason", width=24, of=lambda question: question.reason),
        Column("By", width=16, of=lambda question: question.by),
        Column("On", width=13, of=lambda question: day_as(question.at, figures.day_format)),
    )
    return Table.of("Decided", columns, figures.decisions, empty="No question was decided.")


def returns(figures: Figures) -> Table:
    """Each lead who was asked; those who have not answered first."""
    columns: tuple[Column[LeadReturn], ...] = (
        Column("Lead", width=32, of=lambda lead: lead.lead),
        Column(
            f"{capital(figures.heading.action_word)}s sent",
            "number",
            10,
            of=lambda lead: lead.actions,
        ),
        Column("Standing", width=34, of=standing),
        Column("Days late", "number", 9, of=lambda lead: lead.days_late or None),
    )
    leads = sorted(
        figures.returns, key=lambda lead: (_FIRST.index(lead.status), lead.lead.casefold())
    )
    return Table.of("Returns by lead", columns, leads, empty="Nobody was asked in this round.")


def standing(lead: LeadReturn) -> str:
    """How a lead's answer stands, in words."""
    words = STATUS_WORDS.get(lead.status, lead.status)
    # Leads tick `No change this round`, or send the file back untouched: that is an answer.
    if lead.nil:
        return f"{words}, nothing to change"
    return (
        f"{words}, {counted(lead.days_late, 'day')} past the date"
        if lead.missing and lead.days_late
        else words
    )


def findings(figures: Figures) -> Table:
    """What was odd in what came back, with what to do."""
    columns: tuple[Column[Finding], ...] = (
        Column("Weight", of=lambda found: SEVERITY_WORDS[found.severity]),
        Column("Where", width=34, of=lambda found: str(found.at)),
        _PLAIN_REF,
        Column("Lead", width=22, of=lambda found: found.lead),
        Column("Found", "long", 26, of=lambda found: found.value),
        Column("What is wrong", "long", 44, of=lambda found: found.message),
        Column("What to do", "long", 40, of=lambda found: found.hint),
    )
    return Table.of("Findings", columns, figures.findings, empty="Nothing was odd.")

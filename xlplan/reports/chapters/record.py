"""The tables of the change report on who said what: every cell, questions and decisions, returns,
findings.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.figures.figures import Edit, Figures, LeadReturn
from xlplan.plan.findings.finding import Finding
from xlplan.plan.text.english import counted, day_as
from xlplan.reports.chapters.actions import REF
from xlplan.reports.chapters.totals import shown
from xlplan.workbook.pages.blocks import Block, CellValue, Column, Table, TableCell, rows

STATUS_WORDS = {
    "returned": "Returned",
    "late": "Returned late",
    "outstanding": "Not returned",
    "refused": "Could not be read",
}
SEVERITY_WORDS = {"error": "To mend", "warning": "To check", "notice": "For information"}


def rewritten(figures: Figures) -> tuple[Block, ...]:
    """Actions with other leads, and actions whose text changed."""
    columns = (
        REF,
        Column("Was", "long", 52),
        Column("Is", "long", 52),
        Column("Said by", "text", 24),
    )
    return (
        Table(
            "Reassigned",
            columns,
            rows([_words(one) for one in figures.reassigned]),
            empty="No action changed its lead.",
        ),
        Table(
            "Reworded",
            columns,
            rows([_words(one) for one in figures.reworded]),
            empty="No action's text changed.",
        ),
    )


def _words(edit: Edit) -> tuple[CellValue | TableCell, ...]:
    return TableCell(edit.ref, leads_to=edit.key, strong=True), edit.old, edit.new, _by(edit)


def _by(edit: Edit) -> str:
    return (
        ", ".join(dict.fromkeys(source.lead for source in edit.sources if source.lead))
        or "The office"
    )


def changes(figures: Figures) -> Table:
    """Every cell that changed: old, new, who said so, and in which cell of which file."""
    return Table(
        "Every cell that changed",
        (
            REF,
            Column("Field", "text", 16),
            Column("Old", "long", 40),
            Column("New", "long", 40),
            Column("Said by", "text", 22),
            Column("File, sheet and cell", "text", 34),
            Column("Reason", "text", 24),
        ),
        rows([_edit(figures, edit) for edit in figures.edits]),
        empty="No cell changed.",
    )


def _edit(figures: Figures, edit: Edit) -> tuple[CellValue | TableCell, ...]:
    places = [
        ", ".join(part for part in (one.file, f"{one.sheet}!{one.cell}".strip("!")) if part)
        for one in edit.sources
    ]
    where = "\n".join(dict.fromkeys(place for place in places if place))
    ref = TableCell(edit.ref, leads_to=edit.key, strong=True)
    old, new = shown(figures, edit.field, edit.old), shown(figures, edit.field, edit.new)
    return ref, edit.label, old, new, _by(edit), where, edit.reason


def decisions(figures: Figures) -> tuple[Block, ...]:
    """What waits for the officer, and how other questions were decided."""
    return _waiting(figures), _decided(figures)


def _waiting(figures: Figures) -> Table:
    return Table(
        "Waiting for a decision",
        (
            Column("No", "code", 7),
            REF,
            Column("Field", "text", 16),
            Column("Why", "text", 26),
            Column("The plan says", "long", 30),
            Column("The leads say", "long", 44),
            Column("Note", "text", 24),
        ),
        rows(
            [
                (
                    one.id,
                    one.ref,
                    one.label,
                    one.why,
                    one.plan_says,
                    _said(one.said),
                    one.note,
                )
                for one in figures.questions
            ]
        ),
        empty="No question is open.",
    )


def _decided(figures: Figures) -> Table:
    return Table(
        "Decided",
        (
            Column("No", "code", 7),
            REF,
            Column("Field", "text", 16),
            Column("Why it was asked", "text", 22),
            Column("The leads said", "long", 40),
            Column("Decision", "long", 30),
            Column("Reason", "text", 24),
            Column("By", "text", 16),
            Column("On", "text", 13),
        ),
        rows(
            [
                (
                    one.id,
                    one.ref,
                    one.label,
                    one.why,
                    _said(one.said),
                    one.how,
                    one.reason,
                    one.by,
                    day_as(one.at, figures.day_format),
                )
                for one in figures.decisions
            ]
        ),
        empty="No question was decided.",
    )


def _said(said: Iterable[tuple[str, str]]) -> str:
    """Answers, a line each."""
    return "\n".join(f"{lead}: {value}" for lead, value in said)


def returns(figures: Figures) -> Table:
    """Each lead who was asked; those who have not answered first."""
    order = {"outstanding": 0, "refused": 1, "late": 2, "returned": 3}
    asked = sorted(figures.returns, key=lambda one: (order.get(one.status, 9), one.lead.casefold()))
    word = figures.heading.action_word
    return Table(
        "Returns by lead",
        (
            Column("Lead", "text", 32),
            Column(f"{word[:1].upper()}{word[1:]}s sent", "number", 10),
            Column("Standing", "text", 34),
            Column("Days late", "number", 9),
        ),
        rows([(one.lead, one.actions, standing(one), one.days_late or None) for one in asked]),
        empty="Nobody was asked in this round.",
    )


def standing(one: LeadReturn) -> str:
    """How a lead's answer stands, in words."""
    words = STATUS_WORDS.get(one.status, one.status)
    if one.nil:
        return f"{words}, nothing to change"
    return (
        f"{words}, {counted(one.days_late, 'day')} past the date"
        if one.missing and one.days_late
        else words
    )


def findings(figures: Figures) -> Table:
    """What was odd in what came back, with what to do."""
    return Table(
        "Findings",
        (
            Column("Weight", "text", 14),
            Column("Where", "text", 34),
            REF,
            Column("Lead", "text", 22),
            Column("Found", "long", 26),
            Column("What is wrong", "long", 44),
            Column("What to do", "long", 40),
        ),
        rows([_finding(one) for one in figures.findings]),
        empty="Nothing was odd.",
    )


def _finding(one: Finding) -> tuple[CellValue | TableCell, ...]:
    return (
        SEVERITY_WORDS[one.severity],
        str(one.at),
        one.ref,
        one.lead,
        one.value,
        one.message,
        one.hint,
    )

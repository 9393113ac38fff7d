"""The change report as one JSON document: every figure by name, and the sentences."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from xlplan.plan.figures.counts import ActionFigure, Tally
from xlplan.plan.figures.figures import Asked, Edit, Figures, Move, Redated, Settled, Totals
from xlplan.plan.findings.finding import Finding
from xlplan.plan.text.numbers import as_number
from xlplan.plan.values import Value
from xlplan.reports.chapters.sentences import sentences


def as_json(figures: Figures) -> str:
    """The document as text, keys in a fixed order."""
    return json.dumps(document(figures), ensure_ascii=False, indent=2, default=_plain) + "\n"


def document(figures: Figures) -> dict[str, Any]:
    """The document as values that JSON knows; dates are ISO text, a value that is empty is null."""
    found = {
        "heading": asdict(figures.heading),
        "summary": sentences(figures),
        "ratings": [
            {"code": one.code, "name": one.name, "colour": one.colour, "kind": one.kind}
            for one in figures.scale.ratings
        ],
        "totals": {
            "all": _totals(figures.whole),
            "sections": [_totals(one) for one in figures.sections],
        },
        "movements": [_move(one) for one in figures.moves],
        "remaining": [_action(one) for one in figures.remaining],
        "completed": [_move(one) for one in figures.completed],
        "new": [_action(one) for one in figures.new],
        "withdrawn": [_action(one) for one in figures.withdrawn],
        "joined": [
            {
                "gone": [_action(one) for one in link.gone],
                "into": [_action(one) for one in link.heirs],
            }
            for link in figures.joined
        ],
        "redated": [_redated(one) for one in figures.redated],
        "overdue": [_action(one) for one in figures.due.overdue],
        "due": {name: len(theirs) for name, theirs in asdict(figures.due).items()},
        "published": [
            _emptied(asdict(one)) | {"differs": one.differs} for one in figures.further.published
        ],
        "measures": [_emptied(asdict(one)) for one in figures.further.measures],
        "steps": dict(figures.further.steps),
        "changes": [_change(one, figures.numeric) for one in figures.edits],
        "questions": [_with_said(one) for one in figures.questions],
        "decisions": [_with_said(one) for one in figures.decisions],
        "returns": [asdict(one) for one in figures.returns],
        "findings": [_finding(one) for one in figures.findings],
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, default=_plain))
    return plain


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _emptied(said: dict[str, Any]) -> dict[str, Any]:
    """Texts that are empty are null."""
    return {name: None if value == "" else value for name, value in said.items()}


def _change(edit: Edit, numeric: frozenset[str]) -> dict[str, Any]:
    """As `import` and `merge` say a change, with the field's name beside it."""
    was, now = (_value(value, numbers=edit.field in numeric) for value in edit.values)
    sources = [
        {"lead": one.lead, "file": one.file, "sheet": one.sheet, "cell": one.cell}
        for one in edit.sources
    ]
    return {
        "key": edit.key,
        "ref": edit.ref or None,
        "field": edit.field,
        "label": edit.label,
        "old": was,
        "new": now,
        "sources": [_emptied(one) for one in sources],
        "reason": edit.reason or None,
    }


def _value(value: Value, *, numbers: bool) -> str | float | None:
    """Text, a number where the field holds numbers, null when empty."""
    number = as_number(value) if numbers else None
    return (value.text or None) if number is None else number


def _with_said(one: Asked | Settled) -> dict[str, Any]:
    """A question, open or decided, with every answer and who gave it."""
    said = [{"lead": lead, "value": value} for lead, value in one.said]
    return _emptied(asdict(one)) | {"said": said}


def _finding(found: Finding) -> dict[str, Any]:
    """As `import` says a finding: its place in parts."""
    told = asdict(found)
    place = told.pop("at")
    return {
        "severity": told.pop("severity"),
        "code": told.pop("code"),
        **_emptied(place),
        **_emptied(told),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "key": totals.key or None,
        "name": totals.name,
        "before": _tally(totals.before, totals.opened_before),
        "now": _tally(totals.after, totals.opened_after),
    }


def _tally(tally: Tally, still_open: Tally) -> dict[str, Any]:
    return {
        "rag": tally.ratings,
        "open": still_open.total,
        "open_rag": still_open.ratings,
        "total": tally.total,
    }


def _action(action: ActionFigure) -> dict[str, Any]:
    return {
        "key": action.key,
        "ref": action.ref or None,
        "action": action.text,
        "section": action.section or None,
        "leads": list(action.leads),
        "rag": action.rag or None,
        "status": action.status,
        "due": action.due or None,
        "due_on": action.due_on,
    }


def _move(move: Move) -> dict[str, Any]:
    was = {
        "previous": move.before or None,
        "current": move.after or None,
        "step": move.kind,
        "known": move.known,
    }
    return _action(move.action) | was


def _redated(one: Redated) -> dict[str, Any]:
    was = {"was": one.before or None, "is": one.after or None, "days": one.days, "times": one.times}
    return _action(one.action) | was | {"reason": one.reason or None}

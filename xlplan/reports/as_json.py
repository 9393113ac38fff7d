"""The change report as one JSON document: every figure by name, and the sentences."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from xlplan.plan.figures import ActionFigure, Edit, Figures, Move, Redated, Tally, Totals
from xlplan.reports.sentences import sentences


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
        "totals": {"all": _totals(figures.whole), "sections": [_totals(one) for one in figures.sections]},
        "movements": [_move(one) for one in figures.moves],
        "remaining": [_action(one) for one in figures.remaining],
        "completed": [_move(one) for one in figures.completed],
        "new": [_action(one) for one in figures.new],
        "withdrawn": [_action(one) for one in figures.withdrawn],
        "joined": [
            {"gone": [_action(one) for one in link.gone], "into": [_action(one) for one in link.heirs]}
            for link in figures.joined
        ],
        "redated": [_redated(one) for one in figures.redated],
        "overdue": [_action(one) for one in figures.due.overdue],
        "published": [asdict(one) | {"differs": one.differs} for one in figures.further.published],
        "measures": [asdict(one) for one in figures.further.measures],
        "steps": dict(figures.further.steps),
        "changes": [_edit(one) for one in figures.edits],
        "questions": [asdict(one) for one in figures.questions],
        "decisions": [asdict(one) for one in figures.decisions],
        "returns": [asdict(one) for one in figures.returns],
        "findings": [asdict(one) for one in figures.findings],
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, default=_plain))
    return plain


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "key": totals.key or None,
        "name": totals.name,
        "before": _tally(totals.before, totals.opened_before),
        "now": _tally(totals.after, totals.opened_after),
    }


def _tally(tally: Tally, still_open: Tally) -> dict[str, Any]:
    return {"rag": tally.ratings, "open": still_open.total, "open_rag": still_open.ratings, "total": tally.total}


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
    was = {"previous": move.before or None, "current": move.after or None, "step": move.kind, "known": move.known}
    return _action(move.action) | was


def _redated(one: Redated) -> dict[str, Any]:
    was = {"was": one.before or None, "is": one.after or None, "days": one.days, "times": one.times}
    return _action(one.action) | was | {"reason": one.reason or None}


def _edit(one: Edit) -> dict[str, Any]:
    """A change with who said it; the store's number of the return stays inside."""
    sources = [{name: text for name, text in asdict(source).items() if name != "returned"} for source in one.sources]
    return asdict(one) | {"sources": sources}

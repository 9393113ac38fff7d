"""The change report as one JSON document: every figure by name, and the sentences."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from xlplan.plan.figures.counts import ActionFigure, Tally
from xlplan.plan.figures.figures import Asked, Edit, Figures, Move, Redated, Settled, Totals
from xlplan.reports.chapters.sentences import sentences
from xlplan.reports.documents import Document, change_document, finding_document, value_of


def as_json(figures: Figures) -> str:
    """The document as text, keys in a fixed order."""
    # Names of people have accents, which Python's JSON would spell `Si\u00e2n`.
    return json.dumps(document(figures), ensure_ascii=False, indent=2, default=_plain) + "\n"


def document(figures: Figures) -> Document:
    """The document as values that JSON knows; dates are ISO text, a value that is empty is null."""
    found = {
        "heading": asdict(figures.heading),
        "summary": sentences(figures),
        "ratings": [
            {"code": rating.code, "name": rating.name, "colour": rating.colour, "kind": rating.kind}
            for rating in figures.scale.ratings
        ],
        "totals": {
            "all": _totals(figures.whole),
            "sections": [_totals(section) for section in figures.sections],
        },
        "movements": [_move(move) for move in figures.moves],
        "remaining": [_action(action) for action in figures.remaining],
        "completed": [_move(move) for move in figures.completed],
        "new": [_action(action) for action in figures.new],
        "withdrawn": [_action(action) for action in figures.withdrawn],
        "joined": [
            {
                "gone": [_action(action) for action in link.gone],
                "into": [_action(action) for action in link.heirs],
            }
            for link in figures.joined
        ],
        "redated": [_redated(slip) for slip in figures.redated],
        "overdue": [_action(action) for action in figures.due.overdue],
        "due": {name: len(theirs) for name, theirs in asdict(figures.due).items()},
        "published": [
            _emptied(asdict(total)) | {"differs": total.differs}
            for total in figures.further.published
        ],
        "measures": [_emptied(asdict(measure)) for measure in figures.further.measures],
        "steps": dict(figures.further.steps),
        "changes": [_change(edit, figures.numeric) for edit in figures.edits],
        "questions": [_question(question) for question in figures.questions],
        "decisions": [_question(question) for question in figures.decisions],
        "returns": [asdict(lead) for lead in figures.returns],
        "findings": [_emptied(finding_document(found)) for found in figures.findings],
    }
    plain: Document = json.loads(json.dumps(found, default=_plain))
    return plain


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _emptied(document: Document) -> Document:
    """Texts that are empty are null."""
    return {name: None if value == "" else value for name, value in document.items()}


def _change(edit: Edit, numeric: frozenset[str]) -> Document:
    """As `import` and `merge` say a change, with the field's name beside it."""
    kind = "number" if edit.field in numeric else "text"
    was, now = (value_of(value, kind) for value in edit.values)
    change = change_document(edit, edit.ref, was, now)
    sources = [_emptied(source) for source in change["sources"]]
    return change | {"label": edit.label, "sources": sources}


def _question(question: Asked | Settled) -> Document:
    """A question, open or decided, in the officer's words: every answer and who gave it."""
    answers = [{"lead": lead, "value": value} for lead, value in question.said]
    return _emptied(asdict(question)) | {"said": answers}


def _totals(totals: Totals) -> Document:
    return {
        "key": totals.key or None,
        "name": totals.name,
        "before": _tally(totals.before, totals.opened_before),
        "now": _tally(totals.after, totals.opened_after),
    }


def _tally(tally: Tally, still_open: Tally) -> Document:
    return {
        "rag": tally.ratings,
        "open": still_open.total,
        "open_rag": still_open.ratings,
        "total": tally.total,
    }


def _action(action: ActionFigure) -> Document:
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


def _move(move: Move) -> Document:
    step = {
        "previous": move.before or None,
        "current": move.after or None,
        "step": move.kind,
        "known": move.known,
    }
    return _action(move.action) | step


def _redated(slip: Redated) -> Document:
    return _action(slip.action) | {
        "was": slip.before or None,
        "is": slip.after or None,
        "days": slip.days,
        "times": slip.times,
        "reason": slip.reason or None,
    }

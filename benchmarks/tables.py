"""A plan as a table of ten fields, and returns of it in which one cell in twenty moved."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from xlplan.merge import Field, Return, ReturnedRow
from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.values import Value

Kind = Literal["values", "texts", "typed"]
Texts = dict[str, dict[str, str]]

SCALE = RagScale(
    (
        Rating("R", "Red", "#C00000", "Off track", "graded"),
        Rating("A", "Amber", "#FFC000", "At risk", "graded"),
        Rating("G", "Green", "#00B050", "On track", "graded"),
        Rating("C", "Complete", "#0070C0", "Done", "closed"),
    )
)
TYPES = {
    "title": "text",
    "owner": "leads",
    "rag": "rag",
    "start": "date",
    "due": "date",
    "timescale": "timescale",
    "cost": "number",
    "progress": "text",
    "evidence": "text",
    "outcome": "text",
}
MOVED = 0.05
_SENTENCE = (
    "The board agreed the revised pathway with partners and the team will report on staffing, "
    "referrals, training and waiting times once the audit of case files has been completed"
)
_FIRST_DAY = date(2018, 1, 1)


@dataclass(frozen=True)
class Case:
    """One merge. The plan did not move, so that plan and base say the same; `returned` holds the
    rows that each lead sent, as texts, for peers that know nothing else.
    """

    kind: Kind
    plan: Texts
    returned: tuple[Texts, ...]
    fields: dict[str, Field]
    master: dict[str, dict[str, Value | str]]
    returns: tuple[Return, ...]

    @property
    def count(self) -> str:
        """`10,000 rows, 5 returns`."""
        returns = f"{len(self.returns)} return" + "s" * (len(self.returns) > 1)
        return f"{len(self.plan):,} rows, {returns}"


def case(kind: Kind, rows: int, returns: int) -> Case:
    """The same texts for every kind: as values ready, as texts that stand for themselves, or to be
    read by their types. Every lead returns a share of the rows.
    """
    draw = random.Random(20120131)
    plan = {f"k{row:06}": {name: _text(draw, name) for name in TYPES} for row in range(rows)}
    returned = [
        {key: _edited(draw, plan[key]) for key in list(plan)[lead::returns]}
        for lead in range(returns)
    ]
    fields = {
        name: Field(name, type_ if kind == "typed" else "text", scale=SCALE)
        for name, type_ in TYPES.items()
    }
    return Case(
        kind,
        plan,
        tuple(returned),
        fields,
        _given(kind, plan),
        tuple(
            Return(
                f"Lead {lead}",
                _given(kind, {key: plan[key] for key in share}),
                [ReturnedRow(key, values) for key, values in _given(kind, share).items()],
                frozenset(share),
                lead,
                f"lead {lead}.xlsx",
            )
            for lead, share in enumerate(returned)
        ),
    )


def _given(kind: Kind, texts: Texts) -> dict[str, dict[str, Value | str]]:
    """A copy in which no two cells are one object: a base was read at another time than the
    plan.
    """
    if kind == "values":
        return {
            key: {name: Value(text, text) for name, text in row.items()}
            for key, row in texts.items()
        }
    return {key: dict(row) for key, row in texts.items()}


def _edited(draw: random.Random, row: dict[str, str]) -> dict[str, str]:
    return {
        name: _text(draw, name, other=text) if draw.random() < MOVED else text
        for name, text in row.items()
    }


def _text(draw: random.Random, name: str, other: str = "") -> str:
    """A text as leads type it, and another than `other`."""
    day = _FIRST_DAY + timedelta(draw.randrange(2000))
    typed = {
        "rag": draw.choice(("R", "Amber", "green", "Complete")),
        "leads": f"Lead {draw.randrange(40)}",
        "date": day.strftime("%d/%m/%Y"),
        "timescale": f"End of {day:%B %Y}",
        "number": f"{draw.randrange(100_000)}",
    }
    text = typed.get(TYPES[name]) or " ".join(draw.choices(_SENTENCE.split(), k=12))
    return text if text != other else _text(draw, name, other)

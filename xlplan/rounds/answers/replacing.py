"""An answer that replaces another that was given on the same values: told, with both in words."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from xlplan.plan.changes import Decision
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.grounds import Grounds
from xlplan.rounds.answers.choosing import Answer
from xlplan.rounds.compared.comparing import Waiting

_LINE = 160
"""Characters of a value or a place that a line of the console names."""


def said_otherwise(
    answer: Answer, decision: Decision, before: Mapping[Grounds, Decision], compared: Waiting
) -> list[Finding]:
    """A word where an answer replaces another that was given on the same values."""
    earlier = before.get(decision.grounds)
    # Asking the leads is no answer yet.
    if earlier is None or earlier.choice == "ask" or _means(earlier) == _means(decision):
        return []
    about = decision.grounds
    item = compared.plan.items.get(about.key)
    return [
        finding(
            "decision-replaced",
            at=answer.at,
            key=about.key or None,
            ref=item.called if item else None,
            field=about.field if about.field in compared.mapping.fields else None,
            value=decision.question,
            before=in_words(earlier),
            now=in_words(decision),
            by=earlier.by,
            on=earlier.at[:10],
        )
    ]


def _means(decision: Decision) -> tuple[str, str, str, str]:
    """What a decision does, its reason aside."""
    return decision.choice, decision.value.canonical, decision.lead, decision.same_as


def in_words(decision: Decision) -> str:
    """A decision as a line names it.

    Example: `take Rose Collinson R`, `accept into 2 Care`, `same-as 2.6`
    """
    text = shorten(decision.value.text, _LINE, placeholder=" ...")
    what = text if decision.choice in {"take", "value", "accept"} else decision.same_as
    into = "into" if what and decision.grounds.reason == "proposed" and not decision.same_as else ""
    return " ".join(part for part in (decision.choice, decision.lead, into, what) if part)

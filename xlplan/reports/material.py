"""What a report is made from: two points of the plan, and what the round knows of questions,
findings and returns.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Decision, Proposal, Question
from xlplan.plan.figures.figures import LeadReturn
from xlplan.plan.figures.further import PublishedTotal
from xlplan.plan.findings.finding import Finding
from xlplan.plan.model import Plan
from xlplan.plan.own_words import OwnWords
from xlplan.plan.rounds import Round


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that `figures` reads.

    `led` names the leads of each action now, by its key. `since` and `until` say in words what
    `before` and `after` are. `changes` are the cells that differ between them; where `before` is a
    seeded point, those since init. `redated` counts, by action key, how often its due date changed
    in all of its history. `published` are the totals of the office's own workbook, beside what its
    rows gave. `own_words` are what leads typed.
    """

    mapping: PlanMapping
    before: Plan
    after: Plan
    today: date
    led: Dictionary[str, Sequence[str]]
    since: str = "the round before"
    until: str = "now"
    round: Round | None = None
    changes: Sequence[Change] = ()
    questions: Sequence[Question] = ()
    proposals: Sequence[Proposal] = ()
    decisions: Sequence[Decision] = ()
    findings: Sequence[Finding] = ()
    returns: Sequence[LeadReturn] = ()
    redated: Dictionary[str, int] = field(default_factory=dict)
    draft: bool = False
    published: Sequence[PublishedTotal] = ()
    own_words: OwnWords = field(default_factory=OwnWords)

    @property
    def ratings_only(self) -> bool:
        """Whether `before` is a seeded point: earlier ratings of a column, and nothing else."""
        return bool(self.after.items) and not any(
            item.text("status") for item in self.before.items.values()
        )

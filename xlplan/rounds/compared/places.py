"""Where a new action goes: where the officer said, else at the end of the section that its lead
named.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.changes import Decision, Proposal
from xlplan.plan.model import ActionPlace, Plan
from xlplan.plan.values import BLANK


def place_named(proposal: Proposal, plan: Plan) -> ActionPlace | None:
    """The end of the section, or of the requirement in it, that a proposal names; None where it
    names none that the plan has.
    """
    section, requirement = (
        proposal.values.get(name, BLANK).text for name in ("section", "requirement")
    )
    return plan.place_named(section, requirement)


def place_of(proposal: Proposal, decisions: Iterable[Decision], plan: Plan) -> ActionPlace | None:
    """Where a proposal goes that is taken into the plan; None where nobody has said it."""
    made = [one for one in decisions if one.grounds == proposal.grounds and one.choice == "accept"]
    said = plan.place(made[-1].value.canonical) if made else None
    return said or place_named(proposal, plan)


def placed(
    accepted: Iterable[Proposal], decisions: list[Decision], plan: Plan
) -> tuple[list[Proposal], list[Proposal]]:
    """Accepted proposals that have a place, and those that still wait for one.

    Of two with one new ref the officer takes one, and nobody has said where it goes: it waits as a
    proposal of its own, and may be declined still.
    """
    ready: list[Proposal] = []
    waiting: list[Proposal] = []
    latest = {one.grounds: one.choice for one in decisions}
    for proposal in accepted:
        if latest.get(proposal.grounds) == "decline":
            continue
        unknown = plan.sections and place_of(proposal, decisions, plan) is None
        (waiting if unknown else ready).append(proposal)
    return ready, waiting

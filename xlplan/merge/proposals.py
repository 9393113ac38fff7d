"""New actions that leads ask for: the same one once, the same new ref with different contents asked
about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlplan.merge.decisions import KEEPS, Decisions
from xlplan.merge.holding import allows, row_candidate, row_question
from xlplan.merge.model import Field, NotTaken
from xlplan.merge.rows import Proposed, row_order
from xlplan.merge.voices import Heard
from xlplan.plan.changes import Decision, Proposal, Question, Source
from xlplan.plan.values import BLANK, Value

NEW = "new:"
"""What the key of a question about a new ref opens with."""


@dataclass(slots=True)
class Offered:
    """Proposals that wait, the questions about them, and what decisions have made of others."""

    waiting: list[Proposal] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    accepted: list[Proposal] = field(default_factory=list)
    superseded: list[NotTaken] = field(default_factory=list)
    same_as: list[tuple[str, Proposal]] = field(default_factory=list)


def offer(
    rows: Sequence[Proposed],
    issues: Sequence[Sequence[Heard]],
    plan: Mapping[str, Mapping[str, Value]],
    decisions: Decisions,
) -> Offered:
    """Every row without a key as a proposal; `like` names the refs of the plan that it carries
    itself.
    """
    offered = Offered()
    current = _current(rows, issues, offered.superseded)
    proposals = [replace(proposal, like=_like(proposal, plan)) for proposal in _distinct(current)]
    for ref, same in _by_ref(proposals).items():
        open_ones = _clash(ref, same, decisions, offered) if ref and len(same) > 1 else same
        for proposal in open_ones:
            _answer(proposal, plan, decisions, offered)
    offered.waiting.sort(key=_order)
    offered.accepted.sort(key=_order)
    return offered


def _current(
    rows: Iterable[Proposed], issues: Sequence[Sequence[Heard]], superseded: list[NotTaken]
) -> list[Proposed]:
    """Of one lead's proposals under one ref, or of one text, those of the newest return of that
    issue.
    """
    place = {
        id(heard): (number, age)
        for number, issue in enumerate(issues)
        for age, heard in enumerate(issue)
    }
    groups: dict[tuple[object, ...], list[Proposed]] = {}
    for row in rows:
        issue = place[id(row.heard)][0]
        # Many plans publish no refs, and leads leave that column empty: the text tells then.
        same = [(name, meant) for name in ("ref", "action") if (meant := _meant(row, name))] or [
            ("", str(id(row)))
        ]
        groups.setdefault((issue, *same[0]), []).append(row)
    current = []
    for group in groups.values():
        newest = max(place[id(row.heard)][1] for row in group)
        kept = [row for row in group if place[id(row.heard)][1] == newest]
        current += kept
        _supersede([row for row in group if row not in kept], kept, superseded)
    return current


def _supersede(
    old: Iterable[Proposed], kept: Iterable[Proposed], superseded: list[NotTaken]
) -> None:
    now = {(name, said.value.canonical) for row in kept for name, said in row.cells.items()}
    for row in old:
        for name, said in row.cells.items():
            if said.value and (name, said.value.canonical) not in now:
                key = NEW + _meant(row, "ref")
                superseded.append(NotTaken(row.heard.lead, key, name, said.value, said.source))


def _meant(row: Proposed, name: str) -> str:
    statement = row.cells.get(name)
    return statement.value.canonical if statement else ""


def _distinct(rows: Iterable[Proposed]) -> list[Proposal]:
    """Equal proposals once, credited to all who made them."""
    kept: dict[frozenset[tuple[str, str]], Proposal] = {}
    for row in sorted(rows, key=lambda row: (row.heard.lead, row_order(row.cells))):
        values = {name: said.value for name, said in row.cells.items() if said.value}
        meaning = frozenset((name, value.canonical) for name, value in values.items())
        source = next(said.source for said in row.cells.values() if said.value)
        cells: dict[str, tuple[Source, ...]] = {name: (row.cells[name].source,) for name in values}
        first = kept.get(meaning)
        if first is None:
            kept[meaning] = Proposal(row.heard.lead, values, source, sources=(source,), cells=cells)
        elif source not in first.sources:
            # Joint leads agree on a new action, and both send it.
            both = {name: first.cells[name] + more for name, more in cells.items()}
            kept[meaning] = replace(first, sources=(*first.sources, source), cells=both)
    return list(kept.values())


def _like(proposal: Proposal, plan: Mapping[str, Mapping[str, Value]]) -> tuple[str, ...]:
    # A lead may not know that the plan has the ref already.
    ref = proposal.values.get("ref")
    refs = (row.get("ref", BLANK) for row in plan.values()) if ref else ()
    return tuple(dict.fromkeys(other.text for other in refs if ref and other.means(ref)))


def _by_ref(proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    by_ref: dict[str, list[Proposal]] = {}
    for proposal in sorted(proposals, key=_order):
        by_ref.setdefault(proposal.values.get("ref", BLANK).canonical, []).append(proposal)
    return by_ref


def _clash(
    ref: str, same: list[Proposal], decisions: Decisions, offered: Offered
) -> list[Proposal]:
    """Several contents under one new ref: all are kept, the officer chooses. Gives those that still
    wait.
    """
    candidates = [
        row_candidate(proposal.values.items(), source)
        for proposal in same
        for source in proposal.sources or (proposal.source,)
    ]
    # Each lead takes the next free number: two of them propose a 3.8.
    question = row_question(
        NEW + ref, "same-new-ref", candidates, "Different new actions carry the same ref."
    )
    decision = decisions.on(question)
    if decision is None:
        offered.questions.append(decisions.noted(question))
        return same
    decisions.record(question, decision)
    offered.accepted += [
        proposal
        for proposal in same
        if any(allows(decision, source.lead) for source in proposal.sources or (proposal.source,))
        and _is_taken(proposal, decision)
    ]
    return []


def _is_taken(proposal: Proposal, decision: Decision) -> bool:
    """Whether it is the one that a decision takes: one lead may have typed one new ref twice."""
    said = row_candidate(proposal.values.items(), proposal.source).value
    return decision.choice != "take" or not decision.value or said.means(decision.value)


def _answer(
    proposal: Proposal,
    plan: Mapping[str, Mapping[str, Value]],
    decisions: Decisions,
    offered: Offered,
) -> None:
    decision = decisions.on(proposal)
    target = _named(decision.same_as, plan) if decision else ""
    if decision is None or (decision.choice == "same-as" and not target):
        offered.waiting.append(proposal)
        return
    decisions.record(proposal, decision)
    if target:
        offered.same_as.append((target, proposal))
    elif decision.choice not in KEEPS:
        offered.accepted.append(proposal)


def _named(text: str, plan: Mapping[str, Mapping[str, Value]]) -> str:
    """The key of the action that a decision names by key or, where only one has it, by ref."""
    if text in plan:
        return text
    ref = Field("ref", "ref").read(text)
    # Officers know an action by its ref, and refs that are kept by hand come to stand twice.
    keys = [key for key, row in plan.items() if ref and row.get("ref", BLANK).means(ref)]
    return keys[0] if len(keys) == 1 else ""


def _order(proposal: Proposal) -> tuple[object, ...]:
    return proposal.lead, sorted((name, value.canonical) for name, value in proposal.values.items())

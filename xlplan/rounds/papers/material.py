"""Gather what a report is made from: two points of the plan, and what the round knows of answers
and questions.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import pairwise

from xlplan.mapping.keys import period
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Decision
from xlplan.plan.figures.figures import LeadReturn
from xlplan.plan.figures.further import PublishedTotal
from xlplan.plan.model import Plan
from xlplan.plan.own_words import OwnWords
from xlplan.plan.rounds import Round
from xlplan.plan.timescale.doubted import (
    AS_IT_STANDS,
    TEXT_ONLY,
    confirmation,
    confirmed_as,
    is_confirmation,
    is_open,
)
from xlplan.plan.timescale.reading import Period
from xlplan.plan.values import BLANK, Value
from xlplan.reports.documents import SYSTEM_FIELDS
from xlplan.reports.material import Material
from xlplan.rounds.arrivals.office_source import source_sheets
from xlplan.rounds.compared.comparing import compare
from xlplan.rounds.owners.routing import key_to_leads, leaders
from xlplan.rounds.papers.standings import lead_standings
from xlplan.rounds.sending.shown_beside import appended_fields
from xlplan.rounds.session.session import Session
from xlplan.rounds.session.when import Point
from xlplan.store import Store
from xlplan.workbook.office.totals import published_totals


def gather_material(
    session: Session,
    store: Store,
    mapping: PlanMapping,
    since: Point,
    until: Point,
    this_round: Round | None,
    *,
    draft: bool,
) -> Material:
    """Everything a report between two points says. Inside `store.writing`: open questions are
    numbered.
    """
    before, after = store.snapshot(since.revision), store.snapshot(until.revision)
    compared = compare(store)
    # Asking the leads by mail decides nothing yet: a board is told that the question is open.
    answered = {decision.question for decision in store.decisions() if decision.choice != "ask"}
    return Material(
        mapping=mapping,
        before=before,
        after=after,
        today=session.today,
        led=_led(after, mapping),
        since=since.name,
        until=until.name,
        round=this_round,
        changes=_changes(store, max(since.revision, 1), until.revision),
        questions=compared.questions,
        proposals=[proposal for proposal in compared.proposals if proposal.id not in answered],
        decisions=_decided(store, this_round),
        findings=store.findings(round=this_round.id) if this_round else [],
        returns=_returns(store, this_round, session.today),
        redated=_redated(store, mapping, after, until.revision),
        draft=draft,
        published=published(store, mapping),
        own_words=OwnWords(store.returns(), appended_fields(mapping)),
    )


def published(store: Store, mapping: PlanMapping) -> list[PublishedTotal]:
    """The totals that the office published, beside what the rows of that same workbook gave."""
    if mapping.totals is None:
        return []
    return published_totals(source_sheets(store), mapping, store.snapshot(1))


def _led(plan: Plan, mapping: PlanMapping) -> dict[str, tuple[str, ...]]:
    key = key_to_leads(plan, mapping)
    return {action.key: leaders(action, mapping, key).names for action in plan.of_kind("action")}


def _changes(store: Store, since: int, until: int) -> list[Change]:
    return [
        one
        for one in store.changes_between(since, until)
        if one.field not in SYSTEM_FIELDS and not is_confirmation(one.field)
    ]


def _decided(store: Store, this_round: Round | None) -> list[Decision]:
    """The officer's decisions since the round opened."""
    opened = this_round.opened_at if this_round else ""
    return [decision for decision in store.decisions() if decision.at >= opened]


def _returns(store: Store, this_round: Round | None, today: date) -> list[LeadReturn]:
    if this_round is None:
        return []
    standings = lead_standings(store, this_round, today)
    return [
        LeadReturn(
            standing.lead, standing.actions, standing.status, standing.nil, standing.days_late
        )
        for standing in standings
    ]


def _in_doubt(value: Value, confirmed: Collection[str], covered: Period | None) -> bool:
    """Whether a date that the plan held was doubted, and confirmed by nobody to this day."""
    settled = {confirmed_as(choice, value).canonical for choice in (AS_IT_STANDS, TEXT_ONLY)}
    return not settled & set(confirmed) and is_open(value, BLANK, covered)


def _redated(store: Store, mapping: PlanMapping, plan: Plan, until: int) -> dict[str, int]:
    """How often each action's due date had moved by a revision; what was taken back never moved."""
    undone = store.undone()
    # An officer merges too soon and takes it back: a board must not read that as a date that
    # slipped.
    idle = {*undone, *undone.values()}
    covered = period(mapping)
    counted = {}
    for action in plan.of_kind("action"):
        versions = store.history(action.key, "due")
        confirmed = {
            version.canonical for version in store.history(action.key, confirmation("due"))
        }
        dates = [
            version.canonical
            for version in versions
            if version.revision <= until
            and version.revision not in idle
            # `31 June 2013` put right is no date that moved.
            and not _in_doubt(Value(version.text, version.canonical), confirmed, covered)
        ]
        # An action published without a due date gets one: that is no slip.
        counted[action.key] = sum(bool(was) and was != now for was, now in pairwise(dates))
    return {key: times for key, times in counted.items() if times}

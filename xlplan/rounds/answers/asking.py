"""Ask the leads: each gets the others' values in a query workbook; and whose change was refused
reads why.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Decision, Question, Source
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.grounds import ROW
from xlplan.plan.rounds import StoredReturn
from xlplan.rounds.answers.querying import add_query
from xlplan.rounds.answers.retyping import answers_moved
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.session.session import Session
from xlplan.store import Store
from xlplan.workbook.kit.words import contact

_REFUSES = frozenset({"decline", "master", "value"})


def add_asked(
    session: Session,
    store: Store,
    compared: Waiting,
    changes: Iterable[tuple[str, Change]],
    decisions: Iterable[Decision],
) -> dict[str, str]:
    """A query workbook for everyone who is asked about an answer of theirs, or whose change was
    refused with a reason.

    Inside `store.writing`; `place_queries` writes them. The names of the returns, by issue.
    """
    questions = {question.id: question for question in compared.questions}
    waiting = dict(changes)
    queries: dict[int, tuple[StoredReturn, list[Finding]]] = {}
    for decision in decisions:
        words: list[tuple[Source, Finding]] = []
        if decision.choice == "ask" and decision.question in questions:
            words = _asked(questions[decision.question], compared)
        # An officer who mends a slip of the keyboard writes no reason: its lead is not troubled
        # with it.
        elif decision.question in waiting and decision.choice in _REFUSES and decision.text:
            words = _refused(waiting[decision.question], decision, compared)
        for source, found in words:
            taken = _return_of(source, compared)
            if taken is not None:
                queries.setdefault(taken.id, (taken, []))[1].append(found)
    return {
        add_query(session, store, compared.mapping, taken, found): taken.name
        for taken, found in queries.values()
    }


def _asked(question: Question, compared: Waiting) -> list[tuple[Source, Finding]]:
    """To each lead, what the others say and what the plan says."""
    if question.reason == "detached":
        refs = {item.key: item.called for item in compared.plan.items.values()}
        return [
            (one.source, answers_moved(one.to, one.stands, refs)) for one in question.candidates
        ]
    words = []
    for candidate in question.candidates:
        # A workbook shows no other lead's answers. Here two leads are to agree, so each reads what
        # the other said.
        others = [
            f"{other.source.lead} says '{other.value.text or 'nothing'}'"
            for other in question.candidates
            # Who copied a row and filled it in twice is no other lead to themselves.
            if other.source.lead != candidate.source.lead
        ]
        if question.field != ROW:
            others.append(f"the plan says '{question.master.text or 'nothing'}'")
        at = candidate.source.place
        found = finding(
            "lead-asked",
            at=at,
            key=question.key,
            ref=_ref(question.key, compared),
            lead=candidate.source.lead,
            field=question.field if question.field != ROW else None,
            value=candidate.value.text,
            others=", ".join(others) or "the office asks whether that is meant",
        )
        words.append((candidate.source, found))
    return words


def _refused(change: Change, decision: Decision, compared: Waiting) -> list[tuple[Source, Finding]]:
    stands = decision.value.text if decision.choice == "value" else change.old.text
    return [
        (
            source,
            finding(
                "change-refused",
                at=source.place,
                key=change.key,
                ref=_ref(change.key, compared),
                lead=source.lead,
                field=change.field,
                value=change.new.text,
                # Some officers end a reason with a full stop, some do not.
                reason=decision.text.rstrip(".") + ".",
                master=stands,
                contact=_whom(compared.mapping),
            ),
        )
        for source in change.sources
    ]


def _whom(mapping: PlanMapping) -> str:
    whom = contact(mapping)
    return f"Questions: {whom}." if whom else ""


def _ref(key: str, compared: Waiting) -> str:
    item = compared.plan.items.get(key)
    return item.called if item else ""


def _return_of(source: Source, compared: Waiting) -> StoredReturn | None:
    """The return that a value stood in: one with a workbook of ours to send again."""
    return next(
        # An edition that the office drew up itself was never sent by us: nothing of it can be sent
        # again.
        (taken for taken in compared.returns if taken.issue and taken.id == source.returned),
        None,
    )

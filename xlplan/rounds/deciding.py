"""decisions and decide: what waits for the officer, and the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.merge import Answered
from xlplan.plan.changes import Change, Decision, Proposal, Question
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.text.english import listed
from xlplan.plan.timescale.doubted import TEXT_ONLY, is_keep_all
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.answers.asking import add_asked
from xlplan.rounds.answers.choosing import Answer, CannotTake, NumberedChange, decision_of, named
from xlplan.rounds.answers.doubted import answers_to, date_in_doubt
from xlplan.rounds.answers.querying import Query, place_queries
from xlplan.rounds.answers.typed_values import DecidedCell, doubts_on_typed
from xlplan.rounds.compared.comparing import Waiting, compare
from xlplan.rounds.compared.doubted_dates import ALL, all_grounds
from xlplan.rounds.edition.answers import answer_editions
from xlplan.rounds.session.folders import make_way
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store

__all__ = [
    "Answer",
    "Decided",
    "OpenQuestions",
    "by_hand",
    "decide",
    "decide_from_workbook",
    "open_decisions",
]

MOST_SERIOUS_FIRST = (
    "edition",
    "leads-disagree",
    "both-moved",
    "withdrawn",
    "detached",
    "repeated-row",
    "no-base",
    "taken-back",
    "cleared",
    "doubted",
    "needs-approval",
    "same-new-ref",
    "proposed",
)


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """All that waits for the officer."""

    questions: list[Question]
    proposed: list[Proposal]
    changes: list[NumberedChange]
    say: Documents
    written: str = ""
    decided: list[Answered] = field(default_factory=list)
    to_confirm: list[Question] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What a doubted date may be answered, in words, by its number."""

    @property
    def exit_status(self) -> int:
        """1 while anything waits; a date of the plan itself waits without hurry."""
        return int(bool(self.questions or self.proposed))

    def document(self) -> Document:
        """The JSON document of decisions."""
        return {
            "questions": [self.say.question(question) for question in self.questions],
            "proposed": [self.say.proposed(proposal) for proposal in self.proposed],
            "changes": [
                {"id": number, **self.say.change(change)} for number, change in self.changes
            ],
            "decided": [self._decided(answer) for answer in self.decided],
            "to_confirm": [self.say.question(question) for question in self.to_confirm],
            "written": self.written or None,
        }

    def _decided(self, one: Answered) -> Document:
        made, about = one.decision, one.about
        key, name = (None, "proposed") if isinstance(about, Proposal) else (about.key, about.field)
        ref = self.say.ref(key) if key else None
        choice = {"id": made.question, "key": key, "ref": ref, "field": name, "choice": made.choice}
        value = self.say.value(made.value, name) if made.value else None
        return {
            **choice,
            "lead": made.lead or None,
            "value": value,
            "note": made.text or None,
            "by": made.by,
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions that were recorded, what was wrong with others, and how much still waits."""

    decisions: list[Decision]
    findings: list[Finding]
    left: int
    say: Documents
    queries: list[Query] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """1 when an answer could not be taken or wants another look, or something is still open."""
        return int(needs_a_person(self.findings) or self.left > 0)

    def document(self) -> Document:
        """The JSON document of decide."""
        return {
            "decisions": [
                {
                    "id": decision.question,
                    "choice": decision.choice,
                    "lead": decision.lead or None,
                    "value": decision.value.text or None,
                    "note": decision.text or None,
                }
                for decision in self.decisions
            ],
            "open": self.left,
            "findings": [self.say.finding(found) for found in self.findings],
            "queries": [
                {"lead": query.lead, "path": query.path, "about": query.about}
                for query in self.queries
            ],
        }


def open_decisions(session: Session, *, out: Path | None = None) -> OpenQuestions:
    """All open questions and proposals, grouped by action, the most serious first; with `out` as a
    workbook too.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        compared = compare(store)
        changes = numbered_changes(store, compared)
    say = Documents(compared.plan, compared.mapping)
    questions = sorted(compared.questions, key=lambda one: _urgency(one, compared))
    written = ""
    if out is not None:
        from xlplan.workbook.decisions.writing import write_decisions

        write_decisions(
            # An officer asks for the workbook again while last week's lies there, half filled in.
            make_way(session, out),
            questions,
            list(compared.proposals),
            changes=changes,
            to_confirm=compared.to_confirm,
            dates=all_grounds(compared.to_confirm),
            plan=compared.plan,
            mapping=compared.mapping,
            created=session.now(),
        )
        written = session.shown(out)
    return OpenQuestions(
        questions,
        list(compared.proposals),
        changes,
        say,
        written,
        compared.decided,
        list(compared.to_confirm),
        {
            one.id: answers_to(one, date)
            for one in (*compared.questions, *compared.to_confirm)
            if (date := date_in_doubt(one, compared))
        },
    )


def numbered_changes(store: Store, compared: Waiting) -> list[NumberedChange]:
    """The changes that wait, each with its number: W1, W2. Inside `store.writing`."""
    return [
        (store.number_question(change.grounds, change.key, change.field, prefix="W"), change)
        for change in compared.merged.changes
    ]


def _urgency(question: Question, compared: Waiting) -> tuple[int, int, str]:
    """By the most serious question of the action, then by action, then by field."""
    ranks = [
        MOST_SERIOUS_FIRST.index(one.reason)
        for one in compared.questions
        if one.key == question.key
    ]
    item = compared.plan.items.get(question.key)
    return min(ranks), item.order if item else 0, question.field


def decide(session: Session, answers: Sequence[Answer], told: Sequence[Finding] = ()) -> Decided:
    """Record answers to open questions. Each is bound to the values it was made on; merge applies
    them.

    `told` is what the file that they stand in had to say beside them.

    Raises:
        NothingDone: a single answer that cannot be taken.
        CutOff: somebody stopped it while it wrote query workbooks.
    """
    with Store.open(session.plan) as store:
        decided, about = _record(session, store, answers, told)
        queries, missing = place_queries(session, store, about)
    return replace(decided, findings=[*decided.findings, *missing], queries=queries)


def _record(
    session: Session, store: Store, answers: Sequence[Answer], told: Sequence[Finding]
) -> tuple[Decided, dict[str, str]]:
    """Record answers, with the issues of the query workbooks that they ask for: names of returns,
    by issue.
    """
    with store.writing(session.by):
        compared = compare(store)
        changes = numbered_changes(store, compared)
        taken: list[Decision] = []
        cells: list[DecidedCell] = []
        findings: list[Finding] = []
        answers = each_date(answers, compared)
        twice = _answered_twice(answers)
        for answer in answers:
            try:
                if _number(answer) in twice:
                    raise CannotTake(
                        "decision-twice", _number(answer), cells=twice[_number(answer)]
                    )
                decision = decision_of(session, answer, compared, changes)
            except CannotTake as trouble:
                # A workbook brings dozens of answers: one that does not fit keeps none of the
                # others out.
                findings += _not_taken(answer, trouble, store)
                continue
            store.add_decision(decision)
            taken.append(decision)
            cells += _cells(decision, answer, compared, changes)
        # An answer typed by hand is typed again; of a workbook's lines, the others have been taken.
        if findings and not taken and len(answers) == 1 and not answers[0].at.file:
            raise NothingDone(findings[0].message, findings[0].hint, findings)
        answered = {decision.question for decision in taken if decision.choice != "ask"}
        waiting = [one.id for one in compared.questions] + [
            proposal.id for proposal in compared.proposals
        ]
        left = sum(1 for identity in waiting if identity not in answered)
        findings += doubts_on_typed(cells, compared, session.today)
        about = add_asked(session, store, compared, changes, taken)
        editions = [
            question
            for question in compared.questions
            if question.reason == "edition" and question.id in answered
        ]
        if editions:
            # An edition that is accepted is read now: it brings changes and questions of its own.
            findings += answer_editions(session, store, editions, taken)
            left = compare(store).open
    return Decided(
        taken, [*findings, *told], left, Documents(compared.plan, compared.mapping)
    ), about


def by_hand(
    what: str,
    *,
    take: str = "",
    accept: bool = False,
    decline: str | None = None,
    same_as: str = "",
    ask: bool = False,
    note: str = "",
) -> Answer | None:
    """The one answer that is given with a question's number; None where `what` is a workbook, which
    holds the answers itself.

    >>> by_hand("C1", take="master").take
    'master'
    >>> by_hand("decisions.xlsx") is None
    True

    Raises:
        ValueError: several answers at a time, or a number without any.
    """
    answers = "--take, --accept, --decline, --same-as or --ask"
    count = sum([bool(take), accept, decline is not None, bool(same_as), ask])
    if count > 1:
        raise ValueError(f"one answer at a time: {answers}.")
    if count:
        return Answer(
            what, take=take, accept=accept, decline=decline, same_as=same_as, ask=ask, note=note
        )
    # A workbook saved as "C1", without an ending, is meant where it lies there.
    if re.fullmatch(r"[A-Za-z]\d+", what) and not Path(what).exists():
        raise ValueError(f"{what} needs an answer: {answers}.")
    return None


def decide_from_workbook(session: Session, path: Path) -> Decided:
    """Record the answers in a decisions workbook that came back; lines left blank are no answers.

    Raises:
        NothingDone: no such file, no spreadsheet, or no decisions workbook.
    """
    from xlplan.rounds.answers.from_workbook import answers_from_workbook

    return decide(session, *answers_from_workbook(path, session.shown(path)))


def each_date(answers: Sequence[Answer], compared: Waiting) -> list[Answer]:
    """Answers, with the one that keeps all of the plan's doubted dates as typed given to each of
    them; a date that has an answer of its own keeps that.
    """
    dates, own = compared.to_confirm, {_number(answer) for answer in answers}
    known = {"", all_grounds(dates).text}
    listed_ones: list[Answer] = []
    for answer in answers:
        to_all = bool(dates) and _number(answer) == ALL and answer.fingerprint in known
        if to_all and is_keep_all(answer.take):
            listed_ones += [
                replace(answer, id=one.id, take=TEXT_ONLY, fingerprint="")
                for one in dates
                if one.id not in own
            ]
        else:
            listed_ones.append(answer)
    return listed_ones


def _number(answer: Answer) -> str:
    return answer.id.strip().upper()


def _answered_twice(answers: Sequence[Answer]) -> dict[str, str]:
    """Numbers that lines of a workbook answer differently, each with the cells: somebody copied a
    line or a sheet.
    """
    by_number: dict[str, dict[tuple[object, ...], Answer]] = {}
    for answer in answers:
        # People copy a line down, or the whole sheet: the same answer twice is one answer.
        what = (answer.fingerprint, answer.said.casefold(), *(typed.text for typed in answer.typed))
        by_number.setdefault(_number(answer), {}).setdefault(what, answer)
    cells = {
        number: [f"{one.at.sheet}!{one.at.cell}" for one in lines.values()]
        for number, lines in by_number.items()
    }
    return {number: listed(places) for number, places in cells.items() if len(places) > 1}


def _not_taken(answer: Answer, trouble: CannotTake, store: Store) -> list[Finding]:
    """Why a line was not carried out, and all else that was written on it, unless it is on record
    from before.
    """
    details = dict(trouble.details)
    # In the workbook the choices are a list in the cell, not the options of the command.
    if answer.at.file and trouble.code == "decision-choice":
        details["choices"] = "one from the list in this cell"
    why = finding(trouble.code, at=trouble.at or answer.at, value=trouble.value, details=details)
    on_record = {
        text
        for made in store.decisions()
        if made.grounds.text == answer.fingerprint
        for text in (made.text, made.value.text)
    }
    # Officers fill in some lines, hand the workbook in, and go on in the same file next day.
    rest = [one for one in answer.typed if one.text not in {*on_record, trouble.value}]
    return [why, *(finding("decision-left", at=one.at, value=one.text) for one in rest)]


def _cells(
    decision: Decision, answer: Answer, compared: Waiting, changes: Sequence[NumberedChange]
) -> list[DecidedCell]:
    """The cell that a decision is about, and those that wait with it; none where it is about a row
    or a proposal, or takes what was doubted of the plan for what it was meant to be.
    """
    about = named(decision.question, compared, changes)
    if not isinstance(about, Question | Change) or about.field not in compared.mapping.fields:
        return []
    typed = answer.take.removeprefix("=")
    beside: list[DecidedCell] = []
    if isinstance(about, Question) and about.reason == "doubted":
        if typed == answer.take:
            typed = decision.value.text
        # A slip put right needs no reason why the date moves.
        if typed == decision.value.text and not about.candidates[0].source.lead:
            return []
        beside = [
            DecidedCell(replace(decision, choice="take", value=value), about.key, name, value.text)
            for candidate in about.candidates
            for name, value in candidate.values
        ]
    return [DecidedCell(decision, about.key, about.field, typed, answer.at), *beside]

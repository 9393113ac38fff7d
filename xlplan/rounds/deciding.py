"""decisions and decide: what waits for the officer, and the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.merge import Answered
from xlplan.plan.changes import Decision, Matter, Option, Proposal, Question
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.text.english import listed
from xlplan.plan.timescale.doubted import TEXT_ONLY, is_keep_all
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.answers.asking import add_asked
from xlplan.rounds.answers.choosing import (
    Answer,
    CannotTake,
    OfficerText,
    decision_of,
    matter_of,
)
from xlplan.rounds.answers.offering import NumberedChange, Offers, offers
from xlplan.rounds.answers.querying import Query, place_queries
from xlplan.rounds.answers.replacing import said_otherwise
from xlplan.rounds.answers.typed_values import DecidedCell, doubts_on_typed
from xlplan.rounds.compared.comparing import Waiting, compare
from xlplan.rounds.compared.doubted_dates import ALL, all_grounds
from xlplan.rounds.edition.answers import answer_editions
from xlplan.rounds.session.folders import make_way
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store
from xlplan.workbook.decisions.lines import dates_line, tells_same

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
    """All that waits for the officer; `matters` are the same by number, with their answers."""

    questions: list[Question]
    proposed: list[Proposal]
    changes: list[NumberedChange]
    say: Documents
    matters: dict[str, Matter]
    written: str = ""
    decided: list[Answered] = field(default_factory=list)
    to_confirm: list[Question] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """1 while anything waits; a date of the plan itself waits without hurry."""
        return int(bool(self.questions or self.proposed))

    def document(self) -> Document:
        """The JSON document of decisions."""
        return {
            "questions": [
                self.say.question(question) | self._answers(question.id)
                for question in self.questions
            ],
            "proposed": [
                self.say.proposed(proposal) | self._answers(proposal.id)
                for proposal in self.proposed
            ],
            "changes": [
                {"id": number, **self.say.change(change), **self._answers(number)}
                for number, change in self.changes
            ],
            "decided": [self._decided(answer) for answer in self.decided],
            "to_confirm": [
                self.say.question(question) | self._answers(question.id)
                for question in self.to_confirm
            ],
            "written": self.written or None,
        }

    def _answers(self, number: str) -> Document:
        matter = self.matters[number]
        answers = [_answer_document(option) for option in matter.options if option.listed]
        if not isinstance(matter.about, Proposal):
            return {"answers": answers}
        return {
            "outcome": matter.outcome or None,
            "places": list(matter.places),
            "answers": answers,
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


def _answer_document(option: Option) -> Document:
    """One answer that is offered: its label in the workbook, and what is typed for it."""
    needs = [option.beside] if option.needs else []
    return {
        "choice": option.choice,
        "label": option.label,
        "command": option.command,
        "needs": [*needs, *(["reason"] if option.reason else [])],
    }


def open_decisions(session: Session, *, out: Path | None = None) -> OpenQuestions:
    """All open questions and proposals, grouped by action, the most serious first; with `out` as a
    workbook too.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        compared = compare(store)
        waiting = offers(store, compared)
    say = Documents(compared.plan, compared.mapping, waiting.rounds)
    questions = sorted(compared.questions, key=lambda one: _urgency(one, compared))
    matters = {one.id: waiting.open[one.id] for one in questions} | waiting.open
    written = ""
    if out is not None:
        from xlplan.workbook.decisions.writing import write_decisions

        write_decisions(
            # An officer asks for the workbook again while last week's lies there, half filled in.
            make_way(session, out),
            list(matters.values()),
            plan=compared.plan,
            mapping=compared.mapping,
            created=session.now(),
            dates=all_grounds(compared.to_confirm),
        )
        written = session.shown(out)
    return OpenQuestions(
        questions,
        list(compared.proposals),
        list(waiting.changes),
        say,
        matters,
        written,
        compared.decided,
        list(compared.to_confirm),
    )


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
        waiting = offers(store, compared)
        taken: list[Decision] = []
        cells: list[DecidedCell] = []
        findings: list[Finding] = []
        before = {made.grounds: made for made in store.decisions()}
        for answer, matter in _one_each(each_date(answers, compared), waiting):
            try:
                if isinstance(matter, CannotTake):
                    raise matter
                decision = decision_of(session, answer, matter, compared)
            except CannotTake as trouble:
                # A workbook brings dozens of answers: one that does not fit keeps none of the
                # others out.
                findings += _not_taken(answer, trouble, store)
                continue
            findings += said_otherwise(answer, decision, before, compared)
            store.add_decision(decision)
            taken.append(decision)
            cells += _cells(decision, answer, matter, compared)
        # An answer typed by hand is typed again; of a workbook's lines, the others have been taken.
        if findings and not taken and len(answers) == 1 and not answers[0].in_workbook:
            raise NothingDone(findings[0].message, findings[0].hint, findings)
        findings += doubts_on_typed(cells, compared, session.today)
        about = add_asked(session, store, compared, waiting.changes, taken)
        answered = {decision.question for decision in taken if decision.choice != "ask"}
        editions = [
            question
            for question in compared.questions
            if question.reason == "edition" and question.id in answered
        ]
        if editions:
            # An edition that is accepted is read now: it brings changes and questions of its own.
            findings += answer_editions(session, store, editions, taken)
        # One answer may settle several questions: who takes one of two new actions needs no other.
        left = compare(store).open
    return Decided(
        taken, [*findings, *told], left, Documents(compared.plan, compared.mapping)
    ), about


def by_hand(
    what: str,
    *,
    take: str = "",
    both: bool = False,
    accept: bool = False,
    section: str = "",
    decline: str | None = None,
    same_as: str = "",
    ask: bool = False,
    note: str = "",
) -> Answer | None:
    """The one answer that is given with a question's number; None where `what` is a workbook, which
    holds the answers itself.

    >>> by_hand("C1", take="master").said
    'master'
    >>> by_hand("P1", accept=True, section="2").value.text
    '2'
    >>> by_hand("decisions.xlsx") is None
    True

    Raises:
        ValueError: several answers at a time, a number without any, or a section without accept.
    """
    answers = "--take, --both, --accept, --decline, --same-as or --ask"
    # In a column of leads `Sue Butcher` is somebody who answered, `=Sue Butcher` the name to keep.
    value = take.startswith("=")
    given = [
        (bool(take), "value" if value else take, take),
        (both, "append", "--both"),
        (accept, "accept", "--accept"),
        (decline is not None, "decline", "--decline"),
        (bool(same_as), "same-as", f"--same-as {same_as}"),
        (ask, "ask", "--ask"),
    ]
    said = [(words, option) for there, words, option in given if there]
    if len(said) > 1:
        raise ValueError(f"one answer at a time: {answers}.")
    if section and not accept:
        raise ValueError("--section says where --accept puts a new action: give both.")
    if said:
        beside = take[1:] if value else same_as or section
        [(words, option)] = said
        return Answer(what, words, OfficerText(beside), OfficerText(decline or note), given=option)
    # A workbook saved as "C1", without an ending, is meant where it lies there.
    if re.fullmatch(r"[A-Za-z]\d+", what) and not Path(what).exists():
        raise ValueError(f"{what} needs an answer: {answers}.")
    return None


def decide_from_workbook(session: Session, path: Path) -> Decided:
    """Record the answers in a decisions workbook that came back; lines left blank are no answers.

    Raises:
        NothingDone: no such file, no spreadsheet, no decisions workbook, or another plan's.
    """
    from xlplan.rounds.answers.from_workbook import answers_from_workbook

    with Store.open(session.plan) as store:
        mapping = load_text(store.mapping_toml(), "the mapping in use")
    return decide(session, *answers_from_workbook(path, session.shown(path), mapping))


def each_date(answers: Sequence[Answer], compared: Waiting) -> list[Answer]:
    """Answers, with the one that keeps all of the plan's doubted dates as typed given to each of
    them; a date that has an answer of its own keeps that.
    """
    dates, own = compared.to_confirm, {answer.number for answer in answers}
    grounds = all_grounds(dates)
    line = dates_line(len(dates), grounds)
    each: list[Answer] = []
    for answer in answers:
        meant = answer.code == grounds.text or tells_same(line, answer.shown or {})
        to_all = bool(dates) and answer.number == ALL and (meant or not answer.in_workbook)
        if to_all and is_keep_all(answer.said):
            each += [
                replace(answer, id=one.id, said=TEXT_ONLY, shown=None)
                for one in dates
                if one.id not in own
            ]
        else:
            each.append(answer)
    return each


def _one_each(
    answers: Sequence[Answer], waiting: Offers
) -> list[tuple[Answer, Matter | CannotTake]]:
    """What each answer is about, or why it cannot be taken: none of several that contradict one
    another.
    """
    pairs: list[tuple[Answer, Matter | CannotTake]] = []
    lines: dict[str, dict[tuple[str, ...], Answer]] = {}
    for answer in answers:
        try:
            matter: Matter | CannotTake = matter_of(answer, waiting)
        except CannotTake as trouble:
            matter = trouble
        if isinstance(matter, Matter):
            # People copy a line down, or the whole sheet: the same answer twice is one answer.
            what = (answer.said.casefold(), *(typed.text for typed in answer.texts))
            lines.setdefault(matter.id, {}).setdefault(what, answer)
        pairs.append((answer, matter))
    twice = {
        number: listed([f"{one.at.sheet}!{one.at.cell}" for one in differing.values()])
        for number, differing in lines.items()
        if len(differing) > 1
    }
    return [
        (answer, CannotTake("decision-twice", matter.id, cells=twice[matter.id]))
        if isinstance(matter, Matter) and matter.id in twice
        else (answer, matter)
        for answer, matter in pairs
    ]


def _not_taken(answer: Answer, trouble: CannotTake, store: Store) -> list[Finding]:
    """Why a line was not carried out, and all else that was written on it, unless it is on record
    from before.
    """
    at = trouble.at or answer.at
    why = finding(trouble.code, at=at, value=trouble.value, details=trouble.details)
    if not answer.in_workbook:
        return [why]
    on_record = {
        text
        for made in store.decisions()
        if made.grounds.text == answer.code
        for text in (made.text, made.value.text)
    }
    # Officers fill in some lines, hand the workbook in, and go on in the same file next day.
    rest = [one for one in answer.texts if one.text not in {*on_record, trouble.value}]
    return [why, *(finding("decision-left", at=one.at, value=one.text) for one in rest)]


def _cells(
    decision: Decision, answer: Answer, matter: Matter, compared: Waiting
) -> list[DecidedCell]:
    """The cell that a decision is about, and those that wait with it; none where it is about a row
    or a proposal, or takes what was doubted of the plan for what it was meant to be.
    """
    about = matter.about
    if isinstance(about, Proposal) or about.field not in compared.mapping.fields:
        return []
    typed = answer.value.text
    beside: list[DecidedCell] = []
    if isinstance(about, Question) and about.reason == "doubted":
        typed = typed or decision.value.text
        # A slip put right needs no reason why the date moves.
        if typed == decision.value.text and not about.candidates[0].source.lead:
            return []
        beside = [
            DecidedCell(replace(decision, choice="take", value=value), about.key, name, value.text)
            for candidate in about.candidates
            for name, value in candidate.values
        ]
    return [DecidedCell(decision, about.key, about.field, typed, answer.at), *beside]

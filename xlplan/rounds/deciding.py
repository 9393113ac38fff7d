"""decisions and decide: what waits for the officer, and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.checking import Context, read_value
from xlplan.plan.addresses import Address
from xlplan.plan.changes import ROW, Candidate, Choice, Decision, Proposal, Question
from xlplan.plan.findings import Finding, finding
from xlplan.plan.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.comparing import Compared, compare
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document, Documents
from xlplan.rounds.places import make_way
from xlplan.rounds.routing import key_to_leads
from xlplan.store import Store

MOST_SERIOUS_FIRST = (
    "leads-disagree",
    "both-moved",
    "withdrawn",
    "detached",
    "repeated-row",
    "no-base",
    "taken-back",
    "cleared",
    "needs-approval",
    "same-new-ref",
    "proposed",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for the officer."""

    questions: list[Question]
    proposed: list[Proposal]
    say: Documents
    written: str = ""

    @property
    def exit_status(self) -> int:
        """1 while anything waits."""
        return int(bool(self.questions or self.proposed))

    def document(self) -> Document:
        """The JSON document of decisions."""
        return {
            "questions": [self.say.question(question) for question in self.questions],
            "proposed": [self.say.proposed(proposal) for proposal in self.proposed],
            "written": self.written or None,
        }


@dataclass(slots=True)
class Answer:
    """One answer on its way in, as an officer gives it: `take` is master, a lead's name, or =VALUE."""

    id: str
    take: str = ""
    accept: bool = False
    decline: str | None = None
    same_as: str = ""
    ask: bool = False
    append: bool = False
    note: str = ""
    at: Address = field(default_factory=Address)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions that were recorded, what was wrong with others, and how much still waits."""

    decisions: list[Decision]
    findings: list[Finding]
    left: int
    say: Documents

    @property
    def exit_status(self) -> int:
        """1 when an answer could not be taken, or something is still open."""
        return int(bool(self.findings) or self.left > 0)

    def document(self) -> Document:
        """The JSON document of decide."""
        return {
            "decisions": [
                {
                    "id": one.question,
                    "choice": one.choice,
                    "lead": one.lead or None,
                    "value": one.value.text or None,
                    "note": one.text or None,
                }
                for one in self.decisions
            ],
            "open": self.left,
            "findings": [self.say.finding(found) for found in self.findings],
        }


def open_decisions(desk: Desk, *, out: Path | None = None) -> Waiting:
    """All open questions and proposals, grouped by action, the most serious first; with `out` as a workbook too."""
    with Store.open(desk.plan) as store, store.writing(desk.by):
        compared = compare(store)
    say = Documents(compared.plan, compared.mapping)
    questions = sorted(compared.questions, key=lambda one: _urgency(one, compared))
    written = ""
    if out is not None:
        from xlplan.workbook.decisions_book import write_decisions

        write_decisions(
            make_way(desk, out),
            questions,
            list(compared.proposals),
            plan=compared.plan,
            mapping=compared.mapping,
            created=desk.now(),
        )
        written = desk.shown(out)
    return Waiting(questions, list(compared.proposals), say, written)


def _urgency(question: Question, compared: Compared) -> tuple[int, int, str]:
    """By the most serious question of the action, then by action, then by field."""
    ranks = [MOST_SERIOUS_FIRST.index(one.reason) for one in compared.questions if one.key == question.key]
    item = compared.plan.items.get(question.key)
    return min(ranks), item.order if item else 0, question.field


def decide(desk: Desk, answers: Sequence[Answer]) -> Decided:
    """Record answers to open questions. Each is bound to the values it was made on; merge applies them.

    Raises:
        NothingDone: a single answer that cannot be taken.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        compared = compare(store)
        taken: list[Decision] = []
        findings: list[Finding] = []
        for answer in answers:
            try:
                decision = _decision(desk, answer, compared)
            except _CannotTake as trouble:
                findings.append(finding(trouble.code, at=answer.at, value=trouble.value, details=trouble.details))
                continue
            store.add_decision(decision)
            taken.append(decision)
        if findings and not taken and len(answers) == 1:
            raise NothingDone(findings[0].message, findings[0].hint, findings)
        answered = {decision.question for decision in taken if decision.choice != "ask"}
        waiting = [*(one.id for one in compared.questions), *(one.id for one in compared.proposals)]
        left = sum(1 for identity in waiting if identity not in answered)
    return Decided(taken, findings, left, Documents(compared.plan, compared.mapping))


def read_answers(path: Path, desk: Desk) -> list[Answer]:
    """The answers in a decisions workbook that came back; lines left blank are no answers."""
    from xlplan.rounds.answers import answers_from_workbook

    return answers_from_workbook(path, desk.shown(path))


class _CannotTake(Exception):
    """An answer that does not fit its question: the catalogue's code, the value found, details."""

    def __init__(self, code: str, value: str, details: Mapping[str, str] | None = None, **more: str) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.details = {**(details or {}), **more}


def _decision(desk: Desk, answer: Answer, compared: Compared) -> Decision:
    proposal = next((one for one in compared.proposals if one.id == answer.id), None)
    if proposal is not None:
        return _about_proposal(desk, answer, proposal, compared)
    question = next((one for one in compared.questions if one.id == answer.id), None)
    if question is None:
        waiting = [*(one.id for one in compared.questions), *(one.id for one in compared.proposals)]
        raise _CannotTake("decision-unknown", answer.id, open=", ".join(waiting) or "nothing")
    if answer.fingerprint and answer.fingerprint != question.fingerprint:
        raise _CannotTake("decision-stale", answer.id)
    choice, value, lead = _choice(answer, question, compared)
    return Decision(
        question=question.id,
        fingerprint=question.fingerprint,
        choice=choice,
        by=desk.by,
        at=desk.stamp,
        value=value,
        lead=lead,
        text=answer.decline or answer.note,
    )


def _choice(answer: Answer, question: Question, compared: Compared) -> tuple[Choice, Value, str]:
    """What an answer means for its question: the choice, the value to store, whose it was."""
    if answer.ask:
        return "ask", BLANK, ""
    if answer.append:
        return "append", BLANK, ""
    if answer.decline is not None or fold_code(answer.take) == "master":
        return ("decline" if answer.decline is not None else "master"), question.master, ""
    if answer.take.startswith("="):
        return "value", _typed(answer, question, compared), ""
    if answer.accept or answer.take:
        chosen = _candidate(answer, question)
        return ("accept" if answer.accept else "take"), chosen.value, chosen.source.lead
    raise _CannotTake("decision-choice", answer.id, choices="master, a lead's name, =VALUE, accept, decline or ask")


def _candidate(answer: Answer, question: Question) -> Candidate:
    if answer.accept:
        if len({one.value.canonical for one in question.candidates}) == 1:
            return question.candidates[0]
        raise _CannotTake("decision-choice", "accept", choices=_names(question))
    wanted = fold_code(answer.take)
    for one in question.candidates:
        if fold_code(one.source.lead) == wanted:
            return one
    raise _CannotTake("decision-choice", answer.take, choices=f"master, {_names(question)} or =VALUE")


def _names(question: Question) -> str:
    return ", ".join(dict.fromkeys(one.source.lead for one in question.candidates))


def _typed(answer: Answer, question: Question, compared: Compared) -> Value:
    spec = compared.mapping.fields.get(question.field)
    if spec is None or question.field == ROW:
        raise _CannotTake("decision-choice", answer.take, choices="master, accept or decline for a whole row")
    key = key_to_leads(compared.plan, compared.mapping)
    reading = read_value(spec, answer.take[1:], compared.mapping, Context(key))
    if reading.value is None:
        code, details = reading.said[0]
        raise _CannotTake(code, answer.take[1:], details)
    return reading.value


def _about_proposal(desk: Desk, answer: Answer, proposal: Proposal, compared: Compared) -> Decision:
    if answer.fingerprint and answer.fingerprint != proposal.fingerprint:
        raise _CannotTake("decision-stale", answer.id)
    if answer.same_as and len(compared.plan.by_ref(answer.same_as)) != 1:
        raise _CannotTake("reference-broken", answer.same_as)
    choice: Choice
    if answer.accept:
        choice, text = "accept", answer.note
    elif answer.decline is not None:
        choice, text = "decline", answer.decline
    elif answer.same_as:
        choice, text = "same-as", answer.same_as
    elif answer.ask:
        choice, text = "ask", ""
    else:
        raise _CannotTake("decision-choice", answer.id, choices="accept, decline, or the ref it is the same as")
    return Decision(answer.id, proposal.fingerprint, choice, desk.by, desk.stamp, text=text)

"""What an officer's answer means: the question it fits, the choice, the value to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.model import FieldSpec
from xlplan.plan.changes import Candidate, Change, Choice, Decision, Proposal, Question
from xlplan.plan.findings.addresses import Address
from xlplan.plan.grounds import ROW, Grounds
from xlplan.plan.text.text import fold_code
from xlplan.plan.timescale.doubted import DoubtedDate
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.answers.doubted import answers_to, date_in_doubt, on_date
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import Session

NumberedChange = tuple[str, Change]
"""A waiting change with its number: W1, W2."""


@dataclass(frozen=True, slots=True)
class OfficerText:
    """A text on a line of the decisions workbook, and where it stands."""

    text: str
    at: Address


@dataclass(slots=True)
class Answer:
    """One answer on its way in, as an officer gives it: `take` is master, a lead's name, or =VALUE.

    The rest is of a line in a decisions workbook: `said` is the choice as written, `typed` the
    other texts on the line, `beside` a value that the choice does not use, `lacks` what the choice
    cannot do without, `fault` an error value, `fingerprint` the text of the grounds that the line
    was written on.
    """

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
    said: str = ""
    typed: tuple[OfficerText, ...] = ()
    beside: OfficerText | None = None
    lacks: str = ""
    fault: OfficerText | None = None


class CannotTake(Exception):
    """An answer that does not fit its question: the catalogue's code, the value found, details;
    `at` another cell.
    """

    def __init__(
        self,
        code: str,
        value: str,
        details: Mapping[str, str] | None = None,
        at: Address | None = None,
        **more: str,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.at = at
        self.details = {**(details or {}), **more}


def decision_of(
    session: Session, answer: Answer, compared: Waiting, changes: Sequence[NumberedChange]
) -> Decision:
    """The decision that an answer makes, bound to the values it is made on.

    Raises:
        CannotTake: nothing of that number waits, its values have moved, or the answer does not fit
        it, lacks
            something or contradicts itself.
    """
    # People type `c1`, and a number copied out of a mail ends in a space.
    answer = replace(answer, id=answer.id.strip().upper())
    about = named(answer.id, compared, changes)
    # A shell hands on `--decline ""` as an empty reason. In the workbook people choose Decline from
    # the list and may leave the cell for the reason empty.
    if answer.decline is not None and not answer.decline.strip() and not answer.fingerprint:
        raise CannotTake("decision-reason", answer.id)
    if about is None:
        _say_unknown(answer, compared, changes)
    _check_fresh(answer, about.grounds)
    _check_whole(answer, about)
    if isinstance(about, Proposal):
        decision = _on_proposal(session, answer, about, compared)
    elif isinstance(about, Change):
        decision = _on_change(session, answer, about, compared)
    else:
        decision = _on_question(session, answer, about, compared)
    _check_agrees(answer, decision, about, compared)
    return decision


def _check_whole(answer: Answer, about: Question | Proposal | Change) -> None:
    """A line of the workbook says all that its choice needs."""
    # A formula that an officer typed or pasted, such as a VLOOKUP, may show `#N/A`.
    if answer.fault:
        raise CannotTake("cell-error", answer.fault.text, at=answer.fault.at)
    if answer.lacks:
        raise CannotTake(
            "decision-incomplete", answer.said, lacks=answer.lacks, meanwhile=_meanwhile(about)
        )


def _check_agrees(
    answer: Answer, decision: Decision, about: Question | Proposal | Change, compared: Waiting
) -> None:
    """A value beside a choice that does not use it contradicts the choice, unless both come to the
    same.
    """
    other = answer.beside
    # Some choose a lead's answer from the list and type the same value beside it.
    if other is None or _comes_to(other.text, decision, about, compared):
        return
    if isinstance(about, Proposal):
        todo = "Choose 'Same as' if it is the ref of the action that is meant, or clear the cell."
    elif _spec(about, compared):
        todo = "Choose 'Another value' if it is meant, or clear the cell."
    else:
        todo = "Clear the cell, or write it into 'Your reason'."
    details = {"choice": answer.said, "todo": todo, "meanwhile": _meanwhile(about)}
    raise CannotTake("decision-beside", other.text, details, other.at)


def _spec(about: Question | Change, compared: Waiting) -> FieldSpec | None:
    """The field that it is about; None of a whole row or file, for which no value can be
    written.
    """
    whole = about.field == ROW or (isinstance(about, Question) and about.reason == "detached")
    return None if whole else spec_of_cell(compared.mapping, about.field)


def _comes_to(
    text: str, decision: Decision, about: Question | Proposal | Change, compared: Waiting
) -> bool:
    """Whether a text means the value that a decision gives the cell."""
    spec = None if isinstance(about, Proposal) else _spec(about, compared)
    if spec is None or decision.choice in {"append", "ask"}:
        return False
    reading = read_value(
        spec, text, compared.mapping, Context(key_to_leads(compared.plan, compared.mapping))
    )
    return reading.value is not None and reading.value.means(decision.value)


def _meanwhile(about: Question | Proposal | Change) -> str:
    """What becomes of it while nothing is decided."""
    if isinstance(about, Change):
        return "unless it is answered, the next merge takes the change"
    return "the question stays open"


def named(
    number: str, compared: Waiting, changes: Sequence[NumberedChange]
) -> Question | Proposal | Change | None:
    """What has that number and waits: open still, or decided and not yet merged."""
    waiting: list[Question | Proposal] = [
        *compared.questions,
        *compared.proposals,
        *compared.to_confirm,
    ]
    known: dict[str, Question | Proposal | Change] = {
        answer.decision.question: answer.about for answer in compared.decided
    }
    known |= {one.id: one for one in waiting} | dict(changes)
    found = known.get(number)
    return found if found is None or isinstance(found, Change) else replace(found, id=number)


def _on_question(
    session: Session, answer: Answer, question: Question, compared: Waiting
) -> Decision:
    choice, value, lead = _choice(answer, question, compared)
    text = answer.decline or answer.note
    return Decision(
        question.id, question.grounds, choice, session.by, session.stamp, value, lead, text
    )


def _say_unknown(answer: Answer, compared: Waiting, changes: Sequence[NumberedChange]) -> NoReturn:
    """A line of a workbook about what is settled by now is stale; a number typed by hand is
    unknown.
    """
    if answer.fingerprint:
        raise CannotTake("decision-stale", answer.id)
    waiting = [
        *(question.id for question in compared.questions),
        *(proposal.id for proposal in compared.proposals),
        *(one.id for one in compared.to_confirm),
    ]
    waiting += [number for number, _ in changes]
    raise CannotTake("decision-unknown", answer.id, open=", ".join(waiting) or "nothing")


def _check_fresh(answer: Answer, grounds: Grounds) -> None:
    # A decisions workbook lies with an officer for days; returns that come meanwhile move what it
    # asks.
    if answer.fingerprint and answer.fingerprint != grounds.text:
        raise CannotTake("decision-stale", answer.id)


def _choice(answer: Answer, question: Question, compared: Waiting) -> tuple[Choice, Value, str]:
    """What an answer means for its question: the choice, the value to store, whose it was."""
    # Copies of the master go to boards and leads with all its marks: such a file is answered whole.
    if question.reason == "edition":
        return _on_edition(answer), _file(question), ""
    if answer.ask:
        return "ask", BLANK, ""
    # Somebody sorted only the columns they had filled in: the order is right or wrong as a whole.
    if question.reason == "detached":
        return _on_order(answer, question), BLANK, ""
    if (date := date_in_doubt(question, compared)) is not None:
        return _on_date(answer, question, date, compared)
    if answer.append:
        return "append", BLANK, ""
    if answer.decline is not None or fold_code(answer.take) == "master":
        return ("decline" if answer.decline is not None else "master"), question.master, ""
    # In a column of leads `Sue Butcher` is somebody who answered, `=Sue Butcher` the name to keep.
    if answer.take.startswith("="):
        return "value", _typed(answer, question.field, compared), ""
    if answer.accept or answer.take:
        chosen = _candidate(answer, question)
        return ("accept" if answer.accept else "take"), chosen.value, chosen.source.lead
    raise CannotTake(
        "decision-choice",
        given(answer),
        choices="master, a lead's name, =VALUE, accept, decline or ask",
    )


def _on_date(
    answer: Answer, question: Question, date: DoubtedDate, compared: Waiting
) -> tuple[Choice, Value, str]:
    """What becomes of a doubted date; of one that came back, the old one may stay."""
    if answer.take.startswith("="):
        return "value", _typed(answer, question.field, compared), ""
    keeps = answer.decline is not None or fold_code(answer.take) == "master"
    if keeps and question.candidates[0].source.lead:
        return ("decline" if answer.decline is not None else "master"), question.master, ""
    taken = on_date(answer.take, question, date, compared)
    if taken is None:
        raise CannotTake("decision-choice", given(answer), choices=answers_to(question, date))
    return (*taken, "")


def _on_order(answer: Answer, question: Question) -> Choice:
    """One yes or no to the mended order of a whole file."""
    if answer.decline is not None or fold_code(answer.take) == "master":
        return "decline" if answer.decline is not None else "master"
    if answer.accept or fold_code(answer.take) in {
        fold_code(candidate.source.lead) for candidate in question.candidates
    }:
        return "accept"
    choices = "accept (they go back to their rows), decline, or ask the lead"
    raise CannotTake("decision-choice", given(answer), choices=choices)


def _on_edition(answer: Answer) -> Choice:
    """One yes or no to a file that says it is the office's edition."""
    if answer.decline is not None:
        return "decline"
    if answer.accept:
        return "accept"
    choices = "accept (it is yours: taken in as with --as-office) or decline"
    raise CannotTake("decision-choice", given(answer), choices=choices)


def _file(question: Question) -> Value:
    """The file that a question is about."""
    name = question.candidates[0].source.file
    return Value(name, name)


def given(answer: Answer) -> str:
    """An answer as the officer gave it: the words in the workbook, or the option."""
    options = {
        "--accept": answer.accept,
        f"--same-as {answer.same_as}": answer.same_as,
        "--ask": answer.ask,
    }
    return (
        answer.said
        or answer.take
        or next((option for option, one in options.items() if one), answer.id)
    )


def _candidate(answer: Answer, question: Question) -> Candidate:
    if answer.accept:
        # Joint leads may have typed one thing in two ways, `g` and `G`: there is nothing to choose.
        if len({one.value.canonical for one in question.candidates}) == 1:
            return question.candidates[0]
        raise CannotTake("decision-choice", "accept", choices=_names(question))
    wanted = fold_code(answer.take)
    for candidate in question.candidates:
        # Officers type `anne thompson` for `Anne Thompson`.
        if fold_code(candidate.source.lead) == wanted:
            return candidate
    raise CannotTake(
        "decision-choice", given(answer), choices=f"master, {_names(question)} or =VALUE"
    )


def _names(question: Question) -> str:
    return ", ".join(dict.fromkeys(candidate.source.lead for candidate in question.candidates))


def _typed(answer: Answer, name: str, compared: Waiting) -> Value:
    """A value that the officer typed, read as the field's own."""
    spec = spec_of_cell(compared.mapping, name)
    if spec is None or name == ROW:
        raise CannotTake(
            "decision-choice", given(answer), choices="master, accept or decline for a whole row"
        )
    key = key_to_leads(compared.plan, compared.mapping)
    reading = read_value(spec, answer.take[1:], compared.mapping, Context(key))
    if reading.value is None:
        code, details = reading.remarks[0]
        raise CannotTake(code, answer.take[1:], details)
    return reading.value


def _on_change(session: Session, answer: Answer, change: Change, compared: Waiting) -> Decision:
    """A waiting change is accepted, refused or replaced by another value."""
    choice: Choice
    value = change.old
    if answer.decline is not None or fold_code(answer.take) == "master":
        choice = "decline"
    elif answer.take.startswith("="):
        choice, value = "value", _typed(answer, change.field, compared)
    elif answer.accept:
        choice, value = "accept", change.new
    else:
        raise CannotTake("decision-choice", given(answer), choices="accept, decline or =VALUE")
    text = answer.decline or answer.note
    return Decision(answer.id, change.grounds, choice, session.by, session.stamp, value, text=text)


def _on_proposal(
    session: Session, answer: Answer, proposal: Proposal, compared: Waiting
) -> Decision:
    # Refs repeat in published plans, and a mistyped one is no action's.
    if answer.same_as and len(compared.plan.by_ref(answer.same_as)) != 1:
        raise CannotTake("reference-broken", answer.same_as)
    # Leads fill in a date on the sheet for new actions and forget to say what is to be done.
    if answer.accept and not proposal.values.get("action"):
        raise CannotTake("proposal-blank", answer.id)
    choice: Choice
    if answer.accept:
        choice, text = "accept", answer.note
    elif answer.decline is not None:
        choice, text = "decline", answer.decline
    elif answer.same_as:
        choice, text = "same-as", answer.note or answer.same_as
    elif answer.ask:
        choice, text = "ask", answer.note
    else:
        raise CannotTake(
            "decision-choice",
            given(answer),
            choices="accept, decline, or the ref it is the same as",
        )
    value = Value(answer.same_as, answer.same_as) if answer.same_as and answer.note else BLANK
    return Decision(
        answer.id, proposal.grounds, choice, session.by, session.stamp, value, text=text
    )

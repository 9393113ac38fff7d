"""What an officer's answer means: what it is about, which of its answers, the value to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.plan.changes import Change, Decision, Matter, Option, Proposal, Question
from xlplan.plan.findings.addresses import Address
from xlplan.plan.grounds import ROW
from xlplan.plan.model import ActionPlace, Plan, names_of
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import Value
from xlplan.rounds.answers.offering import Offers
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import Session
from xlplan.workbook.decisions.layout import COLUMNS, PLACES
from xlplan.workbook.decisions.lines import line_of, tells_same

_DECISION, _VALUE, _REASON = (COLUMNS[PLACES[name]].heading for name in ("choice", "value", "why"))


@dataclass(frozen=True, slots=True)
class OfficerText:
    """A text that an officer typed, and where it stands."""

    text: str = ""
    at: Address = field(default_factory=Address)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on its way in: `said` is the choice, by its label or a word for it.

    `value` is what goes with it: a value, a ref or a section. `given` is how it was said, options
    and all. A line of a decisions workbook has a `code` and shows texts, by column: `shown` is None
    of an answer that was given by its number; `fault` is an error value on the line.
    """

    id: str
    said: str = ""
    value: OfficerText = OfficerText()
    reason: OfficerText = OfficerText()
    at: Address = Address()
    given: str = ""
    code: str = ""
    shown: Mapping[str, str] | None = None
    fault: OfficerText | None = None

    @property
    def number(self) -> str:
        """The number that it names."""
        # People type `c1`, and a number copied out of a mail ends in a space.
        return self.id.strip().upper()

    @property
    def in_workbook(self) -> bool:
        """Whether it is a line of a decisions workbook."""
        return self.shown is not None

    @property
    def what(self) -> str:
        """The answer as the officer gave it."""
        return self.given or self.said or self.value.text or self.reason.text or self.id

    @property
    def texts(self) -> tuple[OfficerText, ...]:
        """What stands beside the choice."""
        return tuple(one for one in (self.value, self.reason) if one.text)


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


def matter_of(answer: Answer, waiting: Offers) -> Matter:
    """What an answer is about: by its number; a line of the workbook by its code, or else by its
    number, ref, field and all values that it shows.

    Raises:
        CannotTake: nothing of that number waits, its values have moved, or a line without its code
            shows something else.
    """
    found = waiting.all.get(answer.number)
    if not answer.in_workbook:
        if found is None:
            raise CannotTake(
                "decision-unknown", answer.number, open=", ".join(waiting.open) or "nothing"
            )
        return found
    # A decisions workbook lies with an officer for days; returns that come meanwhile move what it
    # asks.
    coded = next(
        (one for one in waiting.all.values() if one.about.grounds.text == answer.code), None
    )
    for matter in filter(None, (coded, found)):
        # Excel's filter sorts the columns that people see, and leaves the hidden code where it is.
        if (matter is coded and matter is found) or _shows(answer, matter, waiting.compared):
            return matter
    raise CannotTake("decision-stale" if answer.code else "decision-uncoded", answer.number)


def _shows(answer: Answer, matter: Matter, compared: Waiting) -> bool:
    line = line_of(matter, compared.plan, compared.mapping)
    return tells_same(line, answer.shown or {})


def decision_of(session: Session, answer: Answer, matter: Matter, compared: Waiting) -> Decision:
    """The decision that an answer makes, bound to the values it is made on.

    Raises:
        CannotTake: the answer is none that is offered, could be several, lacks something or
            contradicts itself.
    """
    about = matter.about
    # A formula that an officer typed or pasted, such as a VLOOKUP, may show `#N/A`.
    if answer.fault:
        raise CannotTake("cell-error", answer.fault.text, at=answer.fault.at)
    option = _chosen(answer, matter)
    # Leads fill in a date on the sheet for new actions and forget to say what is to be done.
    if isinstance(about, Proposal) and option.choice == "accept" and not about.values.get("action"):
        raise CannotTake("proposal-blank", matter.id)
    _check_whole(answer, option, matter, compared.plan)
    value, text = option.value, answer.reason.text
    if option.beside == "value":
        value = _typed(answer, matter, compared)
    elif option.beside == "ref":
        # The reason, where there is one; the ref takes its place where there is none.
        value, text = _ref(answer, compared, reason=text)
    elif option.beside == "section" and answer.value.text:
        value = _place(answer, matter, compared)
    if not option.beside:
        _check_agrees(answer, option, matter, compared)
    return Decision(
        matter.id,
        about.grounds,
        option.choice,
        session.by,
        session.stamp,
        value,
        option.lead,
        text,
    )


def _chosen(answer: Answer, matter: Matter) -> Option:
    """The one answer that was meant."""
    said = answer.said
    if not said:
        # Officers type the value and pass over the list of choices.
        values = [one for one in matter.options if one.beside == "value" and answer.value.text]
        if values:
            return values[0]
        missing = answer.value if answer.value.text else answer.reason
        raise CannotTake(
            "decision-incomplete",
            missing.text,
            at=missing.at,
            lacks=f"'{_DECISION}' is empty",
            meanwhile=_meanwhile(matter),
            todo=_choose(answer, matter.options),
        )
    found = [one for one in matter.options if _is_said(said, one)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotTake("decision-ambiguous", answer.what, todo=_choose(answer, found))
    raise CannotTake("decision-choice", answer.what, todo=_choose(answer, matter.options))


def _is_said(said: str, option: Option) -> bool:
    # Excel holds nothing against its list that is pasted or filled down: `keep  master `.
    return fold_code(said) in {fold_code(option.label), *map(fold_code, option.words)}


def _choose(answer: Answer, options: tuple[Option, ...] | list[Option]) -> str:
    """What may be answered, in the words of the place that the answer came from."""
    listed = [one for one in options if one.listed] or options
    if answer.in_workbook:
        return f"Choose from the list in this cell: {'; '.join(one.label for one in listed)}."
    return f"Choose {', '.join(one.shown for one in listed)}."


def _check_whole(answer: Answer, option: Option, matter: Matter, plan: Plan) -> None:
    """An answer says all that it needs."""
    ours = answer.in_workbook
    if option.needs and not answer.value.text:
        if option.beside == "section":
            where = _say_where(answer, plan)
            raise CannotTake("decision-section", answer.what, todo=where)
        # People pick Another value from the list, mean to look the value up, and save.
        noun = "value" if option.beside == "value" else "ref"
        raise CannotTake(
            "decision-incomplete",
            answer.what,
            lacks=f"the {noun} is missing" + (f" in '{_VALUE}'" if ours else ""),
            meanwhile=_meanwhile(matter),
            todo="Complete the line, or clear it." if ours else f"Say it: {option.command}.",
        )
    if option.reason and not answer.reason.text.strip():
        # A shell hands on `--decline ""` as an empty reason; in the workbook people choose Decline
        # from the list and may leave the cell for the reason empty.
        todo = f"Say why in '{_REASON}'"
        if not ours:
            todo = f"Say why, as in `xlplan decide {matter.id} --decline REASON`"
        raise CannotTake(
            "decision-reason", matter.id, at=answer.reason.at if ours else None, todo=f"{todo}."
        )


def _check_agrees(answer: Answer, option: Option, matter: Matter, compared: Waiting) -> None:
    """A value beside a choice that does not use it contradicts the choice, unless both come to the
    same.
    """
    other = answer.value
    # Some choose a lead's answer from the list and type the same value beside it.
    if not other.text or _comes_to(other.text, option, matter, compared):
        return
    todo = "Clear the cell, or write it into 'Your reason'."
    for beside, words in (
        ("value", "Choose 'Another value' if it is meant, or clear the cell."),
        ("section", "Choose 'Accept' if it goes there, or clear the cell."),
    ):
        if any(one.beside == beside for one in matter.options):
            todo = words
    _say_beside(answer, matter, todo)


def _say_beside(answer: Answer, matter: Matter, todo: str) -> None:
    raise CannotTake(
        "decision-beside",
        answer.value.text,
        at=answer.value.at if answer.in_workbook else None,
        choice=answer.what,
        todo=todo,
        meanwhile=_meanwhile(matter),
    )


def _spec(matter: Matter, mapping: PlanMapping) -> FieldSpec | None:
    """The field that it is about; None of a whole row or file, or of a new action."""
    about = matter.about
    if isinstance(about, Proposal) or about.field == ROW:
        return None
    whole = isinstance(about, Question) and about.reason == "detached"
    return None if whole else spec_of_cell(mapping, about.field)


def _comes_to(text: str, option: Option, matter: Matter, compared: Waiting) -> bool:
    """Whether a text means the value that an answer gives the cell."""
    spec = _spec(matter, compared.mapping)
    if spec is None or option.choice in {"append", "ask"}:
        return False
    context = Context(key_to_leads(compared.plan, compared.mapping))
    reading = read_value(spec, text, compared.mapping, context)
    return reading.value is not None and reading.value.means(option.value)


def _meanwhile(matter: Matter) -> str:
    """What becomes of it while nothing is decided."""
    if isinstance(matter.about, Change):
        return "unless it is answered, the next merge takes the change"
    return "the question stays open"


def _typed(answer: Answer, matter: Matter, compared: Waiting) -> Value:
    """A value that the officer typed, read as the field's own."""
    spec = _spec(matter, compared.mapping)
    assert spec is not None, f"{matter.id} offers another value, and is about no field"
    context = Context(key_to_leads(compared.plan, compared.mapping))
    reading = read_value(spec, answer.value.text, compared.mapping, context)
    if reading.value is None:
        code, details = reading.remarks[0]
        raise CannotTake(code, answer.value.text, details, answer.value.at)
    return reading.value


def _ref(answer: Answer, compared: Waiting, reason: str) -> tuple[Value, str]:
    """The action that a proposal is the same as, and the reason."""
    ref = answer.value.text
    # Refs repeat in published plans, and a mistyped one is no action's.
    if len(compared.plan.by_ref(ref)) != 1:
        raise CannotTake("reference-broken", ref, at=answer.value.at)
    return (Value(ref, ref), reason) if reason else (Value("", ""), ref)


def _place(answer: Answer, matter: Matter, compared: Waiting) -> Value:
    """Where a new action goes, as the officer says it."""
    said = answer.value.text
    places = compared.plan.places_called(said)
    if len(places) == 1:
        return Value(places[0].label, places[0].key)
    if not places and compared.plan.by_ref(said):
        todo = "Choose 'Same as' if it is the ref of the action that is meant, or clear the cell."
        _say_beside(answer, matter, todo)
    where = _say_where(answer, compared.plan, places)
    raise CannotTake("decision-section", said, at=answer.value.at, todo=where)


def _say_where(answer: Answer, plan: Plan, places: Sequence[ActionPlace] = ()) -> str:
    """Where a new action may go: one of several places that were meant, or any section."""
    how = f"Choose from the list in '{_VALUE}'" if answer.in_workbook else "Say it with --section"
    if places:
        return f"{how}: {'; '.join(place.label for place in places)}."
    sections = [" ".join(names_of(section)[-1].split()) for section in plan.sections]
    under = ", or a requirement in one of them" if plan.of_kind("requirement") else ""
    return f"{how}: {'; '.join(sections)}{under}."

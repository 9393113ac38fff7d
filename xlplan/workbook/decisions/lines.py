"""What a decisions workbook says of each open question and proposal, and which answers it
offers.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from xlplan.mapping.keys import period
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Candidate, Change, Choice, Proposal, Question, Source
from xlplan.plan.grounds import ROW, Grounds
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.english import counted
from xlplan.plan.timescale.doubted import KEEP_ALL, doubted_date
from xlplan.plan.values import Value
from xlplan.workbook.kit.words import label

EMPTY = "(empty)"
DATES_SHEET = "Dates to confirm"
# A cell of Excel holds 32,767 characters, and seals stand behind the code.
_LONGEST = 32_000
TAKE = "Take"
CHOICES: dict[Choice, str] = {
    "master": "Keep master",
    "value": "Another value",
    "append": "Keep both",
    "accept": "Accept",
    "decline": "Decline",
    "same-as": "Same as",
    "ask": "Ask the leads",
}
ORDER_CHOICES: dict[Choice, str] = {
    "accept": "Put the answers back in their rows",
    "decline": "Leave them out",
    "ask": "Ask the lead",
}
"""The one yes or no about answers that were sorted apart from their rows."""
REASONS = {
    "both-moved": "The lead changed it, and so has the master since the workbook was issued.",
    "leads-disagree": "Leads gave different answers.",
    "cleared": "The lead emptied the cell.",
    "taken-back": "A later return of the same workbook no longer shows the lead's answer.",
    "doubted": "The date does not fit the plan.",
    "needs-approval": "A change of this kind needs your approval.",
    "withdrawn": "The action was withdrawn, and a lead still answered on it.",
    "no-base": "What the lead was shown is not known.",
    "repeated-row": "The row stood more than once, with different answers.",
    "detached": "The answers had been sorted apart from their rows; the mended order is shown.",
    "same-new-ref": "The same new ref was proposed with different contents.",
    "proposed": "A new action was proposed.",
    "edition": "The file says that it is the office's own workbook.",
    "change": "Nobody disagrees: it will be taken unless you refuse it.",
}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One line of the workbook; texts as they are shown. `rating`: its values are ratings."""

    id: str
    fingerprint: str
    ref: str
    action: str
    field: str
    reason: str
    base: str
    master: str
    said: str
    offers: tuple[str, ...]
    rating: bool = False


def question_line(question: Question, plan: Plan, mapping: PlanMapping) -> DecisionLine:
    """One question in words."""
    item = plan.items.get(question.key)
    spec = mapping.fields.get(question.field)
    return DecisionLine(
        id=question.id,
        fingerprint=packed(question.grounds),
        ref=_ref(item),
        action=_action(question, item),
        field=_field(question, mapping),
        reason="\n".join(part for part in (REASONS[question.reason], question.note) if part),
        base=shown(question.base),
        master=shown(question.master),
        said="\n".join(
            _candidate(candidate, question.field, plan, mapping)
            for candidate in question.candidates
            # What the plan itself holds came back from nobody.
            if candidate.source.lead
        ),
        offers=_on_date(question, mapping)
        or _offers(question, text=spec is not None and spec.type == "text"),
        rating=spec is not None and spec.type == "rag",
    )


def _on_date(question: Question, mapping: PlanMapping) -> tuple[str, ...]:
    """What may become of a doubted date; nothing of any other question."""
    value = question.candidates[0].value
    date = doubted_date(value.text, period(mapping)) if question.reason == "doubted" else None
    if date is None:
        return ()
    # The plan holds no older date in place of one of its own.
    old = [CHOICES["master"]] if question.candidates[0].source.lead else []
    return (*date.choices.values(), *old, CHOICES["value"], CHOICES["ask"])


def dates_line(to_confirm: Sequence[Question], grounds: Grounds) -> DecisionLine:
    """One line for all doubted dates that the plan holds."""
    count = counted(len(to_confirm), "date")
    return DecisionLine(
        id="D",
        fingerprint=packed(grounds),
        ref="",
        action=f"{count} to confirm: each stands on the sheet '{DATES_SHEET}'",
        field="Dates",
        reason="They do not fit the plan, and no figure counts them until somebody confirms them. "
        "They hold nothing up.",
        base="",
        master="",
        said="",
        offers=(KEEP_ALL,),
    )


def _action(question: Question, item: Item | None) -> str:
    """The action that a question is about; of answers that came apart, or of an edition, the
    file.
    """
    if question.reason in {"detached", "edition"}:
        return f"All of {question.candidates[0].source.file}"
    return _words(item)


def _ref(item: Item | None) -> str:
    """The ref of an action, or the number of a measure."""
    return (item.text("no") if item.kind == "measure" else item.text("ref")) if item else ""


def _words(item: Item | None) -> str:
    """What an action or measure says of itself, or what a section is called."""
    return (item.text("action") or item.text("measure") or item.text("name")) if item else ""


def _field(question: Question, mapping: PlanMapping) -> str:
    if question.reason == "detached":
        count = len({candidate.stands for candidate in question.candidates})
        return "1 row" if count == 1 else f"{count} rows"
    if question.reason == "edition":
        return "Edition"
    return "Whole row" if question.field == ROW else label(mapping, question.field)


def proposal_line(proposal: Proposal, mapping: PlanMapping) -> DecisionLine:
    """One proposed action in words."""
    # Leads ask for actions that the plan has already, in words of their own.
    like = f"It reads like {', '.join(proposal.like)}." if proposal.like else ""
    contents = [
        f"{label(mapping, name)}: {value.text}" for name, value in proposal.values.items() if value
    ]
    sources = proposal.sources or (proposal.source,)
    return DecisionLine(
        id=proposal.id,
        fingerprint=packed(proposal.grounds),
        ref=proposal.values["ref"].text if "ref" in proposal.values else "",
        action=proposal.values["action"].text if "action" in proposal.values else "",
        field="New action",
        reason=" ".join(part for part in (REASONS["proposed"], like) if part),
        base="",
        master="",
        said="\n".join([*contents, *(_who(source) for source in sources)]),
        offers=tuple(CHOICES[choice] for choice in ("accept", "decline", "same-as", "ask")),
    )


def change_line(number: str, change: Change, plan: Plan, mapping: PlanMapping) -> DecisionLine:
    """One waiting change in words: nobody disagrees, and the officer may still refuse it or write
    another value.
    """
    item = plan.items.get(change.key)
    spec = mapping.fields.get(change.field)
    who = "\n".join(_who(source) for source in change.sources)
    return DecisionLine(
        id=number,
        fingerprint=packed(change.grounds),
        ref=_ref(item),
        action=_words(item),
        field=label(mapping, change.field),
        reason=change.reason or REASONS["change"],
        base="",
        master=shown(change.old),
        said="\n".join(part for part in (shown(change.new), who) if part),
        offers=tuple(CHOICES[choice] for choice in ("accept", "decline", "value")),
        rating=spec is not None and spec.type == "rag",
    )


def shown(value: Value) -> str:
    """A value's text; an empty one says so."""
    return value.text if value else EMPTY


def packed(grounds: Grounds) -> str:
    """The text of grounds as a cell can carry it; "" for one too long for a cell."""
    # A cell of a workbook is XML, which has no control characters.
    text = base64.b64encode(zlib.compress(grounds.text.encode())).decode()
    return text if len(text) <= _LONGEST else ""


def unpacked(text: str) -> str:
    """The text of grounds out of a cell; what is none comes back as it is, and fits no question."""
    try:
        return zlib.decompress(base64.b64decode(text, validate=True)).decode()
    # Somebody may unhide the column and type into it, or cut the code short.
    except (binascii.Error, zlib.error, ValueError):
        return text


def mended(candidate: Candidate, plan: Plan) -> str:
    """Where answers that came apart from their rows belong, and where they stand; "" of any other
    candidate.
    """
    if not candidate.to:
        return ""
    stands, to = (
        item.called if (item := plan.items.get(key)) else key
        for key in (candidate.stands, candidate.to)
    )
    return f"stays on {to}" if stands == to else f"for {to}, on the row of {stands}"


def _candidate(candidate: Candidate, field: str, plan: Plan, mapping: PlanMapping) -> str:
    values = candidate.values if field == ROW else ()
    cells = [f"{label(mapping, name)} {shown(value)}" for name, value in values]
    words = "; ".join(cells) or shown(candidate.value)
    return _who(
        candidate.source, " – ".join(part for part in (mended(candidate, plan), words) if part)
    )


def _who(source: Source, words: str = "") -> str:
    where = ", ".join(
        part for part in (str(source.place), source.at.replace("T", " ")[:16]) if part
    )
    return f"{source.lead}{': ' * bool(words)}{words}{f' ({where})' if where else ''}"


def _offers(question: Question, *, text: bool) -> tuple[str, ...]:
    if question.reason == "detached":
        return tuple(ORDER_CHOICES.values())
    if question.reason == "edition":
        return CHOICES["accept"], CHOICES["decline"]
    leads = dict.fromkeys(candidate.source.lead for candidate in question.candidates)
    takes = [f"{TAKE} {lead}" for lead in leads if lead]
    whole = question.field == ROW
    alike = len({candidate.value.canonical for candidate in question.candidates}) == 1
    offered: Sequence[str]
    if question.reason in {"needs-approval", "cleared", "withdrawn"} and alike:
        offered = [CHOICES["accept"], CHOICES["decline"]]
    elif question.reason == "same-new-ref":
        offered = [*takes, CHOICES["append"], CHOICES["decline"]]
    else:
        offered = [CHOICES["master"], *takes]
        # Two notes can stand below each other in a cell; two ratings or dates cannot.
        offered += [CHOICES["append"]] if text and not whole else []
    return (*offered, *([] if whole else [CHOICES["value"]]), CHOICES["ask"])

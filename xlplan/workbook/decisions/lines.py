"""What a decisions workbook says of each open question and proposal, and which answers it
offers.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Candidate, Change, Matter, Proposal, Question, Source
from xlplan.plan.grounds import ROW, Grounds
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.english import counted
from xlplan.plan.timescale.doubted import KEEP_ALL
from xlplan.plan.values import Value
from xlplan.workbook.decisions.layout import is_number
from xlplan.workbook.kit.authoring import writable
from xlplan.workbook.kit.words import label

EMPTY = "(empty)"
CHANGES_SHEET = "Waiting changes"
DATES_SHEET = "Dates to confirm"
# A cell of Excel holds 32,767 characters, and seals stand behind the code.
_LONGEST = 32_000
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
    """One line of the workbook; texts as they are shown. `rating`: its values are ratings.

    `offers` fills the list of the decision, `places` that of the value of a new action.
    """

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
    places: tuple[str, ...] = ()
    rating: bool = False


TELLING = ("id", "ref", "field", "base", "master", "said")
"""The columns that tell a line where its code is lost: what it is about, and all values that it
shows.
"""


def line_of(matter: Matter, plan: Plan, mapping: PlanMapping) -> DecisionLine:
    """What waits under one number in words, with the answers that it offers."""
    about = matter.about
    if isinstance(about, Question):
        line = _question_line(about, matter.called, plan, mapping)
    elif isinstance(about, Proposal):
        line = _proposal_line(about, matter.outcome, mapping)
    else:
        line = _change_line(about, plan, mapping)
    return replace(
        line,
        id=matter.id,
        offers=tuple(option.label for option in matter.options if option.listed),
        places=matter.places,
    )


def sheet_of(matter: Matter) -> str:
    """The sheet that a line stands on; "" for the first, with all that waits for an answer."""
    about = matter.about
    if isinstance(about, Change):
        return CHANGES_SHEET
    if isinstance(about, Question) and about.reason == "doubted":
        return "" if about.candidates[0].source.lead else DATES_SHEET
    return ""


def dates_line(count: int, grounds: Grounds) -> DecisionLine:
    """One line for all doubted dates that the plan holds."""
    return DecisionLine(
        id="D",
        fingerprint=packed(grounds),
        ref="",
        action=f"{counted(count, 'date')} to confirm: each stands on the sheet '{DATES_SHEET}'",
        field="Dates",
        reason="They do not fit the plan, and no figure counts them until somebody confirms them. "
        "They hold nothing up.",
        base="",
        master="",
        said="",
        offers=(KEEP_ALL,),
    )


def tells_same(line: DecisionLine, shown: Mapping[str, str]) -> bool:
    """Whether a line of a workbook that came back shows what this one does, by column; a column
    that is not there tells nothing.
    """
    return all(
        name in shown and _plain(shown[name]) == _plain(str(getattr(line, name)))
        for name in TELLING
    )


def _plain(text: str) -> str:
    # Excel opens a csv with the ref `2.10` as the number 2.1; every program breaks lines its own
    # way.
    one_line = " ".join(writable(text).split())
    return str(float(one_line)) if is_number(one_line) else one_line


def _question_line(
    question: Question, called: Sequence[str], plan: Plan, mapping: PlanMapping
) -> DecisionLine:
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
            _candidate(name, candidate, question.field, plan, mapping)
            for name, candidate in zip(called, question.candidates, strict=True)
            # What the plan itself holds came back from nobody.
            if candidate.source.lead
        ),
        offers=(),
        rating=spec is not None and spec.type == "rag",
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


def _proposal_line(proposal: Proposal, outcome: str, mapping: PlanMapping) -> DecisionLine:
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
        reason="\n".join(part for part in (REASONS["proposed"], outcome, like) if part),
        base="",
        master="",
        said="\n".join([*contents, *(_who(source) for source in sources)]),
        offers=(),
    )


def _change_line(change: Change, plan: Plan, mapping: PlanMapping) -> DecisionLine:
    item = plan.items.get(change.key)
    spec = mapping.fields.get(change.field)
    who = "\n".join(_who(source) for source in change.sources)
    return DecisionLine(
        id="",
        fingerprint=packed(change.grounds),
        ref=_ref(item),
        action=_words(item),
        field=label(mapping, change.field),
        reason=change.reason or REASONS["change"],
        base="",
        master=shown(change.old),
        said="\n".join(part for part in (shown(change.new), who) if part),
        offers=(),
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


def _candidate(
    called: str, candidate: Candidate, field: str, plan: Plan, mapping: PlanMapping
) -> str:
    values = candidate.values if field == ROW else ()
    cells = [f"{label(mapping, name)} {shown(value)}" for name, value in values]
    words = "; ".join(cells) or shown(candidate.value)
    told = " – ".join(part for part in (mended(candidate, plan), words) if part)
    return f"{called}: {told}{_where(candidate.source)}"


def _who(source: Source) -> str:
    return f"{source.lead}{_where(source)}"


def _where(source: Source) -> str:
    parts = (str(source.place), source.at.replace("T", " ")[:16])
    where = ", ".join(part for part in parts if part)
    return f" ({where})" if where else ""

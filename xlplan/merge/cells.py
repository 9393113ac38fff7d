"""Weigh one cell: the set of distinct moved values of the plan and of all leads, and what follows
from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from xlplan.merge.entries import Entry, joined, paragraphs, with_entries
from xlplan.merge.model import NotTaken
from xlplan.merge.rules import added_text, worst
from xlplan.merge.voices import PlanCell, Statement, Voice, shown, source_order
from xlplan.plan.changes import Candidate, Change, Question, Reason
from xlplan.plan.text.english import listed
from xlplan.plan.values import BLANK, Value

BY_WORST = "rule:worst"
"""The reason of a change that the rule `worst` chose."""

BY_APPEND = "rule:append"
"""The reason of a change that the rule `append` made."""

# The first doubt that holds is the reason that people read.
_BEFORE_CONFLICT: tuple[Reason, ...] = ("repeated-row", "no-base")
_AFTER_CONFLICT: tuple[Reason, ...] = ("taken-back", "cleared")


class Verdict(NamedTuple):
    """What becomes of a cell. A change whose old and new mean the same is agreement with the
    plan.
    """

    change: Change | None = None
    question: Question | None = None
    outranked: tuple[NotTaken, ...] = ()


def weigh(cell: PlanCell, voices: Sequence[Voice], rounds: Sequence[str] = ()) -> Verdict:
    """Weigh the voices about a cell against each other and against the plan. Their order does not
    matter. Where all are settled, nothing becomes of it.
    """
    if all(voice.settled for voice in voices):
        return Verdict()
    voices = sorted(voices, key=_by_lead) if len(voices) > 1 else voices
    # Officers type in what a lead says on the telephone; the lead's workbook then says it again.
    if agrees(cell, voices):
        return Verdict(change=credit(cell, cell.master, voices))
    return (
        _appended(cell, voices, rounds) if cell.field.rule == "append" else _settled(cell, voices)
    )


def in_dispute(voices: Sequence[Voice]) -> list[Voice]:
    """The voices without settled ones that all who speak now were shown: they have moved on from
    it.
    """
    # The office edits a master in which a lead's merged answer stands.
    bases = {voice.base.canonical if voice.base else None for voice in voices if not voice.settled}
    if len(bases) != 1:
        return list(voices)
    return [
        voice
        for voice in voices
        if not voice.settled or any(one.value.canonical not in bases for one in voice.said)
    ]


# the plan moved | the leads' moved values | what becomes of the cell
# either         | none                    | it stays
# no             | one, X                  | X, credited to all who said it
# no             | X and Y                 | question leads-disagree; rule `worst`: the worst
# yes, to M      | only M                  | it stays, they agree
# yes, to M      | any other               | question both-moved; rule `worst`: the worst, M too
#
# A voice in doubt never settles a cell: its values are candidates, and the doubt is the reason
# unless values differ already. A clearing, and a move that needs approval, wait even alone. What
# was settled is one of the values; whether it was in doubt is no reason to ask any more.
def _settled(cell: PlanCell, voices: Sequence[Voice]) -> Verdict:
    doubts = _doubts(voices)
    if doubt := _first(_BEFORE_CONFLICT, doubts):
        return Verdict(question=ask(cell, doubt, voices))
    master_moved = plan_moved(cell, voices)
    moved = _moved_values(cell, voices, master_moved)
    if len(moved) > 1:
        # Some boards want the worst of two ratings; nobody can say which of two texts is worse.
        ranked = cell.field.rule == "worst" and not any(voice.doubt for voice in voices)
        chosen = worst(cell.field, moved.values()) if ranked else None
        if chosen is None:
            return Verdict(
                question=ask(cell, "both-moved" if master_moved else "leads-disagree", voices)
            )
        return _ranked(cell, chosen, voices)
    if doubt := _first(_AFTER_CONFLICT, doubts):
        return Verdict(question=ask(cell, doubt, voices))
    return _taken(cell, next(iter(moved.values())), voices)


def _taken(cell: PlanCell, new: Value, voices: Sequence[Voice], reason: str = "") -> Verdict:
    # One question is enough: who settles a doubted date approves the move with it.
    if is_doubted(cell, new):
        return Verdict(question=ask(cell, "doubted", voices))
    if needs_approval(cell, new):
        return Verdict(question=ask(cell, "needs-approval", voices))
    return Verdict(change=credit(cell, new, voices, reason))


def _ranked(cell: PlanCell, chosen: Value, voices: Sequence[Voice]) -> Verdict:
    """The rule `worst` has chosen: who said something better is on record, not in the plan."""
    left = tuple(
        NotTaken(voice.lead, cell.key, cell.field.key, said.value, said.source)
        for voice in voices
        for said in voice.said
        if not said.value.means(chosen) and (not said.settled or said.value.means(cell.master))
    )
    taken = _taken(cell, chosen, voices, BY_WORST)
    return taken if taken.question else Verdict(change=taken.change, outranked=left)


def _appended(cell: PlanCell, voices: Sequence[Voice], rounds: Sequence[str]) -> Verdict:
    """Every plain answer becomes an entry; only what is in doubt waits. Settled ones are entries
    already, as far as they were taken.
    """
    voices = [voice for voice in voices if not voice.settled]
    doubtful = [voice for voice in voices if voice.doubt]
    plain = plain_voices(cell, voices)
    reason = _first((*_BEFORE_CONFLICT, *_AFTER_CONFLICT), _doubts(doubtful))
    question = ask(cell, reason, doubtful) if reason else None
    if not plain:
        return Verdict(question=question)
    new = with_new_entries(cell, entries_of(cell, plain), rounds)
    if question is None and needs_approval(cell, new):
        return Verdict(question=ask(cell, "needs-approval", voices))
    sources = tuple(voice.said[0].source for voice in plain)
    return Verdict(Change(cell.key, cell.field.key, cell.master, new, sources, BY_APPEND), question)


def plain_voices(cell: PlanCell, voices: Sequence[Voice]) -> list[Voice]:
    """Those who add something and are not in doubt."""
    return [
        voice
        for voice in voices
        if not voice.doubt and not _stands(cell, voice.said[0].value, voices)
    ]


def _stands(cell: PlanCell, value: Value, voices: Iterable[Voice]) -> bool:
    """Whether the plan holds a value already: as its own, or word for word in a list of entries.

    An entry of somebody who speaks plainly now is replaced: what only stands there does not stand.
    """
    if cell.field.rule != "append" or not value:
        return value.means(cell.master)
    heads = tuple(Entry(voice.lead, voice.round, "").written for voice in voices if not voice.doubt)
    # Leads send back entries that stand there already, with no word of their own.
    parts = (part for part in paragraphs(cell.master.text) if not part.startswith(heads))
    held = {cell.field.read(part).canonical for part in parts}
    return all(cell.field.read(part).canonical in held for part in paragraphs(value.text))


def entries_of(cell: PlanCell, voices: Iterable[Voice]) -> list[Entry]:
    """One entry for every value of these voices that is not blank."""
    return [
        Entry(
            voice.lead,
            voice.round,
            added_text(None if cell.field.fresh else voice.base, said.value),
        )
        for voice in sorted(voices, key=_by_lead)
        for said in voice.said
        if said.value
    ]


def with_new_entries(cell: PlanCell, entries: Sequence[Entry], rounds: Sequence[str]) -> Value:
    """The cell's value with these entries in it."""
    return cell.field.read(with_entries(cell.master.text, joined(entries), rounds))


def agrees(cell: PlanCell, voices: Sequence[Voice]) -> bool:
    """Whether all that is said is what the plan holds."""
    if cell.field.rule == "append":
        voices = [voice for voice in voices if not voice.settled]
    return all(_stands(cell, one.value, voices) for voice in voices for one in voice.said) and all(
        voice.back.value.means(cell.master) for voice in voices if voice.back
    )


def plan_moved(cell: PlanCell, voices: Sequence[Voice]) -> bool:
    """Whether the plan left the base of somebody who speaks, by another hand than theirs.

    What only these leads' earlier answers put there is no move of the plan: they have all said
    something newer, or say it still.
    """
    if all(voice.was_shown(cell.master) for voice in voices):
        return False
    gave = cell.origin
    if gave is None:
        gave = frozenset(voice.lead for voice in voices if cell.master.canonical in voice.replaced)
    leads = {voice.lead for voice in voices}
    theirs = any(names and names <= leads for names in (gave, cell.credit))
    return not theirs and not merged_before(cell, voices)


def merged_before(cell: PlanCell, voices: Iterable[Voice]) -> list[str]:
    """The leads whose settled answer is what the plan holds."""
    return sorted(
        {
            voice.lead
            for voice in voices
            for said in voice.said
            if said.settled and said.value.means(cell.master)
        }
    )


def _moved_values(cell: PlanCell, voices: Iterable[Voice], master_moved: bool) -> dict[str, Value]:
    moved = {cell.master.canonical: cell.master} if master_moved else {}
    for voice in voices:
        for said in voice.said:
            moved.setdefault(said.value.canonical, said.value)
    return moved


def is_doubted(cell: PlanCell, new: Value) -> bool:
    """Whether a move to this value is asked about, because the value does not fit."""
    doubt = cell.field.doubt_if
    return bool(doubt and not new.means(cell.master) and doubt(new))


def needs_approval(cell: PlanCell, new: Value) -> bool:
    """Whether a move to this value waits for the officer though nobody disagrees."""
    if new.means(cell.master):
        return False
    # Boards sign off completions and later dates: such a move waits though everybody agrees.
    condition = cell.field.approve_if
    return cell.field.rule == "approve" or bool(condition and condition(cell.master, new))


def credit(cell: PlanCell, new: Value, voices: Iterable[Voice], reason: str = "") -> Change:
    """The move to a value, credited to everyone who said it. The plan's own text stays when it
    means the same.
    """
    sources = tuple(
        dict.fromkeys(
            said.source for voice in voices for said in voice.said if said.value.means(new)
        )
    )
    return Change(cell.key, cell.field.key, cell.master, new, sources, reason)


def ask(cell: PlanCell, reason: Reason, voices: Sequence[Voice]) -> Question:
    """The question to the officer, with every candidate."""
    master = cell.master.canonical
    found = (candidate for voice in voices for candidate in voice.candidates(cell.master))
    candidates = {
        (candidate.source.lead, candidate.value.canonical): candidate for candidate in found
    }
    shown = {voice.base.canonical: voice.base for voice in voices if voice.base is not None}
    bases = tuple(shown[meaning] for meaning in sorted(shown))
    return Question(
        cell.key,
        cell.field.key,
        reason,
        bases[0] if bases else BLANK,
        cell.master,
        tuple(sorted(candidates.values(), key=candidate_order)),
        note=_note(cell, voices),
        backs=tuple(
            sorted(
                {voice.lead for voice in voices if voice.back and master in _said_in_turn(voice)}
            )
        ),
        bases=bases,
    )


def _said_in_turn(voice: Voice) -> set[str]:
    return {
        statement.value.canonical
        for statement in (*voice.said, *([voice.back] if voice.back else []))
    }


def candidate_order(candidate: Candidate) -> tuple[str, str]:
    """By lead, then by meaning."""
    return candidate.source.lead, candidate.value.canonical


def _note(cell: PlanCell, voices: Sequence[Voice]) -> str:
    notes = [_taken_back(voice, voice.back) for voice in voices if voice.back]
    if len({shown(cell, voice.base).canonical for voice in voices}) > 1:
        # Workbooks may be sent on different days, with a merge between them.
        notes.append("The leads were not shown the same value.")
    if len(voices) > 1 and len({voice.lead for voice in voices}) == 1:
        # Nothing may tell which of two workbooks was sent later.
        notes.append(f"All the answers are {voices[0].lead}'s own, from more than one workbook.")
    before = merged_before(cell, voices)
    if before and len({voice.lead for voice in voices}) > 1:
        # Who answers first is merged first: their answer is one of those to choose from.
        notes.append(f"What the plan holds is the answer of {listed(before)}, merged before.")
    return " ".join(notes)


def _taken_back(voice: Voice, back: Statement) -> str:
    """Nobody can see whether a lead took an answer back or only did not type it again: the officer
    reads both.
    """
    answer = voice.said[0]
    where = f" in {answer.source.file}" if answer.source.file else ""
    return (
        f"{voice.lead} answered '{answer.value.text or 'nothing'}'{where}; "
        f"{back.source.file or 'a newer return'}, "
        "a later return of the same workbook, shows what was sent out: taken back, or only not "
        "typed again."
    )


def _doubts(voices: Iterable[Voice]) -> set[Reason]:
    return {voice.doubt for voice in voices if voice.doubt and not voice.settled}


def _first(reasons: Iterable[Reason], doubts: Collection[Reason]) -> Reason | None:
    return next((reason for reason in reasons if reason in doubts), None)


def _by_lead(voice: Voice) -> tuple[object, ...]:
    answers = sorted(
        (statement.value.canonical, statement.value.text, *source_order(statement.source))
        for statement in voice.said
    )
    return voice.lead, voice.round, answers

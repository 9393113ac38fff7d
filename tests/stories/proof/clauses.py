"""What the report's sentences must say, clause by clause, from recomputed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.stories.proof.recomputed import Recomputed

STEPS = {
    "completed": ("was completed", "were completed"),
    "re-opened": ("was re-opened", "were re-opened"),
    "newly rated": ("was rated for the first time", "were rated for the first time"),
    "no longer rated": ("is no longer rated", "are no longer rated"),
    "put back": ("was put back to not started", "were put back to not started"),
}
NAMED = 5


def said(summary: Iterable[str]) -> set[str]:
    """The clauses of sentences: in no order, small letters; how ratings moved has its parts
    sorted.
    """
    found = set()
    for sentence in summary:
        assert sentence[0] == sentence[0].upper()
        assert sentence.endswith(".")
        assert "  " not in sentence
        for clause in sentence.removesuffix(".").split("; "):
            head, moved, rest = clause.partition(" has moved: ")
            parts = sorted(rest.replace(" and ", ", ").split(", "))
            found.add((f"{head}{moved}{'/'.join(parts)}" if moved else clause).casefold())
    return found


def due(told: Recomputed) -> set[str]:
    """The same of what must be said."""
    word = told.story.mapping["plan"].get("action_word", "action")
    clauses = [
        *_standing(told, word),
        *_moved(told, word),
        *_came_and_went(told, word),
        *_dates(told),
        *_late(told, word),
        *_returns(told),
        *_waiting(told),
    ]
    return {clause.casefold() for clause in clauses}


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _be(count: int, one: str = "is", many: str = "are") -> str:
    return one if count == 1 else many


def _listed(names: Sequence[str]) -> str:
    shown = list(names)
    if len(shown) > NAMED + 1:
        left = len(shown) - NAMED
        shown = [*shown[:NAMED], f"{left} others"]
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def _standing(told: Recomputed, word: str) -> Iterator[str]:
    was, now = ([one for one in told.living(place) if one.open] for place in ("was", "now"))
    then, counted = (Counter(one.rag for one in some) for some in (was, now))
    *below, best = told.graded
    step = "as before"
    if then[best] != counted[best]:
        step = f"{'up' if counted[best] > then[best] else 'down'} from {then[best] or 'none'}"
    name = told.names[best].lower()
    yield (
        f"{counted[best] or 'none'} of {len(now)} open {word}s {_be(counted[best])} {name}, {step}"
    )
    for code in below:
        count = counted[code]
        stayed = sum(told.stayed(one) for one in now if one.rag == code)
        name = told.names[code].lower()
        if not count:
            yield from [f"none is {name}"] if code == below[0] else []
        elif stayed == count:
            yield f"{count} {_be(count, 'remains', 'remain')} {name}"
        else:
            yield (
                f"{count} are {name}, {stayed} of them as before"
                if stayed
                else f"{count} {_be(count)} now {name}"
            )
    if counted[""]:
        yield f"{counted['']} {_be(counted[''], 'has', 'have')} no rating"


def _moved(told: Recomputed, word: str) -> Iterator[str]:
    kinds = Counter(step for *_, step in told.moved)
    parts = sorted(
        f"{count} {STEPS.get(kind, (kind, kind))[count != 1]}" for kind, count in kinds.items()
    )
    if len(kinds) == 1:
        kind = next(iter(kinds))
        parts = [f"all {STEPS.get(kind, (kind, kind))[1]}"]
    yield (
        f"since May Board the rating of {_many(len(told.moved), word)} has moved: {'/'.join(parts)}"
    )


def _came_and_went(told: Recomputed, word: str) -> Iterator[str]:
    new, gone, done = ([one.ref for one in some] for some in (told.new, told.ended, told.completed))
    if done:
        yield f"{_many(len(done), word)} {_be(len(done))} now completed ({_listed(done)})"
    yield f"{_many(len(new), word)} {_be(len(new))} new ({_listed(new)})"
    yield f"{_many(len(gone), word)} {_be(len(gone), 'was', 'were')} withdrawn ({_listed(gone)})"
    yield from (f"{one.ref} merged into {heir.ref}" for one, heir in told.merged)


def _dates(told: Recomputed) -> Iterator[str]:
    slipped = sorted(
        (one for one in told.redated if (one[2] or 0) > 0), key=lambda one: -(one[2] or 0)
    )
    early = sum((one[2] or 0) < 0 for one in told.redated)
    other = len(told.redated) - len(slipped) - early
    if not slipped:
        yield "no date slipped"
    elif len(slipped) == 1:
        yield f"1 date slipped, by {_many(slipped[0][2] or 0, 'day')} ({slipped[0][0].ref})"
    else:
        yield (
            f"{len(slipped)} dates slipped, the longest by {_many(slipped[0][2] or 0, 'day')} "
            f"({slipped[0][0].ref})"
        )
    again = sum(one[3] > 1 for one in slipped)
    if again and len(slipped) == 1:
        yield "it had been re-dated before"
    elif again:
        yield f"{'all' if again == len(slipped) else again} of them had been re-dated before"
    if early:
        yield f"{_many(early, 'date')} {_be(early, 'was', 'were')} brought forward"
    if other:
        yield f"{_many(other, 'due text')} changed without a day to count from"


def _late(told: Recomputed, word: str) -> Iterator[str]:
    late, soon = len(told.when_due["Overdue"]), len(told.when_due["Due in the next 30 days"])
    yield f"{_many(late, f'open {word}')} {_be(late)} past the due date"
    yield f"{soon or 'none'} {_be(soon)} due in the next 30 days"


def _returns(told: Recomputed) -> Iterator[str]:
    answers = told.story.returned
    missing = [lead for lead in told.story.sent if lead not in answers]
    if missing:
        count, asked = len(missing), len(told.story.sent)
        yield (
            f"{count} of {asked} leads {_be(count, 'has', 'have')} not returned: {_listed(missing)}"
        )
    else:
        yield f"all {len(told.story.sent)} leads have returned"
    nil, late = (
        sum(one[1] for one in answers.values()),
        sum(one[0] == "late" for one in answers.values()),
    )
    yield f"{_many(nil, 'return')} came with nothing to change"
    yield f"{_many(late, 'return')} came late"


def _waiting(told: Recomputed) -> Iterator[str]:
    waiting = len(told.story.waiting["questions"]) + len(told.story.waiting["proposed"])
    decided = len(told.story.decided)
    told_of = _be(waiting, "waits", "wait")
    yield (
        f"{_many(waiting, 'question')} {told_of} for a decision, and the plan's value stays "
        "until then"
    )
    yield f"{_many(decided, 'question')} {_be(decided, 'was', 'were')} decided"
    bad = sum(one["severity"] != "notice" for one in told.story.findings)
    if bad:
        noun = "cell or file" if bad == 1 else "cells or files"
        yield f"{bad} {noun} that came back {_be(bad, 'needs', 'need')} mending"


def headlines(told: Recomputed) -> dict[str, str]:
    """The headline numbers, by what they count."""
    word = told.story.mapping["plan"].get("action_word", "action")
    counted = Counter(one.rag for one in told.open)
    slipped = sum((one[2] or 0) > 0 for one in told.redated)
    missing = sum(lead not in told.story.returned for lead in told.story.sent)
    numbers = {
        f"open of {_many(len(told.living('now')), word)}": len(told.open),
        told.names[told.graded[-1]]: counted[told.graded[-1]],
        told.names[told.graded[0]]: counted[told.graded[0]],
        "overdue": len(told.when_due["Overdue"]),
        "date slipped" if slipped == 1 else "dates slipped": slipped,
        f"of {_many(len(told.story.sent), 'lead')} not returned": missing,
    }
    return {words: str(number) for words, number in numbers.items()}

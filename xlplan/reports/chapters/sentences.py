"""The half page that a board member reads first: plain sentences with the figures in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlplan.plan.figures.figures import Figures, Redated
from xlplan.plan.rag import Rating
from xlplan.plan.text.english import (
    THIS_ROUND,
    counted,
    day_of,
    listed,
    long_day,
    sentence,
    since,
    small,
    verb,
)

NAMED = 5
"""How many refs or leads a sentence names before it counts the others."""


def sentences(figures: Figures) -> list[str]:
    """What the report says, a sentence a matter; matters without a figure are left out."""
    found = [
        _standing(figures),
        _moved(figures),
        _came_and_went(figures),
        _dates(figures),
        _due(figures),
        _returns(figures),
        _waiting(figures),
        _findings(figures),
    ]
    return [text for text in found if text]


def _standing(figures: Figures) -> str:
    """How many open actions have the best rating, and what remains below it."""
    graded = [rating for rating in figures.scale.ratings if rating.kind == "graded"]
    open_now = figures.whole.opened_after.total
    word = figures.heading.action_word
    if not open_now:
        return sentence([f"no {word} is open", _completed_in_all(figures)])
    if not graded:
        return sentence(
            [
                f"{counted(open_now, word)} {verb(open_now, 'is', 'are')} open",
                _completed_in_all(figures),
            ]
        )
    first, *others = reversed(graded)
    clauses = [
        _best(figures, first),
        *(_below(figures, rating) for rating in reversed(others)),
        _unrated(figures),
    ]
    return sentence(clauses)


def _best(figures: Figures, rating: Rating) -> str:
    before = figures.whole.opened_before.count(rating.code)
    after, total = figures.whole.opened_after.count(rating.code), figures.whole.opened_after.total
    word = figures.heading.action_word
    if total == 1:
        return f"the one open {word} {verb(after, 'is', 'is not')} {_name(rating)}"
    return (
        f"{after or 'none'} of {total} open {word}s {verb(after, 'is', 'are')} "
        f"{_name(rating)}, {_step(before, after)}"
    )


def _step(before: int, after: int) -> str:
    if before == after:
        return "as before"
    return f"{'up' if after > before else 'down'} from {before or 'none'}"


def _below(figures: Figures, rating: Rating) -> str:
    """`8 remain amber` when all of them were so before; else how many are, and how many of those
    stayed.
    """
    theirs = [action for action in figures.remaining if action.rag == rating.code]
    stayed = sum(1 for action in theirs if action.key in figures.stayed)
    count = len(theirs)
    if not count:
        # Boards look for red first: that there is none is told, of other ratings it is not.
        return f"none is {_name(rating)}" if figures.scale.rank(rating.code) == 0 else ""
    if stayed == count:
        return f"{count} {verb(count, 'remains', 'remain')} {_name(rating)}"
    if not stayed:
        return f"{count} {verb(count, 'is', 'are')} now {_name(rating)}"
    return f"{count} are {_name(rating)}, {stayed} of them as before"


def _unrated(figures: Figures) -> str:
    # West Sussex 2019 starts unrated, and so does what an office adds.
    count = figures.whole.opened_after.count("")
    return f"{count} {verb(count, 'has', 'have')} no rating" if count else ""


def _name(rating: Rating) -> str:
    return small(rating.name)


def _completed_in_all(figures: Figures) -> str:
    done = figures.whole.after.completed
    return f"{done} {verb(done, 'is', 'are')} completed" if done else ""


def _moved(figures: Figures) -> str:
    """How many ratings moved, and how."""
    if not figures.scale.ratings:
        return ""
    kinds = Counter(move.kind for move in figures.moves)
    word = figures.heading.action_word
    if not figures.moves:
        return sentence([f"no rating has moved {since(figures.heading.since)}"])
    parts = [
        f"{count} {_kind(kind, count)}"
        for kind, count in sorted(kinds.items(), key=lambda kind: -kind[1])
    ]
    head = (
        f"{since(figures.heading.since)} the rating of {counted(len(figures.moves), word)} "
        "has moved"
    )
    if len(figures.moves) == 1:
        return sentence(
            # A row that an office adds often has no ref.
            [f"{head}: {figures.moves[0].action.ref or 'it'} {_kind(figures.moves[0].kind, 1)}"]
        )
    return sentence(
        [f"{head}: {listed(parts) if len(parts) > 1 else f'all {_kind(next(iter(kinds)), 2)}'}"]
    )


def _kind(kind: str, count: int) -> str:
    was = verb(count, "was", "were")
    passive = {
        "completed": f"{was} completed",
        "re-opened": f"{was} re-opened",
        "newly rated": f"{was} rated for the first time",
        "no longer rated": f"{verb(count, 'is', 'are')} no longer rated",
        "put back": f"{was} put back to not started",
    }
    return passive.get(kind, kind)


def _came_and_went(figures: Figures) -> str:
    """Completed, new and withdrawn actions."""
    word = figures.heading.action_word
    done, new, gone = len(figures.completed), len(figures.new), len(figures.withdrawn)
    named = _refs([move.action.ref for move in figures.completed])
    clauses = []
    if done:
        missing = sum(1 for move in figures.completed if not move.known)
        unknown = f", the earlier rating of {missing} not known" if missing else ""
        clauses.append(
            f"{counted(done, word)} {verb(done, 'is', 'are')} now completed{named}{unknown}"
        )
    if new:
        clauses.append(
            f"{counted(new, word)} {verb(new, 'is', 'are')} "
            f"new{_refs([action.ref for action in figures.new])}"
        )
    if gone:
        refs = _refs([action.ref for action in figures.withdrawn])
        clauses.append(f"{counted(gone, word)} {verb(gone, 'was', 'were')} withdrawn{refs}")
    clauses += [link.said for link in figures.joined[:NAMED]]
    more = len(figures.joined) - NAMED
    if more > 0:
        clauses.append(f"{more} more {verb(more, 'was', 'were')} merged or split")
    return sentence(clauses)


def _refs(refs: list[str]) -> str:
    known = [ref for ref in refs if ref]
    return f" ({listed(known, NAMED)})" if known else ""


def _dates(figures: Figures) -> str:
    """Slipped dates, the longest first, and those brought forward."""
    slipped = figures.slipped
    # An office's column of earlier ratings says nothing of dates.
    if figures.heading.ratings_only:
        return ""
    early = [slip for slip in figures.redated if slip.days is not None and slip.days < 0]
    other = len(figures.redated) - len(slipped) - len(early)
    clauses = [_slips(slipped), _again(slipped)]
    if early:
        clauses.append(
            f"{counted(len(early), 'date')} {verb(len(early), 'was', 'were')} brought forward"
        )
    if other:
        clauses.append(f"{counted(other, 'due text')} changed without a day to count from")
    return sentence(clauses)


def _again(slipped: tuple[Redated, ...]) -> str:
    """How many of the slipped dates had moved before."""
    count = sum(slip.times > 1 for slip in slipped)
    if not count:
        return ""
    if len(slipped) == 1:
        return "it had been re-dated before"
    return f"{'all' if count == len(slipped) else count} of them had been re-dated before"


def _slips(slipped: tuple[Redated, ...]) -> str:
    if not slipped:
        return "no date slipped"
    longest = slipped[0]
    ref = f" ({longest.action.ref})" if longest.action.ref else ""
    by = counted(longest.days or 0, "day")
    if len(slipped) == 1:
        return f"1 date slipped, by {by}{ref}"
    return f"{len(slipped)} dates slipped, the longest by {by}{ref}"


def _due(figures: Figures) -> str:
    overdue, soon = len(figures.due.overdue), len(figures.due.in_30)
    word = figures.heading.action_word
    late = f"{counted(overdue, f'open {word}')} {verb(overdue, 'is', 'are')} past the due date"
    return sentence([late, f"{soon or 'none'} {verb(soon, 'is', 'are')} due in the next 30 days"])


def _returns(figures: Figures) -> str:
    """Who has not returned, by name; nil and late returns."""
    leads = figures.returns
    if not leads:
        return ""
    # A chair asks who has not answered, by name.
    missing = [lead.lead for lead in leads if lead.missing]
    nil, late = sum(lead.nil for lead in leads), sum(lead.status == "late" for lead in leads)
    return sentence(
        [
            *_answered(len(leads), missing),
            _of_them(nil, "with nothing to change"),
            _of_them(late, "late"),
        ]
    )


def _answered(count: int, missing: list[str]) -> Iterator[str]:
    if count == 1:
        yield (
            "the one lead asked has not returned" if missing else "the one lead asked has returned"
        )
    elif not missing:
        yield f"all {count} leads have returned"
    else:
        have = verb(len(missing), "has", "have")
        yield f"{len(missing)} of {count} leads {have} not returned: {listed(missing, NAMED)}"


def _of_them(count: int, how: str) -> str:
    return f"{counted(count, 'return')} came {how}" if count else ""


def _waiting(figures: Figures) -> str:
    """Questions that are open, and those decided."""
    count, decided = len(figures.questions), len(figures.decisions)
    clauses = []
    if count:
        stays = "the plan's value stays until then"
        clauses.append(
            f"{counted(count, 'question')} {verb(count, 'waits', 'wait')} for a decision, and "
            f"{stays}"
        )
    if decided:
        clauses.append(f"{counted(decided, 'question')} {verb(decided, 'was', 'were')} decided")
    return sentence(clauses)


def _findings(figures: Figures) -> str:
    # A notice, that `Gren` was read as G, needs nobody.
    troubles = [found for found in figures.findings if found.severity != "notice"]
    if not troubles:
        return ""
    count = len(troubles)
    return sentence(
        [
            f"{counted(count, 'cell or file', 'cells or files')} that came back "
            f"{verb(count, 'needs', 'need')} mending"
        ]
    )


def subtitle(figures: Figures) -> str:
    """One line under the title: which round, since when, as of which day."""
    heading = figures.heading
    returns = f", returns due by {day_of(heading.return_by)}" if heading.return_by else ""
    head = f"{heading.round}{returns}. " if heading.round else ""
    over = (
        "in this round"
        if heading.since == THIS_ROUND
        else f"from {heading.since} to {heading.until}"
    )
    return f"{head}What changed {over}, as of {long_day(heading.today)}."

"""The rule `append`: a cell that is a list of entries, one a lead and round."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from xlplan.plan.text.text import clean

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one lead said in one round. Text that nobody is named for has no lead; an answer may
    have no round.
    """

    lead: str
    round: str
    text: str

    @property
    def written(self) -> str:
        """`lead (round): text`; the text of a lead holds no empty line, because those part the
        entries.
        """
        if not self.lead:
            return self.text.rstrip()
        # Leads part their paragraphs by an empty line.
        text = _EMPTY_LINES.sub("\n", self.text.strip("\n"))
        return f"{self.lead} ({self.round}): {text}" if self.round else f"{self.lead}: {text}"


def compose_entries(entries: Iterable[Entry], rounds: Sequence[str] = ()) -> str:
    """The cell's text: entries parted by an empty line, ordered by round (as `rounds` lists them),
    then lead.

    Text that nobody is named for stays in front. A round that `rounds` lacks comes before those
    that it has.
    """
    place = {label: number for number, label in enumerate(rounds)}

    def order(entry: Entry) -> tuple[bool, int, str, str]:
        return bool(entry.lead), place.get(entry.round, -1), entry.round, entry.lead

    return "\n\n".join(entry.written for entry in sorted(entries, key=order) if entry.text.strip())


def read_entries(text: str, rounds: Collection[str]) -> list[Entry]:
    """The entries of a composed text. Only `lead (round): ` with a round of these makes one; all
    else is text.
    """
    entries: list[Entry] = []
    for part in text.split("\n\n") if text else ():
        head = _head(part, rounds)
        if head:
            lead, label = head
            entries.append(Entry(lead, label, part[len(f"{lead} ({label}): ") :]))
        elif entries and not entries[-1].lead:
            # Notes published before the first round have paragraphs too, and name nobody.
            entries[-1] = Entry("", "", f"{entries[-1].text}\n\n{part}")
        else:
            entries.append(Entry("", "", part))
    return entries


def _head(part: str, rounds: Collection[str]) -> tuple[str, str] | None:
    """The lead and round that a paragraph opens with; None when it opens otherwise."""
    # `Ann (by phone): ...` is how people write: only a round of ours makes an entry.
    marks = [(part.find(f" ({label}): "), label) for label in rounds]
    found = min(((at, label) for at, label in marks if at > 0), default=None)
    return None if found is None or "\n" in part[: found[0]] else (part[: found[0]], found[1])


def with_entries(text: str, new: Sequence[Entry], rounds: Sequence[str] = ()) -> str:
    """The cell's text with these entries in it; each replaces what the same lead said in the same
    round.

    An answer without a round replaces nothing, and is added only where it does not stand already.
    """
    own = {(entry.lead, entry.round) for entry in new if entry.round}
    old = read_entries(clean(text), {*rounds, *(label for _, label in own)})
    standing = {part for entry in old for part in entry.written.split("\n\n")}
    others = [entry for entry in old if (entry.lead, entry.round) not in own]
    added = [entry for entry in new if entry.round or entry.written not in standing]
    return compose_entries([*others, *added], rounds)


def paragraphs(text: str) -> list[str]:
    """What stands between empty lines."""
    return [part for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]


def joined(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a lead and round: what one lead said twice in a round stands line under line."""
    texts: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        lines = texts.setdefault((entry.lead, entry.round), [])
        # A row that was copied within a sheet says the same twice.
        if entry.text not in lines:
            lines.append(entry.text)
    return [Entry(lead, label, "\n".join(lines)) for (lead, label), lines in texts.items()]

"""What a decision was made on, read back out of its fingerprint (`Question.fingerprint` and its
like write it).
"""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.plan.changes import ROW

_HEAD_PARTS = 5


@dataclass(frozen=True, slots=True)
class BoundSaid:
    """What one lead had said: `cells` holds (field, canonical form), one pair unless it is about a
    row.

    Of answers that came apart from their rows, `stands` is the key of the row that they stood on,
    `to` of the one that they belong to.
    """

    lead: str
    cells: tuple[tuple[str, str], ...]
    stands: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The row, field and reason of a question, and all that was said. Of a proposal, `key` and
    `field` are empty.
    """

    key: str
    field: str
    reason: str
    said: tuple[BoundSaid, ...]


def bound_to(fingerprint: str) -> Bound:
    """Read the fingerprint of a question, of a waiting change or of a proposal; one that is none
    has said nothing.
    """
    head, *parts = fingerprint.split("\x1e")
    if head == "proposed" and parts:
        cells = tuple(_pair(part, "\x1f") for part in parts[1:])
        return Bound("", "", head, (BoundSaid(parts[0], cells),))
    if len(parts) < _HEAD_PARTS - 1:
        return Bound("", "", "proposed", ())
    field, why, _, _, *said = parts
    reason = why.partition("\x1d")[0]
    return Bound(head, field, reason, tuple(_said(one, field, reason) for one in said))


def _said(part: str, field: str, reason: str) -> BoundSaid:
    lead, canonical = _pair(part, "\x1f")
    if field != ROW:
        return BoundSaid(lead, ((field, canonical),))
    cells = canonical.split("\x1d")
    stands, to = _pair(cells.pop(0), "\x1c") if reason == "detached" else ("", "")
    return BoundSaid(lead, tuple(_pair(one, "\x1c") for one in cells if one), stands, to)


def _pair(text: str, sign: str) -> tuple[str, str]:
    first, _, second = text.partition(sign)
    return first, second

"""Who leads what: reading a cell that names leads, through the plan's key to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlplan.plan.leads.key import Lead, LeadKey, LeadKind, LeadsRead, Unresolved
from xlplan.plan.leads.names import KnownNames, known_names
from xlplan.plan.leads.shapes import is_code, parted
from xlplan.plan.text.text import clean, fold_code, mend_lookalikes, same_text

__all__ = ["Lead", "LeadKey", "LeadKind", "LeadsRead", "Unresolved", "read_leads"]

# `/` parts leads (`HOS/DMs`), but not figures: `Ward 3/4`.
_HARD = r";|\n|(?<![0-9])/|/(?![0-9])"
_SOFT = r",|\+|(?<!\w)&|&(?!\w)|(?<=\w\w\w)&(?=\w\w\w)|\b(?:and)\b"
_SEPARATORS = re.compile(rf"\s*(?:(?:{_HARD}|{_SOFT})\s*)+", re.IGNORECASE)
_HARD_ONE = re.compile(_HARD)
_LOOSE_END = re.compile(r"[,&+/]|and", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]*)\)")
# Posts stand vacant: `TBC`, `t.b.a.`, `??`, `to be appointed`.
_TO_COME = re.compile(
    r"t\.?b\.?[acdn]\.?|\?+|to follow|"
    r"to be (?:confirmed|agreed|appointed|decided|determined|identified|advised|announced)"
)
# People write a dash or `n/a` so that a cell does not look forgotten.
_NOBODY = frozenset(["-", "--", "n/a", "na", "none", "nil", "not applicable"])
_EDGES = " \t\n.,:;-–—•*·"


@dataclass(frozen=True, slots=True)
class _LeadPart:
    """One lead of a cell (`name`), or something that is none: to be confirmed, unknown, a note in
    brackets.
    """

    meaning: str
    name: str = ""
    unknown: Unresolved | None = None


def read_leads(text: str, key: LeadKey) -> LeadsRead:
    """Split a cell into the leads it names and resolve each through the key; `leads` holds their
    names. `Asha Mehta / HOS & TBC` names two, and one who is to come.
    """
    names = known_names(key)
    line = mend_lookalikes(same_text(text))
    whole, stray = _without_strays(line, names)
    if fold_code(whole) in _NOBODY:
        return LeadsRead((), fold_code(whole))
    pieces = list(_pieces(whole, names))
    parts = [part for piece in pieces for part in _read_piece(piece, names, key.open)]
    typed = clean(text).strip()
    mended = mend_lookalikes(typed)
    return LeadsRead(
        leads=tuple(dict.fromkeys(part.name for part in parts if part.name)),
        canonical="; ".join(dict.fromkeys(part.meaning for part in parts)) or fold_code(line),
        unresolved=tuple(dict.fromkeys(part.unknown for part in parts if part.unknown)),
        dangling=stray or _ends_loosely(whole, names),
        mended=mended if mended != typed else "",
    )


def _without_strays(said: str, names: KnownNames) -> tuple[str, bool]:
    """The text without brackets that nothing opens or closes, and whether there were any."""
    # A bracket is lost where a cell is cut short or retyped: `Head of Service (HOS`.
    opened: list[int] = []
    strays: set[int] = set()
    inside = _places(names.names_in.finditer(said))
    for place, letter in enumerate(said):
        if letter == "(" and place not in inside:
            opened.append(place)
        elif letter == ")" and place not in inside:
            strays ^= {place} if not opened else set()
            del opened[-1:]
    strays |= set(opened)
    bare = "".join(" " if place in strays else letter for place, letter in enumerate(said))
    return bare.strip(), bool(strays)


def _places(spans: Iterable[re.Match[str]]) -> set[int]:
    return {place for span in spans for place in range(*span.span())}


def _ends_loosely(whole: str, names: KnownNames) -> bool:
    """Whether the cell begins or ends with a comma, `&`, `/` or `and` that joins nothing."""
    # Sunderland has a cell that ends in `... &`.
    inside = _places(names.names_in.finditer(whole))
    return any(
        (found.start() == 0 or found.end() == len(whole))
        and found.start() not in inside
        and _LOOSE_END.search(found[0]) is not None
        for found in _SEPARATORS.finditer(whole)
    )


def _pieces(whole: str, names: KnownNames) -> Iterator[str]:
    """The text cut at its separators, never inside a known name or brackets, nor within what may be
    one post.
    """
    inside = _places(names.names_in.finditer(whole)) | _places(_BRACKETED.finditer(whole))
    piece, cut_at = "", 0
    pending = ""
    for found in _SEPARATORS.finditer(whole):
        if inside & set(range(*found.span())):
            continue
        piece, pending, done = _joined(
            piece, pending, whole[cut_at : found.start()], found[0], names
        )
        yield from done
        cut_at = found.end()
    piece, _, done = _joined(piece, pending, whole[cut_at:], "", names)
    yield from [*done, piece]


def _joined(
    piece: str, pending: str, following: str, separator: str, names: KnownNames
) -> tuple[str, str, list[str]]:
    """The piece that now grows, the separator after it, and the piece that is complete, if
    one is.
    """
    if not piece.strip():
        return following, separator, []
    if not pending or _cuts(piece, pending, following, names):
        return following, separator, [piece]
    return piece + pending + following, separator, []


def _cuts(left: str, separator: str, right: str, names: KnownNames) -> bool:
    if _HARD_ONE.search(separator) or not right.strip():
        return True
    if any(_resolves(side, names) for side in (left, right)):
        return True
    return parted(left.strip(), separator.strip(), right.strip())


def _resolves(piece: str, names: KnownNames) -> bool:
    head = _BRACKETED.sub(" ", piece).strip(_EDGES)
    return (
        _is_to_come(head)
        or names.resolve(piece.strip(_EDGES)) is not None
        or bool(_run_together(head, names))
    )


def _is_to_come(text: str) -> bool:
    return _TO_COME.fullmatch(fold_code(text)) is not None


def _read_piece(piece: str, names: KnownNames, open_key: bool) -> list[_LeadPart]:
    text = piece.strip(_EDGES)
    if not text:
        return []
    if _is_to_come(text):
        return [_LeadPart("tbc")]
    if lead := names.resolve(text):
        return [_named(lead.name)]
    head = " ".join(_BRACKETED.sub(" ", text).split()).strip(_EDGES)
    notes = [part for note in _BRACKETED.findall(text) for part in _read_note(note, names)]
    if found := _run_together(head, names):
        return found + notes
    name, notes = (head, notes) if head else (text.strip(_EDGES + "() "), [])
    if open_key and re.search(r"\w", name) and not names.meant(name):
        return [_named(name), *notes]
    return [_unknown(" ".join(text.split()), names)]


def _read_note(note: str, names: KnownNames) -> list[_LeadPart]:
    """What stands in brackets: leads when every name in it is known, else words that are kept."""
    parts = [
        part for piece in _pieces(note.strip(), names) for part in _read_piece(piece, names, False)
    ]
    # West Sussex has `Jackie Wood (JW)`: one person, named twice.
    if parts and all(part.name for part in parts):
        return parts
    return [_LeadPart(f"({fold_code(note)})")] if note.strip() else []


def _run_together(head: str, names: KnownNames) -> list[_LeadPart]:
    """The leads of `HOS DMs TLs`; empty unless known names cover it all, or all of it is codes and
    one is known.
    """
    # In a narrow column the commas go first, and codes stand a blank apart.
    if lead := names.resolve(head):
        return [_named(lead.name)]
    parts: list[_LeadPart] = []
    last = 0
    for found in names.names_in.finditer(head):
        between = _codes(head[last : found.start()], names)
        lead = names.resolve(found[0])
        if between is None or lead is None or (between and not is_code(found[0])):
            return []
        parts += [*between, _named(lead.name)]
        last = found.end()
    rest = _codes(head[last:], names)
    if not parts or rest is None:
        return []
    mixed = [*parts, *rest]
    all_codes = all(is_code(found[0]) for found in names.names_in.finditer(head))
    return mixed if all_codes or all(part.name for part in mixed) else []


def _codes(between: str, names: KnownNames) -> list[_LeadPart] | None:
    """What stands between known names as unknown codes; None when it is anything else."""
    words = between.strip(_EDGES + "&/").split()
    if not all(map(is_code, words)):
        return None
    return [_unknown(word, names) for word in words]


def _named(name: str) -> _LeadPart:
    return _LeadPart(fold_code(name), name)


def _unknown(text: str, names: KnownNames) -> _LeadPart:
    return _LeadPart(fold_code(text), unknown=Unresolved(text, names.nearest(text)))

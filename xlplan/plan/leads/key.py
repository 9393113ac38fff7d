"""The plan's key to leads, and what a cell read through it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LeadKind = Literal["person", "post", "group"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A person, post or group of the key. `key` is its permanent key; `codes` and `spellings`
    resolve to it too.
    """

    key: str
    name: str
    kind: LeadKind = "person"
    codes: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    contact: str = ""
    role: str = ""
    email: str = ""
    copy_to: tuple[str, ...] = ()
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class LeadKey:
    """The key to leads. `open` (a plan without a key): a name that nobody listed is a lead of its
    own.
    """

    leads: tuple[Lead, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name in a cell that the key does not know, with the nearest names that it does."""

    text: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadsRead:
    """What a leads cell names, in the order written. `canonical` compares cells: names in order,
    folded.
    """

    leads: tuple[str, ...]
    canonical: str
    unresolved: tuple[Unresolved, ...] = ()
    dangling: bool = False
    mended: str = ""

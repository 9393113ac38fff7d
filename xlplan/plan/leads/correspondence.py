"""Whom a mail for a lead goes to: the lead or the deputy of the day, a group's contact or members,
and copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlplan.plan.leads.key import Lead
from xlplan.plan.text.text import fold_code


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who stands in for a lead, and the days on which they do; None is open at that end."""

    name: str
    since: date | None = None
    until: date | None = None

    def stands_in(self, today: date) -> bool:
        """Whether the deputy gets the lead's mail on this day."""
        return bool(self.name) and (self.since or today) <= today <= (self.until or today)


@dataclass(frozen=True, slots=True)
class Addressees:
    """Addresses of one mail. `deputy` is the name of whoever stands in, "" when nobody does."""

    to: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The key to leads as far as mail is concerned."""

    leads: Sequence[Lead]
    deputies: Mapping[str, Deputy] = field(default_factory=dict)

    def addressees(self, lead: str, today: date) -> Addressees:
        """Whom mail for a lead goes to; without an address the mail is written all the same, for
        the office to send.
        """
        found = self._find(lead)
        if found is None:
            # Some cells name a lead by a mail address.
            return Addressees((lead,) if _is_address(lead) else ())
        theirs, copies = self._addresses(found), tuple(self._copies(found))
        deputy = self.deputies.get(found.name, Deputy(""))
        stand_in = self._of_name(deputy.name) if deputy.stands_in(today) else ()
        if stand_in:
            # Who is away finds a copy of the mail when they are back.
            return Addressees(stand_in, _without((*theirs, *copies), stand_in), deputy.name)
        return Addressees(theirs, _without(copies, theirs))

    def _find(self, name: str) -> Lead | None:
        wanted = fold_code(name)
        return next(
            (
                lead
                for lead in self.leads
                if wanted in map(fold_code, (lead.name, *lead.codes, *lead.spellings))
            ),
            None,
        )

    def _addresses(self, lead: Lead) -> tuple[str, ...]:
        """A lead's own address; a group without one is reached through its contact, else through
        its members.
        """
        if lead.email:
            return (lead.email,)
        if lead.kind != "group":
            return ()
        # A board or a team seldom has a mailbox of its own.
        contact = self._of_name(lead.contact) if lead.contact else ()
        return contact or tuple(
            dict.fromkeys(part for member in lead.members for part in self._of_name(member))
        )

    def _of_name(self, name: str) -> tuple[str, ...]:
        if _is_address(name):
            return (name,)
        found = self._find(name)
        return (found.email,) if found and found.email else ()

    def _copies(self, lead: Lead) -> list[str]:
        return [part for name in lead.copy_to for part in self._of_name(name)]


def _is_address(text: str) -> bool:
    return "@" in text and " " not in text.strip()


def _without(addresses: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address for address in dict.fromkeys(addresses) if address not in taken)

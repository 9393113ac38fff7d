"""The names that a key to leads knows: finding them in a text, and resolving one. Near misses are
never resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from xlplan.plan.leads.key import Lead, LeadKey
from xlplan.plan.text.likeness import near
from xlplan.plan.text.text import DASHES, fold_code, mend_lookalikes, same_text

_LONG = 8
"""Letters from which a name is told by its letters alone, wherever blanks have crept in (`developm
ent`).
"""

_NEVER = re.compile(r"(?!)")


class KnownNames:
    """Every code, name and spelling of a key. A form that two leads share resolves to neither."""

    def __init__(self, key: LeadKey) -> None:
        self.leads = key.leads
        self._typed: dict[str, list[Lead]] = {}
        self._forms: tuple[dict[str, list[Lead]], ...] = ({}, {}, {})
        for lead in key.leads:
            for code in lead.codes:
                _add(self._typed, _as_one_line(code), lead)
            for forms, written in zip(
                self._forms, (lead.codes, (lead.name,), lead.spellings), strict=True
            ):
                for spelling in written:
                    _add(forms, _form(spelling), lead)
        self.names_in = _any_of(sorted(_written(key), key=len, reverse=True))

    def resolve(self, text: str) -> Lead | None:
        """The one lead that a text as a whole names: a code as typed first, then codes, names and
        spellings.
        """
        meant = self.meant(text)
        return meant[0] if len(meant) == 1 else None

    def meant(self, text: str) -> list[Lead]:
        """The leads that a text as a whole may name; more than one when they share it."""
        # Two codes may differ in their case alone, `DM` and `Dm`.
        exact = self._typed.get(_as_one_line(text), [])
        if len(exact) == 1:
            return exact
        form = _form(text)
        return next((forms[form] for forms in self._forms if form in forms), [])

    def nearest(self, text: str) -> tuple[str, ...]:
        """Names for a message: those that share it, that have its initials, or that look
        like it.
        """
        owners: dict[str, str] = {}
        for lead in self.leads:
            for written in (lead.name, *lead.codes, *lead.spellings):
                owners.setdefault(written, lead.name)
        # West Sussex writes initials, `JW`, beside names.
        initials = [lead.name for lead in self.leads if _initials(lead.name) == fold_code(text)]
        alike = [owners[written] for written in near(text, owners, n=6)]
        shared = [lead.name for lead in self.meant(text)]
        return tuple(dict.fromkeys(shared + initials + alike))[:3]


@lru_cache(maxsize=16)
def known_names(key: LeadKey) -> KnownNames:
    """The names of a key, made ready once."""
    return KnownNames(key)


def _add(forms: dict[str, list[Lead]], form: str, lead: Lead) -> None:
    sharing = forms.setdefault(form, [])
    if form and lead not in sharing:
        sharing.append(lead)


def _as_one_line(text: str) -> str:
    return " ".join(mend_lookalikes(same_text(text)).split())


def _form(text: str) -> str:
    """A name as compared: without case, dots and the apostrophe of a plural (`DM's`); a long one
    without blanks.
    """
    bare = re.sub(r"'s$", "s", fold_code(text)).replace(".", "")
    squeezed = bare.replace(" ", "")
    return squeezed if len(squeezed) >= _LONG else " ".join(bare.split())


def _initials(name: str) -> str:
    return "".join(word[0] for word in fold_code(name).split() if word[0].isalpha())


def _written(key: LeadKey) -> Iterator[str]:
    forms = (form for lead in key.leads for form in (*lead.codes, lead.name, *lead.spellings))
    return (form for form in dict.fromkeys(map(_as_one_line, forms)) if form)


def _any_of(written: list[str]) -> re.Pattern[str]:
    """Any of the names as whole words, the first that fits; longest first keeps a post's commas
    inside it.
    """
    if not written:
        return _NEVER
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(_expression, written))})(?!\w)(?!'\w)", re.IGNORECASE
    )


def _expression(name: str) -> str:
    # Text out of a PDF has blanks within words: `developm ent`.
    blank = r"\s*" if len(name.replace(" ", "").replace(".", "")) >= _LONG else r"\s+"
    letters = [_letter(letter, blank) for letter in re.sub(r"'s$", "s", name)]
    if name[-1:].casefold() == "s" and len(letters) > 1:
        # People write `DM's` for several DMs.
        letters[-1] = "'?s"
    between = r"\s?" if blank == r"\s*" else ""
    return between.join(letters)


def _letter(letter: str, blank: str) -> str:
    if letter == " ":
        return blank
    if letter == ".":
        # Kent's key has `Imp. Team`, its cells `Imp Team`.
        return r"\.?"
    # Word makes a long dash of a hyphen between blanks as people type.
    return f"[{re.escape(DASHES)}]" if letter in DASHES else re.escape(letter)

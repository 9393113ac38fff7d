"""References to recommendations, paragraphs and other actions: lists and ranges of them read into
single ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.plan.model import Item, Plan
from xlplan.plan.text.natural import natural
from xlplan.plan.text.text import DASHES, fold_code, mend_lookalikes, same_text

_ONE = r"[0-9]+(?:\.[0-9]+)*[a-z]?(?:\s?\([^()]*\))?"
_TO = rf"\s*(?:[{re.escape(DASHES)}]|\bto\b)\s*"
_ITEM = rf"{_ONE}(?:{_TO}{_ONE})?"
_PART = re.compile(
    rf"(?P<prefix>(?:.*?[^0-9.()])??)(?P<items>{_ITEM}(?:\s+{_ITEM})*)", re.IGNORECASE | re.DOTALL
)
_RANGE = re.compile(rf"((?:[0-9]+\.)*)([0-9]+){_TO}((?:[0-9]+\.)*)([0-9]+)", re.IGNORECASE)
_LONGEST_RANGE = 300
_SEE = re.compile(
    r"\b(?:see|refer to|as per|linked? to|links to|cross[- ]ref(?:erence)?(?: to)?)\s"
    r"(?:also\s)?(?:actions?\s|ref\.?\s)?"
    r"(?P<refs>[A-Z]{0,4}\s?[0-9]+(?:\.[0-9]+)+"
    r"(?:(?:,|\s?&|\s?and|\s?/)\s?[A-Z]{0,4}[0-9]+(?:\.[0-9]+)+)*)(?![\w%])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class References:
    """What a cell refers to: each reference once, in the order written; `canonical` compares them
    as a set.
    """

    refs: tuple[str, ...]
    canonical: str


def read_references(text: str) -> References:
    """Read `IN 1.7, 3.1; OIS 2012` as IN 1.7, IN 3.1, OIS 2012; `1 – 3` as 1, 2, 3; `7(a)` as `7
    (a)`.

    A name before a number holds for the numbers after it up to the next name, semicolon or line.
    What is no reference stays as it is. E.g. `1.2-1.4` reads 1.2, 1.3, 1.4; `Ofsted 3 and 5` reads
    Ofsted 3, Ofsted 5.
    """
    words = mend_lookalikes(same_text(text))
    found = dict.fromkeys(ref for group in re.split(r"[;\n]", words) for ref in _in_group(group))
    # `IN 1.7` and `in 1.7` are one recommendation: the first spelling is shown.
    by_meaning = {fold_code(ref): ref for ref in reversed(found)}
    refs = tuple(ref for ref in found if by_meaning[fold_code(ref)] == ref)
    return References(refs, "; ".join(sorted(by_meaning, key=natural)))


def _in_group(group: str) -> Iterator[str]:
    prefix = ""
    for part in re.split(r",|&|\band\b", group, flags=re.IGNORECASE):
        words = part.strip(" .")
        found = _PART.fullmatch(words)
        if found is None:
            prefix = ""
            if words:
                yield words
            continue
        # `Ofsted 3 and 5`: the inspectorate is named once.
        prefix = found["prefix"] or prefix
        for item in re.findall(_ITEM, found["items"], re.IGNORECASE):
            yield from (prefix + ref for ref in _each(item))


def _each(item: str) -> list[str]:
    """Every number of a range; else the item itself, with one blank before a bracket."""
    # `1.2 - 1.4` counts on within 1; `1.2 - 2.4` could be many things and stays as written.
    span = _RANGE.fullmatch(item)
    if span and span[1] == span[3] and len(span[4]) < 9:
        first, last = int(span[2]), int(span[4])
        if first < last <= first + _LONGEST_RANGE:
            return [f"{span[1]}{number}" for number in range(first, last + 1)]
    return [re.sub(r"\s?\(", " (", item)]


def cross_references(text: str) -> list[str]:
    """The actions that a text points to: `See A7.1 and A7.2` is A7.1, A7.2. Whole numbers are no
    refs of actions.
    """
    # People wrap a cell by hand with Alt+Enter, in the middle of `see` and its ref.
    words = mend_lookalikes(same_text(text)).replace("\n", " ")
    found = (
        ref
        for match in _SEE.finditer(words)
        for ref in re.split(r"\s?(?:,|&|/|\band\b)\s?", match["refs"])
    )
    return list(dict.fromkeys(ref.strip() for ref in found if ref.strip()))


def by_reference(plan: Plan) -> dict[str, list[Item]]:
    """The plan read by recommendation: each one in natural order, with the actions that answer it
    in plan order.
    """
    answering: dict[str, list[Item]] = {}
    spelt: dict[str, str] = {}
    for action in plan.actions:
        for ref in read_references(action.text("links")).refs:
            answering.setdefault(spelt.setdefault(fold_code(ref), ref), []).append(action)
    return {ref: answering[ref] for ref in sorted(answering, key=natural)}

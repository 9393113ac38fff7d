"""Refs of a plan that was read: given where they are missing, told where they repeat, used to place
actions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from xlplan.mapping.keys import opening_field, opening_parts
from xlplan.plan.findings.finding import finding
from xlplan.plan.model import Item
from xlplan.plan.text.shapes import shape_of_opening
from xlplan.plan.text.text import fold_code, mend_lookalikes
from xlplan.plan.values import Value
from xlplan.workbook.office.building import PlanBuilder, code_value

_SMALL_WORDS = frozenset(
    ["and", "or", "of", "the", "in", "on", "for", "to", "a", "an", "with", "our", "at", "by"]
)


def settle_refs(builder: PlanBuilder) -> None:
    """Give refs to actions without one, and say which were lost and which stand on several
    actions.
    """
    actions = builder.plan.of_kind("action")
    lacking = [action for action in actions if not action.get("ref")]
    unread = _unread(builder, lacking)
    if lacking and lacking == actions:
        _number_all(builder, actions)
    else:
        for action in lacking:
            # West Sussex's 12.5 to 12.7 have lost the ref that opens the others' text.
            given = _next_ref(builder, action)
            _give(builder, action, given)
            if action.key not in unread:
                builder.say(action.key, "ref", "ref-missing", given=given)
    _say_repeated(builder, actions)


_KIND = 3
"""So many texts that open alike are one finding."""


def _unread(builder: PlanBuilder, lacking: list[Item]) -> set[str]:
    """Say once for each shape that texts open with what looks like a ref, and the mapping reads
    none; keys of these actions.
    """
    opened = opening_field(builder.mapping)
    if opened is None or "ref" not in opening_parts(builder.mapping, opened[0]):
        return set()
    alike: dict[str, list[Item]] = {}
    for action in lacking:
        if shape := shape_of_opening(action.text(opened[0])):
            alike.setdefault(shape, []).append(action)
    several = {shape: some for shape, some in alike.items() if len(some) >= _KIND}
    for shape, some in several.items():
        first = some[0]
        text = first.text(opened[0])
        builder.say(first.key, "ref", "refs-unread", text[:60], count=str(len(some)), shape=shape)
    return {action.key for some in several.values() for action in some}


def _give(builder: PlanBuilder, action: Item, ref: str) -> None:
    action.values["ref"] = Value(ref, fold_code(ref))
    builder.given.add(action.key)


def _number_all(builder: PlanBuilder, actions: list[Item]) -> None:
    """A plan without refs: section initials and a running number, `LO1`."""
    # Leicestershire publishes no refs at all.
    initials = _initials(builder.plan.sections)
    counts: Counter[str] = Counter()
    for action in actions:
        section = action.text("section")
        counts[section] += 1
        _give(builder, action, f"{initials.get(section, '')}{counts[section]}")
    first, last = actions[0].text("ref"), actions[-1].text("ref")
    at = next(iter(builder.reads[actions[0].key].at.values()))
    builder.findings.append(
        finding("refs-given", at=at, first=first, last=last, count=len(actions))
    )


def _initials(sections: Iterable[Item]) -> dict[str, str]:
    """Initials by section key: of its ref (`2.`) or of the words that matter; longer where two
    would be one.
    """
    given: dict[str, str] = {}
    for section in sections:
        words = re.findall(r"[A-Za-z]\w*", mend_lookalikes(section.text("name")))
        telling = [word for word in words if word.casefold() not in _SMALL_WORDS] or words or ["S"]
        ref = section.text("ref")
        initials = f"{ref}." if ref else "".join(word[0].upper() for word in telling)
        length = 1
        while initials in given.values() and not ref:
            length += 1
            initials = "".join(word[:length].upper() for word in telling)
            if length > max(map(len, telling)):
                initials += str(len(given))
        given[section.key] = initials
    return given


def _next_ref(builder: PlanBuilder, action: Item) -> str:
    """The number after the last one of the action's section that nobody has: 12.4 is followed by
    12.5.
    """
    everyone = {other.get("ref").canonical for other in builder.plan.of_kind("action")}
    section = builder.plan.items.get(action.text("section"))
    stem = section.text("ref") if section else ""
    fellows = [
        other.text("ref")
        for other in builder.plan.of_kind("action")
        if other.text("section") == action.text("section")
    ]
    if not stem:
        stem = next((ref.rpartition(".")[0] for ref in reversed(fellows) if "." in ref), "")
    numbers = [
        int(found[1]) for ref in fellows if (found := re.match(re.escape(stem) + r"\.(\d+)", ref))
    ]
    number = max(numbers, default=0) + 1
    while fold_code(f"{stem}.{number}") in everyone:
        number += 1
    return f"{stem}.{number}" if stem else str(number)


def _say_repeated(builder: PlanBuilder, actions: list[Item]) -> None:
    counts = Counter(action.get("ref").canonical for action in actions)
    for action in actions:
        count = counts[action.get("ref").canonical]
        if count > 1:
            builder.say(action.key, "ref", "ref-repeated", action.text("ref"), count=str(count))


def place_by_ref(builder: PlanBuilder) -> None:
    """Put each action under the requirement whose number its ref continues: A9.1 under A9, wherever
    its row stands.
    """
    requirements = [item for item in builder.plan.of_kind("requirement") if item.get("ref")]
    for action in builder.plan.of_kind("action"):
        ref = action.get("ref").canonical
        owners = [
            requirement
            for requirement in requirements
            # Kent's A10.1 goes on from A10, not from A1.
            if re.match(re.escape(requirement.get("ref").canonical) + r"[^0-9a-z]", ref)
        ]
        if owners:
            owner = max(owners, key=lambda requirement: len(requirement.text("ref")))
            action.values["requirement"] = code_value(owner.key)
            if owner.text("section"):
                action.values["section"] = owner.get("section")


def prints_its_ref(action: Item, text: str) -> bool:
    """Whether a ref stands in front of an action's text: not where reading gave it, and the text
    opens with something like another.
    """
    return bool(action.text("opening")) or not shape_of_opening(text)

"""What an edited mapping changes in the plan's key to leads: new leads, and what is said anew of
known ones.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.mapping.keys import lead_key
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import fold_code
from xlplan.workbook.office.building import code_value, text_value
from xlplan.workbook.office.leads import lead_items

_LISTS = frozenset(["codes", "spellings", "members", "copy_to"])
# Offices sort the entries of a mapping anew, by name or by post: that says nothing of anybody.
_NOT_SAID = frozenset(["order"])


def key_changes(
    plan: Plan, before: PlanMapping, after: PlanMapping
) -> tuple[list[Change], list[Item]]:
    """Changes and new items that the leads of `after` ask for.

    What a sheet of the workbook said of a lead stays; a lead that the mapping no longer names stays
    too, since actions may name it.
    """
    known = plan.of_kind("lead")
    old = lead_items(lead_key(before))
    changes: list[Change] = []
    added: list[Item] = []
    for item in lead_items(lead_key(after)):
        target = _same_lead(item, known)
        if target is None:
            number = len(known) + len(added) + 1
            while f"lead:{number}" in plan.items:
                number += 1
            added.append(
                Item(f"lead:{number}", "lead", {**item.values, "order": code_value(str(number))})
            )
        else:
            changes += _moved(target, _same_lead(item, old), item)
    return changes, added


def _same_lead(item: Item, others: Iterable[Item]) -> Item | None:
    """The lead that shares the name, else a code or spelling."""
    several = list(others)
    name = fold_code(item.text("name"))
    exact = next((one for one in several if fold_code(one.text("name")) == name), None)
    return exact or next((one for one in several if _words(one) & _words(item)), None)


def _words(item: Item) -> set[str]:
    words = [item.text("name"), *_parts(item.text("codes")), *_parts(item.text("spellings"))]
    return {fold_code(word) for word in words if word}


def _parts(text: str) -> list[str]:
    return [part for part in text.split("; ") if part]


def _moved(target: Item, before: Item | None, after: Item) -> Iterable[Change]:
    """The cells of a known lead that the mapping says anew."""
    names = {*after.values, *(before.values if before else {})} - _NOT_SAID
    for name in sorted(names):
        was, now, has = (item.text(name) if item else "" for item in (before, after, target))
        if was == now:
            continue
        # The office's own sheet of leads may have given spellings too; the mapping drops only its
        # own.
        if name in _LISTS:
            dropped = set(_parts(was)) - set(_parts(now))
            left = [part for part in _parts(has) if part not in dropped]
            now = "; ".join(dict.fromkeys([*left, *_parts(now)]))
        if now != has:
            yield Change(target.key, name, target.get(name), text_value(now))

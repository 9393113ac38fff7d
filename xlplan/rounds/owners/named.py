"""Which item an officer means who types a ref and a field: an action, or a measure by its number or
name.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import fold_code
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.session.session import NothingDone

_MOST_NAMED = 10


def find_item(plan: Plan, mapping: PlanMapping, called: str, field: str) -> Item:
    """The action of that ref; where the field is one of measures, the measure of that number or
    name.

    Raises:
        NothingDone: nothing, or more than one, is called so.
    """
    if field in mapping.fields or spec_of_cell(mapping, field) is None:
        return find_action(plan, called)
    found = [measure for measure in plan.of_kind("measure") if fold_code(called) in _names(measure)]
    if len(found) == 1:
        return found[0]
    problem = (
        f"{len(found)} measures are called {called}." if found else f"There is no measure {called}."
    )
    known = "; ".join(one.called for one in (found or plan.of_kind("measure"))[:_MOST_NAMED])
    raise NothingDone(problem, f"Name one by its number or its words: {known}.")


def check_field(field: str, mapping: PlanMapping, items: Iterable[Item]) -> None:
    """Refuse a field that neither the mapping describes nor any of the items holds.

    Raises:
        NothingDone: there is no such field; the message lists those of the mapping.
    """
    if field and field not in mapping.fields and not any(field in item.values for item in items):
        raise NothingDone(f"There is no field '{field}'.", f"Fields: {', '.join(mapping.fields)}.")


def _names(measure: Item) -> set[str]:
    """What a measure answers to."""
    names = (
        measure.text("no"),
        measure.text("measure"),
        # Copied out of a mail or a report, the number and the name are one text.
        f"{measure.text('no')} {measure.text('measure')}",
    )
    return {fold_code(one) for one in (*names, measure.called) if one.strip()}


def find_action(plan: Plan, ref: str) -> Item:
    """The action called `ref`, withdrawn ones too.

    Example: `new 3` finds NEW 3; where none has the ref `3,12`, the nearest ones are named.

    Raises:
        NothingDone: no action, or more than one, is called so.
    """
    wanted = fold_code(ref)
    found = [item for item in plan.of_kind("action") if fold_code(item.text("ref")) == wanted]
    # Refs repeat in published plans: of two, the one that goes on is meant.
    living = [item for item in found if item.text("status") != "withdrawn"]
    found = living or found
    if len(found) == 1:
        return found[0]
    if found:
        raise NothingDone(
            f"{len(found)} actions are called {ref}.", "Give each a ref of its own first."
        )
    from xlplan.plan.text.likeness import near

    # Refs are typed from a printed page, `3,12` for `3.12`.
    refs = [item.text("ref") for item in plan.of_kind("action")]
    nearest = ", ".join(near(ref, refs))
    hint = (
        f"Nearest: {nearest}."
        if nearest
        else f"Refs run from {refs[0]} to {refs[-1]}."
        if refs
        else ""
    )
    raise NothingDone(f"There is no action {ref}.", hint)

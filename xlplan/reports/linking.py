"""Actions that went into others: one line for what was merged or split, instead of one withdrawn
and others new.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.figures.counts import ActionFigure
from xlplan.plan.figures.figures import Joined
from xlplan.reports.material import Material
from xlplan.reports.reading import PlanReading


def links(
    material: Material, reading: PlanReading, withdrawn: Iterable[ActionFigure]
) -> tuple[Joined, ...]:
    """Withdrawn actions by what they went into; those that went into the same actions share
    a line.
    """
    groups: dict[tuple[str, ...], list[ActionFigure]] = {}
    for action in withdrawn:
        heirs = _heirs(material, action.key)
        if heirs:
            groups.setdefault(heirs, []).append(action)
    items = material.after.items
    return tuple(
        Joined(tuple(gone), tuple(reading.action(items[key]) for key in heirs))
        for heirs, gone in groups.items()
    )


def _heirs(material: Material, key: str) -> tuple[str, ...]:
    """The actions that go on with what this one was, in plan order: an heir that has ended too
    hands on to its own.
    """
    # Offices merge in stages: 2.12 went into 2.6, which a later round withdrew into 3.1.
    living = {item.key for item in material.after.actions}
    reached: set[str] = set()
    ahead = [key]
    while ahead:
        found = _went_into(material, ahead.pop()) - reached
        reached |= found
        ahead += found - living
    return tuple(
        item.key for item in material.after.actions if item.key in reached and item.key != key
    )


def _went_into(material: Material, key: str) -> set[str]:
    """The actions that one went into. A link may stand at either end."""
    heirs = set(material.after.items[key].text("went_into").split())
    actions = material.after.of_kind("action")
    return {
        item.key for item in actions if item.key in heirs or key in item.text("came_from").split()
    }

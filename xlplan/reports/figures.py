"""Compute the figures of a report: pure, from two points of the plan and what the round knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlplan.mapping.keys import rag_scale
from xlplan.plan.figures.counts import UNRATED, ActionFigure, Tally
from xlplan.plan.figures.figures import (
    DueFigures,
    Edit,
    Figures,
    LeadLoad,
    Move,
    Redated,
    ReportHeading,
    Totals,
)
from xlplan.plan.model import Item
from xlplan.plan.rag import RagScale, movement
from xlplan.reports.further import count_open, further
from xlplan.reports.linking import links
from xlplan.reports.material import Material
from xlplan.reports.reading import PlanReading
from xlplan.reports.settling import decisions, edits, questions
from xlplan.workbook.kit.words import day_format

LEAD_FIELDS = frozenset({"leads", "accountable", "responsible"})


def figures(material: Material) -> Figures:
    """Everything that a report says about `material.after`, held against `material.before`."""
    reading = PlanReading(material)
    scale = rag_scale(material.mapping)
    actions = tuple(reading.action(item) for item in material.after.actions)
    moves = _moves(material, actions, scale)
    changed = edits(reading)
    due = due_figures(actions, material.today)
    gone = _withdrawn(material, reading)
    joined = links(material, reading, gone)
    linked = {action.key for link in joined for action in (*link.gone, *link.heirs)}
    new = _new(material, actions)
    rewritten = _of_others(changed, new)
    known = tuple(move for move in moves if move.kind != "unchanged" and move.known)
    late = frozenset(action.key for action in due.overdue)
    return Figures(
        heading=_heading(material),
        scale=scale,
        whole=_totals("", "All", material, material.after.actions, scale),
        sections=_by_section(material, reading, scale),
        actions=actions,
        moves=known,
        remaining=_remaining(actions, scale),
        stayed=frozenset(
            move.action.key for move in moves if move.kind == "unchanged" and move.action.open
        ),
        completed=_completed(material, moves, scale),
        new=tuple(action for action in new if action.key not in linked),
        withdrawn=tuple(action for action in gone if action.key not in linked),
        joined=joined,
        redated=_redated(material, reading),
        reworded=tuple(edit for edit in rewritten if edit.field == "action"),
        reassigned=tuple(edit for edit in rewritten if edit.field in LEAD_FIELDS),
        edits=changed,
        questions=questions(reading),
        decisions=decisions(reading),
        findings=tuple(material.findings),
        returns=tuple(material.returns),
        due=due,
        loads=_loads(actions, scale, late),
        further=further(reading, actions, known, scale, late),
        day_format=day_format(material.mapping),
        dated=_of_type(material, "date"),
        numeric=_of_type(material, "number", "percent"),
    )


def _of_type(material: Material, *types: str) -> frozenset[str]:
    return frozenset(name for name, spec in material.mapping.fields.items() if spec.type in types)


def _heading(material: Material) -> ReportHeading:
    words, office = material.mapping.plan, material.mapping.office
    title = material.after.items.get("plan")
    return ReportHeading(
        title=(title.text("title") if title else "") or words.title,
        organisation=words.organisation,
        round=material.round.name if material.round else "",
        return_by=material.round.return_by if material.round else "",
        since=material.since,
        until=material.until,
        today=material.today,
        marking=office.marking,
        draft=material.draft,
        action_word=words.action_word,
        section_word=words.section_word,
        ratings_only=material.ratings_only,
    )


def tally(items: Iterable[Item], scale: RagScale) -> Tally:
    """Count actions by rating, in scale order, the unrated last; a rating that the scale lacks
    counts as unrated.
    """
    counts = dict.fromkeys((*scale.codes, UNRATED), 0)
    completed = 0
    for item in items:
        code = item.text("rag")
        counts[code if code in counts else UNRATED] += 1
        completed += item.text("status") == "completed"
    return Tally(counts, completed)


def _totals(key: str, name: str, material: Material, now: list[Item], scale: RagScale) -> Totals:
    """Totals of the actions of one section now, and of those that were in it before."""
    # Before a first round all that is known of earlier is a column of the office's own workbook,
    # such as Previous RAG: ratings of the rows that it still has, and no section or standing.
    if material.ratings_only:
        then = [
            was for item in now if (was := material.before.items.get(item.key)) and was.text("rag")
        ]
    else:
        then = [item for item in material.before.actions if not key or item.text("section") == key]
    open_keys = {item.key for item in material.after.open_actions()}
    was_open = [
        item for item in then if (material.ratings_only and item.key in open_keys) or _is_open(item)
    ]
    return Totals(
        key=key,
        name=name,
        before=tally(then, scale),
        after=tally(now, scale),
        opened_before=tally(was_open, scale),
        opened_after=tally([item for item in now if _is_open(item)], scale),
    )


def _is_open(item: Item) -> bool:
    return item.text("status") not in {"completed", "withdrawn"}


def _by_section(material: Material, reading: PlanReading, scale: RagScale) -> tuple[Totals, ...]:
    """A section that lost all its actions still stands, with what it had."""
    keys = [section.key for section in material.after.sections]
    used = {
        action.text("section")
        for plan in (material.before, material.after)
        for action in plan.actions
    }
    keys += sorted(used - set(keys)) if not material.ratings_only else []
    sections = []
    for key in keys:
        now = [action for action in material.after.actions if action.text("section") == key]
        # Offices add rows above the first section line of a sheet.
        name = reading.section(key) if key else f"No {material.mapping.plan.section_word}"
        if key in used:
            # "" is the key of the whole: actions outside every section take another.
            sections.append(_totals(key or "-", name, material, now, scale))
    return tuple(sections)


def _moves(material: Material, actions: tuple[ActionFigure, ...], scale: RagScale) -> list[Move]:
    """What became of every action that both points have."""
    moves = []
    for action in actions:
        was = material.before.items.get(action.key)
        before = was.text("rag") if was else ""
        # An office's column of earlier ratings has blanks.
        known = was is not None and bool(before or not material.ratings_only)
        if was is not None or material.ratings_only:
            moves.append(
                Move(action, before, action.rag, movement(scale, before, action.rag), known)
            )
    return moves


def _completed(material: Material, moves: list[Move], scale: RagScale) -> tuple[Move, ...]:
    """Completed now and not before: by rating, or by the table they stand in."""
    done = []
    for move in moves:
        was = material.before.items.get(move.action.key)
        before = was.text("status") == "completed" if was else False
        # An office rates an action completed, and moves it to its sheet of completed ones a round
        # later.
        if move.action.status == "completed" and not before and scale.kind(move.before) != "closed":
            done.append(move)
    return tuple(done)


def _remaining(actions: tuple[ActionFigure, ...], scale: RagScale) -> tuple[ActionFigure, ...]:
    graded = [rating.code for rating in scale.ratings if rating.kind == "graded"]
    return tuple(
        # Boards read what is not on track: the best grade is left out.
        action
        for code in graded[:-1]
        for action in actions
        if action.open and action.rag == code
    )


def _new(material: Material, actions: tuple[ActionFigure, ...]) -> tuple[ActionFigure, ...]:
    return tuple(
        action
        for action in actions
        if not material.ratings_only and action.key not in material.before.items
    )


def _of_others(changed: Iterable[Edit], new: Iterable[ActionFigure]) -> list[Edit]:
    """Edits of actions that stood before: a new one is neither reassigned nor reworded."""
    keys = {action.key for action in new}
    return [edit for edit in changed if edit.key not in keys]


def _withdrawn(material: Material, reading: PlanReading) -> tuple[ActionFigure, ...]:
    standing = {item.key for item in material.before.actions}
    gone = (item for item in material.after.of_kind("action") if item.text("status") == "withdrawn")
    return tuple(
        reading.action(item) for item in gone if item.key in standing and not material.ratings_only
    )


def _redated(material: Material, reading: PlanReading) -> tuple[Redated, ...]:
    """Due dates that changed, the longest slip first."""
    found = []
    for item in material.after.actions:
        was = material.before.items.get(item.key)
        if material.ratings_only or was is None or was.get("due").means(item.get("due")):
            continue
        # A first date is given, not slipped: boards count those that moved.
        if not was.get("due"):
            continue
        # `31 June 2013` put right is no date that moved, nor is one that nobody has confirmed.
        if reading.due_doubted(was) or reading.due_doubted(item):
            continue
        before, after = reading.due_on(was), reading.due_on(item)
        # `Ongoing` and `TBC` name no day to count from.
        days = (after - before).days if before and after else None
        times = max(1, material.redated.get(item.key, 1))
        reason = reading.reason_of(item.key)
        found.append(
            Redated(reading.action(item), was.text("due"), item.text("due"), days, times, reason)
        )
    return tuple(sorted(found, key=lambda slip: (slip.days is None, -(slip.days or 0))))


def due_figures(actions: Iterable[ActionFigure], today: date) -> DueFigures:
    """Open actions by when they are due; within the next 30 days includes today."""
    groups: dict[str, list[ActionFigure]] = {}
    for action in actions:
        if action.open:
            groups.setdefault(_when(action, today), []).append(action)
    for name in ("overdue", "in_30", "in_60", "in_90", "later"):
        groups.get(name, []).sort(key=lambda action: action.due_on or date.max)
    return DueFigures(**{name: tuple(found) for name, found in groups.items()})


def _when(action: ActionFigure, today: date) -> str:
    if action.due_on is None:
        # People type `Ongoing` and `TBC`, or leave the cell empty.
        return "unclear" if action.due else "without"
    days = (action.due_on - today).days
    if days < 0:
        return "overdue"
    return next((f"in_{limit}" for limit in (30, 60, 90) if days <= limit), "later")


def _loads(
    actions: tuple[ActionFigure, ...], scale: RagScale, late: frozenset[str]
) -> tuple[LeadLoad, ...]:
    """What each lead leads; most open actions first, then by name."""
    led: dict[str, list[ActionFigure]] = {}
    for action in actions:
        # Many actions are led jointly: each of their leads has the whole of one.
        for lead in action.leads:
            led.setdefault(lead, []).append(action)
    loads = [_load(lead, theirs, scale, late) for lead, theirs in led.items()]
    return tuple(sorted(loads, key=lambda load: (-load.open.total, load.lead.casefold())))


def _load(lead: str, theirs: list[ActionFigure], scale: RagScale, late: frozenset[str]) -> LeadLoad:
    tally_open = count_open(theirs, scale)
    overdue = sum(action.key in late for action in theirs)
    return LeadLoad(lead, tally_open, len(theirs) - tally_open.total, overdue, tuple(theirs))

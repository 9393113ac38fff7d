"""Guess which field each column is, from its heading and its contents, and what type the others
have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlplan.mapping.consistency import RESERVED
from xlplan.mapping.model import FieldType
from xlplan.plan.text.text import fold_code
from xlplan.workbook.drafting.contents import REF, Contents, contents_of
from xlplan.workbook.drafting.table import SeenColumn, SeenTable
from xlplan.workbook.drafting.words import (
    EARLIER,
    HEADINGS,
    heading_says,
    known_heading,
    says_origin,
)

TYPES: dict[str, FieldType] = {
    "ref": "ref",
    "section_ref": "ref",
    "requirement_ref": "ref",
    "leads": "leads",
    "accountable": "leads",
    "responsible": "leads",
    "due": "timescale",
    "start": "timescale",
    "rag": "rag",
    "measures": "measure",
    "links": "links",
}
_OF_THE_ACTION = frozenset({"leads", "accountable", "responsible", "due", "start"})
_ENOUGH = 0.65
"""A column is a field from this score on: its heading says so outright, or heading and contents
agree.
"""
_ENOUGH_ALONE = 0.9
"""What the contents must say alone where the heading says nothing."""


@dataclass(slots=True)
class DraftField:
    """One field of the draft: its column, type, and what made it unsure ("" when nothing did)."""

    key: str
    type: FieldType
    column: SeenColumn | None = None
    unsure: str = ""
    history: dict[str, SeenColumn] = field(default_factory=dict)


def guess_fields(table: SeenTable) -> list[DraftField]:
    """The fields of a table, in the order of its columns."""
    seen = {column.column: contents_of(column, len(table.rows)) for column in table.columns}
    scores = [
        (_score(name, column, seen[column.column], table), name, column)
        for column in table.columns
        for name in HEADINGS
    ]
    taken: dict[str, SeenColumn] = {}
    sure: dict[str, float] = {}
    for score, name, column in sorted(scores, key=lambda score: (-score[0], score[2].column)):
        if (
            score >= _ENOUGH
            and name not in taken
            and column not in taken.values()
            and not _rival(name, taken)
        ):
            taken[name] = column
            sure[name] = score
    drafts = [
        DraftField(name, TYPES.get(name, "text"), column, _doubt(sure[name], name, column))
        for name, column in taken.items()
    ]
    _one_role(drafts)
    _earlier_ratings(table, seen, drafts)
    drafts += _refs_beside(table, seen, drafts)
    used = {id(column) for draft in drafts for column in (draft.column, *draft.history.values())}
    for column in table.columns:
        if id(column) not in used and not _headed_twice(column, table):
            drafts.append(_own(column, seen[column.column], drafts))
    return sorted(drafts, key=lambda draft: draft.column.column if draft.column else 0)


def _one_role(drafts: list[DraftField]) -> None:
    """A lone column of the accountable or the responsible is simply that of the leads."""
    # An office may head its only column of leads `Responsible officer`.
    roles = [draft for draft in drafts if draft.key in {"accountable", "responsible", "leads"}]
    if len(roles) == 1:
        roles[0].key = "leads"


def _rival(name: str, taken: dict[str, SeenColumn]) -> bool:
    """`leads` stands for both roles where the office does not tell them apart."""
    roles = {"accountable", "responsible"}
    return (name in roles and "leads" in taken) or (name == "leads" and bool(roles & taken.keys()))


def _score(name: str, column: SeenColumn, seen: Contents, table: SeenTable) -> float:
    # Who raised a thing, and when, is neither its lead nor one of its dates.
    if name in _OF_THE_ACTION and any(map(says_origin, column.headings)):
        return 0
    own = not column.under or any(map(known_heading, column.headings))
    heading = max(
        heading_says(name, text if own else f"{column.under} {text}") for text in column.headings
    )
    # Kent's two columns of leads are headed `A` and `R`, below `Leads`.
    if name in {"accountable", "responsible"}:
        return heading * 1.6 + (seen.names if heading else 0) if column.under or heading == 1 else 0
    # Offices publish columns yet to be filled: Kent's `Completion/ Evidence` is all but empty.
    if not column.texts:
        return heading * 1.2
    says = _CONTENTS[name](seen, column, table)
    if says <= -1 or (not heading and says < _ENOUGH_ALONE):
        return 0
    return heading + says


def _action(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    # Kent and West Sussex merge a requirement or an objective down; an action has its own row.
    # A heading outweighs a few rows that nobody has filled in yet.
    said = max(heading_says("action", heading) for heading in column.headings)
    if column.down or seen.length < 6 or seen.filled < (0.6 if said == 1 else 0.9):
        return -1
    return 0.5 * seen.different + min(seen.length, 120) / 200


def _ref(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if seen.length > 14 or column.down or seen.different < 0.5:
        return -1
    return (
        seen.refs * seen.different + (0.2 if column is table.columns[0] else 0)
        if seen.refs >= 0.5
        else -1
    )


def _rag(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if not seen.few or seen.length > 30 or seen.dates > 0.5 or column.down:
        return -1
    return 1.3 * seen.ratings if seen.ratings >= 0.5 else 0.2


def _links(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if seen.ratings > 0.5 or seen.dates > 0.6:
        return -1
    return 0.8 * seen.links if seen.links >= 0.5 else -0.6


def _due(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    return 1.2 * seen.dates if seen.dates >= 0.4 else -0.7


def _leads(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if seen.ratings > 0.6 or seen.dates > 0.5 or seen.length > 90:
        return -1
    return seen.names if seen.names >= 0.3 else -0.3


def _section(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    # West Sussex merges an objective down; a list out of a database says it again in each row.
    # Others type it once, in the first row of its section, and leave the cells below it blank.
    once = seen.filled <= 0.5 and bool(column.cells) and not column.cells[0].blank
    repeated = column.down or once or (seen.different <= 0.5 and seen.filled >= 0.5)
    if seen.dates > 0.5 or seen.ratings > 0.5 or seen.names > 0.7 or seen.links > 0.8:
        return -1
    return 0.4 + 0.3 * (1 - seen.different) if repeated and seen.length >= 8 else -0.7


def _requirement(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if (
        seen.dates > 0.5
        or seen.ratings > 0.5
        or seen.names > 0.7
        or seen.links > 0.8
        or seen.length < 8
    ):
        return -1
    return 0.35 if column.down or seen.different <= 0.8 else 0.1


def _wording(seen: Contents, column: SeenColumn, table: SeenTable) -> float:
    if seen.ratings > 0.6 or seen.dates > 0.7 or seen.names > 0.8 or seen.refs > 0.8:
        return -1
    return 0.2 if seen.length >= 15 else 0


_CONTENTS = {
    "ref": _ref,
    "action": _action,
    "leads": _leads,
    "due": _due,
    # Kent's `Start` and `End` look alike: where no heading tells, dates are mostly due dates.
    "start": lambda seen, column, table: min(_due(seen, column, table), 0.9),
    "rag": _rag,
    "links": _links,
    "section": _section,
    "requirement": _requirement,
    "progress": _wording,
    "evidence": _wording,
    "measures": _wording,
    "completion": lambda seen, column, table: 0.1,
    "notes": _wording,
    "governance": _wording,
}


def _doubt(score: float, name: str, column: SeenColumn) -> str:
    if not column.texts:
        return "the column is empty; its heading alone was gone by"
    strength = max(
        heading_says(name, heading)
        for heading in (*column.headings, f"{column.under} {column.heading}")
    )
    return "" if strength == 1 or score >= 1.5 else "guessed from the contents; check it"


def _earlier_ratings(table: SeenTable, seen: dict[int, Contents], drafts: list[DraftField]) -> None:
    """Further columns of ratings are earlier points of the one that counts: the one that says so,
    or the last.
    """
    rag = next((draft for draft in drafts if draft.key == "rag"), None)
    if rag is None or rag.column is None:
        return
    used = {id(draft.column) for draft in drafts if draft is not rag}
    alike = [
        column
        for column in table.columns
        if id(column) not in used and seen[column.column].ratings >= 0.6 and seen[column.column].few
        if not _headed_twice(column, table)
    ]
    # A Status beside a RAG is something else, and no earlier RAG.
    outright = [column for column in alike if _point(column) or _says_rating(column)]
    alike = outright or alike
    if len(alike) < 2:
        return
    # Sunderland has `RAG Initial`, `RAG Previous` and `RAG Current`, from left to right.
    current = [column for column in alike if not _point(column)]
    rag.column = current[-1] if current else alike[-1]
    others = [column for column in alike if column is not rag.column]
    for column in others:
        point = _point(column) or ("previous" if column is others[-1] else "initial")
        if point not in rag.history:
            rag.history[point] = column


def _says_rating(column: SeenColumn) -> bool:
    return any(heading_says("rag", heading) == 1 for heading in column.headings)


def _point(column: SeenColumn) -> str:
    heading = fold_code(f"{column.under} {column.heading}")
    return next((point for point, pattern in EARLIER.items() if pattern.search(heading)), "")


def _refs_beside(
    table: SeenTable, seen: dict[int, Contents], drafts: list[DraftField]
) -> list[DraftField]:
    """A column of refs left of a merged section or requirement is that one's ref, not the
    action's.
    """
    refs = []
    used = {id(draft.column): draft for draft in drafts}
    for owner in ("section", "requirement"):
        whose = next(
            (draft.column for draft in drafts if draft.key == owner and draft.column), None
        )
        left = next(
            (column for column in table.columns if whose and column.column == whose.column - 1),
            None,
        )
        # West Sussex's `Ref` numbers objectives, Kent's `Ref.` requirements.
        if left is None or not left.texts or not all(REF.fullmatch(text) for text in left.texts):
            continue
        other = used.get(id(left))
        if other is not None and (other.key != "ref" or seen[left.column].different > 0.9):
            continue
        if left.down or seen[left.column].different < 0.9:
            if other is not None:
                drafts.remove(other)
            refs.append(DraftField(f"{owner}_ref", "ref", left))
    return refs


def _headed_twice(column: SeenColumn, table: SeenTable) -> bool:
    """Whether a column further left has the same heading: only one of the two can be a field."""
    return any(
        fold_code(left.heading) == fold_code(column.heading) and left.under == column.under
        for left in table.columns
        if left.column < column.column
    )


def likeliest_action(table: SeenTable, drafts: list[DraftField]) -> bool:
    """Take the column with the longest texts for the actions, where no column was; whether one
    could be.
    """
    seen = {id(column): contents_of(column, len(table.rows)) for column in table.columns}
    texts = [column for column in table.columns if column.texts and seen[id(column)].length >= 6]
    if not texts:
        return False
    column = max(texts, key=lambda one: seen[id(one)].length)
    drafts[:] = [draft for draft in drafts if draft.column is not column]
    unsure = "no heading says action; its texts are the longest"
    drafts.append(DraftField("action", "text", column, unsure))
    drafts.sort(key=lambda draft: draft.column.column if draft.column else 0)
    return True


def _own(column: SeenColumn, seen: Contents, drafts: list[DraftField]) -> DraftField:
    """A column of the office's own: its key is its heading, its type what all its cells can be read
    as.
    """
    words = re.findall(r"[a-z0-9]+", fold_code(f"{column.under} {column.heading}"))
    key = "_".join(words)[:40].strip("_") or f"column_{column.column}"
    # A column headed Status, Order or Comments has the name of something that xlplan keeps itself.
    key = f"own_{key}" if key in RESERVED else key
    while any(draft.key == key for draft in drafts) or key in HEADINGS or key in TYPES:
        key += "_2"
    kind: FieldType = "text"
    if seen.numbers > 0.9:
        kind = "number"
    elif seen.dates > 0.6:
        kind = "timescale"
    elif seen.names > 0.8 and seen.length < 60:
        kind = "text"
    return DraftField(key, kind, column, "no usual field; kept as one of the office's own")

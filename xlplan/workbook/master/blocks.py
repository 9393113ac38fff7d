"""The blocks of a table in the master: a line of a section or requirement, and what stands under
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlplan.plan.model import Item, Plan


@dataclass(slots=True)
class _Block:
    """Rows under one line; `section` and `requirement` are the keys that the line names, "" above
    the first.
    """

    section: str = ""
    requirement: str = ""
    rows: list[Item] = field(default_factory=list)

    def add(self, action: Item) -> None:
        """Put an action among those of the block, by its order."""
        places = [n for n, row in enumerate(self.rows) if row.kind == "action"]
        later = [n for n in places if self.rows[n].order > action.order]
        last = places[-1] + 1 if places else len(self.rows)
        self.rows.insert(later[0] if later else last, action)


def under_their_lines(rows: Sequence[Item], plan: Plan) -> list[Item]:
    """Rows of a table with every action under the line of its own section and requirement, where
    the table has one.
    """
    # An action that comes first in its section may have an order before that section's line.
    blocks = _blocks(rows, plan)
    astray: list[Item] = []
    for block in blocks:
        actions = (row for row in block.rows if row.kind == "action")
        away = {row.key: row for row in actions if _elsewhere(row, block, blocks)}
        astray += away.values()
        block.rows = [row for row in block.rows if row.key not in away]
    for action in astray:
        _home(action, blocks).add(action)
    return [row for block in blocks for row in block.rows]


def _blocks(rows: Sequence[Item], plan: Plan) -> list[_Block]:
    requirements = {item.order: item.key for item in plan.of_kind("requirement")}
    blocks = [_Block()]
    for row in rows:
        role = row.text("role")
        if role == "section":
            blocks.append(_Block(row.text("section")))
        elif role == "requirement":
            blocks.append(_Block(row.text("section"), requirements.get(row.order, "")))
        blocks[-1].rows.append(row)
    return blocks


def _homes(action: Item, blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks in which an action may stand; none where no line names what it belongs to."""
    section, requirement = action.text("section"), action.text("requirement")
    theirs = [block for block in blocks if block.section == section]
    # A section line that was put into the middle of a requirement parts its actions from it.
    named = [block for block in theirs if requirement and block.requirement == requirement]
    return named or (theirs if section else [])


def _elsewhere(action: Item, block: _Block, blocks: Sequence[_Block]) -> bool:
    homes = _homes(action, blocks)
    return bool(homes) and not any(home is block for home in homes)


def _home(action: Item, blocks: Sequence[_Block]) -> _Block:
    """Of several blocks the last that begins before the action, else the first."""
    homes = _homes(action, blocks)
    before = [home for home in homes if home.rows and home.rows[0].order < action.order]
    return (before or homes[:1])[-1]

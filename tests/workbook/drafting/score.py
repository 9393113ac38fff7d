"""Score drafted mappings on made-up layouts: `python -m tests.workbook.drafting.score` prints a
line for each and the total.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.workbook.drafting.layouts import Layout, Truth, layouts
from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.text.text import fold_code
from xlplan.workbook.drafting.draft import draft_mapping
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

WANTED = 0.9
"""The share of what there is to guess that must be right."""


@dataclass(frozen=True)
class Scored:
    """What a draft of one layout got right, and what it did not."""

    name: str
    right: int
    wrong: list[str]
    errors: int

    @property
    def share(self) -> float:
        return self.right / (self.right + len(self.wrong))


def score(layout: Layout, folder: Path) -> Scored:
    """Draft a mapping for a layout and hold it against what was written."""
    path = folder / f"{layout.name}.xlsx"
    truth = layout.write(path)
    drafted = draft_mapping(path)
    mapping = load_text(drafted.toml, "draft.toml")
    found = read_office_workbook(path, mapping)
    told = list(_checks(truth, mapping, found))
    errors = sum(finding.severity == "error" for finding in found.findings)
    return Scored(
        layout.name,
        sum(right for _, right in told),
        [what for what, right in told if not right],
        errors,
    )


def _checks(truth: Truth, mapping: PlanMapping, found: OfficePlan) -> Iterator[tuple[str, bool]]:
    yield (
        f"{len(found.plan.actions)} of {truth.actions} actions",
        len(found.plan.actions) == truth.actions,
    )
    yield (
        f"{len(found.plan.sections)} of {truth.sections} sections",
        len(found.plan.sections) == truth.sections,
    )
    fields = {
        fold_code(heading): key for key, spec in mapping.fields.items() for heading in spec.headings
    }
    for name, heading in truth.headings.items():
        key = fields.get(fold_code(heading), "nothing")
        yield f"'{heading}' is {name}, not {key}", key == name
    if truth.refs:
        yield "refs", [action.text("ref") for action in found.plan.actions] == truth.refs
    drafted = {
        fold_code(word): rating for rating in mapping.rag for word in (rating.code, rating.name)
    }
    for word, kind in truth.ratings.items():
        rating = drafted.get(fold_code(word))
        yield (
            f"rating '{word}' is {kind}, not {rating.kind if rating else 'known'}",
            bool(rating) and rating.kind == kind,
        )


def main() -> int:
    """Score every layout; 0 when the share that is right is high enough and no draft has errors."""
    with tempfile.TemporaryDirectory() as folder:
        scored = [score(layout, Path(folder)) for layout in layouts()]
    for one in scored:
        print(f"{one.share:6.1%}  {one.errors} errors  {one.name}  {'; '.join(one.wrong)}")
    right = sum(one.right for one in scored)
    total = right + sum(len(one.wrong) for one in scored)
    print(f"{right / total:6.1%}  of {total} guesses on {len(scored)} layouts")
    return int(right / total < WANTED or any(one.errors for one in scored))


if __name__ == "__main__":
    sys.exit(main())

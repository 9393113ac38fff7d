"""Published texts in the same layouts: longer, with look-alike letters, spaced otherwise; the plan
is the same.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.office.test_office_plans import the_plan
from tests.workbook.office.variants import Typed, look_alike, only_wording, respaced, variant
from xlplan.mapping.load import load_mapping
from xlplan.plan.leads.reading import read_leads
from xlplan.plan.timescale.reading import read_timescale
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

PLANS = ["west-sussex-2019", "sunderland-2017", "walsall-2012", "kent-2010", "leicestershire-2017"]
CHANGES: dict[str, tuple[Typed, ...]] = {
    "longer": (),
    "look-alike": (look_alike,),
    "respaced": (respaced,),
    "all at once": (look_alike, respaced),
}
LEADS = ("leads", "accountable", "responsible")


def facts(found: OfficePlan) -> dict[str, Any]:
    """What must not depend on how a text is typed."""
    plan = found.plan
    actions = plan.actions
    return {
        "counts": {
            kind: len(plan.of_kind(kind))
            for kind in ("section", "requirement", "action", "measure", "lead")
        },
        "by section": Counter(action.text("section") for action in actions),
        "by requirement": Counter(action.text("requirement") for action in actions),
        "status": Counter(action.text("status") for action in actions),
        "refs": [action.text("ref") for action in actions],
        "ratings": [action.text("rag") for action in actions],
        "earlier": [
            sorted((place, value.text) for place, value in seed.values.items())
            for seed in found.seeds
        ],
        "dues": [read_timescale(action.text("due")).due for action in actions],
        "leads": [
            read_leads(action.text(name), found.leads).leads for action in actions for name in LEADS
        ],
        "unresolved": Counter(
            finding.ref for finding in found.findings if finding.code == "lead-unresolved"
        ),
        "outcomes": [bool(section.text("outcome")) for section in plan.sections],
        "links": [action.get("links").canonical for action in actions],
        "totals": Counter(
            finding.message for finding in found.findings if finding.code == "totals-differ"
        ),
    }


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("changes", CHANGES)
def test_a_published_text_gives_the_same_plan(name: str, changes: str, tmp_path: Path) -> None:
    source = Path("workbooks") / f"{name}.xlsx"
    longer = [only_wording(the_plan(name).plan)] if changes in {"longer", "all at once"} else []
    path = variant(source, tmp_path / f"{name}.xlsx", *longer, *CHANGES[changes])
    found = read_office_workbook(path, load_mapping(Path("mappings") / f"{name}.toml"))
    assert [finding for finding in found.findings if finding.severity == "error"] == []
    assert facts(found) == facts(the_plan(name))

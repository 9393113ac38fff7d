"""Every printed figure is what `log --json` alone gives: all five plans, after two rounds of random changes."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.rounds.office import ROOT, Office
from xlplan.mapping.keys import period, rag_scale
from xlplan.mapping.load import load_mapping
from xlplan.plan.timescale import read_timescale
from xlplan.workbook.office import read_office_workbook

PLANS = {
    "walsall-2012": 2013,
    "sunderland-2017": 2017,
    "west-sussex-2019": 2019,
    "kent-2010": 2011,
    "leicestershire-2017": 2017,
}
CHANGES = 16


class Played:
    """One plan after two rounds, and what its log says of every action."""

    def __init__(self, plan: str, folder: Path, capsys: pytest.CaptureFixture[str], clock: Any) -> None:
        self.office = Office(folder, capsys, plan)
        self.mapping = load_mapping(ROOT / "mappings" / f"{plan}.toml")
        self.scale = rag_scale(self.mapping)
        self.chance = random.Random(plan)
        self.year = PLANS[plan]
        clock.chdir(folder)
        clock.setenv("XLPLAN_USER", "officer")
        clock.setenv("XLPLAN_NOW", f"{self.year}-05-02T09:00:00")
        self.office.run(
            "init",
            ROOT / "workbooks" / f"{plan}.xlsx",
            "--mapping",
            ROOT / "mappings" / f"{plan}.toml",
            "--accept-errors",
        )
        self.round("May Board", f"{self.year}-05-20")
        self.before = self.revision()
        self.office.run("close")
        clock.setenv("XLPLAN_NOW", f"{self.year}-06-03T09:00:00")
        self.today = date(self.year, 6, 3)
        self.round("June Board", f"{self.year}-06-20")
        self.now = self.revision()
        self.actions = self.histories(plan)

    def revision(self) -> int:
        return max(one["revision"] for one in self.office.run("log").document["revisions"])

    def round(self, name: str, return_by: str) -> None:
        sent = self.office.run("export", "--round", name, "--return-by", return_by).document["workbooks"]
        rows = [(one["lead"], ref) for one in sent if one["lead"] != self.mapping.office.name for ref in one["refs"]]
        for lead, ref in self.chance.sample(rows, min(CHANGES, len(rows))):
            field, text = self.chance.choice(
                [
                    ("rag", self.chance.choice(self.scale.codes)),
                    ("rag", self.chance.choice(self.scale.codes)),
                    ("due", f"{self.chance.randint(1, 28)}/{self.chance.randint(1, 12):02}/{self.year}"),
                    ("progress", f"Said {self.chance.random()}"),
                ]
            )
            assert self.office.run("set", ref, field, text, "--for", lead, "--reason", "why").status in {0, 1}
        assert self.office.run("merge").status in {0, 1}

    def histories(self, plan: str) -> dict[str, list[dict[str, Any]]]:
        """What `log REF --json` says of each action, by key."""
        read = read_office_workbook(ROOT / "workbooks" / f"{plan}.xlsx", self.mapping)
        found = [self.office.run("log", action.text("ref")) for action in read.plan.actions]
        return {one.document["key"]: one.document["history"] for one in found if one.status == 0}

    def at(self, revision: int) -> dict[str, dict[str, str]]:
        """Every action's fields as they were at a revision."""
        state: dict[str, dict[str, str]] = {}
        for key, history in self.actions.items():
            state[key] = {
                step["field"]: step["new"] or ""
                for step in sorted(history, key=lambda one: one["revision"])
                if step["revision"] <= revision
            }
        return state

    def tally(self, revision: int, section: str = "") -> dict[str, int]:
        rows = [one for one in self.at(revision).values() if not section or one.get("section") == section]
        counted = Counter(one.get("rag", "") for one in rows)
        return {code: counted[code] for code in (*self.scale.codes, "")}

    def open(self, revision: int) -> dict[str, dict[str, str]]:
        return {key: one for key, one in self.at(revision).items() if one["status"] not in {"completed", "withdrawn"}}

    def due_on(self, text: str) -> date | None:
        return read_timescale(text, period(self.mapping)).due if text else None


@pytest.fixture(params=list(PLANS))
def played(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Played:
    return Played(request.param, tmp_path, capsys, monkeypatch)


def test_every_printed_figure_is_what_the_log_gives(played: Played) -> None:
    office = played.office
    office.run("report", "--out", "report.json")
    told = json.loads((office.folder / "report.json").read_text(encoding="utf-8"))
    before, now = played.at(played.before), played.at(played.now)
    assert len(now) == told["totals"]["all"]["now"]["total"] > 20

    for place, revision in (("before", played.before), ("now", played.now)):
        assert told["totals"]["all"][place]["rag"] == played.tally(revision)
        assert told["totals"]["all"][place]["open"] == len(played.open(revision))
        for section in told["totals"]["sections"]:
            assert section[place]["rag"] == played.tally(revision, section["key"])

    moved = {
        key: (before[key].get("rag", ""), one.get("rag", ""))
        for key, one in now.items()
        if before[key].get("rag", "") != one.get("rag", "")
    }
    assert moved, "the rounds moved nothing: the test would prove nothing"
    assert {one["key"]: (one["previous"] or "", one["current"] or "") for one in told["movements"]} == moved
    assert sum(told["steps"].values()) == len(moved)

    redated = {
        key: (before[key].get("due", ""), one["due"])
        for key, one in now.items()
        if before[key].get("due") and before[key]["due"] != one.get("due", "")
    }
    assert {one["key"]: (one["was"], one["is"]) for one in told["redated"]} == redated
    days = {one["key"]: one["days"] for one in told["redated"]}
    for key, (was, new) in redated.items():
        first, last = played.due_on(was), played.due_on(new)
        assert days[key] == ((last - first).days if first and last else None)

    late = {
        key
        for key, one in played.open(played.now).items()
        if (due := played.due_on(one.get("due", ""))) and due < played.today
    }
    assert {one["key"] for one in told["overdue"]} == late
    _sentences_say_so(played, told, len(moved), len(late))
    _dashboard_says_so(played, len(late), moved)


def _sentences_say_so(played: Played, told: dict[str, Any], moved: int, late: int) -> None:
    said = " ".join(told["summary"])
    word = played.mapping.plan.action_word
    graded = [one.code for one in played.scale.ratings if one.kind == "graded"]
    still_open = played.open(played.now)
    best = sum(one.get("rag") == graded[-1] for one in still_open.values())
    verb = "is" if best == 1 else "are"
    assert said.startswith(f"{str(best or 'none').capitalize()} of {len(still_open)} open {word}s {verb} ")
    assert f"the rating of {moved} {word}{'s' if moved != 1 else ''} has moved" in said
    assert (
        f"{late or 'no'} open {word}{'s' if late != 1 else ''} {'is' if late == 1 else 'are'} past".lower()
        in said.lower()
    )


def _dashboard_says_so(played: Played, late: int, moved: dict[str, Any]) -> None:
    played.office.run("master", "--out", "master.xlsx")
    rows = [
        [one for one in row if one is not None]
        for row in openpyxl.load_workbook(played.office.folder / "master.xlsx")["Dashboard"].iter_rows(values_only=True)
    ]
    start = next(n for n, row in enumerate(rows) if row and row[0] == "Totals")
    before, now = played.tally(played.before), played.tally(played.now)
    wanted = [code for code in (*played.scale.codes, "") if code or before[""] or now[""]]
    total = sum(now.values())
    for code, row in zip(wanted, rows[start + 2 :], strict=False):
        assert row[1:3] == [before[code], now[code]]
        assert row[3] == pytest.approx(now[code] / total)
    assert next(row[1] for row in rows if row and row[0] == "Overdue") == late
    start = next(n for n, row in enumerate(rows) if row and str(row[0]).startswith("Movement"))
    kinds = []
    for row in rows[start + 2 :]:
        if not row:
            break
        kinds.append(row[1])
    assert sum(kinds) == len(moved)

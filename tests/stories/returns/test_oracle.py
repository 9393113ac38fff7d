"""The oracle knows only what was typed where: neither it nor what composes the returns imports
anything of xlplan.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import sums

ROOT = Path(__file__).resolve().parents[3]
APART = (
    "tests.sums, tests.stories.returns.oracle, tests.stories.returns.issued, "
    "tests.stories.returns.draft, tests.stories.returns.faults"
)
LOST = sums.Cell("a.xlsx", "1.1", "rag")


def test_nothing_of_xlplan_is_imported() -> None:
    said = (
        f"import sys, {APART}; sys.exit(any(name.split('.')[0] == 'xlplan' for name in "
        "sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", said], cwd=ROOT, check=False).returncode == 0


def a_document(**parts: list[dict[str, Any]]) -> sums.Document:
    return {"files": [], "changes": [], "questions": [], "findings": [], "superseded": []} | parts


CHANGE: dict[str, Any] = {
    "key": "a1",
    "ref": "1.1",
    "field": "rag",
    "sources": [{"file": "a.xlsx", "lead": "Ann"}],
}
QUESTION = CHANGE | {"reason": "cleared", "candidates": CHANGE["sources"]}
FINDING: dict[str, Any] = {
    "file": "a.xlsx",
    "sheet": "Update",
    "cell": "F9",
    "ref": "1.1",
    "field": "rag",
    "severity": "error",
}
FINDING["code"] = "rag-unknown"


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (a_document(changes=[CHANGE]), ["change"]),
        (a_document(questions=[QUESTION | {"field": "*"}]), ["question"]),
        (a_document(findings=[FINDING | {"severity": "warning"}]), []),
        (a_document(changes=[CHANGE], findings=[FINDING]), ["change", "finding"]),
        (a_document(findings=[FINDING, FINDING]), ["finding", "finding"]),
        (a_document(findings=[FINDING, FINDING | {"cell": "F10"}]), ["finding"]),
        (a_document(superseded=[FINDING]), ["superseded"]),
    ],
)
def test_a_cell_is_in_exactly_one_place(document: sums.Document, found: list[str]) -> None:
    assert sums.places(LOST, document) == found
    assert bool(list(sums.of_cells([LOST], document))) == (len(found) != 1)


def test_rows_and_counts_add_up() -> None:
    rows = {
        "read": 3,
        "refused": 0,
        "repeated": 0,
        "proposed": 0,
        "held": 0,
        "changed": 1,
        "unchanged": 2,
    }
    file = {
        "path": "a.xlsx",
        "lead": "Ann",
        "status": "waiting",
        "rows": rows,
        "changes": 1,
        "questions": 0,
        "findings": 0,
    }
    assert not list(sums.of_rows(a_document(files=[file], changes=[CHANGE])))
    assert len(list(sums.of_rows(a_document(files=[file])))) == 2
    twice = file | {"rows": rows | {"changed": 2, "unchanged": 1}}
    copied = FINDING | {"code": "row-repeated-differs", "field": None}
    assert len(list(sums.of_rows(a_document(files=[twice], changes=[CHANGE])))) == 1
    assert not list(
        sums.of_rows(
            a_document(files=[twice | {"findings": 1}], changes=[CHANGE], findings=[copied])
        )
    )
    assert (
        len(
            list(
                sums.of_rows(
                    a_document(files=[file | {"rows": rows | {"read": 4}}], changes=[CHANGE])
                )
            )
        )
        == 1
    )
    assert (
        len(list(sums.of_rows(a_document(files=[file], changes=[CHANGE], findings=[FINDING])))) == 1
    )

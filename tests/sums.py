"""The sum of an import adds up: its JSON document against the files that it took in. Imports
nothing of xlplan.

Every row counts once; every cell that differs from what the lead was sent stands in exactly one of
change, question, finding and superseded.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from openpyxl import load_workbook

from tests.stories.returns.issued import Issued, fill_in, find_table

Document = dict[str, Any]
ROW = "*"
SAYS_WHY_NOT = frozenset({"cell-agrees", "cell-decided", "locked-changed"})
"""Findings, not all of them errors, that say why a cell which differs is no change."""
NO_ANSWER = frozenset({"no_change", "token", "token2", "ref"})
"""Columns that say nothing of the plan: a tick, and what tells whose a row is."""


@dataclass(frozen=True)
class Cell:
    """A cell that differs from what the lead was sent; `row` is its row in the file, 0 when nobody
    knows.
    """

    file: str
    ref: str
    field: str
    row: int = 0


def of_rows(document: Document) -> Iterator[str]:
    """Where the counts of files do not add up, each by itself and all together."""
    for file in document["files"]:
        rows = dict(file["rows"])
        read = rows.pop("read")
        if read != sum(rows.values()) or min(rows.values()) < 0:
            yield f"{file['path']}: {read} rows read, {rows}"
        yield from _of_counts(file, document)
    ours = {file["path"] for file in document["files"]}
    told = sum(file["findings"] for file in document["files"])
    found = sum(one["file"] in ours for one in document["findings"])
    if told != found:
        yield f"the files count {told} findings, {found} are listed"


def _of_counts(file: Document, document: Document) -> Iterator[str]:
    path, lead = file["path"], file["lead"] or ""
    if file["status"] not in {"waiting", "unchanged"}:
        return
    # Several leads' sheets may stand in one file.
    said = [one for one in document["changes"] if _said_in(path, one["sources"], lead)]
    asked = [one for one in document["questions"] if _said_in(path, one["candidates"], lead)]
    changes, questions = ({(one["key"], one["field"]) for one in some} for some in (said, asked))
    for name, listed in (("changes", len(changes)), ("questions", len(questions))):
        if file[name] != listed:
            yield f"{path}: {file[name]} {name} counted, {listed} are listed"
    # Every copy of a row counts that says something else; what the copies agree on is one change.
    copies = sum(
        one["code"] == "row-repeated-differs" and one["file"] == path
        for one in document["findings"]
    )
    rows, changed = file["rows"]["changed"], len({key for key, _ in changes})
    if not changed <= rows <= changed + copies:
        yield f"{path}: {rows} changed rows counted, {changed} are listed"


def _said_in(path: str, sources: Iterable[Document], lead: str = "") -> bool:
    return any(source["file"] == path and lead in {"", source["lead"]} for source in sources)


def places(cell: Cell, document: Document) -> list[str]:
    """Where a cell stands in the document, each place as often as it stands there."""
    here = [
        "change"
        for one in document["changes"]
        if (one["ref"], one["field"]) == (cell.ref, cell.field)
        and _said_in(cell.file, one["sources"])
    ]
    here += ["question" for one in document["questions"] if _asks(one, cell)]
    told = [one for one in document["findings"] if one["file"] == cell.file]
    # A row that was copied has the same answer in several cells, each told at its own address.
    at_cells = Counter((one["sheet"], one["cell"]) for one in told if _is_about(one, cell))
    here += ["finding"] * max(at_cells.values(), default=0) or [
        "finding" for one in told if _refuses(one, cell)
    ]
    left = ((one["file"], one["ref"], one["field"]) for one in document["superseded"])
    return here + ["superseded"] * Counter(left)[cell.file, cell.ref, cell.field]


def _asks(question: Document, cell: Cell) -> bool:
    theirs = [one for one in question["candidates"] if one["file"] == cell.file]
    if question["reason"] != "detached":
        return (
            bool(theirs)
            and question["ref"] == cell.ref
            # A reason waits with the date that it explains.
            and (
                question["field"] in {cell.field, ROW}
                or any(cell.field in one.get("values", {}) for one in theirs)
            )
        )
    # Answers that came apart are asked about all in one question: each with the row it stands on
    # and its home.
    return any(cell.ref in {one["on"], one["to"]} and cell.field in one["values"] for one in theirs)


def _is_about(finding: Document, cell: Cell) -> bool:
    # Of answers sorted apart, a fault is told at the row that they stand on.
    here = finding["ref"] == cell.ref or (
        cell.row and str(finding["cell"]).lstrip(ascii_uppercase) == str(cell.row)
    )
    return (
        finding["field"] == cell.field
        and bool(here)
        and (finding["severity"] == "error" or finding["code"] in SAYS_WHY_NOT)
    )


def _refuses(finding: Document, cell: Cell) -> bool:
    """Whether the whole row of a cell is refused."""
    of_row = (
        finding["code"].startswith("row-")
        and finding["severity"] == "error"
        and finding["field"] is None
    )
    return of_row and finding["cell"] == f"A{cell.row}"


def of_cells(cells: Iterable[Cell], document: Document) -> Iterator[str]:
    """Cells that differ and stand nowhere, or in more than one place."""
    for cell in cells:
        found = places(cell, document)
        if len(found) != 1:
            yield f"{cell.file} {cell.ref} {cell.field}: is in {found or 'none'}"


def differing(issued: Issued, path: Path, name: str) -> list[Cell]:
    """Cells of a returned workbook that differ from those that were sent, row by row by the hidden
    code.

    Answers whose own copy of the code names one other row are read as that row's: they were sorted
    apart.
    """
    fill_in(issued)
    with warnings.catch_warnings():
        # openpyxl warns of every picture or drawing that it leaves out, and leads send such.
        warnings.simplefilter("ignore", UserWarning)
        table = find_table(load_workbook(path))
    if table is None:
        return []
    refs = {issued.shown[ref, "token"]: ref for ref in issued.refs if issued.refs.count(ref) == 1}
    rows = {
        row: {field: table.sheet.cell(row, column).value for field, column in table.columns.items()}
        for row in table.rows
    }
    copies = Counter(str(said.get("token2")) for said in rows.values())
    found = []
    for row, said in rows.items():
        own, named = refs.get(str(said["token"]), ""), str(said.get("token2"))
        home = refs.get(named, own) if copies[named] == 1 else own
        for field, value in said.items():
            ref = home if f"last.{field}" in said else own
            if (
                (ref, field) in issued.shown
                and field not in NO_ANSWER
                and not alike(value, issued.shown[ref, field])
            ):
                found.append(Cell(name, ref, field, row))
    return found


def alike(said: object, shown: str) -> bool:
    """Whether two texts mean the same as far as anybody can see who knows no plan: spaces
    and case.
    """
    return " ".join(str(said or "").split()).casefold() == " ".join(shown.split()).casefold()

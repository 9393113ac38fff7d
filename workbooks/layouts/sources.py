"""The CSVs that the example workbooks are made from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"

Record = dict[str, str]


def records(name: str) -> list[Record]:
    """The rows of a CSV in `data/`, all of them text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(rows: Iterable[Record], column: str) -> Iterator[tuple[str, list[Record]]]:
    """Runs of rows with the same value in a column."""
    return ((value, list(run)) for value, run in groupby(rows, key=lambda row: row[column]))


def stacked(text: str) -> str:
    """A list that the CSV keeps in one line, as the plan prints it: one item a line."""
    return text.replace("; ", "\n")

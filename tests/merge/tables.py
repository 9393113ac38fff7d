"""Pipe tables in tests, in the officer's notation."""

from __future__ import annotations


def rows(text: str) -> list[dict[str, str]]:
    """One dictionary a line, by the headings of the first; `\\n` and `\\xa0` in a cell stand for
    what they name.
    """
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    headings, *body = [[_read(cell) for cell in line] for line in lines]
    return [dict(zip(headings, cells, strict=True)) for cells in body]


def _read(cell: str) -> str:
    stripped = cell.strip()
    return (
        stripped.encode("ascii", "backslashreplace").decode("unicode_escape")
        if "\\" in stripped
        else stripped
    )

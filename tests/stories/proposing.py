"""Leads who propose actions in the blank rows of their workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.stories.office import Office

KEY = "xlplan:new."


def propose(office: Office, lead: str, *rows: dict[str, str], name: str = "") -> Path:
    """A lead's return with these rows filled in, by field; those that are too many stand below the
    blank rows.
    """
    path = office.fill(lead, {}, name=name)
    add_rows(path, *rows)
    return path


def add_rows(path: Path, *rows: dict[str, str]) -> None:
    """Fill in rows for proposals, from the first."""
    book = openpyxl.load_workbook(path)
    for page in book:
        heads = [
            one for cells in page.iter_rows() for one in cells if str(one.value).startswith(KEY)
        ]
        for head in heads:
            for place, said in enumerate(rows, start=2):
                text = said.get(str(head.value).removeprefix(KEY))
                if text is not None:
                    head.offset(row=place).value = text
    book.save(path)

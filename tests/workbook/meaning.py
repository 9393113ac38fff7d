"""What a workbook means, a line a cell: value, locked or input, validation; then colour rules by
range.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

SNAPSHOTS = Path(__file__).parent / "snapshots"


def meaning(path: Path, *sheets: str, rows: int | None = None) -> str:
    """The workbook as text that a person reads before renewing it; of each sheet so many rows, by
    default all.
    """
    book = load_workbook(path)
    wanted = [book[name] for name in sheets] if sheets else book.worksheets
    return "\n".join(line for sheet in wanted for line in _sheet(sheet, rows)) + "\n"


def same_as_snapshot(text: str, name: str) -> bool:
    """Whether a text is as it was; XLPLAN_RENEW=1 writes it anew."""
    path = SNAPSHOTS / name
    path.parent.mkdir(exist_ok=True)
    if os.environ.get("XLPLAN_RENEW"):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


def _sheet(sheet: Any, rows: int | None) -> Iterator[str]:
    state = "" if sheet.sheet_state == "visible" else f" · {sheet.sheet_state}"
    yield (
        f"# {sheet.title}{state}{' · protected' if sheet.protection.sheet else ''} · frozen at "
        f"{sheet.freeze_panes}"
    )
    for row in sheet.iter_rows(max_row=rows):
        for cell in row:
            if cell.value is not None or (sheet.protection.sheet and not cell.protection.locked):
                yield " · ".join(_cell(sheet, cell))
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else "no fill"
            words = (
                rule.formula[:1]
                if rule.type == "expression"
                else [rule.type, rule.operator, *rule.formula]
            )
            said = " ".join(word for word in words if word)
            yield f"{area.sqref} · {said} · {fill}"


def _cell(sheet: Any, cell: Any) -> Iterator[str]:
    yield cell.coordinate
    yield "locked" if cell.protection.locked else "input"
    if (
        sheet.row_dimensions[cell.row].hidden
        or sheet.column_dimensions[get_column_letter(cell.column)].hidden
    ):
        yield "hidden"
    yield repr(cell.value) if cell.value is not None else "empty"
    if cell.number_format not in {"General", "@"}:
        yield cell.number_format
    for rule in sheet.data_validations.dataValidation:
        if cell.coordinate in rule.sqref:
            yield f"list {rule.formula1}" if rule.type == "list" else (rule.type or "any")
    if cell.comment:
        yield f"note {cell.comment.text!r}"

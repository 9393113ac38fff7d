"""The marks of a returned workbook: what its hidden sheet and document properties say it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xlplan.spreadsheets.cells import Sheet, Spreadsheet
from xlplan.workbook.kit.marks import CUSTOM_PROPERTY, find_code, kind_of

_TELLS = {"format", "kind", "code", "issue"}
_LONGEST = 20_000
"""Lines of a hidden sheet that are read at most."""


@dataclass(slots=True)
class ReturnMarks:
    """Codes by mark; the kind that they tell; the hidden sheet's single values, its columns and our
    own texts.
    """

    codes: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)


def is_metadata(sheet: Sheet) -> bool:
    """Whether this is the hidden sheet of a workbook of ours, whatever it is called now."""
    return {text_of(sheet, row, 1) for row in range(1, 9)} >= _TELLS


def read_marks(book: Spreadsheet) -> ReturnMarks:
    """Everything that tells what the workbook is, but the visible code, which stands beside a
    table.
    """
    marks = ReturnMarks()
    for sheet in book.sheets:
        if is_metadata(sheet) and not marks.metadata:
            _read_metadata(sheet, marks)
    properties = {
        name.casefold().removeprefix("custom:"): value for name, value in book.properties.items()
    }
    # Each mark is lost somewhere: properties in pandas, custom ones in ExcelJS too, hidden sheets
    # in every csv. One that is left is enough.
    texts = {
        "metadata": marks.metadata.get("code", ""),
        "subject": properties.get("subject", ""),
        "custom": properties.get(CUSTOM_PROPERTY, ""),
    }
    marks.codes = {name: code for name, text in texts.items() if (code := find_code(text))}
    marks.kind = kind_of(texts["subject"]) or marks.metadata.get("kind") or None
    return marks


def _read_metadata(sheet: Sheet, marks: ReturnMarks) -> None:
    for name, first, second in _metadata_lines(sheet):
        if name == "text":
            marks.texts.add(folded(first))
        elif name == "column":
            marks.columns.append((first, second))
        elif name != "row":
            marks.metadata.setdefault(name, first)


def _metadata_lines(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    # A slip of the keyboard puts a cell on row 1,048,576.
    for row in range(1, min(sheet.last_row, _LONGEST) + 1):
        name = text_of(sheet, row, 1)
        if name:
            yield name, text_of(sheet, row, 2), text_of(sheet, row, 3)


def text_of(sheet: Sheet, row: int, column: int) -> str:
    """The text of a cell, "" when it is blank."""
    cell = sheet.cells.get((row, column))
    return cell.as_text.strip() if cell and not cell.blank else ""


def folded(text: str) -> str:
    """A text of ours as it is known again: `Your  Columns` is `your columns`."""
    return " ".join(text.split()).casefold()

"""Rows of the sheet of measures: which measure a row says that it is, and what its locked cells
say.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.model import Item
from xlplan.plan.rounds import Issue, IssuedRow
from xlplan.plan.text.text import fold_code, same_text
from xlplan.rounds.returns.bare_rows import same_number
from xlplan.store import Store
from xlplan.workbook.returned.reading import RawRow
from xlplan.workbook.update.measures_layout import MEASURE_COLUMNS, of_measures


class MeasuresOfIssue:
    """The measures of one issue, as its workbook showed them."""

    def __init__(self, store: Store, issue: Issue) -> None:
        self.issue = issue
        shown = store.snapshot(issue.revision).items
        given = [(shown[row.key], row) for row in store.rows_of(issue.id) if row.key in shown]
        self.rows = [(item, row) for item, row in given if item.kind == "measure"]

    def find(self, row: RawRow) -> list[IssuedRow]:
        """The measures that a row names without its code: all that it says of itself must be
        theirs.
        """
        return [one for item, one in self.rows if _named(row) and not _differs(row, item)]

    def belies(self, row: RawRow, item: Item) -> bool:
        """Whether a row reads as another than the item that its code names.

        A measure whose number stands may be reworded, which is told; worded as another measure it
        is that one.
        """
        if (item.kind == "measure") != of_measures(row.cells):
            return True
        if item.kind != "measure" or not _differs(row, item):
            return False
        reworded = _fits_number(row, item) and _text(row, "no") and item.text("no")
        return not reworded or any(
            _same_words(row, other) for other, _ in self.rows if other.key != item.key
        )


def called_by(row: RawRow) -> str:
    """What a row of measures calls itself."""
    return " ".join(part for part in (_text(row, "no"), _text(row, "measure")) if part)


def locked_in_measure(row: RawRow, item: Item, *, file: str, lead: str) -> Iterator[Finding]:
    """One finding for each locked cell of a measure that no longer shows what it showed when
    issued.
    """
    for column in MEASURE_COLUMNS:
        raw = row.cells.get(column.id)
        expected = item.text(column.field)
        if column.role not in {"locked", "last"} or raw is None or _same(raw.as_text, expected):
            continue
        yield finding(
            "locked-changed",
            at=Address(file, row.sheet, raw.name),
            key=item.key,
            ref=item.called,
            lead=lead,
            field=column.field,
            value=raw.as_text,
            name=column.heading,
            old=expected,
        )


def beside_refused(
    row: RawRow, item: Item | None, *, file: str, lead: str, ref: str
) -> Iterator[Finding]:
    """All that a refused row of measures says beside its name and its reading, where that measure
    showed otherwise.
    """
    if not of_measures(row.cells):
        return
    cells = [(column, row.cells[column.id]) for column in MEASURE_COLUMNS if column.id in row.cells]
    said = [
        (column, raw)
        for column, raw in cells
        if column.role in {"locked", "last"}
        and column.id not in {"no", "measure"}
        and not raw.blank
        if not _same(raw.as_text, item.text(column.field) if item else "")
    ]
    if said:
        at = Address(file, row.sheet, said[0][1].name)
        text = "; ".join(f"{column.heading}: '{raw.as_text.strip()}'" for column, raw in said)
        yield finding(
            "refused-beside", at=at, key=item.key if item else None, ref=ref, lead=lead, value=text
        )


def _text(row: RawRow, name: str) -> str:
    raw = row.cells.get(name)
    return same_text(raw.as_text) if raw is not None and not raw.blank else ""


def _named(row: RawRow) -> bool:
    return bool(_text(row, "no") or _text(row, "measure"))


def _differs(row: RawRow, item: Item) -> bool:
    """Whether the row says a number or words that are not the measure's. What it leaves out says
    nothing.
    """
    return not _fits_number(row, item) or (
        bool(_text(row, "measure")) and not _same_words(row, item)
    )


def _fits_number(row: RawRow, item: Item) -> bool:
    typed, shown = _text(row, "no"), item.text("no")
    return not typed or fold_code(typed) == fold_code(shown) or same_number(typed, shown)


def _same_words(row: RawRow, item: Item) -> bool:
    return _text(row, "measure").casefold() == same_text(item.text("measure")).casefold()


def _same(said: str, expected: str) -> bool:
    """A program that took a figure for a number writes 90 as 90.0, and 45% as 0.45."""
    if same_text(said) == same_text(expected):
        return True
    return same_number(said, expected) or _figure(said) == _figure(expected) is not None


def _figure(text: str) -> float | None:
    plain = text.strip()
    try:
        return round(float(plain.rstrip("%")) / (100 if plain.endswith("%") else 1), 12)
    except ValueError:
        return None

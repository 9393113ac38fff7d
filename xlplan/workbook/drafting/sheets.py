"""What the other sheets of a workbook are: a key to leads, a key to ratings, a list of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xlplan.plan.leads.reading import LeadKey, read_leads
from xlplan.plan.text.text import fold_code
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.workbook.drafting.fields import DraftField
from xlplan.workbook.drafting.table import SeenColumn, SeenTable

_CODE = re.compile(r"code|initial|abbreviation|short|acronym|key", re.IGNORECASE)
_NAME = re.compile(r"name|meaning|stands for|full|person|officer|lead|who", re.IGNORECASE)
_ROLE = re.compile(r"role|title|post|position|job", re.IGNORECASE)
_MEMBERS = re.compile(r"members?", re.IGNORECASE)
_MEASURES = {
    "measure": re.compile(r"measure|kpi|indicator|description|what we", re.IGNORECASE),
    "no": re.compile(r"\bno\b|number|\bref|\bid\b|#", re.IGNORECASE),
    "unit": re.compile(r"unit", re.IGNORECASE),
    "section": re.compile(r"objective|theme|priorit|section|area", re.IGNORECASE),
    "interim_by": re.compile(r"interim.*(?:by|date|when)", re.IGNORECASE),
    "interim_target": re.compile(r"interim|milestone", re.IGNORECASE),
    "target_by": re.compile(r"target.*(?:by|date|when)|^by\b", re.IGNORECASE),
    "target": re.compile(r"target|goal|aim", re.IGNORECASE),
    "leads": re.compile(r"lead|owner", re.IGNORECASE),
}
_KNOWN = 0.5
"""The share of the leads written in the plan that a sheet must know to be taken for the key to
them.
"""


def names_of(fields: Sequence[DraftField]) -> list[str]:
    """Every name in the columns of leads, once."""
    texts = [
        text
        for field in fields
        if field.type == "leads" and field.column
        for text in field.column.texts
    ]
    return list(
        dict.fromkeys(name for text in texts for name in read_leads(text, LeadKey(open=True)).leads)
    )


def leads_sheet(
    tables: Iterable[SeenTable], plan_sheets: set[str], fields: Sequence[DraftField]
) -> tuple[str, dict[str, list[str]]]:
    """The sheet that says who the codes in the columns of leads are, with its headings; empty when
    none does.
    """
    written = {fold_code(name) for name in names_of(fields)}
    for table in tables:
        code = _column(table.columns, _CODE)
        name = next(
            (
                column
                for column in table.columns
                if column is not code and _NAME.search(column.heading)
            ),
            None,
        )
        if table.sheet in plan_sheets or code is None or name is None or not written:
            continue
        known = {fold_code(text) for column in (code, name) for text in column.texts}
        # Walsall's abbreviations are boards and reports too; Kent's list is the key to leads.
        if len(written & known) >= _KNOWN * len(written):
            headings = {"name": [name.heading], "code": [code.heading]}
            for key, pattern in (("role", _ROLE), ("members", _MEMBERS)):
                column = _column(
                    [column for column in table.columns if column not in (code, name)], pattern
                )
                headings |= {key: [column.heading]} if column else {}
            return table.sheet, headings
    return "", {}


def _column(columns: Sequence[SeenColumn], pattern: re.Pattern[str]) -> SeenColumn | None:
    return next((column for column in columns if pattern.search(column.heading)), None)


def measures_sheet(
    tables: Iterable[SeenTable], taken: set[str]
) -> tuple[str, dict[str, list[str]]]:
    """The sheet that lists measures with their targets, and its headings; empty when there
    is none.
    """
    for table in tables:
        if table.sheet in taken:
            continue
        found: dict[str, list[str]] = {}
        left = list(table.columns)
        # West Sussex's `KPI no` would pass for the measure: what is left over is the measure.
        for key, pattern in sorted(_MEASURES.items(), key=lambda item: item[0] == "measure"):
            column = _column(left, pattern)
            if column:
                found[key] = [column.heading]
                left.remove(column)
        if {"measure", "target"} <= found.keys():
            return table.sheet, found
    return "", {}


def key_of_ratings(book: Spreadsheet, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What a sheet says beside each code in a short list: `Gr | Grey | Not begun`. Most codes must
    stand in it.
    """
    wanted = {fold_code(code) for code in codes}
    for sheet in book.sheets:
        meanings: dict[str, tuple[str, ...]] = {}
        rows = dict(sheet.rows())
        # The plan's own sheet has every code too, in far more rows.
        if len(rows) > 3 * len(wanted) + 10:
            continue
        for cells in rows.values():
            texts = [cell.as_text.strip() for cell in cells if not cell.blank]
            if len(texts) > 1 and fold_code(texts[0]) in wanted:
                meanings[fold_code(texts[0])] = tuple(
                    text for text in texts[1:3] if re.search(r"[^\W\d_]", text)
                )
        if len(meanings) * 2 > len(wanted):
            return meanings
    return {}

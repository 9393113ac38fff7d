"""Divide a workbook into which somebody collated several leads' sheets: a return for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.rounds.returns.identifying import SENT_TO_LEADS
from xlplan.rounds.returns.strays import strays_told
from xlplan.spreadsheets.cells import Sheet, Spreadsheet
from xlplan.store import Store
from xlplan.workbook.kit.marks import find_code
from xlplan.workbook.returned.marks import is_metadata
from xlplan.workbook.returned.reading import ReturnedBook, read_returned
from xlplan.workbook.returned.strays import listed, text_in
from xlplan.workbook.returned.tables import Lines
from xlplan.workbook.update.layout import UpdateLayout


@dataclass(frozen=True, slots=True)
class SheetsOfLead:
    """What one lead sent of a file; `lead` is "" where it is one return, whose its marks say."""

    opened: Spreadsheet
    book: ReturnedBook
    lead: str = ""
    findings: list[Finding] = field(default_factory=list)


def divided(
    opened: Spreadsheet,
    book: ReturnedBook,
    store: Store,
    mapping: PlanMapping,
    file: str,
) -> list[SheetsOfLead]:
    """The returns that a file holds, in the order of its sheets: one for each lead of a sheet.

    Sheets that nothing tells the lead of are told with the first, and taken in for nobody.
    """
    whole = [SheetsOfLead(opened, book)]
    if len(book.tables) < 2 or book.kind not in SENT_TO_LEADS:
        return whole
    leads = _Leads(book, store)
    names = leads.standing()
    if len(names) < 2:
        return whole
    owners = {sheet.name: leads.of_sheet(sheet) for sheet in opened.sheets}
    marks = {name: leads.of_code(find_code(text)) for name, text in opened.properties.items()}
    parts = []
    for lead in names:
        own = [sheet for sheet in opened.sheets if owners[sheet.name] == lead]
        properties = {name: opened.properties[name] for name in marks if marks[name] in {"", lead}}
        theirs = replace(opened, sheets=own, properties=properties)
        told = finding(
            "file-of-several",
            at=Address(file),
            lead=lead,
            leads=", ".join(names),
            sheets=", ".join(sheet.name for sheet in own if sheet.name in book.tables),
        )
        parts.append(SheetsOfLead(theirs, read_returned(theirs, mapping), lead, [told]))
    # The hidden sheets tell our own texts on a guide, and are read as no sheet of anybody's.
    rest = [one for one in opened.sheets if owners[one.name] not in names or is_metadata(one)]
    left = read_returned(replace(opened, sheets=rest, properties={}), mapping)
    parts[0].findings.extend(_of_nobody(left, UpdateLayout.of(mapping), file))
    return parts


def _of_nobody(book: ReturnedBook, layout: UpdateLayout, file: str) -> Iterator[Finding]:
    """What stands on sheets of no lead's: it is taken in for nobody, and all of it is told."""
    texts: dict[str, list[str]] = {}
    for row in [*book.rows, *book.proposals]:
        here = texts.setdefault(row.sheet, [])
        here += (text for cell in row.cells.values() if (text := text_in(cell)))
    for sheet, said in texts.items():
        at = Address(file, sheet)
        yield finding("sheet-of-nobody", at=at, value=sheet, text=listed(said))
    book.columns_missing = []
    for one in strays_told(book, layout, file, ""):
        yield replace(one, lead=None)


class _Leads:
    """Whose a sheet is: by the code on it, else by most of its rows."""

    def __init__(self, book: ReturnedBook, store: Store) -> None:
        self.tables = book.tables
        self.store = store
        self.rows: dict[str, Counter[str]] = {}
        for row in book.rows:
            found = store.token(row.token or row.token2)
            if found and found[0].kind in SENT_TO_LEADS:
                self.rows.setdefault(row.sheet, Counter())[found[0].lead] += 1

    def standing(self) -> list[str]:
        """Leads of the tables with headings, each by its code, or by all rows that name anybody.

        Rows without headings, and rows of several leads under no code, were pasted into a workbook.
        """
        by_code = {name: self.of_code(code) for name, code in self.tables.items()}
        by_rows = {name: next(iter(rows)) for name, rows in self.rows.items() if len(rows) == 1}
        leads = (by_code[name] or by_rows.get(name, "") for name in self.tables)
        return list(dict.fromkeys(lead for lead in leads if lead))

    def of_sheet(self, sheet: Sheet) -> str:
        """The lead of a sheet, "" where nothing on it tells one."""
        rows = self.rows.get(sheet.name)
        return self.of_code(Lines(sheet).code()) or (rows.most_common(1)[0][0] if rows else "")

    def of_code(self, code: str | None) -> str:
        """The lead of the workbook that has this code; "" of one that was sent to none."""
        issue = self.store.issue_by_code(code) if code else None
        return issue.lead if issue and issue.kind in SENT_TO_LEADS else ""

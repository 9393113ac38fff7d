"""Divide a workbook into which somebody collated several leads' sheets: a return for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import SENT_TO_LEADS
from xlplan.rounds.intake.account import Opened
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.returns.strays import stray_findings
from xlplan.spreadsheets.cells import Sheet, Spreadsheet
from xlplan.store import Store
from xlplan.workbook.kit.marks import find_code
from xlplan.workbook.returned.marks import is_metadata
from xlplan.workbook.returned.reading import ReturnedBook, read_returned
from xlplan.workbook.returned.strays import listed, text_in
from xlplan.workbook.returned.tables import Lines
from xlplan.workbook.update.layout import UpdateLayout


def divided(opened: Opened, in_use: PlanInUse) -> list[Opened]:
    """The returns that a file holds, in the order of its sheets: one for each lead of a sheet.

    Sheets that nothing tells the lead of are told with the first, and taken in for nobody.
    """
    sheets, book, tell = opened.sheets, opened.book, Teller(opened.name)
    # A secretary of several leads moves their sheets into one file: Excel's `Move or Copy`.
    if len(book.tables) < 2 or book.kind not in SENT_TO_LEADS:
        return [opened]
    leads = _Leads(book, in_use.store)
    names = leads.standing()
    if len(names) < 2:
        return [opened]

    def part(own: Iterable[Sheet], properties: dict[str, str]) -> tuple[Spreadsheet, ReturnedBook]:
        theirs = replace(sheets, sheets=list(own), properties=properties)
        return theirs, read_returned(theirs, in_use.mapping)

    owners = {sheet.name: leads.of_sheet(sheet) for sheet in sheets.sheets}
    marks = {name: leads.of_code(find_code(text)) for name, text in sheets.properties.items()}
    # The hidden sheets tell our own texts on a guide, and are read as no sheet of anybody's.
    rest = [page for page in sheets.sheets if owners[page.name] not in names or is_metadata(page)]
    _, left = part(rest, {})
    of_nobody = list(_of_nobody(left, in_use.layout, tell))
    parts: list[Opened] = []
    for lead in names:
        own = [sheet for sheet in sheets.sheets if owners[sheet.name] == lead]
        properties = {
            name: text for name, text in sheets.properties.items() if marks[name] in {"", lead}
        }
        theirs = ", ".join(sheet.name for sheet in own if sheet.name in book.tables)
        several = Teller(opened.name, lead)(
            "file-of-several", leads=", ".join(names), sheets=theirs
        )
        findings = (several, *([] if parts else of_nobody))
        parts.append(Opened(opened.arrived, *part(own, properties), lead, findings))
    return parts


def _of_nobody(book: ReturnedBook, layout: UpdateLayout, tell: Teller) -> Iterator[Finding]:
    """What stands on sheets of no lead's: it is taken in for nobody, and all of it is told."""
    texts: dict[str, list[str]] = {}
    for row in [*book.rows, *book.proposals]:
        here = texts.setdefault(row.sheet, [])
        here += (text for cell in row.cells.values() if (text := text_in(cell)))
    for sheet, said in texts.items():
        at = Address(sheet=sheet)
        yield tell("sheet-of-nobody", at, value=sheet, text=listed(said))
    # No lead is short of a column on a sheet that is nobody's.
    book.columns_missing = []
    yield from stray_findings(book, layout, tell)


class _Leads:
    """Whose a sheet is: by the code on it, else by most of its rows."""

    def __init__(self, book: ReturnedBook, store: Store) -> None:
        self.tables = book.tables
        self.store = store
        self.rows: dict[str, Counter[str]] = {}
        known = store.tokens(row.token or row.token2 for row in book.rows)
        for row in book.rows:
            found = known.get(row.token or row.token2)
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

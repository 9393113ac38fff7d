"""Layouts made from the example plans: other headings, ratings, dates, section lines, and another
order.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.drafting.words import DATES, HEADINGS, LINES, OTHERS, RATINGS
from xlplan.mapping.load import load_mapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.timescale.reading import read_timescale
from xlplan.workbook.office.reading import read_office_workbook

ROOT = Path(__file__).resolve().parents[3]
PLANS = ("west-sussex-2019", "sunderland-2017", "walsall-2012", "kent-2010", "leicestershire-2017")
EACH = 8
Cell = str | date | None


@dataclass(slots=True)
class Truth:
    """What a draft should find: headings by field, sections, refs, and the kinds of the ratings,
    worst first.
    """

    sections: int
    actions: int
    headings: dict[str, str] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    ratings: dict[str, str] = field(default_factory=dict)


class Layout:
    """One layout of one plan, drawn by its number."""

    def __init__(self, plan: str, number: int) -> None:
        self.plan = plan
        self.number = number
        self.dice = random.Random(f"{plan} {number}")
        source = ROOT / "workbooks" / f"{plan}.xlsx"
        found = read_office_workbook(source, load_mapping(ROOT / "mappings" / f"{plan}.toml"))
        self.items: Plan = found.plan
        self.in_lines = self.dice.random() < 0.6
        self.refs = self.dice.choice(["column", "column", "opening", "none"])
        self.dates = self.dice.choice(DATES)
        self.scale = self.dice.choice(RATINGS) if self.dice.random() < 0.85 else ()
        self.line = self.dice.choice(LINES)
        self.repeats = self.in_lines and self.dice.random() < 0.4

    @property
    def name(self) -> str:
        """`kent-2010 layout 3`."""
        return f"{self.plan} layout {self.number}"

    def write(self, path: Path) -> Truth:
        """Write the workbook; returns what stands in it."""
        fields = ["action", "leads", "due", *(["rag"] if self.scale else [])]
        fields += [name for name in ("progress", "measures") if self.dice.random() < 0.7]
        self.dice.shuffle(fields)
        fields = [
            *(["section"] if not self.in_lines else []),
            *(["ref"] if self.refs == "column" else []),
            *fields,
        ]
        headings = {name: self.dice.choice(HEADINGS[name]) for name in fields}
        truth = Truth(0, 0, headings)
        others = [pair for pair in OTHERS if self.dice.random() < 0.3]
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = self.dice.choice(["Plan", "Action plan", "Sheet1", "Improvement"])
        row = self._titles(sheet)
        self._table(sheet, row, headings, others, truth)
        if self.dice.random() < 0.4:
            book.create_sheet("Notes")["A1"] = "Kept by the programme office."
        book.save(path)
        return truth

    def _titles(self, sheet: Worksheet) -> int:
        titles = ["Northshire improvement plan", "Version 4, for the board"][
            : self.dice.randrange(3)
        ]
        for row, title in enumerate(titles, start=1):
            sheet.cell(row, 1, title)
        return len(titles) + self.dice.randrange(1, 3)

    def _table(
        self,
        sheet: Worksheet,
        row: int,
        headings: dict[str, str],
        others: list[tuple[str, str]],
        truth: Truth,
    ) -> None:
        columns = [*headings.values(), *(heading for heading, _ in others)]
        if not self.repeats:
            row = self._put(sheet, row, columns)
        for number, section in enumerate(self.items.sections, start=1):
            actions = [one for one in self.items.actions if one.text("section") == section.key]
            name = " ".join((section.text("name") or f"Section {number}").split())[:90]
            if not actions:
                continue
            truth.sections += 1
            if self.in_lines:
                sheet.cell(row, 1, self.line(number, name))
                sheet.merge_cells(
                    start_row=row, end_row=row, start_column=1, end_column=len(columns)
                )
                row = self._put(sheet, row + 1, columns) if self.repeats else row + 1
            first = row
            for place, action in enumerate(actions, start=1):
                cells = [self._cell(one, action, number, place, name, truth) for one in headings]
                row = self._put(sheet, row, [*cells, *(text for _, text in others)])
                truth.actions += 1
            if not self.in_lines and len(actions) > 1:
                for blank in range(first + 1, row):
                    sheet.cell(blank, 1).value = None
                sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)

    @staticmethod
    def _put(sheet: Worksheet, row: int, cells: list[Cell] | list[str]) -> int:
        for column, cell in enumerate(cells, start=1):
            sheet.cell(row, column).value = cell
        return row + 1

    def _cell(
        self, name: str, action: Item, number: int, place: int, section: str, truth: Truth
    ) -> Cell:
        ref = f"{number}.{place}"
        if name == "ref":
            truth.refs.append(ref)
            return ref
        if name == "section":
            return section
        if name == "action":
            text = action.text("action").split("\n")[0]
            if self.refs == "opening":
                truth.refs.append(ref)
            return f"{ref} {text}" if self.refs == "opening" else text
        if name == "leads":
            said = action.text("leads") or action.text("responsible") or action.text("accountable")
            return said.replace("\n", "; ") or None
        if name == "due":
            due = read_timescale(action.text("due")).due
            return self.dates(due) if due else self.dice.choice(["Ongoing", "TBC", None])
        if name == "rag":
            word, kind = self.dice.choice(self.scale)
            truth.ratings[word] = kind
            return word
        long = self.dice.choice(
            [action.text("measures"), action.text("progress"), action.text("completion")]
        )
        return (
            long
            or f"Told the board in {self.dice.choice(['May', 'June'])}; "
            f"{len(action.text('action'))} cases looked at."
        )[:400]


def layouts() -> list[Layout]:
    """Every layout that the score is taken over."""
    return [Layout(plan, number) for plan in PLANS for number in range(1, EACH + 1)]

"""What an edition holds beside its rows: notes, further columns and sheets, comments, lines that
were edited.

None of it is taken in, and all of it is told. What the office's own workbook had at init was told
then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from xlplan.mapping.keys import table_name
from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.model import Item
from xlplan.plan.text.text import fold_code, same_text
from xlplan.rounds.edition.marks import STRUCK, newly_drawn, opens_as_ours, typed_among_figures
from xlplan.rounds.edition.rows import MatchedEdition, row_number
from xlplan.spreadsheets.cells import RawCell, Sheet, Spreadsheet
from xlplan.workbook.kit.marks import KEY_PREFIX, METADATA_SHEET
from xlplan.workbook.master.lines import PublishedLines
from xlplan.workbook.master.written_texts import WrittenTexts
from xlplan.workbook.office.building import KEPT
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.measures import list_measures
from xlplan.workbook.office.reading import OfficePlan
from xlplan.workbook.pages.blocks import OUR_SHEET
from xlplan.workbook.returned.strays import MOST, listed

_AS_READ = frozenset(
    {
        *("note-outside", "row-unread", "line-unknown", "sheet-missing", "header-missing"),
        *("column-unheaded", "sheet-renamed"),
        *("heading-missing", "heading-twice", "heading-differs", "heading-moved"),
    }
)
"""What reading says of the table itself, and the office should hear again when it is new."""
_TAKEN_IN = KEPT | {"blank", "header", "section", "section.lead", "section.outcome"}
"""Lines whose words are cells of a section, or say nothing, or were told as they were read."""


@dataclass(frozen=True, slots=True)
class Strays:
    """Tells what stands beside the rows. `source` is the office's workbook as init read it,
    `before` what it said.
    """

    edition: MatchedEdition
    mapping: PlanMapping
    source: Spreadsheet
    before: OfficePlan
    tell: Teller

    def findings(self) -> Iterator[Finding]:
        """A finding for each text that neither the office's workbook nor the plan had."""
        yield from self._as_read()
        yield from self._columns()
        yield from self._lines()
        yield from self._requirements()
        written = WrittenTexts(self.edition.opened.sheets)
        for sheet in self.edition.opened.sheets.sheets:
            lost_its_mark = _called(self.source, sheet.name) is None and opens_as_ours(
                sheet, written
            )
            # A program may drop the mark of a sheet of figures, and keep its title.
            if _is_ours(sheet) or (lost_its_mark and not self._holds_actions(sheet)):
                yield from self._outside(sheet, typed_among_figures(sheet, written))
            elif not self._holds_actions(sheet):
                yield from self._sheet(sheet)
            yield from self._drawn(sheet)
        yield from self._comments()
        yield from self._struck()

    def _as_read(self) -> Iterator[Finding]:
        known = {(one.code, same_text(one.value or "")) for one in self.before.findings}
        for one in self.edition.read.findings:
            if one.code in _AS_READ and (one.code, same_text(one.value or "")) not in known:
                yield self._as_found(one)

    def _columns(self) -> Iterator[Finding]:
        """Columns that the mapping does not know: what stands in them beside actions."""
        rows = {
            (places["action"].sheet, row_number(places["action"]))
            for places in self.edition.read.at.values()
        }
        for one in self.edition.read.findings:
            sheet = (
                self.edition.opened.sheets.sheet(one.at.sheet)
                if one.code == "heading-unknown"
                else None
            )
            if sheet is None:
                continue
            heading = next(cell for cell in sheet.cells.values() if cell.name == one.at.cell)
            below = [
                sheet.cell(row, heading.column) for name, row in sorted(rows) if name == sheet.name
            ]
            known = self._known_on(sheet)
            texts = [
                cell.as_text.strip()
                for cell in below
                if not cell.blank and _plain(cell) not in known
            ]
            if texts or _plain(heading) not in known:
                text = listed(texts) or "nothing beside actions"
                yield self.tell("column-unknown", one.at, value=one.value or None, text=text)

    def _lines(self) -> Iterator[Finding]:
        """Titles, notes and headings of requirements that the layout does not have so."""
        known = {same_text(line.text("text")) for line in self.edition.base.of_kind("line")}
        for table in self.mapping.tables:
            lines = PublishedLines(self.edition.base, self.mapping, table)
            theirs = (
                one
                for one in self.edition.base.of_kind("line")
                if one.text("table") == table_name(table)
            )
            known |= {same_text(lines.text(line) or "") for line in theirs}
        unknown = {one.at.cell for one in self.edition.read.findings if one.code == "line-unknown"}
        for line in self.edition.read.plan.of_kind("line"):
            owner, text = line.text("section"), line.text("text")
            new = bool(owner) and owner not in self.edition.matched.sections
            at = self.edition.read.lines.get(line.key, Address())
            if line.text("role") not in _TAKEN_IN and not new and same_text(text) not in known:
                yield from (
                    []
                    if at.cell in unknown
                    else [self.tell("line-changed", at, value=text or None)]
                )

    def _requirements(self) -> Iterator[Finding]:
        """Requirements named beside their actions that the plan does not have."""
        known = {
            _names(one)
            for plan in (self.edition.base, self.edition.now)
            for one in plan.of_kind("requirement")
        }
        told: set[str] = set()
        for item in self.edition.read.plan.of_kind("action"):
            places = self.edition.read.at.get(item.key, {})
            at = places.get("requirement") or places.get("requirement_ref")
            one = self.edition.read.plan.items.get(item.text("requirement"))
            if at is None or one is None or one.key in told or _names(one) in known:
                continue
            told.add(one.key)
            called = f"{one.text('ref')} {one.text('name')}".strip()
            yield self.tell("requirement-unknown", at, value=called or None)

    def _sheet(self, sheet: Sheet) -> Iterator[Finding]:
        """What stands on a sheet that holds no actions and no figures of ours."""
        known, theirs = self._known_on(sheet), _called(self.source, sheet.name)
        used = self._measures_on(sheet)
        new = [
            cell
            for place, cell in sorted(sheet.cells.items())
            if place not in used and not cell.blank and not cell.formula and not _key(cell)
            if not (theirs and theirs.cell(*place).formula) and _plain(cell) not in known
        ]
        if theirs is not None:
            yield from self._outside(sheet, new)
        elif new:
            texts = listed([cell.as_text.strip() for cell in new])
            yield self.tell("sheet-unread", Address(sheet=sheet.name), value=sheet.name, text=texts)

    def _outside(self, sheet: Sheet, cells: Sequence[RawCell]) -> Iterator[Finding]:
        """Texts that belong to no table, each at its cell; of very many, how many more there
        are.
        """
        for cell in cells[:MOST]:
            at, text = Address(sheet=sheet.name, cell=cell.name), cell.as_text.strip()
            yield self.tell("note-outside", at, value=text or None)
        for cell in cells[MOST : MOST + 1]:
            at = Address(sheet=sheet.name, cell=cell.name)
            yield self.tell("notes-unlisted", at, count=str(len(cells) - MOST))

    def _drawn(self, sheet: Sheet) -> Iterator[Finding]:
        """Text boxes, pictures and embedded documents that somebody laid over a sheet."""
        for at, drawn in newly_drawn(sheet, _called(self.source, sheet.name)):
            what = {"picture": "A picture"}.get(drawn.kind, "An embedded document")
            yield self.tell(
                "text-box" if drawn.kind == "text" else "drawing-unread",
                at,
                value=drawn.text or None,
                severity=None if self._holds_actions(sheet) else "notice",
                what=what,
            )

    def _struck(self) -> Iterator[Finding]:
        """Text of actions that was struck through since; it is taken as it stands. A row all struck
        is told once.
        """
        known = {
            (one.code, same_text(one.value or ""))
            for one in self.before.findings
            if one.code in STRUCK
        }
        keys = {
            item.key: key for key, items in self.edition.matched.rows().items() for item in items
        }
        struck: dict[str, list[Finding]] = {}
        for one in self.edition.read.findings:
            if one.code in STRUCK and (one.code, same_text(one.value or "")) not in known:
                struck.setdefault(one.key or "", []).append(one)
        for mine, found in struck.items():
            action = self.edition.now.items.get(keys.get(mine, ""))
            for one in found[:1] if self._all_struck(mine, found) else found:
                key, ref = (action.key, action.text("ref")) if action else (None, None)
                yield replace(self._as_found(one), key=key, ref=ref)

    def _all_struck(self, mine: str, found: list[Finding]) -> bool:
        item, struck = (
            self.edition.read.plan.items.get(mine),
            {one.at.cell for one in found if one.code == "cell-struck"},
        )
        places = self.edition.read.at.get(mine, {}).items()
        return item is not None and all(at.cell in struck for name, at in places if item.get(name))

    def _holds_actions(self, sheet: Sheet) -> bool:
        tables = {fold_code(table.sheet[:31]) for table in self.mapping.tables}
        alone = len(self.edition.opened.sheets.sheets) == 1 and len(self.mapping.tables) == 1
        read = any(at["action"].sheet == sheet.name for at in self.edition.read.at.values())
        return alone or read or fold_code(sheet.name[:31]) in tables

    def _measures_on(self, sheet: Sheet) -> set[tuple[int, int]]:
        """Cells that are read as those of measures."""
        measures = self.mapping.measures
        if measures is None or fold_code(measures.sheet) != fold_code(sheet.name):
            return set()
        found = list_measures(Grid(sheet, ""), self.mapping, self.edition.now)
        cells = [cell for one in found.rows for cell in one.cells.values()] if found else []
        columns = {column for (_, column), cell in sheet.cells.items() if _key(cell)}
        return {(cell.row, cell.column) for cell in cells} | {
            place for place in sheet.cells if place[1] in columns
        }

    def _known_on(self, sheet: Sheet) -> set[str]:
        """All that the office's workbook says on the sheet of that name; of a sheet that it lacks,
        anywhere.
        """
        theirs = _called(self.source, sheet.name)
        return {
            _plain(cell)
            for one in ([theirs] if theirs else self.source.sheets)
            for cell in one.cells.values()
        }

    def _comments(self) -> Iterator[Finding]:
        """Comments that neither the office's workbook nor the plan's actions had."""
        known = [
            same_text(cell.comment)
            for one in self.source.sheets
            for cell in one.cells.values()
            if cell.comment
        ]
        known += [
            same_text(one.text("comments"))
            for one in self.edition.base.of_kind("action")
            if one.get("comments")
        ]
        actions = {
            (at.sheet, at.cell): key
            for key, items in self.edition.matched.rows().items()
            for item in items
            for at in self.edition.read.at.get(item.key, {}).values()
        }
        for sheet in self.edition.opened.sheets.sheets:
            for cell in sheet.cells.values():
                if cell.comment and not any(same_text(cell.comment) in one for one in known):
                    key = actions.get((sheet.name, cell.name))
                    at, action = (
                        Address(sheet=sheet.name, cell=cell.name),
                        self.edition.now.items.get(key or ""),
                    )
                    tell = self.tell.of_item(key, action.text("ref")) if action else self.tell
                    yield tell("cell-comment", at, value=cell.comment)

    def _as_found(self, found: Finding) -> Finding:
        """What reading found, said of the file as it came, and of no item: keys are those of that
        reading.
        """
        at = replace(found.at, file=self.tell.file)
        return replace(found, at=at, key=None, lead=self.tell.lead)


def _names(requirement: Item) -> tuple[str, str]:
    return requirement.get("ref").canonical, requirement.get("name").canonical


def _called(book: Spreadsheet, name: str) -> Sheet | None:
    """The sheet of that name; Excel holds 31 characters, and a longer one was cut."""
    return next(
        (one for one in book.sheets if fold_code(one.name[:31]) == fold_code(name[:31])), None
    )


def _is_ours(sheet: Sheet) -> bool:
    # An office that inserts a row above the mark moves it down: the first three rows may have it.
    marks: Iterable[RawCell] = (
        cell for (row, column), cell in sheet.cells.items() if row <= 3 and column == 1
    )
    return sheet.name == METADATA_SHEET or any(cell.value == OUR_SHEET for cell in marks)


def _key(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(KEY_PREFIX)


def _plain(cell: RawCell) -> str:
    """What a cell says whatever program saved it: numbers and dates by value."""
    if isinstance(cell.value, bool | str) or cell.value is None:
        return same_text(cell.as_text).casefold()
    # 0.1 + 0.2 comes back as 0.30000000000000004 from one program, and as 0.3 from another.
    if isinstance(cell.value, int | float):
        return f"{cell.value:.12g}"
    if isinstance(cell.value, datetime | date):
        return cell.value.isoformat()[:10]
    return same_text(cell.as_text)

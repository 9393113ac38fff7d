"""The office's own return: the master workbook that came back, or a new edition in the plan's
layout.

Ref, order, section, lead and text are cells like any other. A new row is a new action; a missing
one is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from xlplan.mapping.keys import opening_parts
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import RowKind, StoredCell, StoredRow
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.arrivals.office_source import source_sheets
from xlplan.rounds.edition.copies import Copies, without_repeats
from xlplan.rounds.edition.entries import added, entries
from xlplan.rounds.edition.layout import Layout, lay_out, yet_to_come
from xlplan.rounds.edition.marks import STRUCK
from xlplan.rounds.edition.measures import read_edited_measures
from xlplan.rounds.edition.places import WHERE, Places
from xlplan.rounds.edition.rows import MatchedEdition, row_number
from xlplan.rounds.edition.sections import section_rows
from xlplan.rounds.edition.strays import Strays
from xlplan.rounds.edition.vanished import vanished
from xlplan.rounds.intake.account import Account, nothing_read, refused
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.sending.shown_beside import same_shown
from xlplan.workbook.kit.words import NO_CHANGE
from xlplan.workbook.office.reading import read_office_sheets
from xlplan.workbook.office.refs import prints_its_ref


def read_edition(edition: MatchedEdition, in_use: PlanInUse) -> Account:
    """Read the office's own workbook against the plan as it was shown."""
    opened, lead = edition.opened, in_use.mapping.office.name
    if not edition.read.plan.actions:
        errors = [found for found in edition.read.findings if found.severity == "error"]
        findings = [replace(found, at=replace(found.at, file=opened.name)) for found in errors]
        empty = Teller(opened.name)("table-empty", value=opened.name)
        return refused(opened.arrived, in_use.session, findings or [empty])
    reader = _EditionReader(edition, in_use, Teller(opened.name, lead))
    rows = tuple(replace(row, position=place) for place, row in enumerate(reader.rows()))
    source = source_sheets(in_use.store)
    before = read_office_sheets(source, in_use.mapping, "")
    strays = Strays(edition, in_use.mapping, source, before, reader.tell)
    says_something = any(cell.moved for row in rows for cell in row.cells)
    current = in_use.store.current_round()
    taken = replace(
        nothing_read(opened.arrived, in_use.session, "unchanged", lead),
        round=current.id if current else None,
        issue=edition.matched.issue,
        base=edition.revision,
        status="waiting" if says_something else "unchanged",
        saved_at=opened.sheets.saved_at,
        nil=not says_something,
        rows=rows,
    )
    return Account(opened.arrived, taken, [*reader.findings, *strays.findings()])


@dataclass
class _EditionReader:
    edition: MatchedEdition
    in_use: PlanInUse
    tell: Teller
    findings: list[Finding] = field(default_factory=list)
    places: Places = field(init=False)
    refs_ever: frozenset[str] = field(init=False)
    """Every ref that an action ever had: none is used again."""
    _bases: dict[int, Plan] = field(default_factory=dict)
    _filled: frozenset[tuple[str, str]] = frozenset()
    """Cells that hold something, a formula without a result too: some programs save none."""
    _staying: frozenset[str] = frozenset()
    """Rows whose section's line is gone."""

    def __post_init__(self) -> None:
        edition = self.edition
        self.places = Places(edition.read, edition.matched, edition.now)
        self.refs_ever = self.in_use.store.ever("ref")
        self._bases = {edition.revision: edition.base}
        self._filled = frozenset(
            (sheet.name, cell.name)
            for sheet in edition.opened.sheets.sheets
            for cell in sheet.cells.values()
            if cell.formula or not cell.blank
        )

    def rows(self) -> list[StoredRow]:
        """Every row of the edition, then what is missing in it."""
        keys = {item.key: key for key, item in self.edition.matched.actions.items()}
        fresh = {item.key for item in self.edition.matched.fresh}
        ordered = [
            item
            for item in self.edition.read.plan.of_kind("action")
            if item.key in keys or item.key in fresh
        ]
        known = {mine: key for mine, key in keys.items() if key in self.edition.now.items}
        shown = Plan(
            {
                key: self.edition.base.items.get(key, self.edition.now.items[key])
                for key in known.values()
            }
        )
        layout = lay_out(
            ordered,
            self.edition.read.plan,
            known,
            self.edition.matched.sections,
            shown,
            self.edition.base,
        )
        gone = vanished(self.edition.read, self.edition.matched, self.edition.base, self._filled)
        self.findings += gone.findings(self.tell, self.edition.base)
        self._staying = gone.staying
        if gone.sorted:
            layout = Layout({mine: layout.orders[mine] for mine in fresh})
        rows = [*self._actions(layout.orders), *self._new(layout.orders)]
        for section in self.edition.read.plan.sections:
            if section.key not in self.edition.matched.sections:
                self.findings.append(self.tell("section-new", value=yet_to_come(section).text))
        measures = read_edited_measures(self.edition, self.in_use, self.tell)
        self.findings += measures.findings
        sections = section_rows(
            self.edition.matched, self.edition.read.plan, layout, self.edition.base
        )
        lost = gone.rows(self.edition.base)
        return [*rows, *measures.rows, *sections, *lost, *self._missing()]

    def _say(
        self, code: str, at: Address | str = "", key: str | None = None, value: str = ""
    ) -> None:
        item = self.edition.base.items.get(key or "")
        tell = self.tell.of_item(key, item.text("ref") if item else "")
        self.findings.append(tell(code, at, value=value or None))

    def _at(self, item: Item, name: str = "action") -> Address:
        places = self.edition.read.at.get(item.key, {})
        return places.get(name) or places.get("action") or Address()

    def _row(
        self, item: Item, kind: RowKind, key: str | None, cells: Iterable[StoredCell]
    ) -> StoredRow:
        at = self._at(item)
        token = self.edition.matched.tokens.get(item.key, "") if key else ""
        return StoredRow(0, at.sheet, row_number(at), kind, key, token, tuple(cells))

    def _actions(self, orders: dict[str, int]) -> Iterator[StoredRow]:
        for key, item in self.edition.matched.actions.items():
            first = self._answered(item, key, orders)
            copies = self.edition.matched.repeated.get(key, [])
            yield from self._copied(first, item, copies, key) if copies else [first]

    def _answered(self, item: Item, key: str, orders: dict[str, int]) -> StoredRow:
        shown = self._shown(item, key)
        placed = self.places.cells(item, shown, self._at(item), orders.get(item.key))
        if item.key in self._staying:
            placed = (cell for cell in placed if cell.field not in {"section", "requirement"})
        return self._row(item, "answered", key, [*self._cells(item, shown, key), *placed])

    def _copied(
        self, first: StoredRow, item: Item, copies: list[Item], key: str
    ) -> Iterator[StoredRow]:
        """A row that stands several times with the same values counts once; of different ones, all
        that differs.
        """
        rows = [first]
        for copy in copies:
            before = list(self.findings)
            rows.append(self._answered(copy, key, {}))
            self.findings = without_repeats(before, self.findings)
        compared = Copies(rows, [self._shows(copy, key) for copy in (item, *copies)])
        for copy, row in zip((item, *copies), compared.rows(), strict=True):
            if copy is not item:
                code = "row-repeated" if row.kind == "repeated" else "row-repeated-differs"
                self._say(code, self._at(copy), key)
            yield row

    def _shows(self, item: Item, key: str) -> dict[str, StoredCell]:
        """What stood in the cells of a row, by field. A list of entries is added to: as it was, it
        says nothing.
        """
        shown, names = self._shown(item, key), [*self._columns(item), *WHERE]
        # An office deletes old notes to keep the printed page short: that takes none back.
        lists = {
            name
            for name in names
            if name in self.in_use.mapping.fields
            and self.in_use.mapping.fields[name].merge == "append"
        }
        places = (
            (name, self._at(item, name), shown.get(name)) for name in names if name not in lists
        )
        return {name: StoredCell(name, said, at.sheet, at.cell, said) for name, at, said in places}

    def _shown(self, item: Item, key: str) -> Item:
        """An action as this row showed it."""
        number = self.edition.matched.bases.get(item.key, self.edition.revision)
        if number not in self._bases:
            self._bases[number] = self.in_use.store.snapshot(number)
        return self._bases[number].items.get(key) or Item(key, "action")

    def _cells(self, item: Item, shown: Item, key: str) -> Iterator[StoredCell]:
        """The cells of the mapping's fields. A value that could not be read is told and left as it
        was.
        """
        for name in self._columns(item):
            value, before = item.get(name), shown.get(name)
            # `#REF!`, or a rating that the plan does not have, must not read as an emptied cell.
            if not value and self._holds_something(item, name):
                self._tell_found(item, name)
                continue
            spec = self.in_use.mapping.fields[name]
            same = same_shown(value.text, before.text) if spec.merge == "append" else False
            if same or (spec.input == "fresh" and value.means(before)):
                continue
            if name == "ref" and not self._may_be_called(value, before, item, key):
                continue
            at = self._at(item, name)
            if spec.merge == "append" and value:
                self._tell_taken_out(item, key, name, before)
                value = added(value, before)
            elif value.means(before):
                self._tell_behind(item, key, name)
            if not value.means(before):
                self._tell_found(item, name)
            yield StoredCell(name, value, at.sheet, at.cell, before)

    def _columns(self, item: Item) -> list[str]:
        """Fields that this edition has a column for, or reads off the front of another's text."""
        there = set(self.edition.read.at.get(item.key, {}))
        there |= {part for name in list(there) for part in opening_parts(self.in_use.mapping, name)}
        return [
            name
            for name in self.in_use.mapping.fields
            if name in there and name not in {NO_CHANGE, *WHERE}
        ]

    def _holds_something(self, item: Item, name: str) -> bool:
        at = self.edition.read.at.get(item.key, {}).get(name)
        return at is not None and (at.sheet, at.cell) in self._filled

    def _tell_found(self, item: Item, name: str) -> None:
        """What reading found in a cell that says something new, or nothing that can be read."""
        beside = {"cell-comment", *STRUCK}
        self.findings += [
            replace(found, at=replace(found.at, file=self.tell.file), key=None)
            for found in self.edition.read.findings
            if (found.key, found.field) == (item.key, name) and found.code not in beside
        ]

    def _tell_behind(self, item: Item, key: str, name: str) -> None:
        """Whether the office put a cell back or never heard that it moved cannot be told in an
        edition of its own.
        """
        now = self.edition.now.items[key]
        if self.edition.matched.issue or now.get(name).means(item.get(name)):
            return
        tell = self.tell.of_item(key, now.text("ref"))
        at = self._at(item, name)
        self.findings.append(tell("edition-behind", at, field=name, value=item.text(name)))

    def _tell_taken_out(self, item: Item, key: str, name: str, before: Value) -> None:
        """Entries are added to: of one that the office took out from among others, the plan keeps
        what it has.
        """
        current = self.edition.now.items.get(key)
        if current is None:
            return
        stands, left = entries(current.text(name)), entries(item.text(name))
        tell, at = self.tell.of_item(key, current.text("ref")), self._at(item, name)
        for entry in entries(before.text):
            if entry in stands and entry not in left:
                self.findings.append(tell("entry-taken-out", at, field=name, value=entry))

    def _may_be_called(self, value: Value, before: Value, item: Item, key: str) -> bool:
        """A ref is never used again; one that the row lacks was only given by reading it."""
        # Some plans print no refs at all: reading gives every row one.
        if item.key in self.edition.read.given:
            shown = self.edition.base.items.get(key)
            # A text that opens with another's number was printed without the ref that it was given.
            printed = shown is None or prints_its_ref(shown, shown.text("action"))
            if self.edition.matched.tokens.get(item.key) and printed:
                self._say("ref-emptied", self._at(item, "ref"), key, before.text)
            return False
        if value.means(before) or not value:
            return bool(value)
        if value.canonical in self.refs_ever - self._exchanged:
            self._say("ref-used", self._at(item, "ref"), key, value.text)
            return False
        return True

    @cached_property
    def _exchanged(self) -> set[str]:
        """Refs that pass from one action of the plan to another within this file, and none is lost
        or new.
        """
        said = {
            key: (now.get("ref").canonical, item.get("ref").canonical)
            for key, item in self.edition.matched.actions.items()
            if item.key not in self.edition.read.given
            and (now := self.edition.now.items.get(key)) is not None
        }
        moving = {key: pair for key, pair in said.items() if pair[0] != pair[1]}
        while True:
            old, new = ({pair[side] for pair in moving.values()} for side in (0, 1))
            cycles = {
                key: pair for key, pair in moving.items() if pair[0] in new and pair[1] in old
            }
            if len(cycles) == len(moving):
                break
            moving = cycles
        # Two rows that say one ref exchange nothing.
        return old if len(old) == len(moving) == len(new) else set()

    def _new(self, orders: dict[str, int]) -> Iterator[StoredRow]:
        """A row that the plan does not know is a new action of the office's."""
        for item in self.edition.matched.fresh:
            order = str(orders[item.key])
            if not item.get("action"):
                yield self._unread(item)
                continue
            self._say("row-new", self._at(item), value=item.text("action"))
            values = {name: item.get(name) for name in self._columns(item)}
            for name in values:
                if self._holds_something(item, name):
                    self._tell_found(item, name)
            if not self._may_be_called_so(item):
                values.pop("ref", None)
            values |= {
                "order": Value(order, order),
                "section": self.places.section_of(item),
                "table": item.get("table"),
            }
            values |= {"opening": item.get("opening"), "status": item.get("status")}
            cells = []
            for name, value in values.items():
                at = self._at(item, name)
                cells += [StoredCell(name, value, at.sheet, at.cell, BLANK)] if value else []
            yield self._row(item, "proposed", None, cells)

    def _may_be_called_so(self, item: Item) -> bool:
        """Whether the ref that a new row says is one that nobody had."""
        said = item.key not in self.edition.read.given and bool(item.get("ref"))
        if said and item.get("ref").canonical in self.refs_ever:
            self._say("ref-used", self._at(item, "ref"), value=item.text("ref"))
            return False
        return said

    def _unread(self, item: Item) -> StoredRow:
        """A row that no action's code tells, and that does not say what is to be done."""
        texts = [item.text(name) for name in self._columns(item) if item.get(name)]
        self._say("row-unread", self._at(item), value="; ".join(texts))
        for name in self._columns(item):
            self._tell_found(item, name)
        return self._row(item, "refused", None, ())

    def _missing(self) -> Iterator[StoredRow]:
        """Rows that the office was shown and left out: asked about, never ended."""
        # An office sends a part of its plan (one priority, one table) more often than it ends rows.
        ended = Value("withdrawn", "withdrawn")
        for shown in self.edition.base.actions:
            current = self.edition.now.items.get(shown.key)
            if (
                shown.key in self.edition.matched.actions
                or current is None
                or current.text("status") == "withdrawn"
            ):
                continue
            self._say("row-left-out", key=shown.key)
            cell = StoredCell("status", ended, "", "", shown.get("status"))
            yield StoredRow(0, "", 0, "answered", shown.key, "", (cell,))

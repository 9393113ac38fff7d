"""A return in the making: a workbook that was sent, opened, edited and saved as a lead does, with
what must come.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.stories.returns.issued import Issued, Table, table_of
from tests.stories.returns.oracle import TAKEN_IN, WITH_REFUSED, Sent, Typed


@dataclass(frozen=True)
class Scale:
    """A plan's ratings as its mapping lists them: code and name, with the graded ones apart; and
    its last year, in which a date fits it.
    """

    names: dict[str, str]
    graded: tuple[str, ...]
    year: int = 2013


@dataclass
class Draft:
    """One return. `spoken` are the cells that some lead of the batch has filled in: one answer a
    cell.
    """

    issued: Issued
    scale: Scale
    rng: random.Random
    folder: Path
    spoken: set[tuple[str, str]]
    others: list[Issued]
    name: str = ""
    book: Any = None
    sheet: Any = None
    typed: list[Typed] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    proposed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    patches: list[Callable[[str], str]] = field(default_factory=list)
    finish: list[Callable[[Path], list[Sent]]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    orders: set[bool] = field(default_factory=set)
    unclear: list[tuple[Typed, str, str]] = field(default_factory=list)
    rows: int = 0
    plain: bool = True
    whole: bool = True
    values_only: bool = False
    status: tuple[str, ...] = TAKEN_IN

    def __post_init__(self) -> None:
        self.name = f"{self.issued.lead.replace('/', '-')}.xlsx"
        self.book = load_workbook(self.issued.path)
        self.rows = len(self.issued.refs)
        self.sheet = self.table.sheet

    @property
    def table(self) -> Table:
        """The table as it stands now."""
        return table_of(self.book)

    @property
    def columns(self) -> set[str]:
        """Ids of the columns that the workbook was sent with."""
        return {name for _, name in self.issued.shown}

    @property
    def refs(self) -> list[str]:
        """Actions whose rows are still there and in order."""
        return [
            ref
            for ref in self.issued.refs
            if ref not in self.gone and self.issued.refs.count(ref) == 1
        ]

    def free(self, name: str, *, blank: bool | None = None) -> str | None:
        """An action in whose column nobody has spoken; `blank`: whether the input shows nothing."""
        found = [
            ref
            for ref in self.refs
            if (ref, name) not in self.spoken
            and (ref, name) in self.issued.shown
            and (blank is None or (not self.issued.shown[ref, name]) == blank)
        ]
        return self.rng.choice(found) if found else None

    def untouched(self) -> list[str]:
        """Actions in whose rows this lead has filled in nothing yet."""
        said = {one.ref for one in self.typed}
        return [ref for ref in self.refs if ref not in said]

    def type(
        self,
        ref: str,
        name: str,
        put: Any,
        outcome: str,
        value: str = "",
        code: str = "",
        also: str = "",
    ) -> Any:
        """Type into an input; returns the cell."""
        self.spoken.add((ref, name))
        cell = self.table.cell(ref, name)
        cell.value = put
        self.typed.append(Typed(self.issued.lead, self.name, ref, name, outcome, value, code, also))
        return cell

    def tell_refused(self, ref: str, name: str) -> None:
        """A cell of a row that is refused was filled in: a file with no other answer is refused
        with it.
        """
        self.typed.append(
            Typed(self.issued.lead, self.name, ref, name, "finding", code="answer-refused")
        )
        self.status = WITH_REFUSED

    def save(self) -> list[Sent]:
        """Write the file, however it is sent, and say what must come of it."""
        for one, british, american in self.unclear:
            if len(self.orders) == 1:
                one.outcome, one.value = "change", british if True in self.orders else american
            else:
                one.outcome, one.code = "finding", "date-ambiguous"
        path = self.folder / self.name
        _take_links_along(self.sheet)
        self.book.save(path)
        if self.patches:
            rewrite(path, self.patches)
        for one in self.typed:
            one.file = self.name
        sent = Sent(
            file=self.name,
            lead=self.issued.lead,
            status=self.status,
            rows=self.rows + len(self.proposed),
            typed=self.typed,
            codes=self.codes,
            proposed=self.proposed,
            faults=self.faults,
        )
        extra = [one for step in self.finish for one in step(path)]
        sent.file = self.name
        for one in sent.typed:
            one.file = self.name
        return [sent, *extra]


def _take_links_along(sheet: Any) -> None:
    """openpyxl leaves a link where it was when rows and columns move; Excel takes it along."""
    for cell in (
        cell for cells in sheet.iter_rows() for cell in cells if getattr(cell, "hyperlink", None)
    ):
        cell.hyperlink.ref = cell.coordinate


def rewrite(path: Path, patches: list[Callable[[str], str]]) -> None:
    """Change the sheets of a saved workbook as text: what openpyxl cannot write."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                text = data.decode()
                for patch in patches:
                    text = patch(text)
                archive.writestr(name, text.encode())
            else:
                archive.writestr(name, data)


def stamp(path: Path, when: str) -> None:
    """Say in the file's properties when it was saved; openpyxl always says now."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    core = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{when}", core)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, "docProps/core.xml": core.encode()}.items():
            archive.writestr(name, data)

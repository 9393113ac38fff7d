"""Words what there is to say of a file that came back, and of its rows: who is told, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, Severity, finding


class Placed(Protocol):
    """A row that stands somewhere in a file. Rows count from 1, as in Excel."""

    @property
    def sheet(self) -> str:
        """The name of its sheet."""

    @property
    def row(self) -> int:
        """Its number."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of one lead's file, or of one row in it; `key` and `ref` are the item's that it shows.

    `tell = Teller("Asha.xlsx", "Asha").of_row(row, "a7", "2.13")`, and then `tell("row-repeated")`
    for the row or `tell("cell-error", "H12", field="rag", value="#REF!")` for one of its cells.
    """

    file: str
    lead: str = ""
    sheet: str = ""
    row: int = 0
    key: str | None = None
    ref: str = ""

    def of_row(self, row: Placed, key: str | None = None, ref: str = "") -> Teller:
        """The same of one row."""
        return replace(self, sheet=row.sheet, row=row.row, key=key, ref=ref)

    def of_item(self, key: str | None, ref: str = "") -> Teller:
        """The same of one item, wherever in the file it is spoken of."""
        return replace(self, key=key, ref=ref)

    def __call__(
        self,
        code: str,
        at: Address | str = "",
        *,
        field: str | None = None,
        value: str | None = None,
        severity: Severity | None = None,
        details: Mapping[str, object] | None = None,
        **more: object,
    ) -> Finding:
        """One finding. `at` is a cell of the row's sheet, or a place anywhere in the file; without
        it the finding is about the row, or about the whole file.

        Raises:
            KeyError: as `finding` does.
        """
        return finding(
            code,
            at=self._address(at),
            key=self.key,
            ref=self.ref or None,
            lead=self.lead or None,
            field=field,
            value=value,
            severity=severity,
            details={**(details or {}), **more},
        )

    def _address(self, at: Address | str) -> Address:
        if isinstance(at, Address):
            return replace(at, file=self.file)
        # A row is told at its first cell: Excel jumps to an address, and to no row.
        return Address(self.file, self.sheet, at or (f"A{self.row}" if self.row else ""))

"""Who is told of what, and where: the file, a row of it, a cell of the row, or any other place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.teller import Teller


@dataclass(frozen=True)
class Row:
    sheet: str = "Update"
    row: int = 12


FILE = Teller("Asha.xlsx", "Asha")
ROW = FILE.of_row(Row(), "a7", "2.13")


@pytest.mark.parametrize(
    ("tell", "at", "address"),
    [
        (FILE, "", "Asha.xlsx"),
        (ROW, "", "Asha.xlsx, Update!A12"),
        (ROW, "H12", "Asha.xlsx, Update!H12"),
        (ROW, Address(sheet="Notes", cell="B2"), "Asha.xlsx, Notes!B2"),
        (ROW, Address("another.xlsx", "Notes"), "Asha.xlsx, Notes"),
        (FILE.of_row(Row("", 0)), "", "Asha.xlsx"),
    ],
)
def test_where_it_stands(tell: Teller, at: Address | str, address: str) -> None:
    assert str(tell("row-repeated", at).at) == address


def test_a_row_is_told_with_its_item_and_its_lead() -> None:
    found = ROW("cell-error", "H12", field="rag", value="#REF!")
    assert (found.key, found.ref, found.lead) == ("a7", "2.13", "Asha")
    assert (found.field, found.value) == ("rag", "#REF!")
    other = ROW.of_item("a8", "2.14")("row-missing")
    assert (other.key, other.ref, str(other.at)) == ("a8", "2.14", "Asha.xlsx, Update!A12")


def test_what_nobody_knows_is_nothing_rather_than_an_empty_text() -> None:
    found = Teller("scan.pdf")("file-kept")
    assert (found.key, found.ref, found.lead) == (None, None, None)


def test_details_fill_the_wording_by_name_or_as_a_mapping() -> None:
    by_name = FILE("file-superseded", newer="Asha 2.xlsx")
    assert by_name == FILE("file-superseded", details={"newer": "Asha 2.xlsx"})
    assert "Asha 2.xlsx" in by_name.message + by_name.hint
    with pytest.raises(KeyError):
        FILE("file-superseded")

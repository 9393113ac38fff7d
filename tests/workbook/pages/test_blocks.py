"""A table is made from columns, each of which knows its own cell, and from items."""

from __future__ import annotations

from typing import NamedTuple

from xlplan.workbook.pages.blocks import Column, Row, Table, TableCell


class Parcel(NamedTuple):
    lead: str
    weight: int
    sort: str = ""


class Van(NamedTuple):
    parcel: Parcel


LEAD: Column[Parcel] = Column("Lead", width=26, of=lambda parcel: parcel.lead)
WEIGHT: Column[Parcel] = Column(
    "Weight", "number", 9, of=lambda parcel: TableCell(parcel.weight, strong=parcel.weight > 9)
)
ROSE, PAUL = Parcel("Rose", 4, "Post"), Parcel("Paul", 10, "Rail")


def test_every_column_says_its_own_cell_of_each_item() -> None:
    table = Table.of("Parcels", (LEAD, WEIGHT), (ROSE, PAUL))
    assert [row.cells for row in table.rows] == [
        (TableCell("Rose"), TableCell(4)),
        (TableCell("Paul"), TableCell(10, strong=True)),
    ]
    turned = Table.of("Parcels", (WEIGHT, LEAD), (ROSE, PAUL))
    assert [row.cells[::-1] for row in turned.rows] == [row.cells for row in table.rows]


def test_items_say_their_group_and_which_row_sums_up() -> None:
    table = Table.of(
        "Parcels",
        (LEAD,),
        (ROSE, PAUL),
        group=lambda parcel: parcel.sort,
        total=lambda parcel: parcel is PAUL,
    )
    assert table.rows == (
        Row((TableCell("Rose"),), "Post"),
        Row((TableCell("Paul"),), "Rail", total=True),
    )


def test_a_column_tells_of_a_part_of_an_item_as_of_the_item() -> None:
    column: Column[Van] = WEIGHT.through(lambda van: van.parcel)
    assert column == WEIGHT, "heading, kind and width are the same"
    assert column.of(Van(PAUL)) == WEIGHT.of(PAUL)

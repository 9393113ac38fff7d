"""Lists and ranges of recommendations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.model import Item, Plan
from xlplan.plan.references import by_reference, cross_references, read_references
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import Value

ONE_TO_SEVENTEEN = tuple(str(number) for number in range(1, 18))


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("17", ("17",)),
        ("14,6, 13,", ("14", "6", "13")),
        ("12 6", ("12", "6")),
        ("13 15 11", ("13", "15", "11")),
        ("1 – 17", ONE_TO_SEVENTEEN),
        ("1-17", ONE_TO_SEVENTEEN),
        ("1 to 3 and 5", ("1", "2", "3", "5")),
        ("1.1 – 1.3", ("1.1", "1.2", "1.3")),
        ("7 (a)", ("7 (a)",)),
        ("7(a)", ("7 (a)",)),
        ("IN 1.7, 3.1; OIS 2012", ("IN 1.7", "IN 3.1", "OIS 2012")),
        ("OIS 2012 (20)", ("OIS 2012 (20)",)),
        ("OIS 2012; 1.1, 1.2, 1.5 1.7", ("OIS 2012", "1.1", "1.2", "1.5", "1.7")),
        ("Pg 6 para 17; Pg 10 para 36,39", ("Pg 6 para 17", "Pg 10 para 36", "Pg 10 para 39")),
        ("Pg 8 Para 27; Pg 8 para 27", ("Pg 8 Para 27",)),
        ("A7.1", ("A7.1",)),
        ("See notes", ("See notes",)),
        ("17-1", ("17-1",)),
        ("1-99999", ("1-99999",)),
        ("", ()),
        (" ; , ", ()),
    ],
)
def test_what_a_cell_refers_to(text: str, refs: tuple[str, ...]) -> None:
    assert read_references(text).refs == refs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 – 3", "3, 2, 1"),
        ("14,6, 13,", "6; 13; 14"),
        ("7(A)", "7 (a)"),
        ("Pg 6 Para 17", "pg 6  para 17"),
        ("IN 1.7, 3.1", "IN 3.1; IN 1.7"),
    ],
)
def test_cells_that_refer_to_the_same(one: str, other: str) -> None:
    assert read_references(one).canonical == read_references(other).canonical


def test_cells_that_do_not() -> None:
    assert (
        len(
            {
                read_references(text).canonical
                for text in ("2.1", "2.10", "2, 1", "IN 2.1", "2.1 (a)")
            }
        )
        == 5
    )


@settings(max_examples=120)
@given(st.text(max_size=40) | st.text(alphabet="0123456789.,;-–() aPg\n", max_size=40))
def test_any_text_is_read_and_its_refs_say_the_same(text: str) -> None:
    read = read_references(text)
    assert len({fold_code(ref) for ref in read.refs}) == len(read.refs)
    assert all(fold_code(ref) in read.canonical for ref in read.refs)
    assert bool(read.refs) == bool(read.canonical)


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("See A7.1", ["A7.1"]),
        ("Done with others (see also actions 3.4, 3.5 and 4.1)", ["3.4", "3.5", "4.1"]),
        ("linked to 2.10", ["2.10"]),
        ("see А7.1", ["A7.1"]),
        ("See page 4 of the report; as per 2012 plan", []),
        ("reduce by 3.5%", []),
    ],
)
def test_what_a_text_points_to(text: str, refs: list[str]) -> None:
    assert cross_references(text) == refs


def test_the_plan_read_by_recommendation() -> None:
    def action(number: int, links: str) -> Item:
        order = str(number)
        values = {"links": Value(links, links), "order": Value(order, order)}
        return Item(f"a{number}", "action", values)

    items = [action(1, "1-3"), action(2, "10, 2"), action(3, ""), action(4, "2")]
    told = by_reference(Plan({item.key: item for item in items}))
    assert {ref: [item.key for item in found] for ref, found in told.items()} == {
        "1": ["a1"],
        "2": ["a1", "a2", "a4"],
        "3": ["a1"],
        "10": ["a2"],
    }
    assert list(told) == ["1", "2", "3", "10"]

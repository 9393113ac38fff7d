"""Styles by name: each made once, a rating's colour laid on any of them."""

from __future__ import annotations

from typing import Any

from xlplan.workbook.kit import palette
from xlplan.workbook.kit.style import STYLES, Styles


class Book:
    """Keeps the looks that were made."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []

    def add_format(self, look: dict[str, Any]) -> dict[str, Any]:
        self.made.append(look)
        return look


def styles_of(book: Any) -> Any:
    """Styles whose formats are the looks that they were made of."""
    return Styles(book)


def test_a_style_is_made_once_when_it_is_first_asked_for() -> None:
    book = Book()
    styles = styles_of(book)
    assert book.made == []
    assert styles["input"] is styles["input"]
    assert styles.on("#FFC000", "swatch") is styles.on("#FFC000", "swatch")
    assert len(book.made) == 2


def test_a_rating_lies_on_a_style_in_ink_that_reads_and_leaves_the_style_alone() -> None:
    styles = styles_of(Book())
    for colour in ("#FFC000", "#7A1610"):
        look = styles.on(colour, "swatch")
        assert palette.contrast(look["font_color"], look["bg_color"]) >= 4.5
        assert look | STYLES["swatch"] == styles["swatch"]
    assert set(styles.on("#FFC000")) == {"bg_color", "font_color"}, "a condition changes no more"


def test_a_cell_of_the_plan_looks_as_its_type_says() -> None:
    styles = styles_of(Book())
    assert styles.of_field("date") is styles["plan date"]
    assert styles.of_field("timescale") is styles["plan text"]


def test_a_number_keeps_the_format_of_the_office_where_it_has_one() -> None:
    styles = styles_of(Book())
    assert styles.numbered("carried", "#,##0")["num_format"] == "#,##0"
    assert styles.numbered("carried", "") == styles["carried"]

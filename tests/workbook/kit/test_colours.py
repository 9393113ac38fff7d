"""Text on every fill that we write can be read: WCAG AA, for each style of each workbook and each
plan's ratings.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from xlplan.mapping.load import load_mapping
from xlplan.workbook.kit import palette
from xlplan.workbook.kit.style import STYLES

MAPPINGS = sorted((Path(__file__).parents[3] / "mappings").glob("*.toml"))


def unreadable(ink: str, fill: str) -> bool:
    return palette.contrast(ink, fill) < 4.5


def test_text_reads_in_every_style() -> None:
    pairs = {
        name: (look.get("font_color", "#000000"), look.get("bg_color", palette.PAPER))
        for name, look in STYLES.items()
    }
    assert {name: pair for name, pair in pairs.items() if unreadable(*pair)} == {}
    assert len(pairs) > 50


def test_text_reads_on_inputs_as_they_change() -> None:
    """A conditional format may bring ink alone or fill alone."""
    for fill in (palette.INPUT, palette.CHANGED, palette.FAULT, palette.LOCKED, palette.PAPER):
        assert not unreadable(palette.INK, fill), fill
    assert not unreadable(palette.MUTED, palette.LOCKED)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_text_reads_on_every_rating_pale_or_not(path: Path) -> None:
    colours = [rating.colour for rating in load_mapping(path).rag]
    fills = [fill for colour in colours for fill in (colour, palette.tint(colour))]
    assert [fill for fill in fills if unreadable(palette.text_on(fill), fill)] == []
    assert len(set(colours)) == len(colours), "two ratings look the same"


@pytest.mark.parametrize(
    "colour", ["#FF0000", "#00FF00", "#0000FF", "#808080", "#767676", "#FFFFFF", "#000000"]
)
def test_text_reads_on_any_colour_that_a_mapping_may_name(colour: str) -> None:
    for fill in (colour, palette.tint(colour)):
        assert not unreadable(palette.text_on(fill), fill)


def test_labels_read_on_every_bar_of_a_chart() -> None:
    assert [
        fill for fill in palette.STEPS.values() if unreadable(palette.text_on(fill), fill)
    ] == []


def test_inputs_look_unlike_locked_changed_and_faulty_cells() -> None:
    fills = [palette.LOCKED, palette.INPUT, palette.CHANGED, palette.FAULT, palette.PAPER]
    assert all(one != other for one, other in combinations(fills, 2))

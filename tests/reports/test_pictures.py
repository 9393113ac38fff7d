"""The charts of the Word report: real pictures, true to their numbers, told in words."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image, ImageColor

from tests.reports.builders import some_figures
from xlplan.reports.chapters.charts import due_chart, movement_chart, sections_chart, whole_chart
from xlplan.reports.formats import painting
from xlplan.reports.formats.files import write_change_report
from xlplan.reports.formats.painting import BAR, KEY, STEP, paint
from xlplan.workbook.pages.blocks import Chart, Series

CREATED = datetime(2013, 2, 4, 9)
TOLD = some_figures()
DRAWN = (whole_chart(TOLD), sections_chart(TOLD), movement_chart(TOLD), due_chart(TOLD))
CHARTS = {chart.title: chart for chart in DRAWN if chart}


def pictures(path: Path) -> dict[str, Any]:
    """The pictures of a document by name: what each says in words, and its dots."""
    document = docx.Document(str(path))
    found: dict[str, Any] = {}
    for shape in document.inline_shapes:
        part = document.part.related_parts[
            shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        ]
        told = shape._inline.docPr
        found[told.get("name")] = (
            told.get("descr"),
            Image.open(BytesIO(part.blob)).convert("RGB"),
            shape,
        )
    return found


def lengths(image: Image.Image, chart: Chart, place: int) -> dict[str, int]:
    """How many dots of a bar each series takes, read just inside the bar's upper edge, where no
    number stands.
    """
    y = KEY + place * STEP + STEP // 2 - BAR // 2 + 2
    colours = {ImageColor.getrgb(series.colour): series.name for series in chart.series}
    dots = [image.getpixel((x, y)) for x in range(image.width)]
    runs = [(colour, len(list(run))) for colour, run in groupby(dots)]
    drawn = {colours[colour]: long for colour, long in runs if colour in colours and long > 2}
    filled = [x for x, colour in enumerate(dots) if colour in colours]
    span = filled[-1] - filled[0] + 1 if filled else 0
    assert span == pytest.approx(sum(drawn.values()), abs=4 * len(drawn)), (
        "no gaps between the parts"
    )
    return drawn


def test_the_document_has_a_picture_for_each_chart_told_in_words(tmp_path: Path) -> None:
    write_change_report(TOLD, tmp_path / "report.docx", created=CREATED)
    found = pictures(tmp_path / "report.docx")
    assert list(found) == list(CHARTS)
    assert len(found) == 4
    words, image, shape = found["Ratings before and now"]
    assert "All, now: 1 Red, 2 Amber, 3 Green, 1 Blue, 1 No rating" in words
    assert image.width / (shape.width.inches) == pytest.approx(200, rel=0.01), "dots an inch"
    assert shape.width.cm <= 26.75


@pytest.mark.parametrize("title", CHARTS)
def test_bars_are_as_long_as_their_numbers(title: str) -> None:
    chart = CHARTS[title]
    image = Image.open(BytesIO(paint(chart))).convert("RGB")
    most = max(sum(series.numbers[n] for series in chart.series) for n in range(len(chart.bars)))
    unit = max(sum(lengths(image, chart, n).values()) for n in range(len(chart.bars))) / most
    for place, bar in enumerate(chart.bars):
        wanted = {
            series.name: series.numbers[place] for series in chart.series if series.numbers[place]
        }
        drawn = lengths(image, chart, place)
        assert drawn.keys() == wanted.keys(), bar
        for name, number in wanted.items():
            assert drawn[name] == pytest.approx(number * unit, abs=6), (bar, name)


def test_a_chart_of_very_many_bars_stays_on_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = Chart(
        "Many",
        tuple(f"Section {n}" for n in range(60)),
        (Series("Red", "#FF0000", (1,) * 60),),
        "many",
    )
    monkeypatch.setattr("xlplan.reports.chapters.content.whole_chart", lambda figures: many)
    write_change_report(TOLD, tmp_path / "report.docx", created=CREATED)
    shape = pictures(tmp_path / "report.docx")["Many"][2]
    assert shape.height.cm <= 15.6
    assert shape.width / shape.height == pytest.approx(painting.WIDTH / (KEY + 60 * STEP), rel=0.01)


def test_a_label_that_is_too_long_is_cut_before_its_bar() -> None:
    long = Chart(
        "Long", ("A section of very many words " * 9,), (Series("Red", "#FF0000", (3,)),), ""
    )
    image = Image.open(BytesIO(paint(long))).convert("RGB")
    middle = KEY + STEP // 2
    start = next(
        x for x in range(image.width) if image.getpixel((x, middle - BAR // 2 + 2)) == (255, 0, 0)
    )
    gap = {
        image.getpixel((x, y))
        for x in range(start - 16, start - 2)
        for y in range(KEY + 1, KEY + STEP - 1)
    }
    assert gap == {(255, 255, 255)}


def test_a_machine_without_fonts_still_writes_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "FACES", ())
    painting._face.cache_clear()
    try:
        face = painting._face()
        assert face.plain
        assert face.spelt("Café – it’s") == "Cafe - it's"
        bare = Image.open(
            BytesIO(paint(Chart("T", ("é–",), (Series("Réd", "#FF0000", (1,)),), "")))
        ).convert("L")
        label = bare.crop((0, KEY + 4, 60, KEY + STEP - 4))
        assert min(label.tobytes()) < 128, "the label stands there"
    finally:
        painting._face.cache_clear()


def test_the_same_contents_give_the_same_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, clock in (("one", 1.7e9), ("two", 1.8e9)):
        monkeypatch.setattr("time.time", lambda clock=clock: clock)
        write_change_report(TOLD, tmp_path / f"{name}.docx", created=CREATED)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()

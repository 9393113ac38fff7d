"""Paint a chart as a picture, for papers that take no vectors: the bars of the SVG, their labels
beside them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from xlplan.reports.formats.bars import Bar, drawing
from xlplan.workbook.kit.palette import EDGE, INK, MUTED, PAPER
from xlplan.workbook.pages.blocks import Chart, Series

DPI = 200
WIDTH = 2100
"""Dots: a Word page on its side between its margins."""
STEP, BAR, KEY, SWATCH, GAP = 46, 34, 46, 24, 20
"""Dots: from bar to bar, a bar's height, a line of the key, its colours, and between things side by
side.
"""
LABELS = 0.38
"""The most that labels take of the width."""
TYPE = 25
FACES = (
    "calibri.ttf",
    "Carlito-Regular.ttf",
    "Arial.ttf",
    "LiberationSans-Regular.ttf",
    "DejaVuSans.ttf",
)
"""Fonts of Windows, macOS and Linux; the first that is there."""
_PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'"})


@dataclass(frozen=True, slots=True)
class Face:
    """A font, and whether it has only the plain letters: the one that comes with Pillow, for
    machines without any.
    """

    font: ImageFont.FreeTypeFont | ImageFont.ImageFont
    plain: bool

    def spelt(self, text: str) -> str:
        """The text in letters that the font has."""
        if not self.plain:
            return text
        return (
            unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
        )

    def wide(self, text: str) -> float:
        """How many dots a text takes."""
        return self.font.getlength(self.spelt(text))

    def fitting(self, text: str, room: float) -> str:
        """The text, cut with three dots where it takes more room."""
        cut = text
        while cut and self.wide(cut if cut == text else f"{cut}...") > room:
            cut = cut[:-1]
        return text if cut == text else f"{cut.rstrip(' ,;:.')}..."


def paint(chart: Chart) -> bytes:
    """The chart as a PNG of 200 dots an inch: the key, then a bar a line with its label before and
    its sum behind.
    """
    face, picture = _face(), drawing(chart)
    key = list(_key_lines(face, chart.series))
    left = min(WIDTH * LABELS, max(face.wide(label) for label in chart.bars)) + GAP
    top = KEY * len(key)
    image = Image.new("RGB", (WIDTH, top + STEP * len(chart.bars)), PAPER)
    canvas = ImageDraw.Draw(image)
    for line, entries in enumerate(key):
        for x, series in entries:
            _entry(canvas, face, x, line * KEY + KEY // 2 - GAP // 4, series)
    for place, (label, bar) in enumerate(zip(chart.bars, picture.bars, strict=True)):
        middle = top + place * STEP + STEP // 2
        canvas.text(
            (0, middle), face.spelt(face.fitting(label, left - GAP)), INK, face.font, anchor="lm"
        )
        _bar(canvas, face, bar, left, middle)
    png = BytesIO()
    # python-docx sizes a picture by the dots an inch that it names, 72 where it names none.
    image.save(png, "PNG", optimize=True, dpi=(DPI, DPI))
    return png.getvalue()


def _bar(canvas: ImageDraw.ImageDraw, face: Face, bar: Bar, left: float, middle: int) -> None:
    unit = (WIDTH - left) / 100
    for part in bar.parts:
        start, end = left + part.x * unit, left + (part.x + part.width) * unit
        # Pillow's rectangle takes in its last dots.
        corners = (round(start), middle - BAR // 2, round(end) - 1, middle + BAR // 2)
        canvas.rectangle(corners, fill=part.colour, outline=EDGE)
        if face.wide(str(part.count)) + 4 < end - start:
            canvas.text(
                ((start + end) / 2, middle), str(part.count), part.ink, face.font, anchor="mm"
            )
    canvas.text(
        (left + bar.end * unit + GAP / 2, middle), str(bar.total), MUTED, face.font, anchor="lm"
    )


def _key_lines(face: Face, series: Iterable[Series]) -> Iterable[list[tuple[float, Series]]]:
    """The entries of the key with the place where each begins, in as many lines as they need."""
    line: list[tuple[float, Series]] = []
    x = 0.0
    for entry in series:
        wide = SWATCH + GAP / 2 + face.wide(entry.name) + 2 * GAP
        if line and x + wide > WIDTH:
            yield line
            line, x = [], 0.0
        line.append((x, entry))
        x += wide
    yield line


def _entry(canvas: ImageDraw.ImageDraw, face: Face, x: float, middle: int, series: Series) -> None:
    canvas.rectangle(
        (x, middle - SWATCH // 2, x + SWATCH, middle + SWATCH // 2),
        fill=series.colour,
        outline=EDGE,
    )
    canvas.text(
        (x + SWATCH + GAP / 2, middle), face.spelt(series.name), INK, face.font, anchor="lm"
    )


@cache
def _face() -> Face:
    for name in FACES:
        try:
            return Face(ImageFont.truetype(name, TYPE), plain=False)
        # So Pillow says that the machine lacks a font.
        except OSError:
            continue
    return Face(ImageFont.load_default(TYPE), plain=True)

"""The numbers that charts show: native ones by what they refer to and what they keep, drawn ones by
their shapes.
"""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

_XML = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}
_SVG = re.compile(r"<figcaption>(.*?)</figcaption>.*?<svg ([^>]*)>(.*?)</svg>", re.DOTALL)
_DRAWN = re.compile(r"<(text|rect) ([^>]*)>(.*?)</(?:text|rect)>", re.DOTALL)


@dataclass(frozen=True)
class Chart:
    """Bars in order, each with what it counts by the name of a series; nothing that is none."""

    title: str
    bars: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    def in_words(self) -> str:
        """As a person who cannot see it hears it."""
        told = (
            f"{bar}: {', '.join(f'{count} {name}' for name, count in parts) or 'none'}"
            for bar, parts in self.bars
        )
        return "; ".join(told)

    def alike(self, other: Chart) -> bool:
        """The same bars and counts; a long label may be cut."""
        return [parts for _, parts in self.bars] == [parts for _, parts in other.bars] and all(
            one.startswith(cut.rstrip("…."))
            for (one, _), (cut, _) in zip(self.bars, other.bars, strict=True)
        )


def native_charts(path: Path) -> list[Chart]:
    """Charts of a workbook from the cells that they refer to; what they keep of those cells must be
    the same.
    """
    book = openpyxl.load_workbook(path)
    with zipfile.ZipFile(path) as package:
        names = sorted(
            name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)
        )
        return [_native(ElementTree.fromstring(package.read(name)), book) for name in names]


def _native(chart: ElementTree.Element, book: openpyxl.Workbook) -> Chart:
    title = "".join(run.text or "" for run in chart.findall("c:chart/c:title//a:t", _XML))
    counted: dict[int, list[tuple[str, int]]] = {}
    bars: list[str] = []
    for series in chart.findall(".//c:ser", _XML):
        (name,) = _referred(series, "c:tx", book)
        bars = [str(bar) for bar in _referred(series, "c:cat", book)]
        for place, number in enumerate(_referred(series, "c:val", book)):
            counted.setdefault(place, []).extend([(str(name), int(str(number)))] if number else [])
    return Chart(title, tuple((bar, tuple(counted[place])) for place, bar in enumerate(bars)))


def _referred(series: ElementTree.Element, what: str, book: openpyxl.Workbook) -> list[object]:
    """The cells that a part of a series refers to. Programs that do not calculate show what the
    chart keeps of them.
    """
    reference = series.find(f"{what}//c:f", _XML)
    assert reference is not None
    assert reference.text
    sheet, _, area = reference.text.rpartition("!")
    cells = book[sheet.strip("'").replace("''", "'")][area.replace("$", "")]
    values = [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]
    kept = [one.text for one in series.findall(f"{what}//c:pt/c:v", _XML)]
    assert kept == [str(one) for one in values], (
        f"{reference.text} holds {values}, the chart keeps {kept}"
    )
    return values


def native_words(path: Path) -> list[str]:
    """What a workbook's charts are for who cannot see them."""
    with zipfile.ZipFile(path) as package:
        drawings = [
            package.read(name)
            for name in package.namelist()
            if re.match(r"xl/drawings/drawing\d+", name)
        ]
    roots = (ElementTree.fromstring(drawing) for drawing in drawings)
    return [
        frame.get("descr", "")
        for root in roots
        for frame in root.findall(".//xdr:graphicFrame//xdr:cNvPr", _XML)
    ]


def word_charts(path: Path) -> list[str]:
    """What a document's pictures say they show."""
    document = docx.Document(str(path))
    return [
        str(one.get("descr"))
        for one in document.element.body.xpath(".//wp:docPr")
        if one.get("descr")
    ]


def drawn_charts(path: Path) -> dict[str, tuple[Chart, str]]:
    """Drawn charts of a page by title: what their shapes show, and what they say they show.

    Every part is as wide as its count, to one scale for the chart; a bar ends where its sum stands.
    """
    page = path.read_text(encoding="utf-8")
    found = {}
    for caption, attributes, shapes in _SVG.findall(page):
        said = re.search(r'aria-label="([^"]*)"', attributes)
        assert said
        found[_text(caption)] = (_drawn(_text(caption), shapes), _text(said[1]))
    return found


def _drawn(title: str, shapes: str) -> Chart:
    bars: list[tuple[str, list[tuple[str, int]]]] = []
    scales: list[float] = []
    end = 0.0
    for kind, attributes, inside in _DRAWN.findall(shapes):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if kind == "rect":
            name, _, count = _text(re.sub("</?title>", "", inside)).rpartition(": ")
            assert float(told["x"].rstrip("%")) == pytest.approx(end, abs=0.03)
            end = float(told["x"].rstrip("%")) + float(told["width"].rstrip("%"))
            scales.append(float(told["width"].rstrip("%")) / int(count))
            bars[-1][1].append((name, int(count)))
        elif told["class"] == "label":
            bars.append((_text(inside), []))
            end = 0.0
        elif told["class"] == "inside":
            assert int(inside) == bars[-1][1][-1][1]
        else:
            assert int(inside) == sum(count for _, count in bars[-1][1])
            assert float(told["x"].rstrip("%")) == pytest.approx(end, abs=0.03)
    assert not scales or max(scales) - min(scales) < 0.02, (
        f"{title} is drawn to more than one scale"
    )
    return Chart(title, tuple((label, tuple(parts)) for label, parts in bars))


def _text(markup: str) -> str:
    return html.unescape(markup).strip()

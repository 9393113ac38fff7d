"""Tables and sentences of a finished report, read with other people's readers: openpyxl,
html.parser, python-docx.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx

GROUP = ""
"""The heading of the groups of a table that shows them as lines between its rows."""


@dataclass
class Found:
    """One table: its title, its headings (`Red previous` where one stands over another), its rows,
    all as text.

    `said` is what stands in place of the rows when there are none.
    """

    title: str
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    said: str = ""

    def under(self, headings: Sequence[str]) -> list[list[str]]:
        """The rows with their cells in the order of these headings. A group that has no heading
        goes by any.
        """
        assert len(self.headings) == len(headings), (
            f"{self.title}: {self.headings}, not {list(headings)}"
        )
        places = [
            self.headings.index(head if head in self.headings else GROUP) for head in headings
        ]
        assert sorted(places) == [*range(len(headings))], f"{self.title}: {self.headings}"
        return [[row[place] for place in places] for row in self.rows]


@dataclass
class Page:
    """A report as read: its tables by title, and its paragraphs."""

    tables: dict[str, Found] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)

    def add(self, table: Found) -> None:
        assert table.title not in self.tables, f"two tables are called {table.title}"
        self.tables[table.title] = table


def one_line(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def joined_heading(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """`Red` over `Previous` is `Red previous`; a heading that takes both lines is itself."""
    return [
        f"{over} {under.lower()}" if under and under != over else over
        for over, under in zip(top, below, strict=True)
    ]


# A page


class _Html(HTMLParser):
    """Gathers tables with their captions, group rows as a first cell, and paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.table: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.caption, self.text = "", ""
        self.inside: dict[str, str | None] = {}
        self.empties: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.table = []
        elif tag == "tr":
            self.table.append([])
        if tag in {"caption", "th", "td", "p"}:
            self.inside, self.text = dict(attrs), ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.caption = one_line(self.text)
        elif tag in {"th", "td"}:
            self.table[-1].append((tag, self.inside, one_line(self.text)))
        elif tag == "p":
            (self.empties if self.inside.get("class") == "empty" else self.page.paragraphs).append(
                one_line(self.text)
            )
        elif tag == "table":
            self.page.add(_html_table(self.caption, self.table))


def _html_table(caption: str, lines: list[list[tuple[str, dict[str, str | None], str]]]) -> Found:
    heads = [
        line for line in lines if all((one[1].get("scope") or "").startswith("col") for one in line)
    ]
    top: list[str] = []
    below: list[str] = []
    under = [text for _, _, text in heads[1]] if len(heads) > 1 else []
    for _, attrs, text in heads[0]:
        wide = int(attrs.get("colspan") or 1)
        alone = attrs.get("rowspan") == "2" or len(heads) == 1
        top += [text] * wide
        below += [""] * wide if alone else [under.pop(0) for _ in range(wide)]
    found, group = Found(caption, joined_heading(top, below)), ""
    grouped = False
    for line in lines[len(heads) :]:
        if line[0][1].get("scope") == "rowgroup":
            group, grouped = line[0][2], True
            continue
        found.rows.append([*([group] if grouped else []), *(text for _, _, text in line)])
    if grouped:
        found.headings.insert(0, GROUP)
    return found


def read_html(path: Path) -> Page:
    """The page's tables by caption; what is said of an empty table stands in `said`, under its
    title if it has one.
    """
    reader = _Html()
    reader.feed(path.read_text(encoding="utf-8"))
    for said in reader.empties:
        title, dot, rest = said.partition(". ")
        reader.page.add(Found(title if dot else said, said=rest or said))
    return reader.page


# A Word document


def read_word(path: Path) -> Page:
    """A table's title is the line in bold, or the heading, above it."""
    document, page, title, above = docx.Document(str(path)), Page(), "", ""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            if len(block.rows) > 1:
                page.add(_word_table(title, block))
            continue
        text = one_line(block.text)
        page.paragraphs.append(text)
        heading = block.style.name.startswith("Heading")
        picture = bool(block._p.xpath(".//w:drawing"))
        if text and (heading or all(run.bold for run in block.runs)):
            above, title = (text if heading else above), text
        elif picture:  # a chart: its own title stood above it
            title = above
    return page


def _word_table(title: str, table: Any) -> Found:
    """A line merged over the whole width is a group of the lines below it."""
    heads = sum(
        row._tr.trPr is not None and bool(row._tr.trPr.findall("{*}tblHeader"))
        for row in table.rows
    )
    lines = [[one_line(cell.text) for cell in row.cells] for row in table.rows]
    found = Found(title, joined_heading(lines[0], lines[1]) if heads == 2 else lines[0])
    group = ""
    for row, line in zip(table.rows[heads:], lines[heads:], strict=True):
        if len({cell._tc for cell in row.cells}) == 1 < len(line):
            group = line[0]
        else:
            found.rows.append([group, *line] if group else line)
    if group:
        found.headings.insert(0, GROUP)
    return found


# Markdown


def read_markdown(path: Path) -> Page:
    """Pipe tables below a line in bold or a heading; a line in bold with words after it is a table
    without rows.
    """
    page, title = Page(), ""
    lines = path.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        bold = re.fullmatch(r"\*\*(.+?)\.?\*\*\.?(.*)", line)
        if bold and " · " not in line:
            title = plain(bold[1])
            if bold[2].strip():
                page.add(Found(title, said=plain(bold[2])))
        elif line.startswith("#"):
            title = plain(line.lstrip("#"))
        elif line.startswith("| ") and not lines[place - 1].startswith("|"):
            page.add(_pipes(title, lines[place:]))
        elif not line.startswith("|"):
            page.paragraphs.append(plain(line))
    return page


def _pipes(title: str, lines: Iterable[str]) -> Found:
    found: list[list[str]] = []
    for line in lines:
        if not line.startswith("|"):
            break
        bare = re.sub(r"(?<!\\)\*\*", "", line)  # numbers that moved are bold
        found.append([plain(cell) for cell in re.split(r"(?<!\\)\|", bare)[1:-1]])
    return Found(title, found[0], found[2:])


def plain(text: str) -> str:
    return one_line(re.sub(r"\\(.)", r"\1", text.replace("<br>", " ")))


def said_in_words(page: Page) -> Iterator[str]:
    """Every paragraph that has words."""
    return (text for text in page.paragraphs if text)

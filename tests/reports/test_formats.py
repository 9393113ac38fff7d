"""One content in five formats; text from leads is text in each of them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.reports.builders import a_mapping, material, some_figures, value
from xlplan.plan.changes import Change, Source
from xlplan.plan.figures.figures import Figures
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import finding
from xlplan.reports.chapters.content import chapters
from xlplan.reports.figures import figures
from xlplan.reports.formats.as_json import document
from xlplan.reports.formats.files import SUFFIXES, UnknownFormat, write_change_report
from xlplan.reports.formats.html import html
from xlplan.reports.formats.markdown import markdown
from xlplan.workbook.pages.blocks import Table

CREATED = datetime(2013, 2, 4, 9)
NASTY = '=HYPERLINK("http://x","y") <script>alert(1)</script> | **b** [l](http://z) & \x07'


def nasty_figures() -> Figures:
    change = Change(
        "a1.1", "progress", value(""), value(NASTY), (Source(NASTY, "f.xlsx", "Update", "H9"),)
    )
    return figures(material(changes=[change]))


class Tags(HTMLParser):
    """Collects tags, the text of captions and the nesting of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))


def parsed(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    return found


def test_html_is_one_file_without_script_or_network() -> None:
    found = parsed(html(some_figures()))
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    targets = [attrs.get(name, "") for _, attrs in found.attributes for name in ("href", "src")]
    assert all(target.startswith("#") for target in targets if target)
    assert "@import" not in html(some_figures())
    assert "url(" not in html(some_figures())


def test_html_escapes_what_leads_wrote() -> None:
    text = html(nasty_figures())
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_html_tables_have_captions_and_scopes() -> None:
    found = parsed(html(some_figures()))
    assert found.tags.count("caption") == found.tags.count("table") > 5
    assert all(attrs.get("scope") for tag, attrs in found.attributes if tag == "th")


def test_html_says_every_number_of_the_chart_in_words() -> None:
    chart = next(attrs for tag, attrs in parsed(html(some_figures())).attributes if tag == "svg")
    assert chart["role"] == "img"
    assert "All, now: 1 Red, 2 Amber, 3 Green, 1 Blue, 1 No rating" in str(chart["aria-label"])


def test_html_contents_lead_to_chapters() -> None:
    text = html(some_figures())
    ids = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


def test_a_draft_and_a_marking_are_said() -> None:
    mapping = material().mapping.model_copy(
        update={"office": material().mapping.office.model_copy(update={"marking": "OFFICIAL"})}
    )
    told = figures(material(draft=True, mapping=mapping))
    assert "DRAFT" in html(told)
    assert markdown(told).splitlines()[2] == "**DRAFT · OFFICIAL**"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"report{suffix}"
    write_change_report(nasty_figures(), path, created=CREATED)
    assert path.stat().st_size > 1000


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"\.pdf"):
        write_change_report(some_figures(), tmp_path / "report.pdf", created=CREATED)


def test_the_workbook_has_a_sheet_for_each_chapter_and_only_text(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    told = nasty_figures()
    write_change_report(told, path, created=CREATED)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:-1] == [chapter.name for chapter in chapters(told)]
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type in {"f", "e"}]
    assert NASTY.replace("\x07", "") in {cell.value for cell in cells}
    assert len(book["Summary"]._charts) == 1  # type: ignore[attr-defined]  # openpyxl's own list


def test_the_same_contents_give_the_same_workbook(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_change_report(some_figures(), tmp_path / f"{name}.xlsx", created=CREATED)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_numbers_of_the_workbook_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_change_report(some_figures(), path, created=CREATED)
    sheet = openpyxl.load_workbook(path)["Totals"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert rows["All"][0::2] == (1, 1, 2, 1, 1, 1, 6, 1, 7), "previous"
    assert rows["All"][1::2] == (0, 1, 2, 3, 1, 1, 7, 1, 8), "current"


def test_word_has_the_same_tables(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    told = some_figures()
    write_change_report(told, path, created=CREATED)
    document = docx.Document(str(path))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [chapter.title for chapter in chapters(told)]
    said = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for chapter in chapters(told):
        for block in chapter.blocks:
            if isinstance(block, Table):
                assert {str(cell) for row in block.rows for cell in row.cells} <= said | {""}


def test_markdown_escapes_markup() -> None:
    text = markdown(nasty_figures())
    line = next(line for line in text.splitlines() if "HYPERLINK" in line)
    assert r"\<script\>" in line
    assert r"\|" in line
    assert r"\*\*b\*\*" in line
    assert len(re.findall(r"(?<!\\)\|", line)) == 8


def test_json_has_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_change_report(some_figures(), path, created=CREATED)
    told = json.loads(path.read_text())
    assert told["totals"]["all"]["now"]["rag"]["G"] == 3
    first = told["movements"][0]
    assert (first["ref"], first["previous"], first["current"], first["step"]) == (
        "1.1",
        "R",
        "A",
        "improved",
    )
    assert told["redated"][0]["days"] == 92
    assert told["returns"][2]["status"] == "outstanding"


def test_the_json_document_says_changes_and_findings_as_every_command_does() -> None:
    mapping = a_mapping()
    fields = {key: spec.model_dump(exclude_unset=True) for key, spec in mapping.fields.items()}
    fields["cost"] = {"name": "Cost", "type": "percent"}
    changes = [
        Change(
            "a1.1",
            "cost",
            value(""),
            value("45%", "0.45"),
            (Source("Ann", "f.xlsx", "Update", "H9"),),
        ),
        Change("a1.1", "rag", value("R"), value("A"), (Source("Bob"),), reason="why"),
        Change("a1.2", "section", value("s1"), value("s2"), ()),
    ]
    odd = finding(
        "rag-unknown",
        at=Address("f.xlsx", "Update", "H9"),
        value="Purple",
        details={"allowed": "R or A", "near": ""},
    )
    told = document(
        figures(material(mapping=a_mapping(fields=fields), changes=changes, findings=[odd]))
    )
    assert [(one["ref"], one["field"], one["old"], one["new"]) for one in told["changes"]] == [
        ("1.1", "rag", "R", "A"),
        ("1.1", "cost", None, 0.45),
        ("1.2", "section", "s1", "s2"),
    ]
    assert told["changes"][1]["sources"] == [
        {"lead": "Ann", "file": "f.xlsx", "sheet": "Update", "cell": "H9"}
    ]
    assert told["changes"][0]["sources"] == [
        {"lead": "Bob", "file": None, "sheet": None, "cell": None}
    ]
    keys = "severity code file sheet cell message hint key ref lead field value"
    assert set(told["findings"][0]) == set(keys.split())
    assert (told["findings"][0]["cell"], told["findings"][0]["ref"]) == ("H9", None)
    assert told["due"] == {
        "overdue": 2,
        "in_30": 1,
        "in_60": 1,
        "in_90": 1,
        "later": 0,
        "unclear": 1,
        "without": 1,
    }

"""Workbooks as few programs write them: read whatever is never looked at; and what is doubtful is
told or refused, never picked.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.spreadsheets.packages import (
    MAIN,
    OFFICE,
    minimal,
    relations,
    sheet,
    styles,
    texts,
    with_rich_value,
)
from tests.spreadsheets.packages import written as a_workbook
from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import Drawn, RawCell, Sheet, Unreadable
from xlplan.spreadsheets.formats.openxml.texts import SharedTexts
from xlplan.spreadsheets.formats.openxml.xlsx import read_xlsx

MCE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROW = '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="2"><v>41305</v></c></row>'
FONTS = "<fonts><font/><font><strike/></font></fonts>"
LOOKS = '<cellXfs><xf numFmtId="0"/><xf fontId="1"/><xf numFmtId="14"/></cellXfs>'
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{{before}}<sheets>'
    '<sheet name="Update" sheetId="1" r:id="rId1"/></sheets>{after}</workbook>'
)


def usual() -> dict[str, bytes]:
    """A text, struck through, and a day."""
    return minimal(ROW, texts=texts("<t>2.10</t>"), styles=styles(FONTS + LOOKS))


def renamed(parts: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    return {new if name == old else name: data for name, data in parts.items()}


def without(name: str) -> dict[str, bytes]:
    return {part: data for part, data in usual().items() if part != name}


def with_book(before: str = "", after: str = "") -> dict[str, bytes]:
    return usual() | {"xl/workbook.xml": BOOK.format(before=before, after=after).encode()}


def with_styles(inner: str) -> dict[str, bytes]:
    return usual() | {"xl/styles.xml": styles(inner)}


def with_sheet(after: str) -> dict[str, bytes]:
    return usual() | {"xl/worksheets/sheet1.xml": sheet(ROW, after)}


def related_to_nothing(kind: str) -> dict[str, bytes]:
    rels = relations(("rId1", kind, "../lost/part1.xml"))
    return usual() | {"xl/worksheets/_rels/sheet1.xml.rels": rels}


def another_book() -> dict[str, bytes]:
    parts = renamed(usual(), "xl/workbook.xml", "xl/workbook22.xml")
    parts["_rels/.rels"] = relations(("rId1", "officeDocument", "/xl/workbook22.xml"))
    return renamed(parts, "xl/_rels/workbook.xml.rels", "xl/_rels/workbook22.xml.rels")


def with_backslashes() -> dict[str, bytes]:
    return {name.replace("/", "\\"): data for name, data in usual().items()}


def in_utf_16() -> dict[str, bytes]:
    return {
        name: f'<?xml version="1.0" encoding="utf-16"?>{data.decode()}'.encode("utf-16")
        for name, data in usual().items()
    }


def prefixed() -> dict[str, bytes]:
    part = usual()["xl/worksheets/sheet1.xml"].decode()
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        for old in (f"<{name} ", f"<{name}>", f"</{name}>"):
            part = part.replace(old, old.replace(name, f"x:{name}"))
    return usual() | {"xl/worksheets/sheet1.xml": part.replace("xmlns=", "xmlns:x=").encode()}


def strict() -> dict[str, bytes]:
    new = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main"}
    new[OFFICE] = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    return {
        name: data.replace(MAIN.encode(), new[MAIN].encode()).replace(
            OFFICE.encode(), new[OFFICE].encode()
        )
        for name, data in usual().items()
    }


def twice_written() -> dict[str, bytes]:
    """Content in two forms: for those who know an extension, and for all others."""
    choice = f'<mc:AlternateContent xmlns:mc="{MCE}"><mc:Choice Requires="odd">'
    fonts = f"<fonts><font/>{choice}<font/></mc:Choice><mc:Fallback><font><strike/></font>"
    cells = ROW.replace(
        '<c r="B1"',
        f'{choice}<c r="B1"><v>1</v></c></mc:Choice></mc:AlternateContent><c r="B1"',
    )
    return with_styles(f"{fonts}</mc:Fallback></mc:AlternateContent></fonts>{LOOKS}") | {
        "xl/worksheets/sheet1.xml": sheet(cells)
    }


READ_ALL_THE_SAME = {
    "an empty fill": with_styles(f"{FONTS}<fills><fill/></fills>{LOOKS}"),
    "a colour with a hash": with_styles(
        f'<fonts><font><color rgb="#FF00"/></font><font><strike/></font></fonts>{LOOKS}'
    ),
    "an unknown alignment": with_styles(
        FONTS + LOOKS.replace('<xf numFmtId="0"/>', '<xf><alignment vertical="odd"/></xf>')
    ),
    "an unknown border": with_styles(
        f'{FONTS}<borders><border><left style="odd"/></border></borders>{LOOKS}'
    ),
    "a number format that is not there": with_styles(
        FONTS + LOOKS.replace('numFmtId="0"', 'numFmtId="200"')
    ),
    "styles in two forms": twice_written(),
    "a name for nothing": with_book(
        after='<definedNames><definedName name="x" localSheetId="9">#REF!</definedName>'
        "</definedNames>"
    ),
    "an odd view": with_book(before='<bookViews><workbookView activeTab="x"/></bookViews>'),
    "a drawing that is lost": related_to_nothing("drawing"),
    "notes that are lost": related_to_nothing("comments"),
    "a filter of no known kind": with_sheet(
        '<autoFilter ref="A1:B2"><filterColumn colId="x"/></autoFilter>'
    ),
    "an extension of no known kind": with_sheet(
        '<extLst><ext uri="odd"><c xmlns="urn:odd" r="Z9"><v>1</v></c></ext></extLst>'
    ),
    "no list of types": without("[Content_Types].xml"),
    "no relation to the workbook": without("_rels/.rels"),
    "no namespace": {
        name: data.replace(f' xmlns="{MAIN}"'.encode(), b"")
        if name.startswith("xl/worksheets/sheet")
        else data
        for name, data in usual().items()
    },
    "names in another case": renamed(usual(), "xl/sharedStrings.xml", "xl/SharedStrings.XML"),
    "the list of relations in another case": renamed(usual(), "_rels/.rels", "_Rels/.RELS"),
    "names with backslashes": with_backslashes(),
    "a workbook of another name": another_book(),
    "UTF-16": in_utf_16(),
    "prefixes": prefixed(),
    "strict Open XML": strict(),
    "no addresses": usual()
    | {
        "xl/worksheets/sheet1.xml": sheet(
            '<row><c t="s" s="1"><v>0</v></c><c s="2"><v>41305</v></c></row>'
        )
    },
}
REFUSED_BY_OPENPYXL = 14
"""How many of these openpyxl refuses, or finds no sheet or not these cells in: what stands in them
is written here by hand.
"""


def read(folder: Path, parts: dict[str, bytes]) -> Sheet:
    path = a_workbook(folder, parts)
    (found,) = read_xlsx(path, path.read_bytes()).sheets
    return found


@pytest.mark.parametrize("oddity", READ_ALL_THE_SAME)
def test_what_is_never_looked_at_keeps_no_file_from_being_read(tmp_path: Path, oddity: str) -> None:
    found = read(tmp_path, READ_ALL_THE_SAME[oddity])
    assert found.name == "Update"
    assert list(found.cells.values()) == [
        RawCell(1, 1, "2.10", struck=True),
        RawCell(1, 2, datetime(2013, 1, 31), number_format="mm-dd-yy"),
    ]


def test_what_the_oracle_cannot_say_is_written_by_hand(tmp_path: Path) -> None:
    refused = [oddity for oddity in READ_ALL_THE_SAME if not openpyxl_reads(tmp_path, oddity)]
    assert len(refused) == REFUSED_BY_OPENPYXL, refused


def openpyxl_reads(folder: Path, oddity: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(a_workbook(folder, READ_ALL_THE_SAME[oddity]))
        page = book["Update"]
        return (page["A1"].value, page["B1"].value) == ("2.10", datetime(2013, 1, 31))
    except Exception:  # it raises whatever its parsers meet
        return False


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>NaN</v></c>', "NaN"),
        ('<c r="A1"><v>1E999</v></c>', "1E999"),
        ('<c r="A1"><v>1_000</v></c>', "1_000"),
        ('<c r="A1"><v>12 visits</v></c>', "12 visits"),
        ('<c r="A1" s="2"><v>99999999</v></c>', "99999999"),
        ('<c r="A1" s="2"><v>-3</v></c>', "-3"),
        ('<c r="A1" s="77"><v>5</v></c>', "5"),
        ('<c r="A1" s="-1"><v>5</v></c>', "5"),
        ('<c r="A1" t="s"><v>77</v></c>', "77"),
        ('<c r="A1" t="b"><v>5</v></c>', "5"),
        ('<c r="A1" t="d"><v>soon</v></c>', "soon"),
        ('<c r="A1" t="odd"><v>5</v></c>', "5"),
    ],
)
def test_a_value_that_cannot_be_is_an_error_in_its_cell(
    tmp_path: Path, cell: str, value: str
) -> None:
    rows = f'<row r="1">{cell}<c r="C1"><v>1</v></c></row>'
    found = read(tmp_path, usual() | {"xl/worksheets/sheet1.xml": sheet(rows)})
    assert (found.cell(1, 1).value, found.cell(1, 1).error) == (value, True)
    assert found.cell(1, 3).value == 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>42</v></c>', 42),
        ('<c r="A1"><v>42.0</v></c>', 42.0),
        ('<c r="A1" s=""><v>42</v></c>', 42),
        ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "a\rb"),
        ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', "_x000D_"),
        ('<c r="A1" t="inlineStr"><is><t>half </t><r><rPr/><t>bold</t></r></is></c>', "half bold"),
        ('<c r="A1" t="inlineStr"><v>bare</v></c>', "bare"),
        ('<c r="A1"><is><t>untyped</t></is></c>', "untyped"),
        (
            '<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'
            "</is></c>",
            "東京",
        ),
        ('<c r="A1" t="d"><v>2013-01-31</v></c>', datetime(2013, 1, 31)),
        ('<c r="A1" t="d"><v>2013-01-31T00:00:00.000Z</v></c>', datetime(2013, 1, 31)),
        ('<c r="A1" t="b"><v>true</v></c>', True),
        ('<c r="A1" t="s"><f>A2</f><v>0</v></c>', "2.10"),
        ('<c r="A1" t="str"><f>A2</f><v></v></c>', ""),
        ('<c r="A1"><f>A2</f></c>', None),
        ('<c r="A1" t="str"><v></v></c>', None),
        ('<c r="A1" s="1"/>', None),
    ],
)
def test_a_value_in_each_way_of_writing_it(tmp_path: Path, cell: str, value: RawValue) -> None:
    parts = usual() | {"xl/worksheets/sheet1.xml": sheet(f'<row r="1">{cell}</row>')}
    found = read(tmp_path, parts).cell(1, 1)
    assert (found.value, found.error) == (value, False)
    assert type(found.value) is type(value)


def test_cells_without_addresses_stand_one_after_the_other(tmp_path: Path) -> None:
    cell = "<c><v>1</v></c>"
    rows = f"<row>{cell}<c/>{cell}</row><row/><row>{cell}</row><row r='9'>{cell}</row>"
    assert [one.name for one in read(tmp_path, minimal(rows)).cells.values()] == [
        "A1",
        "C1",
        "A3",
        "A9",
    ]


def test_a_formula_that_is_filled_down_has_its_own_words_in_each_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B2" si="0">C1*$D$9</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="C2"><f t="shared" si="7"/><v>3</v></c></row>'
    )
    found = read(tmp_path, minimal(rows))
    cells = {cell.name: (cell.formula, cell.value) for cell in found.cells.values()}
    assert cells == {"A1": ("=C1*$D$9", 1), "B2": ("=D2*$D$9", 2), "C2": ("=", 3)}


def doubtful(folder: Path, parts: dict[str, bytes]) -> str:
    """Why a file is refused."""
    path = a_workbook(folder, parts)
    with pytest.raises(Unreadable) as caught:
        read_xlsx(path, path.read_bytes())
    assert caught.value.code in {"file-not-spreadsheet", "file-unsafe"}
    return caught.value.details["why"]


def test_two_parts_with_one_name(tmp_path: Path) -> None:
    parts = usual() | {"xl/Worksheets/Sheet1.xml": sheet("")}
    assert "two of its parts are called xl/worksheets/sheet1.xml" in doubtful(tmp_path, parts)
    # Two of what nobody reads are no matter.
    assert read(tmp_path, usual() | {"xl/media/a.png": b"1", "xl/media/A.PNG": b"2"}).cells


def test_one_part_twice_in_the_archive(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, usual())
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet(""))
    with pytest.raises(Unreadable):
        read_xlsx(path, path.read_bytes())


@pytest.mark.parametrize("second", ['<c r="A1"><v>2</v></c>', '<c r="A1"/>', '<c r="$A$1"/>'])
def test_one_cell_twice(tmp_path: Path, second: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{second}</row>'
    assert "two of its cells are called A1" in doubtful(tmp_path, minimal(rows))


@pytest.mark.parametrize("address", ["A0", "XFE1", "A1048577", "1A", "ABCD1"])
def test_a_cell_that_no_sheet_has(tmp_path: Path, address: str) -> None:
    rows = f'<row r="1"><c r="{address}"><v>1</v></c></row>'
    assert f"a sheet has no cell {address}" in doubtful(tmp_path, minimal(rows))


def test_one_relation_with_two_meanings(tmp_path: Path) -> None:
    parts = usual()
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId1", "worksheet", "worksheets/b.xml")
    )
    assert "relates to two parts as rId1" in doubtful(tmp_path, parts)


def test_two_sheets_that_are_one_part(tmp_path: Path) -> None:
    listed = '<sheet name="{0}" sheetId="1" r:id="rId1"/>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{{}}</sheets></workbook>'
    sheets = listed.format("Update") + listed.format("Again")
    parts = usual() | {"xl/workbook.xml": book.format(sheets).encode()}
    assert "two of its sheets are one part" in doubtful(tmp_path, parts)


def test_columns_are_hidden_as_far_as_the_sheet_holds_anything(tmp_path: Path) -> None:
    hidden = '<col min="{}" max="{}" hidden="1"/>'
    before = "".join(hidden.format(*ends) for ends in [(2, 2), (1, 1), (2, 16384), (2, 16384)])
    parts = usual() | {"xl/worksheets/sheet1.xml": sheet(ROW, before=f"<cols>{before}</cols>")}
    assert read(tmp_path, parts).hidden_columns == {1, 2}


def test_a_relation_out_of_the_package_finds_nothing(tmp_path: Path) -> None:
    parts = usual() | {"sheet9.xml": sheet(""), "../sheet9.xml": sheet("")}
    parts["xl/_rels/workbook.xml.rels"] = relations(("rId1", "worksheet", "../../sheet9.xml"))
    assert "no sheet with cells" in doubtful(tmp_path, parts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_by_the_parser_too(encoding: str) -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    part = f'<?xml version="1.0" encoding="{encoding}"?>{declared}'.encode(encoding)
    with pytest.raises(Unreadable, match="file-unsafe"):
        SharedTexts().read(BytesIO(part))


def test_a_link_over_several_cells_is_on_each_and_under_a_merge_on_the_first(
    tmp_path: Path,
) -> None:
    after = (
        '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:B2" location="Plan!A1"/></hyperlinks>'
    )
    parts = usual() | {"xl/worksheets/sheet1.xml": sheet(ROW, after)}
    links = {cell.name: cell.link for cell in read(tmp_path, parts).cells.values()}
    assert links == {"A1": "#Plan!A1", "B1": "#Plan!A1", "A2": "#Plan!A1"}


def test_rows_with_a_height_and_no_cell_are_passed_over(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}" ht="15" customHeight="1"/>' for row in range(2, 5000))
    assert len(read(tmp_path, minimal(f'<row r="1"><c><v>1</v></c></row>{rows}')).cells) == 1


def test_a_picture_in_a_cell_is_a_picture_and_no_error(tmp_path: Path) -> None:
    found = read(tmp_path, with_rich_value("_localImage"))
    assert found.drawn == [Drawn(1, 1, "picture")]
    assert list(found.cells) == [(1, 2)]


def test_a_card_of_facts_says_what_its_cell_shows(tmp_path: Path) -> None:
    cell = read(tmp_path, with_rich_value("_entity", "Kent")).cell(1, 1)
    assert (cell.value, cell.error) == ("Kent", False)


@pytest.mark.parametrize("lost", ["", "xl/metadata.xml", "xl/richData/rdrichvalue.xml"])
def test_an_error_of_a_newer_kind_is_an_error_and_so_is_one_that_nobody_can_tell(
    tmp_path: Path, lost: str
) -> None:
    parts = with_rich_value("_error" if not lost else "_localImage")
    found = read(tmp_path, {name: data for name, data in parts.items() if name != lost})
    assert (found.cell(1, 1).value, found.cell(1, 1).error) == ("#VALUE!", True)
    assert found.drawn == []

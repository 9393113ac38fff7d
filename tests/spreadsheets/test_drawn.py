"""What lies over the cells: text boxes, pictures, embedded documents, and notes where no
cell is.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.files import an_ods, replaced, with_parts
from xlplan.spreadsheets.cells import Drawn
from xlplan.spreadsheets.opening import open_spreadsheet

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_picture() -> BytesIO:
    """A black point as .png."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\x00\x00")), chunk(b"IEND", b""))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.fixture
def drawn_over(tmp_path: Path) -> Path:
    path = tmp_path / "drawn.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Update")
        page.write("A1", "Rating")
        page.write("A2", 3)
        page.insert_textbox("B3", "Finished in May.\nSee the minutes.")
        page.insert_image("B5", "photo.png", {"image_data": a_picture()})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Update!$A$2:$A$2"})
        page.insert_chart("F2", chart)
        book.add_worksheet("Mine").insert_textbox("A1", "My own")
    return path


def test_text_boxes_and_pictures_are_told_and_charts_are_not(drawn_over: Path) -> None:
    update, mine = open_spreadsheet(drawn_over).sheets
    assert update.drawn == [
        Drawn(3, 2, "text", "Finished in May.\nSee the minutes."),
        Drawn(5, 2, "picture"),
    ]
    assert mine.drawn == [Drawn(1, 1, "text", "My own")]


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_they_are_told_after_libreoffice_too(tmp_path: Path, drawn_over: Path, kind: str) -> None:
    update, mine = open_spreadsheet(saved_by_libreoffice(drawn_over, kind)).sheets
    text, picture = sorted(update.drawn, key=lambda one: one.kind == "picture")
    assert ((text.row, text.column), text.kind) == ((3, 2), "text")
    assert text.text.split("\n") == ["Finished in May.", "See the minutes."]
    assert ((picture.row, picture.column), picture.kind) == ((5, 2), "picture")
    assert [one.text for one in mine.drawn] == ["My own"]


def _linked_on_the_sheet(data: bytes) -> bytes:
    ole = (
        '<oleObjects><oleObject progId="Word.Document.12" shapeId="1" '
        'r:id="rIdO"><objectPr><anchor>'
        '<from xmlns:x="urn:x"><x:col>3</x:col><x:row>6</x:row></from></anchor>'
        "</objectPr></oleObject></oleObjects>"
    )
    space = (
        f'<worksheet xmlns:r="{_OFFICE}" '.encode() if b"xmlns:r=" not in data else b"<worksheet "
    )
    return data.replace(b"<worksheet ", space, 1).replace(
        b"</worksheet>", f"{ole}</worksheet>".encode()
    )


@pytest.mark.parametrize("placed", [True, False], ids=["on the sheet", "its picture is lost"])
def test_an_embedded_document_is_told(tmp_path: Path, placed: bool) -> None:
    path = tmp_path / "with a document.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Update").write("A1", "Rating")
    parts: dict[str, Callable[[bytes], bytes]] = {
        "xl/embeddings/Document1.docx": lambda _: b"PK\x03\x04 a document"
    }
    relation = (
        f'<Relationship Id="rIdO" Type="{_OFFICE}/package" Target="../embeddings/Document1.docx"/>'
    )
    relations = (
        "<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}'
    )
    if placed:
        parts["xl/worksheets/sheet1.xml"] = _linked_on_the_sheet
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = lambda _: (
            f"{relations}</Relationships>".encode()
        )
        parts["[Content_Types].xml"] = replaced(
            b"</Types>", b'<Default Extension="docx" ContentType="application/x-docx"/></Types>'
        )
    (sheet,) = open_spreadsheet(with_parts(path, **parts)).sheets
    assert sheet.drawn == [Drawn(7, 4, "object") if placed else Drawn(0, 0, "object")]


def test_what_an_ods_holds_over_a_cell_or_somewhere_on_the_sheet(tmp_path: Path) -> None:
    space = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    box = (
        f"<draw:frame {space}><draw:text-box><text:p>Anywhere</text:p></draw:text-box></draw:frame>"
    )
    document = f"<draw:frame {space}><draw:object-ole/><draw:image/></draw:frame>"
    chart = (
        f"<draw:frame {space}><draw:object "
        'draw:notify-on-update-of-ranges="A1:B2"/><draw:image/></draw:frame>'
    )
    table = (
        "<table:table "
        f'table:name="Update"><table:shapes>{box}{chart}</table:shapes><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>Rating</text:p></table:table-cell>'
        f"<table:table-cell>{document}</table:table-cell></table:table-row></table:table>"
    )
    (sheet,) = open_spreadsheet(an_ods(tmp_path / "drawn.ods", table)).sheets
    assert sheet.drawn == [Drawn(0, 0, "text", "Anywhere"), Drawn(1, 2, "object")]
    assert list(sheet.cells) == [(1, 1)]


def test_a_note_on_a_cell_that_has_no_record_in_the_sheet(tmp_path: Path) -> None:
    """So XlsxWriter and LibreOffice write one on an empty cell."""
    path = tmp_path / "noted.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Update")
        page.write("A1", "Rating")
        page.write_comment("C4", "Ask me about this one.")
    (sheet,) = open_spreadsheet(path).sheets
    assert {cell.name: cell.comment for cell in sheet.cells.values()} == {
        "A1": "",
        "C4": "Ask me about this one.",
    }

"""Workbooks by their parts, no more of them than a test names, as few programs write them."""

from __future__ import annotations

from pathlib import Path

from tests.spreadsheets.files import an_archive

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*related: tuple[str, str, str]) -> bytes:
    """A part of relations: (id, kind, target) of each."""
    inner = "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in related
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'.encode()


def sheet(rows: str, after: str = "", before: str = "") -> bytes:
    """The part of a sheet: its rows, and what stands after and before them."""
    spaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    return f"<worksheet {spaces}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


def texts(*shared: str) -> bytes:
    """The part of shared texts: what stands in each `si`."""
    inner = "".join(f"<si>{one}</si>" for one in shared)
    return f'<sst xmlns="{MAIN}">{inner}</sst>'.encode()


def styles(inner: str) -> bytes:
    """The part of styles."""
    return f'<styleSheet xmlns="{MAIN}">{inner}</styleSheet>'.encode()


def minimal(rows: str = "", **more: bytes) -> dict[str, bytes]:
    """The parts of a workbook with one sheet, `Update`, and nothing that a reader could do without;
    `texts` and `styles` add these.
    """
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Update" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    kinds = {"texts": "sharedStrings", "styles": "styles"}
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in {
            "workbook": "sheet.main",
            "worksheets/sheet1": "worksheet",
            "sharedStrings": "sharedStrings",
            "styles": "styles",
        }.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">{types}</Types>'.encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            *((name, kinds[name], f"{kinds[name]}.xml") for name in more),
        ),
        "xl/worksheets/sheet1.xml": sheet(rows),
    }
    return parts | {f"xl/{kinds[name]}.xml": data for name, data in more.items()}


def written(folder: Path, parts: dict[str, bytes]) -> Path:
    """The workbook as a file."""
    return an_archive(folder / "odd.xlsx", parts)

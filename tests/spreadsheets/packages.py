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


def with_rich_value(kind: str, fact: str = "") -> dict[str, bytes]:
    """A workbook whose A1 shows `#VALUE!` to older programs and a rich value to Excel: a picture
    placed in the cell is one.
    """
    rich = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    related = "http://schemas.microsoft.com/office/2017/06/relationships"
    cells = '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1"><v>1</v></c>'
    parts = minimal(f'<row r="1">{cells}</row>')
    added = (
        f'<Relationship Id="m" Type="{OFFICE}/sheetMetadata" Target="metadata.xml"/>'
        f'<Relationship Id="v" Type="{related}/rdRichValue" Target="richData/rdrichvalue.xml"/>'
        f'<Relationship Id="s" Type="{related}/rdRichValueStructure" '
        'Target="richData/rdrichvaluestructure.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", added.encode())
    parts["xl/metadata.xml"] = (
        f'<metadata xmlns="{MAIN}" xmlns:xlrd="{rich}"><metadataTypes>'
        '<metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>'
        '<futureMetadata name="XLRICHVALUE"><bk><extLst><ext uri="odd"><xlrd:rvb i="0"/></ext>'
        "</extLst></bk></futureMetadata>"
        '<valueMetadata><bk><rc t="2" v="0"/></bk></valueMetadata></metadata>'
    ).encode()
    parts["xl/richData/rdrichvaluestructure.xml"] = (
        f'<rvStructures xmlns="{rich}"><s t="{kind}"><k n="CalcOrigin"/>'
        '<k n="_DisplayString" t="s"/></s></rvStructures>'
    ).encode()
    parts["xl/richData/rdrichvalue.xml"] = (
        f'<rvData xmlns="{rich}"><rv s="0"><v>5</v><v>{fact}</v></rv></rvData>'
    ).encode()
    return parts

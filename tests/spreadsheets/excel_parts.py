"""Parts that Excel alone writes, put into a real .xlsx: threaded comments with their persons, a
macro project.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.spreadsheets.files import replaced, with_parts

THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"
_TYPES = "application/vnd.ms-excel."
PLACEHOLDER = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it "
    "will get removed if the file is opened in a newer version of Excel. Learn more: "
    "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    "
)
"""How the note begins that Excel keeps in a thread's place for older programs."""


def placeholder(first: str, *replies: str) -> str:
    """The note in a thread's place, whole."""
    return PLACEHOLDER + first + "".join(f"\nReply:\n    {reply}" for reply in replies)


def with_threads(path: Path, sheet: int, said: list[tuple[str, str, str]]) -> Path:
    """The workbook with threads on a sheet (1 is the first): (cell, author, text), answers after
    what they answer.
    """
    people = {
        author: f"{{P{number}}}"
        for number, author in enumerate(dict.fromkeys(one[1] for one in said), start=1)
    }
    first: dict[str, str] = {}
    comments = ""
    for number, (cell, author, text) in enumerate(said):
        identity = f"{{{number:08X}-0000-4000-8000-000000000000}}"
        parent = f' parentId="{first[cell]}"' if cell in first else ""
        first.setdefault(cell, identity)
        comments += (
            f'<threadedComment ref="{cell}" dT="2013-01-1{number}T10:00:00.00" '
            f'personId="{people[author]}" '
            f'id="{identity}"{parent}><text>{escape(text)}</text></threadedComment>'
        )
    persons = "".join(
        f'<person displayName={quoteattr(name)} id="{key}" userId="x" providerId="AD"/>'
        for name, key in people.items()
    )
    relation = (
        f'<Relationship Id="rIdT" Type="{_KINDS}/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/>'
    )
    typed = (
        '<Override PartName="/xl/threadedComments/threadedComment1.xml" '
        f'ContentType="{_TYPES}threadedcomments+xml"/>'
        f'<Override PartName="/xl/persons/person.xml" ContentType="{_TYPES}person+xml"/>'
    )
    person = f'<Relationship Id="rIdP" Type="{_KINDS}/person" Target="persons/person.xml"/>'
    parts: dict[str, Callable[[bytes], bytes]] = {
        "xl/threadedComments/threadedComment1.xml": _of(
            f'<ThreadedComments xmlns="{THREADED}">{comments}</ThreadedComments>'
        ),
        "xl/persons/person.xml": _of(f'<personList xmlns="{THREADED}">{persons}</personList>'),
        f"xl/worksheets/_rels/sheet{sheet}.xml.rels": replaced(
            b"</Relationships>", f"{relation}</Relationships>".encode()
        ),
        "xl/_rels/workbook.xml.rels": replaced(
            b"</Relationships>", f"{person}</Relationships>".encode()
        ),
        "[Content_Types].xml": replaced(b"</Types>", f"{typed}</Types>".encode()),
    }
    return with_parts(path, **parts)


def with_text_box(path: Path, sheet: int, row: int, column: int, text: str) -> Path:
    """The workbook with a text box on a sheet (1 is the first), its corner on a cell (from 1)."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    box = (
        f'<xdr:wsDr xmlns:xdr="{drawing}/spreadsheetDrawing" '
        f'xmlns:a="{drawing}/main"><xdr:twoCellAnchor>'
        f"<xdr:from><xdr:col>{column - 1}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox '
        '1"/><xdr:cNvSpPr txBox="1"/>'
        '</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="5000000" y="2000000"/><a:ext cx="1500000" '
        'cy="600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></xdr:txBody>"
        "</xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    relation = f'<Relationship Id="rIdD" Target="../drawings/drawing9.xml" Type="{_DOC}/drawing"/>'
    typed = (
        '<Override PartName="/xl/drawings/drawing9.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    )

    def relations(data: bytes) -> bytes:
        whole = data or f'<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode()
        return replaced(b"</Relationships>", f"{relation}</Relationships>".encode())(whole)

    def shown(data: bytes) -> bytes:
        element = f'<drawing xmlns:r="{_DOC}" r:id="rIdD"/>'.encode()
        end = next(
            one for one in (b"<legacyDrawing", b"<tableParts", b"</worksheet>") if one in data
        )
        return data.replace(end, element + end, 1)

    binary = path.suffix == ".xlsb"
    parts: dict[str, Callable[[bytes], bytes]] = {
        "xl/drawings/drawing9.xml": _of(box),
        f"xl/worksheets/_rels/sheet{sheet}.{'bin' if binary else 'xml'}.rels": relations,
        "[Content_Types].xml": replaced(b"</Types>", f"{typed}</Types>".encode()),
    }
    return with_parts(
        path, **parts, **({} if binary else {f"xl/worksheets/sheet{sheet}.xml": shown})
    )


def with_macros(path: Path) -> Path:
    """The workbook as .xlsm, with a macro project in it that no reader may touch."""
    book = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    default = f'<Default Extension="bin" ContentType="{_TYPES}vbaProject"/></Types>'
    relation = (
        f'<Relationship Id="rIdV" Type="{_KINDS.replace("2017/10", "2006")}/vbaProject" '
        'Target="vbaProject.bin"/>'
    )

    def types(data: bytes) -> bytes:
        macros = f"{_TYPES}sheet.macroEnabled.main+xml".encode()
        return replaced(b"</Types>", default.encode())(replaced(book, macros)(data))

    parts: dict[str, Callable[[bytes], bytes]] = {
        "xl/vbaProject.bin": lambda _: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Sub Auto_Open()" * 100
        ),
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": replaced(
            b"</Relationships>", f"{relation}</Relationships>".encode()
        ),
    }
    return with_parts(path, **parts).rename(path.with_suffix(".xlsm"))


def _of(xml: str) -> Callable[[bytes], bytes]:
    return lambda _: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()

"""What openpyxl does not tell of an .xlsx: results of formulas, and what the document properties
really say.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from xml.etree import ElementTree
from zipfile import ZipFile

Place = tuple[int, int]
Result = tuple[str | float | int | bool | None, bool]
"""The value that a formula had when the file was saved, None when it was never computed; whether it
is an error.
"""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXTS = ("xl/sharedStrings", "xl/worksheets/")
_STRIKES = b"strike"
_CORE = {"title", "subject", "category", "keywords", "creator", "description"}


@dataclass(frozen=True, slots=True)
class About:
    """The properties of a document, the program that wrote it, when it was saved (ISO text, in
    UTC).
    """

    properties: dict[str, str]
    application: str
    saved_at: str


def formula_results(archive: ZipFile, sheet: str) -> dict[Place, Result]:
    """The last results of all formulas of the sheet with this name."""
    from openpyxl.utils.cell import coordinate_to_tuple

    part = sheet_parts(archive).get(sheet)
    if part is None:
        return {}
    results: dict[Place, Result] = {}
    with archive.open(part) as stream:
        for cell in _cells(stream):
            if _child(cell, "f") is not None and (place := cell.get("r")):
                results[coordinate_to_tuple(place)] = _result(cell)
    return results


def held_places(archive: ZipFile, sheet: str) -> set[Place]:
    """The places of a sheet's cells that hold something."""
    from openpyxl.utils.cell import coordinate_to_tuple

    part = sheet_parts(archive).get(sheet)
    if part is None:
        return set()
    with archive.open(part) as stream:
        filled = (
            cell
            for cell in _cells(stream)
            if any(local(one.tag) in {"v", "f", "is"} for one in cell)
        )
        return {coordinate_to_tuple(place) for cell in filled if (place := cell.get("r"))}


def has_struck_text(archive: ZipFile) -> bool:
    """Whether any text may be struck through in part: pieces of text are read only then."""
    parts = (name for name in archive.namelist() if name.endswith(".xml"))
    return any(_STRIKES in archive.read(name) for name in parts if name.startswith(_TEXTS))


def _cells(stream: IO[bytes]) -> Iterator[ElementTree.Element]:
    """Cells as they are read; each is forgotten after its row."""
    for _, element in ElementTree.iterparse(stream):
        name = local(element.tag)
        if name == "c":
            yield element
        elif name == "row":
            element.clear()


def _result(cell: ElementTree.Element) -> Result:
    text = _child(cell, "v")
    kind = cell.get("t", "n")
    if text is None or (not text and kind != "str"):
        return None, False
    if kind in {"str", "d"}:
        return text, False
    if kind in {"e", "b"}:
        return (text, True) if kind == "e" else (text == "1", False)
    try:
        number = float(text)
    except ValueError:
        return None, False
    return (int(number) if number.is_integer() and "." not in text else number), False


def _child(element: ElementTree.Element, name: str) -> str | None:
    """The text of a child, None when there is no such child."""
    return next((one.text or "" for one in element if local(one.tag) == name), None)


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Where each sheet lies in the archive, by its name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    names = set(archive.namelist())
    parts = {}
    for sheet in book.iter():
        if local(sheet.tag) == "sheet" and (target := targets.get(sheet.get(_RELATION))):
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            if part in names:
                parts[sheet.get("name", "")] = part
    return parts


def about(archive: ZipFile) -> About:
    """What the document's properties say; a property of its own never hides one that every document
    has.
    """
    core = _texts(archive, "docProps/core.xml")
    named = {name: text for name, text in core.items() if name in _CORE and text}
    own: dict[str, str] = {}
    for prop in elements_of(archive, "docProps/custom.xml"):
        text = "".join(prop.itertext()).strip()
        if text and prop.get("name"):
            own[str(prop.get("name"))] = text
    application = _texts(archive, "docProps/app.xml").get("Application", "")
    return About({**own, **named}, application, time_of(core.get("modified", "")))


def _texts(archive: ZipFile, part: str) -> dict[str, str]:
    return {local(one.tag): (one.text or "").strip() for one in elements_of(archive, part)}


def elements_of(archive: ZipFile, part: str) -> list[ElementTree.Element]:
    """The elements of a part; none when it is not there or damaged, since no answer depends
    on it.
    """
    try:
        return list(ElementTree.fromstring(archive.read(part)))
    except (KeyError, ElementTree.ParseError):
        return []


def local(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def time_of(text: str) -> str:
    """A time as programs write it, to the second and in UTC where it says its zone; "" when it is
    none.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return ""
    if read.tzinfo:
        read = read.astimezone(UTC).replace(tzinfo=None)
    return read.replace(microsecond=0).isoformat()

"""What the formats share: the parts of an archive and what they relate to, what a document says of
itself.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

from xlplan.spreadsheets.cells import COUNTS_FROM_1904, Sheet, Spreadsheet, Unreadable

Place = tuple[int, int]
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CORE = {"title", "subject", "category", "keywords", "creator", "description"}


@dataclass(frozen=True, slots=True)
class About:
    """The properties of a document, the program that wrote it, when it was saved (ISO text, in
    UTC).
    """

    properties: dict[str, str]
    application: str
    saved_at: str


class Relation(NamedTuple):
    """What a part relates to: the kind, and the part or, where `outside`, the address."""

    kind: str
    target: str
    outside: bool = False


def relations(archive: ZipFile, part: str) -> dict[str, Relation]:
    """What a part relates to, by id; nothing where the archive does not say it."""
    folder, name = posixpath.split(part)
    found = {}
    for relation in elements_of(archive, f"{folder}/_rels/{name}.rels"):
        # `../drawings/drawing1.xml` from Excel, `/xl/drawings/drawing1.xml` from openpyxl.
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[relation.get("Id", "")] = Relation(relation.get("Type", ""), target)
    return found


def spreadsheet(
    path: Path, sheets: list[Sheet], document: About, *, since_1904: bool = False
) -> Spreadsheet:
    """A file that was read.

    Raises:
        Unreadable: it has no sheet with cells.
    """
    if not sheets:
        raise Unreadable("file-not-spreadsheet", why="it has no sheet with cells")
    properties = (
        {**document.properties, COUNTS_FROM_1904: "1"} if since_1904 else document.properties
    )
    return Spreadsheet(path, sheets, properties, document.application, document.saved_at)


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
    elements = elements_of(archive, part)
    return {local(element.tag): (element.text or "").strip() for element in elements}


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
    # Office writes UTC with a Z; in an .ods LibreOffice writes its own clock without a zone.
    if read.tzinfo:
        read = read.astimezone(UTC).replace(tzinfo=None)
    return read.replace(microsecond=0).isoformat()

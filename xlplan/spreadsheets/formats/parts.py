"""What the formats share: places, names without namespaces, what a document says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlplan.spreadsheets.cells import COUNTS_FROM_1904, Sheet, Spreadsheet, Unreadable

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class About:
    """The properties of a document, the program that wrote it, when it was saved (ISO text, in
    UTC).
    """

    properties: dict[str, str]
    application: str
    saved_at: str


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

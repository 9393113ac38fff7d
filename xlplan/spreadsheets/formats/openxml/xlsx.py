"""Read .xlsx and .xlsm: a reader of our own, since coming back is what our workbooks are for. What
is never read can never keep a file from being read.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from xlplan.spreadsheets.cells import Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.openxml.beside import put_beside_cells
from xlplan.spreadsheets.formats.openxml.cell_records import SharedByCells
from xlplan.spreadsheets.formats.openxml.package import Package, relation_id
from xlplan.spreadsheets.formats.openxml.properties import about
from xlplan.spreadsheets.formats.openxml.rich_values import rich_values
from xlplan.spreadsheets.formats.openxml.sheets import SheetReader
from xlplan.spreadsheets.formats.openxml.streaming import first_element
from xlplan.spreadsheets.formats.openxml.styles import StyleSheet
from xlplan.spreadsheets.formats.openxml.texts import Notes, SharedTexts, is_true
from xlplan.spreadsheets.formats.parts import spreadsheet
from xlplan.spreadsheets.kinds import FileContents, Format
from xlplan.spreadsheets.safety import bounded

_DAMAGED = "it is damaged or not complete"


@bounded
def read_xlsx(path: Path, archive: zipfile.ZipFile) -> Spreadsheet:
    """Read a workbook.

    Raises:
        Unreadable: it is damaged, or parts of it stand there twice.
    """
    try:
        package = Package(archive)
        main = package.main()
        book = package.tree(main)
        shared = _shared(package, main, book)
        placed = _sheets(package, main, book, shared)
        put_beside_cells(package, placed)
        document = about(package)
    except (expat.ExpatError, ElementTree.ParseError, LookupError) as trouble:
        raise Unreadable("file-not-spreadsheet", why=_DAMAGED) from trouble
    sheets = [sheet for sheet, _ in placed]
    return spreadsheet(path, sheets, document, since_1904=shared.since_1904)


def _shared(package: Package, main: str, book: ElementTree.Element) -> SharedByCells:
    """What all sheets share; a workbook of numbers may have no texts, and none needs styles."""
    shared = SharedByCells()
    shared.since_1904 = any(
        is_true(found.get("date1904", "")) for found in book.iterfind("./{*}workbookPr")
    )
    shared.rich = rich_values(package, main)
    for part in package.related(main, "/styles")[:1]:
        shared.styles = StyleSheet.of(package.tree(part))
    for part in package.related(main, "/sharedStrings")[:1]:
        texts = SharedTexts()
        with package.open(part) as stream:
            texts.read(stream)
        shared.texts = texts.texts
    return shared


def _sheets(
    package: Package, main: str, book: ElementTree.Element, shared: SharedByCells
) -> list[tuple[Sheet, str]]:
    """The sheets with cells, each with its part; one whose part is lost is left out."""
    related = package.relations(main)
    parts, read = package.related(main, "/worksheet"), set()
    sheets = []
    for listed in book.iterfind("./{*}sheets/{*}sheet"):
        relation = related.get(relation_id(listed))
        # Chart sheets, dialogs and sheets of old macros stand in the same list.
        if relation and not relation.outside and relation.target in parts:
            if relation.target in read:
                # Two thousand sheets that are one part would be two thousand times its rows.
                raise Unreadable("file-not-spreadsheet", why="two of its sheets are one part of it")
            read.add(relation.target)
            sheet = Sheet(
                listed.get("name", ""), hidden=listed.get("state", "visible") != "visible"
            )
            _fill(sheet, package, relation.target, shared)
            sheets.append((sheet, relation.target))
    return sheets


def _fill(sheet: Sheet, package: Package, part: str, shared: SharedByCells) -> None:
    reader = SheetReader(sheet, shared, package.relations(part))
    with package.open(part) as stream:
        reader.read(stream)
    notes = Notes()
    for target in package.related(part, "/comments"):
        with package.open(target) as stream:
            notes.read(stream)
    reader.finish(notes.notes)


def _is_xlsx(contents: FileContents) -> bool:
    """Whether the document of the archive is a workbook, whatever its part is called."""
    if not contents.archive:
        return False
    package = Package(contents.archive)
    if package.has("xl/workbook.xml"):
        return True
    try:
        main = package.main()
        if not main or main.endswith(".bin"):
            return False
        with package.open(main) as part:
            return first_element(part).rpartition("}")[2] == "workbook"
    except (Unreadable, RuntimeError):
        # What is doubtful in it, or locked, is told when it is read.
        return True


XLSX = Format((".xlsx", ".xlsm", ".xltx", ".xltm"), _is_xlsx, read_xlsx)

"""What openpyxl does not tell of an .xlsx, as results of formulas, and a plain copy of one that it
stumbles over; and what it does and nobody asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from types import FunctionType
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import ZipFile

from xlplan.spreadsheets.formats.parts import RELATION_ID, Place, local, relations

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Result = tuple[str | float | int | bool | None, bool]
"""The value that a formula had when the file was saved, None when it was never computed; whether it
is an error.
"""
_TEXTS = ("xl/sharedStrings", "xl/worksheets/")
_STRIKES = b"strike"

_PROPERTIES = "docProps/"
# At a relation to a part that is missing or damaged openpyxl raises, whatever the part is for.
_DROPPED = (
    "/drawing",
    "/pivotTable",
    "/pivotCacheDefinition",
    "/table",
    "/externalLink",
    "/image",
    "/theme",
)
_CHART_SHEET = "/chartsheet"
_OF_CELLS = {
    "xl/workbook": {"workbookPr", "sheets"},
    "xl/worksheets/": {"cols", "sheetData", "mergeCells", "hyperlinks", "legacyDrawing"},
    "xl/styles": {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"},
}
"""Parts by how their names begin, and what of them says anything of a cell."""


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
            if any(local(child.tag) in {"v", "f", "is"} for child in cell)
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
    # openpyxl saves a formula without its result; Excel writes one of empty text as `<v></v>`.
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
    return next((child.text or "" for child in element if local(child.tag) == name), None)


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Where each sheet lies in the archive, by its name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    related = relations(archive, "xl/workbook.xml")
    names = set(archive.namelist())
    return {
        sheet.get("name", ""): relation.target
        for sheet in book.iter()
        if local(sheet.tag) == "sheet"
        and (relation := related.get(sheet.get(RELATION_ID, "")))
        and relation.target in names
    }


def plain_copy(source: IO[bytes]) -> BytesIO:
    """The workbook without drawings, charts, filters, validations, conditional formats, names and
    properties.

    Raises:
        ParseError: a part is no XML.
    """
    copy = BytesIO()
    with ZipFile(source) as archive, ZipFile(copy, "w") as target:
        for name in archive.namelist():
            if not name.startswith(_PROPERTIES):
                target.writestr(name, _plain(name, archive.read(name)))
    copy.seek(0)
    return copy


def _plain(name: str, data: bytes) -> bytes:
    wanted = next(
        (
            children
            for start, children in _OF_CELLS.items()
            if name.startswith(start) and name.endswith(".xml")
        ),
        None,
    )
    if wanted is None and not name.endswith(".rels"):
        return data
    root = ElementTree.fromstring(data)
    for child in list(root):
        kind = child.get("Type", "")
        if wanted is None and kind.endswith(_CHART_SHEET):
            # The list of sheets names it; what is not there is passed over.
            child.set("Target", "/nowhere")
        elif kind.endswith(_DROPPED) if wanted is None else local(child.tag) not in wanted:
            root.remove(child)
    return ElementTree.tostring(root)


def load(source: BytesIO, *, rich: bool) -> Workbook:
    """A workbook as openpyxl loads it, but for the borders of merged cells: nobody here
    reads them.

    Raises:
        Exception: whatever its parsers meet in a damaged file.
    """
    from openpyxl.cell.cell import MergedCell
    from openpyxl.reader import excel
    from openpyxl.worksheet._reader import WorksheetReader
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

    class PlainMerges(WorksheetReader):
        # openpyxl gives each cell under a merge the border and lock of the first, and looks its
        # style up anew each time: of a master, with its merged titles, two thirds of the loading.
        def bind_merged_cells(self) -> None:
            if not self.parser.merged_cells:
                return
            areas = [CellRange(merged.ref) for merged in self.parser.merged_cells.mergeCell]
            for area in areas:
                self.ws.cell(area.min_row, area.min_col)
                for row, column in area.cells:
                    if (row, column) != (area.min_row, area.min_col):
                        vars(self.ws)["_cells"][row, column] = MergedCell(self.ws, row, column)
            self.ws.merged_cells = MultiCellRange(areas)

    # The reader's class is a name in openpyxl's module, which others in this process may use too.
    names = {**vars(excel), "WorksheetReader": PlainMerges}

    class Reader(excel.ExcelReader):
        read_worksheets = FunctionType(excel.ExcelReader.read_worksheets.__code__, names)

    reader = Reader(source, keep_vba=False, keep_links=False, rich_text=rich)
    reader.read()
    return reader.wb

"""A plain copy of an .xlsx: the cells and what is on them, without all that a stricter reader may
stumble over.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO
from xml.etree import ElementTree
from zipfile import ZipFile

from xlplan.spreadsheets.formats.xlsx_parts import local

_PROPERTIES = "docProps/"
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
_KEPT = {
    "xl/workbook": {"workbookPr", "sheets"},
    "xl/worksheets/": {"cols", "sheetData", "mergeCells", "hyperlinks", "legacyDrawing"},
    "xl/styles": {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"},
}
"""Parts by how their names begin, and what of them says anything of a cell."""


def plain_copy(source: IO[bytes]) -> BytesIO:
    """The workbook without drawings, charts, filters, validations, conditional formats, names and
    properties.

    Raises:
        ParseError: a part is no XML.
    """
    copy = BytesIO()
    with ZipFile(source) as archive, ZipFile(copy, "w") as target:
        for name in (one for one in archive.namelist() if not one.startswith(_PROPERTIES)):
            target.writestr(name, _plain(name, archive.read(name)))
    copy.seek(0)
    return copy


def _plain(name: str, data: bytes) -> bytes:
    kept = next(
        (kept for start, kept in _KEPT.items() if name.startswith(start) and name.endswith(".xml")),
        None,
    )
    if kept is None and not name.endswith(".rels"):
        return data
    root = ElementTree.fromstring(data)
    for one in list(root):
        kind = one.get("Type", "")
        if kept is None and kind.endswith(_CHART_SHEET):
            one.set(
                "Target", "/nowhere"
            )  # the list of sheets names it; what is not there is passed over
        elif kind.endswith(_DROPPED) if kept is None else local(one.tag) not in kept:
            root.remove(one)
    return ElementTree.tostring(root)

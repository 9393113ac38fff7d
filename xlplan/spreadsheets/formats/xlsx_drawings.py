"""What lies over the cells of an .xlsx: text boxes, pictures and embedded documents, none of which
a cell knows of.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from zipfile import ZipFile

from xlplan.spreadsheets.cells import Drawn
from xlplan.spreadsheets.formats.xlsx_parts import elements_of, local

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_EMBEDDED = "xl/embeddings/"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHART = "chart"


def drawn_on(archive: ZipFile, parts: Mapping[str, str]) -> dict[str, list[Drawn]]:
    """What lies on each sheet, from the top down. `parts` are the parts of the sheets by name."""
    names = archive.namelist()
    if not any("/drawings/" in name or name.startswith(_EMBEDDED) for name in names):
        return {}
    found: dict[str, list[Drawn]] = {}
    embedded: set[str] = set()
    for sheet, part in parts.items():
        drawn: set[Drawn] = set()
        for kind, identity, target in _relations(archive, part):
            if kind.endswith("/drawing"):
                drawn.update(_of_drawing(elements_of(archive, target)))
            elif target.startswith(_EMBEDDED):
                embedded.add(target)
                drawn.add(_placed(_anchor_of(archive, part, identity), "object"))
        found[sheet] = sorted(drawn, key=lambda one: (one.row, one.column, one.text))
    if any(name.startswith(_EMBEDDED) and name not in embedded for name in names) and found:
        # Nothing on a sheet says where it lies: its picture is lost, the document is not.
        next(iter(found.values())).append(Drawn(0, 0, "object"))
    return found


def _relations(archive: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Kind, id and part of what a sheet relates to."""
    folder, name = posixpath.split(part)
    for one in elements_of(archive, f"{folder}/_rels/{name}.rels"):
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        yield one.get("Type", ""), one.get("Id", ""), target


def _of_drawing(elements: list[ElementTree.Element]) -> Iterator[Drawn]:
    for anchor in (one for top in elements for one in top.iter() if local(one.tag) in _ANCHORS):
        inside = {local(one.tag) for one in anchor.iter()}
        if text := _text(anchor):
            yield _placed(anchor, "text", text)
        elif inside & {"pic", "contentPart"}:
            yield _placed(anchor, "picture")
        elif "graphicFrame" in inside and not any(one.startswith(_CHART) for one in inside):
            yield _placed(anchor, "object")


def _text(anchor: ElementTree.Element) -> str:
    """The paragraphs of a text box or shape, a line each."""
    lines = (
        "".join(one.text or "" for one in line.iter() if local(one.tag) == "t")
        for line in anchor.iter()
        if local(line.tag) == "p"
    )
    return "\n".join(line.strip() for line in lines if line.strip())


def _anchor_of(archive: ZipFile, part: str, identity: str) -> ElementTree.Element | None:
    """Where an embedded document lies, as the sheet says it."""
    found = (
        one for top in elements_of(archive, part) for one in top.iter() if one.get(_ID) == identity
    )
    return next((one for top in found for one in top.iter() if local(one.tag) == "anchor"), None)


def _placed(anchor: ElementTree.Element | None, kind: str, text: str = "") -> Drawn:
    """With the cell under its upper left corner, as far as the file says it."""
    corner = (
        next((one for one in anchor if local(one.tag) == "from"), None)
        if anchor is not None
        else None
    )
    place = (
        {local(one.tag): (one.text or "").strip() for one in corner} if corner is not None else {}
    )
    row, column = (
        int(at) + 1 if at.isdecimal() else 0 for at in (place.get("row", ""), place.get("col", ""))
    )
    return Drawn(row, column, kind, text)

"""What stands beside or over the cells of an .xlsx or .xlsb, and no cell knows of: threads of
comments, text boxes, pictures, embedded documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from xml.etree import ElementTree
from zipfile import ZipFile

from xlplan.spreadsheets.cells import Drawn, Sheet
from xlplan.spreadsheets.formats.parts import RELATION_ID, Place, elements_of, local, relations

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_EMBEDDED = "xl/embeddings/"
_CHART = "chart"
_THREADS = "xl/threadedComments/"


def put_beside_cells(archive: ZipFile, sheets: list[Sheet], parts: Mapping[str, str]) -> None:
    """Give each sheet its threads, as comments on cells, and what is drawn on it.

    `parts` are the parts of the sheets by name. A thread goes before the note that Excel keeps in
    its place for older programs.
    """
    threads, drawn = _threads(archive, parts), _drawn_on(archive, parts)
    for sheet in sheets:
        sheet.drawn = drawn.get(sheet.name, [])
        for place, text in threads.get(sheet.name, {}).items():
            sheet.cells[place] = replace(sheet.cell(*place), comment=text)


def _drawn_on(archive: ZipFile, parts: Mapping[str, str]) -> dict[str, list[Drawn]]:
    """What lies on each sheet, from the top down."""
    names = archive.namelist()
    if not any("/drawings/" in name or name.startswith(_EMBEDDED) for name in names):
        return {}
    found: dict[str, list[Drawn]] = {}
    embedded: set[str] = set()
    for sheet, part in parts.items():
        drawn: set[Drawn] = set()
        for identity, (kind, target) in relations(archive, part).items():
            if kind.endswith("/drawing"):
                drawn.update(_of_drawing(elements_of(archive, target)))
            elif target.startswith(_EMBEDDED):
                embedded.add(target)
                drawn.add(_placed(_anchor_of(archive, part, identity), "object"))
        found[sheet] = sorted(drawn, key=attrgetter("row", "column", "text"))
    if any(name.startswith(_EMBEDDED) and name not in embedded for name in names) and found:
        # Nothing on a sheet says where it lies: its picture is lost, the document is not.
        next(iter(found.values())).append(Drawn(0, 0, "object"))
    return found


def _of_drawing(elements: list[ElementTree.Element]) -> Iterator[Drawn]:
    # Excel wraps what older programs cannot draw into an AlternateContent: an anchor lies deeper.
    inner = (child for element in elements for child in element.iter())
    for anchor in (child for child in inner if local(child.tag) in _ANCHORS):
        inside = {local(child.tag) for child in anchor.iter()}
        if text := _text(anchor):
            yield _placed(anchor, "text", text)
        # What is written with a pen on a tablet is a contentPart.
        elif inside & {"pic", "contentPart"}:
            yield _placed(anchor, "picture")
        elif "graphicFrame" in inside and not any(name.startswith(_CHART) for name in inside):
            yield _placed(anchor, "object")


def _text(anchor: ElementTree.Element) -> str:
    """The paragraphs of a text box or shape, a line each."""
    lines = (
        "".join(run.text or "" for run in line.iter() if local(run.tag) == "t")
        for line in anchor.iter()
        if local(line.tag) == "p"
    )
    return "\n".join(line.strip() for line in lines if line.strip())


def _anchor_of(archive: ZipFile, part: str, identity: str) -> ElementTree.Element | None:
    """Where an embedded document lies, as the sheet says it."""
    found = (
        element
        for top in elements_of(archive, part)
        for element in top.iter()
        if element.get(RELATION_ID) == identity
    )
    inner = (child for element in found for child in element.iter())
    return next((child for child in inner if local(child.tag) == "anchor"), None)


def _placed(anchor: ElementTree.Element | None, kind: str, text: str = "") -> Drawn:
    """With the cell under its upper left corner, as far as the file says it."""
    corner = (
        next((child for child in anchor if local(child.tag) == "from"), None)
        if anchor is not None
        else None
    )
    place = (
        {local(child.tag): (child.text or "").strip() for child in corner}
        if corner is not None
        else {}
    )
    row, column = (
        int(at) + 1 if at.isdecimal() else 0 for at in (place.get("row", ""), place.get("col", ""))
    )
    return Drawn(row, column, kind, text)


def _threads(archive: ZipFile, parts: Mapping[str, str]) -> dict[str, dict[Place, str]]:
    """The text of each thread by sheet and place: a line for the comment and for each answer, with
    its author.
    """
    names = archive.namelist()
    if not any(name.startswith(_THREADS) for name in names):
        return {}
    people = {
        person.get("id", ""): person.get("displayName", "")
        for name in names
        if name.startswith("xl/persons/") and name.endswith(".xml")
        for person in elements_of(archive, name)
    }
    return {sheet: _threads_of(archive, part, people) for sheet, part in parts.items()}


def _threads_of(archive: ZipFile, part: str, people: dict[str, str]) -> dict[Place, str]:
    from openpyxl.utils.cell import coordinate_to_tuple

    threads: dict[Place, list[str]] = {}
    for kind, target in relations(archive, part).values():
        # In the order of the part, which is the order in which people wrote.
        for entry in elements_of(archive, target) if kind.endswith("/threadedComment") else ():
            texts = (line.text or "" for line in entry if local(line.tag) == "text")
            text = next(texts, "").strip()
            if text and (place := entry.get("ref")):
                author = people.get(entry.get("personId", ""), "")
                line = f"{author}: {text}" if author else text
                threads.setdefault(coordinate_to_tuple(place), []).append(line)
    return {place: "\n".join(lines) for place, lines in threads.items()}

"""What stands beside or over the cells of an .xlsx or .xlsb, and no cell knows of: threads of
comments, text boxes, pictures, embedded documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from xml.etree import ElementTree

from xlplan.spreadsheets.cells import Drawn, Sheet
from xlplan.spreadsheets.formats.openxml.addresses import place_of
from xlplan.spreadsheets.formats.openxml.package import Package, folded, relation_id
from xlplan.spreadsheets.formats.parts import Place, local

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_EMBEDDED = "xl/embeddings/"
_CHART = "chart"
_THREADS = "xl/threadedcomments/"


def put_beside_cells(package: Package, sheets: list[tuple[Sheet, str]]) -> None:
    """Give each sheet its threads, as comments on cells, and what is drawn on it.

    Beside each sheet stands its part. A thread goes before the note that Excel keeps in its place
    for older programs.
    """
    _draw(package, sheets)
    people = _people(package)
    for sheet, part in sheets if any(name.startswith(_THREADS) for name in package.names) else ():
        for place, text in _threads_of(package, part, people).items():
            sheet.cells[place] = replace(sheet.cell(*place), comment=text)


def _draw(package: Package, sheets: list[tuple[Sheet, str]]) -> None:
    """What lies on each sheet, from the top down."""
    names = package.names
    if not any("/drawings/" in name or name.startswith(_EMBEDDED) for name in names):
        return
    embedded: set[str] = set()
    for sheet, part in sheets:
        drawn = set(sheet.drawn)
        for identity, relation in package.relations(part).items():
            if relation.kind.endswith("/drawing"):
                drawn.update(_of_drawing(package.elements(relation.target)))
            elif (name := folded(relation.target)).startswith(_EMBEDDED):
                embedded.add(name)
                drawn.add(_placed(_anchor_of(package, part, identity), "object"))
        sheet.drawn = sorted(drawn, key=attrgetter("row", "column", "text"))
    if any(name.startswith(_EMBEDDED) and name not in embedded for name in names) and sheets:
        # Nothing on a sheet says where it lies: its picture is lost, the document is not.
        sheets[0][0].drawn.append(Drawn(0, 0, "object"))


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


def _anchor_of(package: Package, part: str, identity: str) -> ElementTree.Element | None:
    """Where an embedded document lies, as the sheet says it."""
    found = (
        element
        for top in package.elements(part)
        for element in top.iter()
        if relation_id(element) == identity
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


def _people(package: Package) -> dict[str, str]:
    """The names of those who wrote in threads, by their ids."""
    return {
        person.get("id", ""): person.get("displayName", "")
        for name in package.names
        if name.startswith("xl/persons/") and name.endswith(".xml")
        for person in package.elements(name)
    }


def _threads_of(package: Package, part: str, people: dict[str, str]) -> dict[Place, str]:
    """The text of each thread by place: a line for the comment and for each answer, with its
    author.
    """
    threads: dict[Place, list[str]] = {}
    for target in package.related(part, "/threadedComment"):
        # In the order of the part, which is the order in which people wrote.
        for entry in package.elements(target):
            texts = (line.text or "" for line in entry if local(line.tag) == "text")
            text = next(texts, "").strip()
            if text and (place := place_of(entry.get("ref", ""))):
                author = people.get(entry.get("personId", ""), "")
                line = f"{author}: {text}" if author else text
                threads.setdefault(place, []).append(line)
    return {place: "\n".join(lines) for place, lines in threads.items()}

"""Threaded comments of an .xlsx: who said what and who answered, which openpyxl does not read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from zipfile import ZipFile

from xlplan.spreadsheets.formats.xlsx_parts import Place, elements_of, local

_FOLDER = "xl/threadedComments/"
_KIND = "/threadedComment"


def threads(archive: ZipFile, parts: Mapping[str, str]) -> dict[str, dict[Place, str]]:
    """The text of each thread by sheet and place: a line for the comment and for each answer, with
    its author.

    `parts` are the parts of the sheets by name.
    """
    names = archive.namelist()
    if not any(name.startswith(_FOLDER) for name in names):
        return {}
    persons = {
        one.get("id", ""): one.get("displayName", "")
        for name in names
        if name.startswith("xl/persons/") and name.endswith(".xml")
        for one in elements_of(archive, name)
    }
    return {sheet: _of_sheet(archive, part, persons) for sheet, part in parts.items()}


def _of_sheet(archive: ZipFile, part: str, persons: dict[str, str]) -> dict[Place, str]:
    from openpyxl.utils.cell import coordinate_to_tuple

    folder, name = posixpath.split(part)
    said: dict[Place, list[str]] = {}
    for relation in elements_of(archive, f"{folder}/_rels/{name}.rels"):
        if relation.get("Type", "").endswith(_KIND):
            target = posixpath.normpath(
                posixpath.join("/", folder, relation.get("Target", ""))
            ).lstrip("/")
            # In the order of the part, which is the order in which people wrote.
            for one in elements_of(archive, target):
                text = next(
                    (line.text or "" for line in one if local(line.tag) == "text"), ""
                ).strip()
                if text and (place := one.get("ref")):
                    author = persons.get(one.get("personId", ""), "")
                    line = f"{author}: {text}" if author else text
                    said.setdefault(coordinate_to_tuple(place), []).append(line)
    return {place: "\n".join(lines) for place, lines in said.items()}

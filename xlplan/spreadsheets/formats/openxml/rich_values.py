"""What Excel keeps apart of a cell whose value older programs show as `#VALUE!`: a picture, a card
of facts, a newer kind of error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from xlplan.spreadsheets.formats.openxml.package import Package
from xlplan.spreadsheets.formats.parts import local

_PICTURES = {"_localImage", "_webimage"}
_SHOWN = "_DisplayString"


@dataclass(frozen=True, slots=True)
class RichValue:
    """A picture; or the text that the cell shows, "" where it is an error after all."""

    picture: bool = False
    text: str = ""


def rich_values(package: Package, main: str) -> dict[str, RichValue]:
    """Rich values by the number (`vm`) with which a cell names one; none where a part is lost or
    damaged, which leaves the error that the cell shows to others.
    """
    try:
        metadata = [package.tree(part) for part in package.related(main, "/sheetMetadata")]
        if not metadata:
            return {}
        values = _values(package, main)
        return {
            str(number): values[place]
            for number, place in enumerate(_places(metadata[0]), start=1)
            if place is not None and place < len(values)
        }
    except (ParseError, KeyError, ValueError, IndexError):
        return {}


def _places(metadata: Element) -> Iterator[int | None]:
    """For each number that cells may give, the place of the rich value that it stands for."""
    kinds = [
        kind.get("name", "") for kind in metadata.iterfind("./{*}metadataTypes/{*}metadataType")
    ]
    rich = [
        [int(value.get("i", "")) for value in block.iter() if local(value.tag) == "rvb"]
        for group in metadata.iterfind("./{*}futureMetadata")
        if group.get("name") == "XLRICHVALUE"
        for block in group.iterfind("./{*}bk")
    ]
    for block in metadata.iterfind("./{*}valueMetadata/{*}bk"):
        places = [
            rich[int(record.get("v", ""))]
            for record in block.iterfind("./{*}rc")
            if kinds[int(record.get("t", "")) - 1] == "XLRICHVALUE"
        ]
        yield next((place for found in places for place in found), None)


def _values(package: Package, main: str) -> list[RichValue]:
    shapes = [
        (shape.get("t", ""), [key.get("n", "") for key in shape.iterfind("./{*}k")])
        for part in package.related(main, "/rdRichValueStructure")
        for shape in package.tree(part).iterfind("./{*}s")
    ]
    return [
        _value(value, *shapes[int(value.get("s", ""))])
        for part in package.related(main, "/rdRichValue")
        for value in package.tree(part).iterfind("./{*}rv")
    ]


def _value(value: Element, kind: str, keys: list[str]) -> RichValue:
    written = [child.text or "" for child in value.iterfind("./{*}v")]
    facts = dict(zip(keys, written, strict=False))
    return RichValue(picture=kind in _PICTURES, text=facts.get(_SHOWN, ""))

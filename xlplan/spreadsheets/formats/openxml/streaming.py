"""A part of XML as a stream of its elements, without a tree: what nobody asks for costs its bytes
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from xlplan.spreadsheets.cells import Unreadable

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]

# Strict Open XML has a namespace of its own for the same elements; programs of one's own may
# have none.
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "http://purl.oclc.org/ooxml/spreadsheetml/main}",
    "",
)
RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
"""The attribute by which an element names a relation of its part."""
# Of content in two forms the first is for programs that know an extension: xlplan knows none, and
# reads the second, the `Fallback`.
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"


class PartReader:
    """Reads one part: subclasses give the elements that they know by name, and what to do there."""

    def __init__(self, starts: Starts, ends: Ends) -> None:
        self._starts = {f"{space}{name}": do for space in _MAIN for name, do in starts.items()}
        self._starts[_CHOICE] = self.skip
        self._ends = {f"{space}{name}": do for space in _MAIN for name, do in ends.items()}
        self._text: list[str] = []
        self._skipped = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._listen()

    def read(self, part: IO[bytes]) -> None:
        """Go through the part once.

        Raises:
            Unreadable: it declares a document type.
            ExpatError: it is no XML.
        """
        self._parser.ParseFile(part)

    def skip(self, _: Attributes) -> None:
        """Pass over the element that begins here, with all that is in it."""
        self._skipped = 1
        self._parser.StartElementHandler = self._deeper
        self._parser.EndElementHandler = self._higher

    def collect(self, _: Attributes) -> None:
        """Keep the text of the element that begins here, for `collected`."""
        self._text.clear()
        self._parser.CharacterDataHandler = self._text.append

    def collected(self) -> str:
        """The text of the element that ends here."""
        self._parser.CharacterDataHandler = None
        return "".join(self._text)

    def _listen(self) -> None:
        starts, ends = self._starts, self._ends

        def start(name: str, attributes: Attributes) -> None:
            if (do := starts.get(name)) is not None:
                do(attributes)

        def end(name: str) -> None:
            if (do := ends.get(name)) is not None:
                do()

        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = end

    def _deeper(self, name: str, attributes: Attributes) -> None:
        self._skipped += 1

    def _higher(self, name: str) -> None:
        self._skipped -= 1
        if not self._skipped:
            self._listen()


def first_element(part: IO[bytes]) -> str:
    """The name of a part's outermost element, "" where it is no XML; only its beginning is read."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, _: found.append(name)
    try:
        while not found and (beginning := part.read(4096)):
            parser.Parse(beginning)
    except expat.ExpatError:
        return found[0] if found else ""
    return found[0] if found else ""


def _refuse(*_: object) -> None:
    raise Unreadable("file-unsafe", why="its XML declares entities, which no spreadsheet needs")

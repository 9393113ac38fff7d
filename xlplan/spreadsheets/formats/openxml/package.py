"""The parts of an Office archive, found as its relations name them: by whatever name, in whatever
case, with slashes either way.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import IO, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.formats.parts import local

_TYPES = "[Content_Types].xml"
_USUAL = ("xl/workbook.xml", "xl/workbook.bin")
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


class Relation(NamedTuple):
    """What a part relates to: the kind, and the part or, where `outside`, the address."""

    kind: str
    target: str
    outside: bool = False


class Package:
    """An archive by the names of its parts, folded: `XL\\Workbook.xml` is `xl/workbook.xml`.

    Of two parts with one name neither is picked: asking for it raises Unreadable.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._relations: dict[str, dict[str, Relation]] = {}
        self._entries: dict[str, list[ZipInfo]] = {}
        for entry in archive.infolist():
            if not entry.is_dir():
                self._entries.setdefault(folded(entry.filename), []).append(entry)

    @property
    def names(self) -> tuple[str, ...]:
        """The folded names of all parts, in their order."""
        return tuple(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return folded(name) in self._entries

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream.

        Raises:
            KeyError: there is none of this name.
            Unreadable: there are two.
        """
        entry, *others = self._entries[folded(name)]
        if others:
            raise _doubtful(f"two of its parts are called {name}")
        return self._archive.open(entry)

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises as `open`."""
        with self.open(name) as part:
            return part.read()

    def tree(self, name: str) -> ElementTree.Element:
        """A part of XML; of content in two forms the plain one. Raises as `open`, and ParseError
        where it is no XML.
        """
        data = self.read(name)
        root = ElementTree.fromstring(data)
        # In UTF-16 a zero stands beside every letter.
        if b"AlternateContent" in data.replace(b"\0", b""):
            _settle(root)
        return root

    def elements(self, name: str) -> list[ElementTree.Element]:
        """The elements of a part on which no answer depends, in all the forms that it gives; none
        when it is not there or damaged.
        """
        try:
            return list(ElementTree.fromstring(self.read(name)))
        except (KeyError, ElementTree.ParseError):
            return []

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part relates to, by id; `part` "" is the package itself.

        Raises:
            Unreadable: one id has two meanings.
        """
        if part in self._relations:
            return self._relations[part]
        folder, name = posixpath.split(part)
        found: dict[str, Relation] = {}
        for element in self.elements(posixpath.join(folder, "_rels", f"{name}.rels")):
            relation = _relation(element, folder)
            identity = element.get("Id", "")
            if found.setdefault(identity, relation) != relation:
                raise _doubtful(f"{part or 'the file'} relates to two parts as {identity}")
        self._relations[part] = found
        return found

    def related(self, part: str, *kinds: str) -> list[str]:
        """The parts to which a part relates in these ways, as far as they are there."""
        return [
            relation.target
            for relation in self.relations(part).values()
            if not relation.outside and relation.kind.endswith(kinds) and self.has(relation.target)
        ]

    def main(self) -> str:
        """The part that is the document, as the package names it or by its type; "" for none.

        Raises:
            Unreadable: there are two.
        """
        named = self.related("", "/officeDocument") or list(self._books())
        if len(set(map(folded, named))) > 1:
            raise _doubtful("it holds two workbooks in one")
        return next(iter([*named, *filter(self.has, _USUAL)]), "")

    def _books(self) -> Iterator[str]:
        for element in self.elements(_TYPES):
            kind, name = element.get("ContentType", ""), element.get("PartName", "")
            is_book = kind.endswith((".main+xml", "sheet.binary.macroEnabled.main"))
            if is_book and "sheet" in kind and self.has(name):
                yield name.lstrip("/")


def folded(name: str) -> str:
    """A part's name without what programs write in different ways."""
    # ExcelDataReader and .NET on Windows wrote `xl\\workbook.xml`; a name is a piece of an address.
    plain = unquote(name.replace("\\", "/")).lstrip("/").lower()
    return posixpath.normpath(plain) if "." in plain else plain


def relation_id(element: ElementTree.Element) -> str:
    """The relation that an element names; "" for none."""
    # Strict Open XML has a namespace of its own; an id without one is the element's.
    named = (name for name in element.attrib if name.endswith("}id"))
    return element.attrib.get(next(named, ""), "")


def _relation(element: ElementTree.Element, folder: str) -> Relation:
    kind, target = element.get("Type", ""), element.get("Target", "")
    if element.get("TargetMode", "").lower() == "external" or "://" in target:
        return Relation(kind, target, outside=True)
    # `../drawings/drawing1.xml` from Excel, `/xl/drawings/drawing1.xml` from openpyxl.
    plain = target.replace("\\", "/")
    start = "" if plain.startswith("/") else folder
    inside = posixpath.normpath(posixpath.join(start, plain.lstrip("/")))
    # More steps up than there are folders lead out of the package, where nothing is looked for.
    return Relation(kind, inside, outside=inside.startswith(".."))


def _settle(root: ElementTree.Element) -> None:
    """Put what a program reads that knows no extension in the place of what is written twice."""
    for parent in list(root.iter()):
        if any(child.tag == _ALTERNATE for child in parent):
            parent[:] = [plain for child in parent for plain in _plain(child)]


def _plain(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    if element.tag != _ALTERNATE:
        yield element
    for form in element if element.tag == _ALTERNATE else ():
        if local(form.tag) == "Fallback":
            yield from form


def _doubtful(why: str) -> Unreadable:
    return Unreadable("file-not-spreadsheet", why=f"{why}, and programs differ in which they read")

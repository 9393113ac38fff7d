"""Spreadsheet files as programs and people make them, by their bytes where no program at hand
writes them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_file(path: Path, data: bytes) -> Path:
    """A file with these bytes."""
    path.write_bytes(data)
    return path


def a_book(path: Path, fill: Callable[[Any], None]) -> Path:
    """An .xlsx whose first sheet `fill` has filled."""
    book = Workbook()
    fill(book.active)
    book.save(path)
    return path


def with_parts(path: Path, **parts: Callable[[bytes], bytes]) -> Path:
    """The archive with some parts changed; `xl__workbook_xml` stands for `xl/workbook.xml`."""
    changes = {
        name.replace("__", "/").replace("_xml", ".xml"): change for name, change in parts.items()
    }
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            archive.writestr(name, changes.pop(name)(data) if name in changes else data)
        for name, change in changes.items():
            archive.writestr(name, change(b""))
    return path


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A change of one text, which must be there."""

    def change(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, 1)

    return change


def an_archive(path: Path, parts: dict[str, bytes]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def an_ods(path: Path, table: str, styles: str = "", meta: str = "") -> Path:
    """An .ods with the rows of one table, written as LibreOffice does."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "meta")
    )
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        "<office:document-content "
        f"{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    about = (
        f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>"
    )
    return an_archive(
        path,
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "meta.xml": about.encode(),
        },
    )

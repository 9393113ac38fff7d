"""Write a message as Outlook saves it (.msg): a compound file with a folder for each attachment.
Small, for tests.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
END, FREE, FAT_SECTOR, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class Entry:
    """A storage or stream of the compound file."""

    name: str
    kind: int
    data: bytes = b""
    children: list[Entry] = field(default_factory=list)
    index: int = 0
    right: int = NONE
    start: int = END


@dataclass
class Message:
    """What a message says, as plain text or as a web page, what is attached to it, and a message
    forwarded in it.
    """

    text: str = ""
    attachments: dict[str, bytes] = field(default_factory=dict)
    page: str = ""
    forwarded: Message | None = None


def write_msg(path: Path, text: str, attachments: dict[str, bytes]) -> None:
    """A message with this text and these attachments."""
    write_message(path, Message(text, attachments))


def write_message(path: Path, message: Message) -> None:
    """A message as Outlook saves it."""
    path.write_bytes(_compound(Entry("Root Entry", 5, children=_parts(message))))


def _parts(message: Message) -> list[Entry]:
    parts = [Entry("__properties_version1.0", 2, b"\0" * 32)]
    if message.text:
        parts.append(Entry("__substg1.0_1000001F", 2, message.text.encode("utf-16-le")))
    if message.page:
        parts.append(Entry("__substg1.0_10130102", 2, message.page.encode()))
    attached = [
        [
            Entry("__substg1.0_3707001F", 2, name.encode("utf-16-le")),
            Entry("__substg1.0_37010102", 2, data),
        ]
        for name, data in message.attachments.items()
    ]
    if message.forwarded:
        attached.append([Entry("__substg1.0_3701000D", 1, children=_parts(message.forwarded))])
    folders = [
        Entry(f"__attach_version1.0_#{number:08X}", 1, children=parts)
        for number, parts in enumerate(attached)
    ]
    return parts + folders


def _compound(root: Entry) -> bytes:
    """Streams one after another in whole sectors, then the directory, then the table of sectors."""
    entries = _numbered(root)
    body, table = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == 2:
            # Streams below 4,096 bytes would lie in a stream of their own; padded, they need not.
            entry.data = (
                entry.data.ljust(4_096, b"\0") if _is_binary(entry) else entry.data + b"\0" * 4_096
            )
            entry.start = _append(body, table, entry.data)
    start = _append(body, table, b"".join(_directory(entry) for entry in entries))
    count = 1
    while (len(table) + count) * 4 > count * SECTOR:
        count += 1
    first_fat = len(table)
    table += [FAT_SECTOR] * count
    fat = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    difat = [first_fat + place for place in range(count)] + [FREE] * (109 - count)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, b"\0" * 6,
        0, count, start, 0, 4_096, END, 0, END, 0, *difat,
    )  # fmt: skip
    return header + bytes(body) + fat


def _is_binary(entry: Entry) -> bool:
    return entry.name.endswith("0102") or len(entry.data) >= 4_096


def _numbered(root: Entry) -> list[Entry]:
    entries = [root]
    for entry in entries:
        for child in entry.children:
            child.index = len(entries)
            entries.append(child)
        for one, after in zip(entry.children, entry.children[1:], strict=False):
            one.right = after.index
    return entries


def _append(body: bytearray, table: list[int], data: bytes) -> int:
    start = len(table)
    sectors = -(-len(data) // SECTOR)
    body += data.ljust(sectors * SECTOR, b"\0")
    table += [*range(start + 1, start + sectors), END]
    return start


def _directory(entry: Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0].index if entry.children else NONE
    size = len(entry.data) if entry.kind == 2 else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name), entry.kind, 1, NONE, entry.right, child, b"\0" * 16, 0, 0, 0,
        entry.start, size,
    )  # fmt: skip

"""The binary records of an .xlsb [MS-XLSB]: kind and size, seven bits a byte, then the content."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NO_TEXT = 0xFFFFFFFF


@dataclass(slots=True)
class Content:
    """What one record holds, read from its beginning on.

    Its methods raise `struct.error` where it ends before what they look for.
    """

    data: bytes
    place: int = 0

    def numbers(self, shape: str) -> tuple[Any, ...]:
        """What stands next, by `struct`, without padding."""
        found = struct.unpack_from(f"<{shape}", self.data, self.place)
        self.place += struct.calcsize(f"<{shape}")
        return found

    def number(self, shape: str) -> Any:
        """The one number that stands next."""
        return self.numbers(shape)[0]

    def text(self) -> str:
        """A text with its length before it; "" for one that is not there."""
        length = self.number("I")
        if length == _NO_TEXT:
            return ""
        start, self.place = self.place, self.place + 2 * length
        if self.place > len(self.data):
            raise struct.error("a text is longer than its record")
        return self.data[start : self.place].decode("utf-16-le", "replace")

    def packed_number(self) -> float:
        """A number in four bytes: a whole one or the upper half of a fraction, times a hundred or
        not.
        """
        packed = self.number("i")
        number = (
            float(packed >> 2)
            if packed & 2
            else struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
        )
        return number / 100 if packed & 1 else number


def records(data: bytes) -> Iterator[tuple[int, Content]]:
    """The records of a part: each one's kind and content."""
    place = 0
    while place < len(data):
        kind, place = _packed(data, place, 2)
        size, place = _packed(data, place, 4)
        if place + size > len(data):
            raise struct.error("a record is longer than its part")
        yield kind, Content(data[place : place + size])
        place += size


def _packed(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes, the last of which is below 128."""
    number = 0
    for step in range(most):
        if place >= len(data):
            raise struct.error("a record has no end")
        byte, place = data[place], place + 1
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return number, place

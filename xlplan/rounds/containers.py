"""What archives and messages hold: their members by name, and what a message says. Nothing is written anywhere."""

from __future__ import annotations

import email
import email.policy
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from olefile import OleFileIO

MOST_BYTES = 200 * 1024 * 1024
MOST_MEMBERS = 2_000
_LONGEST_TEXT = 20_000
_NOISE = ("._", "__MACOSX", ".DS_Store", "Thumbs.db")
"""What operating systems leave in archives: nobody put it there."""


class TooMuch(Exception):
    """An archive that unpacks to more than a return can hold."""


@dataclass(slots=True)
class Unpacked:
    """Members by the name that they have inside, and the text of a message ("" for an archive)."""

    members: list[tuple[str, bytes]] = field(default_factory=list)
    text: str = ""


def unpack_archive(data: bytes) -> Unpacked:
    """The files of a .zip, folders and all.

    Raises:
        TooMuch: it unpacks to more than 200 MB, or holds more than 2,000 files.
        BadZipFile, RuntimeError, NotImplementedError: it is damaged, locked, or packed in a way nobody reads.
    """
    found, left = Unpacked(), MOST_BYTES
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not _is_noise(one.filename)]
        if len(members) > MOST_MEMBERS:
            raise TooMuch("it holds more than 2,000 files")
        for member in members:
            with archive.open(member) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise TooMuch("it unpacks to more than 200 MB")
            found.members.append((member.filename, content))
    return found


def _is_noise(name: str) -> bool:
    return any(part.startswith(_NOISE) for part in PurePosixPath(name).parts)


def unpack_eml(data: bytes) -> Unpacked:
    """What is attached to a message, to any message forwarded in it too, and the texts of all of them."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    forwarded = [part.get_content() for part in message.walk() if part.get_content_type() == "message/rfc822"]
    messages = [one for one in [message, *forwarded] if isinstance(one, EmailMessage)]
    bodies = [body for one in messages if (body := one.get_body(("plain", "html"))) is not None]
    texts = (_plain(str(one.get_content()), html=one.get_content_type() == "text/html") for one in bodies)
    return Unpacked(list(_parts(message, bodies)), _together(texts))


def _parts(message: EmailMessage, bodies: Sequence[object]) -> Iterator[tuple[str, bytes]]:
    number = 0
    for part in message.walk():
        payload = part.get_payload(decode=True)
        name = part.get_filename()
        if (
            any(part is body for body in bodies)
            or not isinstance(payload, bytes)
            or (name is None and part.get_content_maintype() == "text")
        ):
            continue
        number += 1
        yield PurePosixPath((name or f"attachment {number}").replace("\\", "/")).name, payload


def unpack_msg(data: bytes) -> Unpacked:
    """What is attached to a message that Outlook saved, to any message forwarded in it too, and their texts.

    Raises:
        OSError: it is damaged, or no message of Outlook.
    """
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as ole:
        if not any(path[0].startswith("__properties_version1.0") for path in ole.listdir()):
            raise OSError("it is no message of Outlook")
        return Unpacked(list(_attached(ole)), _together(_texts(ole)))


def _texts(ole: OleFileIO) -> Iterator[str]:
    """What each message says, the outermost first: its plain text, else its web page."""
    folders = {
        tuple(path[:-1]) for path in ole.listdir() if path[-1].startswith(("__substg1.0_1000", "__substg1.0_1013"))
    }
    for folder in sorted(folders, key=lambda one: (len(one), one)):
        plain = _plain(_stream(ole, list(folder), "1000"))
        page = [*folder, "__substg1.0_10130102"]
        if not plain and ole.exists(page):
            plain = _plain(_bytes(ole, page).decode("utf-8", "replace").rstrip("\x00"), html=True)
        yield plain or _plain(_stream(ole, list(folder), "1013"), html=True)


def _attached(ole: OleFileIO) -> Iterator[tuple[str, bytes]]:
    """Outlook keeps each attachment in a folder of its own: its bytes and its long or short name."""
    folders = sorted({tuple(path[:-1]) for path in ole.listdir() if path[-1].startswith("__substg1.0_37010102")})
    for number, folder in enumerate(folders, start=1):
        name = _stream(ole, list(folder), "3707") or _stream(ole, list(folder), "3704") or f"attachment {number}"
        yield PurePosixPath(name.replace("\\", "/")).name, _bytes(ole, [*folder, "__substg1.0_37010102"])


def _stream(ole: OleFileIO, folder: list[str], property_id: str) -> str:
    """A text property: Unicode, or in the sender's code page."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
        path = [*folder, f"__substg1.0_{property_id}{kind}"]
        if ole.exists(path):
            return _bytes(ole, path).decode(encoding, errors="replace").rstrip("\x00")
    return ""


def _bytes(ole: OleFileIO, path: list[str]) -> bytes:
    with ole.openstream(path) as stream:
        return bytes(stream.read())


def _together(texts: Iterable[str]) -> str:
    """What one message says and those in it, each once: a reply often holds what it answers."""
    return "\n".join(dict.fromkeys(text for text in texts if text))[:_LONGEST_TEXT]


def _plain(text: str, *, html: bool = False) -> str:
    """A message's text as people read it, cut where it is longer than anybody will."""
    if html:
        text = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:_LONGEST_TEXT]

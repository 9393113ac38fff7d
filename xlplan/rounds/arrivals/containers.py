"""What archives and messages hold: their members by name, and what a message says. Nothing is
written anywhere.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage, Message, MIMEPart
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from olefile import OleFileIO

MOST_BYTES = 200 * 1024 * 1024
MOST_MEMBERS = 2_000
_LONGEST_TEXT = 20_000
_WRITTEN_IN = re.compile(r"^begin [0-7]{3,4} (.+)\n((?:.*\n)*?)end$", re.MULTILINE)
_NOISE = ("._", "__MACOSX", ".DS_Store", "Thumbs.db")
"""What operating systems leave in archives: nobody put it there."""


class TooMuch(Exception):
    """An archive that unpacks to more than a return can hold."""


@dataclass(slots=True)
class Unpacked:
    """Members by the name that they have inside, and the text of a message ("" for an archive).

    `damaged` are members that cannot be read, by name, each with what is said of that.
    """

    members: list[tuple[str, bytes]] = field(default_factory=list)
    text: str = ""
    damaged: list[tuple[str, str]] = field(default_factory=list)


def unpack_archive(data: bytes) -> Unpacked:
    """The files of a .zip, folders and all; one that is damaged, locked or oddly packed keeps back
    no other.

    Raises:
        TooMuch: it unpacks to more than 200 MB, or holds more than 2,000 files.
        BadZipFile: it is damaged as a whole.
    """
    found, left = Unpacked(), MOST_BYTES
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = [
            one for one in archive.infolist() if not one.is_dir() and not _is_noise(one.filename)
        ]
        if len(members) > MOST_MEMBERS:
            raise TooMuch("it holds more than 2,000 files")
        for member in members:
            try:
                with archive.open(member) as stream:
                    content = stream.read(left + 1)
            # Unpackers raise whatever they meet in a damaged, locked or oddly packed file: zlib's
            # own errors, RuntimeError for a password, NotImplementedError for 7-Zip's LZMA.
            except Exception as trouble:
                found.damaged.append((member.filename, str(trouble)))
                continue
            left -= len(content)
            if left < 0:
                raise TooMuch("it unpacks to more than 200 MB")
            found.members.append((member.filename, content))
    return found


def _is_noise(name: str) -> bool:
    return any(part.startswith(_NOISE) for part in PurePosixPath(name).parts)


def unpack_eml(data: bytes) -> Unpacked:
    """What is attached to a message, to any message forwarded in it too, and the texts of all of
    them.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    forwarded = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    coded = [
        part
        for part in forwarded
        if str(part["Content-Transfer-Encoding"] or "").lower() == "base64"
    ]
    plain = [part.get_content() for part in forwarded if part not in coded]
    messages = [one for one in [message, *plain] if isinstance(one, EmailMessage)]
    bodies = [body for one in messages if (body := one.get_body(("plain", "html"))) is not None]
    said = [
        (_text(one).replace("\r\n", "\n"), one.get_content_type() == "text/html") for one in bodies
    ]
    texts = (_plain(_WRITTEN_IN.sub("", text), page=page) for text, page in said)
    members = [*_parts(message, bodies), *_coded_messages(coded)]
    members += [member for text, page in said if not page for member in _written_in(text)]
    return Unpacked(members, _together(texts))


def _text(part: MIMEPart) -> str:
    """The text of a part of a message; where it names an alphabet that nobody knows, what can be
    read of it.
    """
    try:
        return str(part.get_content())
    except LookupError:
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _coded_messages(parts: Iterable[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    """Messages that some programs forward as base64, where their parser looks for a message as it
    is.
    """
    for number, part in enumerate(parts, start=1):
        inner = part.get_payload(0)
        assert isinstance(inner, Message)
        yield f"forwarded message {number}.eml", base64.b64decode(str(inner.get_payload()))


def _written_in(text: str) -> Iterator[tuple[str, bytes]]:
    """Files that old programs write into the text itself, between `begin 644 name` and `end`
    (uuencode).
    """
    for found in _WRITTEN_IN.finditer(text):
        try:
            yield (
                found[1].strip(),
                b"".join(binascii.a2b_uu(line) for line in found[2].splitlines()),
            )
        except binascii.Error:
            continue


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
        # Some mailers send the whole path of the sender's disk: `C:\Users\asha\Update.xlsx`.
        yield PurePosixPath((name or f"attachment {number}").replace("\\", "/")).name, payload


# First bytes, as the formats lay them down: mailers and portals rename what they block.
_PACKED = {
    b"Rar!": "an archive (RAR)",
    b"7z\xbc\xaf": "an archive (7z)",
    b"\x1f\x8b": "an archive (gzip)",
    b"BZh": "an archive (bzip2)",
    b"\xfd7zXZ": "an archive (xz)",
    b"\x78\x9f\x3e\x22": "attachments as only Outlook packs them (winmail.dat)",
}
_ROW_CODE = re.compile(rb"(?<![0-9a-z])t[0-9a-f]{24}(?![0-9a-z])")


def packed_as(data: bytes) -> str:
    """What a file is that may hold a workbook and is not opened here, "" for any other.

    >>> packed_as(b"Rar!\\x1a\\x07"), packed_as(b"PK")
    ('an archive (RAR)', '')
    """
    return next((what for magic, what in _PACKED.items() if data.startswith(magic)), "")


def holds_row_codes(data: bytes) -> bool:
    """Whether a text holds the codes of rows: somebody saved an update workbook as text."""
    # Excel's `Unicode Text` is UTF-16: a zero byte beside every letter of a code.
    return _ROW_CODE.search(data.replace(b"\0", b"")) is not None


def is_outlook_message(data: bytes) -> bool:
    """Whether a file is a message that Outlook saved, whatever its name says."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return False
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            return _is_message(ole)
    except Exception:  # a damaged one may raise anything
        return False


def _is_message(ole: OleFileIO) -> bool:
    return any(path[0].startswith("__properties_version1.0") for path in ole.listdir())


def unpack_msg(data: bytes) -> Unpacked:
    """What is attached to a message that Outlook saved, to any message forwarded in it too, and
    their texts.

    Raises:
        OSError: it is damaged, or no message of Outlook.
    """
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as ole:
        if not _is_message(ole):
            raise OSError("it is no message of Outlook")
        return Unpacked(list(_attached(ole)), _together(_texts(ole)))


def _texts(ole: OleFileIO) -> Iterator[str]:
    """What each message says, the outermost first: its plain text, else its web page."""
    folders = {
        tuple(path[:-1])
        for path in ole.listdir()
        if path[-1].startswith(("__substg1.0_1000", "__substg1.0_1013"))
    }
    for folder in sorted(folders, key=lambda one: (len(one), one)):
        plain = _plain(_stream(ole, list(folder), "1000"))
        page = [*folder, "__substg1.0_10130102"]
        if not plain and ole.exists(page):
            plain = _plain(_bytes(ole, page).decode("utf-8", "replace").rstrip("\x00"), page=True)
        yield plain or _plain(_stream(ole, list(folder), "1013"), page=True)


def _attached(ole: OleFileIO) -> Iterator[tuple[str, bytes]]:
    """Outlook keeps each attachment in a folder of its own: its bytes and its long or short
    name.
    """
    folders = sorted(
        {tuple(path[:-1]) for path in ole.listdir() if path[-1].startswith("__substg1.0_37010102")}
    )
    for number, folder in enumerate(folders, start=1):
        name = (
            # 3707 is the long name; 3704 the short one of DOS, `UPDATE~1.XLS`.
            _stream(ole, list(folder), "3707")
            or _stream(ole, list(folder), "3704")
            or f"attachment {number}"
        )
        yield (
            PurePosixPath(name.replace("\\", "/")).name,
            _bytes(ole, [*folder, "__substg1.0_37010102"]),
        )


def _stream(ole: OleFileIO, folder: list[str], property_id: str) -> str:
    """A text property: Unicode, or in the sender's code page."""
    # The two kinds of text in Outlook's format: 001F is Unicode, 001E as Windows had it before.
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


def _plain(text: str, *, page: bool = False) -> str:
    """A message's text as people read it, cut where it is longer than anybody will.

    >>> _plain("<p>2.13 is <b>done</b> &amp; closed.</p>", page=True)
    '2.13 is done & closed.'
    """
    if page:
        text = html.unescape(re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:_LONGEST_TEXT]

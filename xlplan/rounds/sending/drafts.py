"""Drafts of mails that a person sends: .eml files that open unsent, and the list of them for mail
merge.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from io import StringIO
from pathlib import Path

from xlplan.plan.leads.correspondence import Addressees
from xlplan.rounds.session.folders import beside

LIST_NAME = "send-list.csv"
# Excel may take a cell of a .csv that begins so for a formula and computes it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail to one lead, with what is attached to it."""

    lead: str
    addressees: Addressees
    subject: str
    body: str
    attachment: Path | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: a lead, and the file that is theirs."""

    draft: Draft
    file: str


def filled(template: str, words: dict[str, str]) -> str:
    """A template with its words in braces filled in; a word that we do not know stays as the office
    wrote it.

    >>> filled("{plan}: {see guide} by {return_by}", {"plan": "Walsall", "return_by": "16 Jan"})
    'Walsall: {see guide} by 16 Jan'
    """
    # str.format would raise a KeyError on braces that an office typed for itself.
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), template)


def one_line(text: str) -> str:
    """Text for a header: no line break can begin another one.

    >>> one_line("Sue Butcher\\nBcc: all@example.org")
    'Sue Butcher Bcc: all@example.org'
    """
    # A name out of a cell may hold a line break (Alt+Enter), and EmailMessage refuses one in a
    # header.
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def write_draft(draft: Draft, path: Path, written: datetime) -> None:
    """Write one .eml that opens as an unsent message (X-Unsent). The same draft gives the same
    bytes.

    Raises:
        OSError: the attachment cannot be read, or the draft not be written.
    """
    message = EmailMessage(policy=SMTP)
    # With this header Outlook opens the file as a draft to be sent; without it, as mail received.
    message["X-Unsent"] = "1"
    message["Subject"] = one_line(draft.subject)
    for name, addresses in (("To", draft.addressees.to), ("Cc", draft.addressees.copy_to)):
        # A lead without an address in the key: the officer fills it in, in the mailer.
        if addresses:
            message[name] = ", ".join(one_line(address) for address in addresses)
    message["Date"] = format_datetime(written)
    message.set_content(draft.body)
    if draft.attachment:
        data, (kind, detail) = draft.attachment.read_bytes(), _XLSX
        message.add_attachment(data, maintype=kind, subtype=detail, filename=draft.attachment.name)
        # Python draws the boundary between text and attachment at random.
        message.set_boundary("=_" + hashlib.sha256(data).hexdigest()[:32])
    with beside(path) as part:
        part.write_bytes(message.as_bytes())


def carries(path: Path, workbook: Path) -> bool:
    """Whether a draft lies at a path that has this very workbook with it."""
    if not path.is_file():
        return False
    message = message_from_bytes(path.read_bytes(), policy=SMTP)
    # A mailer that saves the draft writes headers of its own; what is attached stays the same.
    return any(part.get_content() == workbook.read_bytes() for part in message.iter_attachments())


def write_list(listed: Iterable[Listed], path: Path) -> None:
    """Write the list of drafts as .csv that Excel opens in the right letters; no cell of it is a
    formula.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("lead", "address", "copy-to", "subject", "file"))
    for one in listed:
        draft = one.draft
        cells = (
            draft.lead,
            _several(draft.addressees.to),
            _several(draft.addressees.copy_to),
            draft.subject,
            one.file,
        )
        writer.writerow([_text(cell) for cell in cells])
    with beside(path) as part:
        # Excel reads a .csv without a byte order mark in the code page of its computer: `José` as
        # `JosÃ©`.
        part.write_bytes(out.getvalue().encode("utf-8-sig"))


def _several(addresses: Sequence[str]) -> str:
    # Outlook parts addresses with semicolons, since a comma may stand in a name: `Butcher, Sue`.
    return "; ".join(addresses)


def _text(cell: str) -> str:
    plain = one_line(cell)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain

"""Texts of a workbook: in one piece or several, each struck through or not; and the notes on
cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlplan.spreadsheets.formats.openxml.addresses import place_of
from xlplan.spreadsheets.formats.openxml.streaming import Attributes, Ends, PartReader, Starts
from xlplan.spreadsheets.formats.parts import Place

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What Excel writes into the note that stands in a thread's place: advice, then `Comment:`.
_THREAD = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
_REPLY = re.compile(r"\n(Reply:)\n\s*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and its pieces where they have fonts of their own: each with whether it is struck
    through, None where that is the cell's to say.
    """

    plain: str
    pieces: tuple[tuple[str, bool | None], ...] = ()


class TextReader(PartReader):
    """Reads texts in pieces: subclasses say where one begins and ends."""

    def __init__(self, starts: Starts, ends: Ends) -> None:
        self._pieces: list[tuple[str, bool | None]] = []
        self._struck: bool | None = None
        super().__init__(
            {
                **starts,
                "r": self._start_piece,
                "rPr": self._own_font,
                "strike": self._strike,
                # How a text is read aloud in Japanese stands beside it, in elements of its own.
                "rPh": self.skip,
                "t": self.collect,
            },
            {**ends, "t": self._end_text, "r": self._end_piece},
        )

    def text(self) -> Text:
        """What was collected since the last time."""
        pieces, self._pieces = self._pieces, []
        if len(pieces) == 1 and pieces[0][1] is None:
            return Text(unescaped(pieces[0][0]))
        plain = unescaped("".join(piece for piece, _ in pieces))
        if all(struck is None for _, struck in pieces):
            return Text(plain)
        return Text(plain, tuple((unescaped(piece), struck) for piece, struck in pieces))

    def _start_piece(self, _: Attributes) -> None:
        self._struck = None

    def _own_font(self, _: Attributes) -> None:
        self._struck = False

    def _strike(self, attributes: Attributes) -> None:
        self._struck = is_true(attributes.get("val", "1"))

    def _end_text(self) -> None:
        self._pieces.append((self.collected(), self._struck))

    def _end_piece(self) -> None:
        self._struck = None


class SharedTexts(TextReader):
    """The texts that cells name by number, from 0."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        super().__init__({}, {"si": self._end_item})

    def _end_item(self) -> None:
        self.texts.append(self.text())


class Notes(TextReader):
    """The notes of a sheet by place, a line for each where a cell has two."""

    def __init__(self) -> None:
        self.notes: dict[Place, str] = {}
        self._place: Place | None = None
        super().__init__({"comment": self._start_note}, {"comment": self._end_note})

    def _start_note(self, attributes: Attributes) -> None:
        self._place = place_of(attributes.get("ref", ""))

    def _end_note(self) -> None:
        said = read_comment(self.text().plain)
        if said and self._place:
            before = self.notes.get(self._place)
            self.notes[self._place] = f"{before}\n{said}" if before else said


def read_comment(text: str) -> str:
    """The text that people wrote: a thread carries a preamble for programs that do not know
    threads.
    """
    if not text.startswith("[Threaded comment]"):
        return text.strip()
    return _REPLY.sub(r"\n\1 ", _THREAD.sub("", text)).strip()


def unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a control character."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # An emoji may be escaped as two halves, which are a letter only side by side in UTF-16.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_true(text: str) -> bool:
    """A truth as XML writes it."""
    return text.strip().lower() in {"1", "true", "on", "t"}

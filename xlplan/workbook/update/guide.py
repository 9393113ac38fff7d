"""The guide sheet: what to do, what the columns and ratings mean, whom to ask, in the office's own
words.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.plan.text.english import capital
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.measuring import LINE, lines_of
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import actions_word, contact, long_date
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook
from xlplan.workbook.update.layout import MEASURES_SHEET, UpdateLayout

GUIDE_TITLE = say("guide")
_LABEL_WIDTH = 22
_TEXT_WIDTH = 84

Line = tuple[str, str, str, str]
"""Style and text of the label, style and text beside it."""


def write_guide(sheet: WrittenSheet, book: UpdateBook, styles: Styles) -> list[str]:
    """Write the sheet; returns its texts, by which it is known again."""
    done(sheet.set_column(0, 0, 2), "a width")
    done(sheet.set_column(1, 1, _LABEL_WIDTH), "a width")
    done(sheet.set_column(2, 2, _TEXT_WIDTH), "a width")
    sheet.hide_gridlines(2)
    texts = []
    for row, (left_look, left, right_look, right) in enumerate(_lines(book)):
        for column, look, text in ((1, left_look, left), (2, right_look, right)):
            if text:
                put(
                    sheet,
                    row,
                    column,
                    text,
                    styles.on(look, "swatch") if look.startswith("#") else styles[look],
                )
                texts.append(text)
        # LibreOffice shows one line of a wrapped row that was given no height.
        _size(sheet, row, left_look, left, right)
    return texts


def _size(sheet: WrittenSheet, row: int, look: str, left: str, right: str) -> None:
    if look == "title":
        sheet.set_row(row, 26)
    elif left or right:
        beside = lines_of(left, _LABEL_WIDTH, bold=True) if right else 1
        # LibreOffice shows one line of wrapped text in a row without a height.
        sheet.set_row(row, max(lines_of(right, _TEXT_WIDTH), beside) * LINE + 6)


def _lines(book: UpdateBook) -> Iterator[Line]:
    yield ("title", GUIDE_TITLE, "", "")
    yield (
        "strong",
        say("guide.whose", plan=book.plan_title, round=book.round.name, lead=book.lead),
        "",
        "",
    )
    yield _blank()
    for paragraph in book.mapping.wording.guide:
        yield ("", "", "beside", paragraph)
    if book.mapping.wording.guide:
        yield _blank()
    yield ("heading", say("guide.do"), "", "")
    yield from (
        ("wrap strong", say("guide.step", number=number), "beside", text)
        for number, text in enumerate(_steps(book), start=1)
    )
    yield _blank()
    yield ("heading", say("guide.columns"), "", "")
    yield from (
        ("wrap strong", column.heading, "beside", column.prompt)
        for column in UpdateLayout.of(book.mapping).inputs
    )
    yield _blank()
    yield from _ratings(book)
    yield from _propose(book)
    yield from _contact(book)


def _steps(book: UpdateBook) -> list[str]:
    word = actions_word(book.mapping, 1)
    tick = UpdateLayout.of(book.mapping).inputs[-1].heading
    return [
        say("guide.step.rows", word=word),
        say("guide.step.fill"),
        say("guide.step.nothing", tick=tick),
        *((say("guide.step.measures", sheet=MEASURES_SHEET),) if book.measures else ()),
        say("guide.step.whole"),
        say(
            "guide.step.send",
            contact=contact(book.mapping),
            day=long_date(book.round.return_by, book.mapping),
        ),
    ]


def _ratings(book: UpdateBook) -> Iterator[Line]:
    if not book.mapping.rag:
        return
    yield ("heading", say("guide.ratings"), "", "")
    for rating in book.mapping.rag:
        meaning = f"{rating.name}: {rating.meaning}" if rating.meaning else rating.name
        # The code stands in its colour: prints are often grey, and some people see no red or green.
        yield (rating.colour, rating.code, "beside middle", meaning)
    yield _blank()


def _propose(book: UpdateBook) -> Iterator[Line]:
    word = actions_word(book.mapping, 1)
    yield ("heading", say("propose", word=word), "", "")
    yield (
        "",
        "",
        "beside",
        say("propose.how", words=actions_word(book.mapping)),
    )
    yield _blank()


def _contact(book: UpdateBook) -> Iterator[Line]:
    yield ("heading", say("guide.questions"), "", "")
    yield ("", "", "beside", f"{capital(contact(book.mapping))}.")
    if book.mapping.office.marking:
        yield ("", "", "wrap strong", say("guide.marking", marking=book.mapping.office.marking))


def _blank() -> Line:
    return ("", "", "", "")

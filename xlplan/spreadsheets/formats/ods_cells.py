"""One cell of an .ods: its value by the type that it names, its text as paragraphs, its note and
its link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import datetime, time
from xml.etree.ElementTree import Element

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import Drawn, RawCell
from xlplan.spreadsheets.extras import link_of_formula, struck_of
from xlplan.spreadsheets.formats.parts import local
from xlplan.spreadsheets.number_formats import whole_day

_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|Err:\d{3}")


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, "" when it is not there. Of two, the one of the
    standard.
    """
    # LibreOffice writes calcext:value-type after office:value-type, of which the first counts.
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def read_cell(
    element: Element, *, struck: bool, striking: Set[str] = frozenset()
) -> RawCell | None:
    """A cell, placed nowhere yet; None when nothing stands in it.

    `struck` says that its style strikes text through; `striking` are the styles of pieces of text
    that do.
    """
    lines = [
        list(_pieces(line, striking, struck=struck))
        for line in element
        if local(line.tag) in {"p", "h"}
    ]
    text = "\n".join("".join(piece for piece, _ in line) for line in lines)
    value = _value(element, text)
    formula = _formula(attribute(element, "formula"))
    if formula.upper() in _LOGICAL:
        # So LibreOffice writes a truth, whose type it calls a number.
        value, formula = _LOGICAL[formula.upper()], ""
    notes = [child for child in element if local(child.tag) == "annotation"]
    comment = "\n".join(
        _paragraph(line) for note in notes for line in note if local(line.tag) == "p"
    ).strip()
    link = _link(element) or link_of_formula(formula)
    if value in (None, "") and not formula and not comment and not link:
        return None
    # The standard has no type for errors: only the text shows `#REF!`.
    error = bool(formula) and bool(_ERROR.fullmatch(text.strip()))
    whole, part = struck_of(piece for line in lines for piece in line)
    return RawCell(
        row=0,
        column=0,
        value=text.strip() if error else value,
        formula=formula,
        error=error,
        comment=comment,
        struck=whole,
        struck_part=part,
        link=link,
        number_format=_number_format(element, value, text),
    )


def read_drawn(element: Element, row: int, column: int) -> Drawn | None:
    """What lies over the cell there, if this is a text box, picture or embedded document; charts
    are none.
    """
    if not element.tag.startswith(_DRAWING) or local(element.tag) == "control":
        return None
    inside = list(element.iter())
    names = {local(child.tag) for child in inside}
    lines = (_paragraph(child).strip() for child in inside if local(child.tag) in {"p", "h"})
    if text := "\n".join(line for line in lines if line):
        return Drawn(row, column, "text", text)
    if names & {"object", "object-ole"}:
        # A chart is an embedded document too, and alone says which cells it is drawn from.
        is_chart = any(attribute(child, "notify-on-update-of-ranges") for child in inside)
        return None if is_chart else Drawn(row, column, "object")
    return Drawn(row, column, "picture") if "image" in names else None


def _link(element: Element) -> str:
    """Where the first link in the cell's text leads; not one in its note."""
    lines = (child for child in element if local(child.tag) in {"p", "h"})
    links = (child for line in lines for child in line.iter() if local(child.tag) == "a")
    return next((attribute(link, "href") for link in links), "")


def _value(element: Element, text: str) -> RawValue:
    kind = attribute(element, "value-type")
    if kind in {"float", "percentage", "currency"}:
        return _number(attribute(element, "value"))
    if kind == "boolean":
        return attribute(element, "boolean-value") == "true"
    if kind == "date":
        return _date(attribute(element, "date-value"), text)
    if kind == "time" and (found := _DURATION.match(attribute(element, "time-value"))):
        hours, minutes, seconds = map(int, found.groups())
        return (
            time(hours, minutes, seconds) if hours < 24 and minutes < 60 and seconds < 60 else text
        )
    return attribute(element, "string-value") or text or None


def _number(text: str) -> RawValue:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _date(written: str, shown: str) -> RawValue:
    try:
        # LibreOffice writes nine places of a second; a datetime holds six.
        return whole_day(datetime.fromisoformat(written[:26]), "h" if ":" in shown else "")
    except ValueError:
        return shown or written or None


def _formula(written: str) -> str:
    """A formula as Excel would start it: `of:=1+1` is `=1+1`."""
    # `of:` is the language of the standard, `msoxl:` that of Excel, `oooc:` that of OpenOffice 2.
    formula = written.partition(":=")[2] if ":=" in written[:10] else written.removeprefix("=")
    return f"={formula}" if formula else ""


def _number_format(element: Element, value: RawValue, shown: str) -> str:
    """How the cell shows its number, as far as it matters: as a percentage, or as a date without
    its day.
    """
    if attribute(element, "value-type") == "percentage":
        return "0%"
    if not isinstance(value, datetime):
        return ""
    # The format stands in a style of a style; what the cell shows tells as much: `Feb 2017`.
    numbers = {int(digits) for digits in re.findall(r"(?<!\d)\d{1,2}(?!\d)", shown)}
    if value.day in numbers or value.day != 1:
        return "d mmm yyyy"
    return "mmm yyyy" if numbers or re.search(r"[^\W\d]", shown) else "yyyy"


def _paragraph(element: Element) -> str:
    return "".join(piece for piece, _ in _pieces(element))


def _pieces(
    element: Element, striking: Set[str] = frozenset(), *, struck: bool = False
) -> Iterator[tuple[str, bool]]:
    """A paragraph in pieces, each struck through or not: a piece with a style of its own is as that
    says.
    """
    yield element.text or "", struck
    for child in element:
        name = local(child.tag)
        # XML takes two blanks for one: the format writes the others as `<text:s text:c="2"/>`.
        if name == "s":
            yield " " * int(attribute(child, "c") or 1), struck
        elif name in {"tab", "line-break"}:
            yield "\t" if name == "tab" else "\n", struck
        elif name != "annotation":
            style = attribute(child, "style-name") if name == "span" else ""
            yield from _pieces(child, striking, struck=style in striking if style else struck)
        yield child.tail or "", struck

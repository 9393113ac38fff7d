"""One cell of an .ods: its value by the type that it names, its text as paragraphs, its note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from xml.etree.ElementTree import Element

from xlplan.plan.values import RawValue
from xlplan.workbook.cells import RawCell
from xlplan.workbook.ooxml_parts import local

_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|Err:\d{3}")


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, "" when it is not there. Of two, the one of the standard."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def read_cell(element: Element, *, struck: bool) -> RawCell | None:
    """A cell, placed nowhere yet; None when nothing stands in it."""
    text = "\n".join(_paragraph(one) for one in element if local(one.tag) in {"p", "h"})
    value = _value(element, text)
    formula = _formula(attribute(element, "formula"))
    if formula.upper() in _LOGICAL:
        # So LibreOffice writes a truth, whose type it calls a number.
        value, formula = _LOGICAL[formula.upper()], ""
    notes = [one for one in element if local(one.tag) == "annotation"]
    comment = "\n".join(_paragraph(line) for note in notes for line in note if local(line.tag) == "p").strip()
    if value in (None, "") and not formula and not comment:
        return None
    error = bool(formula) and bool(_ERROR.fullmatch(text.strip()))
    return RawCell(
        row=0,
        column=0,
        value=text.strip() if error else value,
        formula=formula,
        error=error,
        comment=comment,
        struck=struck and value is not None,
        number_format=_number_format(element, value, text),
    )


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
        return time(hours, minutes, seconds) if hours < 24 and minutes < 60 and seconds < 60 else text
    return attribute(element, "string-value") or text or None


def _number(text: str) -> RawValue:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _date(written: str, shown: str) -> RawValue:
    try:
        return datetime.fromisoformat(written[:26])
    except ValueError:
        return shown or written or None


def _formula(written: str) -> str:
    """A formula as Excel would start it: `of:=1+1` is `=1+1`."""
    said = written.partition(":=")[2] if ":=" in written[:10] else written.removeprefix("=")
    return f"={said}" if said else ""


def _number_format(element: Element, value: RawValue, shown: str) -> str:
    """How the cell shows its number, as far as it matters: as a percentage, or as a date without its day."""
    if attribute(element, "value-type") == "percentage":
        return "0%"
    if not isinstance(value, datetime):
        return ""
    numbers = {int(digits) for digits in re.findall(r"(?<!\d)\d{1,2}(?!\d)", shown)}
    if value.day in numbers or value.day != 1:
        return "d mmm yyyy"
    return "mmm yyyy" if numbers or re.search(r"[^\W\d]", shown) else "yyyy"


def _paragraph(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child.tag)
        if name == "s":
            yield " " * int(attribute(child, "c") or 1)
        elif name in {"tab", "line-break"}:
            yield "\t" if name == "tab" else "\n"
        elif name != "annotation":
            yield from _pieces(child)
        yield child.tail or ""

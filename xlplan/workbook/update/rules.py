"""What guides a lead's typing: lists, prompts, colours, and cells that mark themselves changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.plan.findings.addresses import cell_name
from xlplan.workbook.kit import palette
from xlplan.workbook.kit.authoring import done
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import shortened
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.layout import UpdateColumn

_LITERAL = 200
"""Longest text that a formula compares with; Excel takes 255."""


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of one column, counted from 0 as XlsxWriter does, both ends included."""

    column: int
    first: int
    last: int

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """The range for XlsxWriter."""
        return self.first, self.column, self.last, self.column

    @property
    def top(self) -> str:
        """The first cell, its column fixed: `$H8`."""
        return "$" + cell_name(self.first + 1, self.column + 1)


def choices_of(spec: FieldSpec, mapping: PlanMapping) -> list[str]:
    """What a dropdown offers for a field; empty when it has none."""
    by_type = {
        "rag": [rating.code for rating in mapping.rag],
        "choice": spec.choices,
        "tick": ["Yes"],
    }
    return by_type.get(spec.type, [])


def fits_inline(choices: Sequence[str]) -> bool:
    """Whether a list can stand in the validation itself: no comma in an item, at most 255
    characters.
    """
    # Excel parts a list in a validation at its commas, and takes 255 characters of it.
    return not any("," in choice for choice in choices) and len(",".join(choices)) <= 255


def moved(column: UpdateColumn, input_cell: str, shown_cell: str) -> str:
    """A formula's condition: the lead has moved this input. Case and blanks count: it is for the
    lead's eye.
    """
    return f'{input_cell}<>""' if column.fresh else f"NOT(EXACT({input_cell},{shown_cell}))"


def guide_input(
    sheet: WrittenSheet,
    span: Span,
    column: UpdateColumn,
    mapping: PlanMapping,
    list_range: str = "",
) -> None:
    """Prompt and validation of one input column, over exactly its own rows. `list_range`: a list on
    another sheet.
    """
    # No guard: what is pasted or filled down is not validated, and SheetJS and pandas drop the
    # rules. The import checks every value again.
    choices = choices_of(column.spec, mapping)
    rule: dict[str, Any] = {"validate": "any"}
    if choices:
        rule = _list_rule(choices, list_range)
    elif column.type == "date":
        rule = _date_rule()
    elif column.spec.max_length:
        rule = _length_rule(column.spec.max_length)
    done(
        sheet.data_validation(*span.cells, rule | prompt_rule(column)),
        f"the validation of {column.heading}",
    )


def prompt_rule(column: UpdateColumn) -> dict[str, str]:
    """What a lead reads when an input is selected; Excel takes 32 characters of title and 255 of
    message, and XlsxWriter drops a longer one without an exception.
    """
    return {
        "input_title": shortened(column.heading, 32),
        "input_message": shortened(column.prompt, 255),
    }


def _list_rule(choices: Sequence[str], list_range: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list_range or list(choices),
        "error_title": say("refuse.list"),
        "error_message": shortened(say("refuse.list.choose", choices=", ".join(choices)), 255),
    }


def _date_rule() -> dict[str, Any]:
    # A typed `5` is 5 January 1900 to Excel: no day before 1990 is meant.
    return {
        "validate": "date",
        "criteria": ">=",
        "value": date(1990, 1, 1),
        "error_title": say("refuse.date"),
        "error_message": say("refuse.date.type"),
    }


def _length_rule(longest: int) -> dict[str, Any]:
    # A warning, no refusal: in LibreOffice the rule also meets every typed formula, however short.
    return {
        "validate": "length",
        "criteria": "<=",
        "value": longest,
        "error_type": "warning",
        "error_title": say("refuse.long"),
        "error_message": say("refuse.long.fits", longest=longest),
    }


def colour_ratings(sheet: WrittenSheet, span: Span, mapping: PlanMapping, styles: Styles) -> None:
    """A rating's colour by its code, paler, in a column that shows what was."""
    for rating in mapping.rag:
        look = styles.on(palette.tint(rating.colour))
        rule = {"type": "formula", "criteria": f"={_is(span.top, rating.code)}", "format": look}
        done(sheet.conditional_format(*span.cells, rule), f"the colour of {rating.code}")


def mark_rating_input(
    sheet: WrittenSheet,
    span: Span,
    condition: str,
    mapping: PlanMapping,
    styles: Styles,
    choices: Sequence[str],
) -> None:
    """An input of ratings: invalid, then changed in each colour, then each colour, then cleared.

    One cell takes one rule in LibreOffice, so a changed rating has a rule of its own for each
    colour.
    """
    unknown = ",".join(f"NOT({_is(span.top, code)})" for code in choices)
    rules = [(f'=AND({span.top}<>"",{unknown})', styles["invalid"])]
    rules += [
        (
            f"=AND({_is(span.top, rating.code)},{condition})",
            styles.on(rating.colour, "changed rating"),
        )
        for rating in mapping.rag
    ]
    rules += [
        (f"={_is(span.top, rating.code)}", styles.on(rating.colour)) for rating in mapping.rag
    ]
    rules.append((f"={condition}", styles["changed"]))
    for criteria, look in rules:
        rule = {"type": "formula", "criteria": criteria, "format": look}
        done(sheet.conditional_format(*span.cells, rule), "the colours of the ratings")


def mark_changed(sheet: WrittenSheet, span: Span, condition: str, styles: Styles) -> None:
    """An input that shows itself changed as the lead types."""
    rule = {"type": "formula", "criteria": f"={condition}", "format": styles["changed"]}
    done(sheet.conditional_format(*span.cells, rule), "the mark of a changed cell")


def mark_fault(sheet: WrittenSheet, row: int, column: int, typed: str, styles: Styles) -> None:
    """A faulty cell of a query workbook: marked until the lead types something else."""
    cell = "$" + cell_name(row + 1, column + 1).replace("$", "")
    same = (
        f'EXACT({cell}&"",{_quoted(typed)})'
        if len(typed) <= _LITERAL and "\n" not in typed
        else f"LEN({cell})={len(typed)}"
    )
    # Excel joins the looks of all rules that hold: the fault alone is to show, not the change.
    rule = {
        "type": "formula",
        "criteria": f"={same}",
        "format": styles["fault"],
        "stop_if_true": True,
    }
    done(sheet.conditional_format(row, column, row, column, rule), "the mark of a faulty cell")


def _is(cell: str, code: str) -> str:
    # Excel's `=` takes `gr` for `Gr`.
    return f"EXACT({cell},{_quoted(code)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

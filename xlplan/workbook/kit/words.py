"""What the update workbook says to leads: headings, prompts and sentences, the mapping's own words
first.
"""

from __future__ import annotations

import re
from datetime import date

from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.plan.text.english import capital
from xlplan.workbook.kit.sentences import LABELS, PROMPTS, TYPE_PROMPTS, say

NO_CHANGE = "no_change"
NO_CHANGE_SPEC = FieldSpec(
    name=say("no_change"),
    type="tick",
    edit="lead",
    input="fresh",
    prompt=say("no_change.prompt"),
)
READING = "reading"
"""The field of a measure that its lead fills in; a new one each round."""
READING_SPEC = FieldSpec(name="Reading", edit="lead", input="fresh")
NO_CHANGE_WORDS = re.compile(
    r"no (?:change|update)s?|nothing to report|nil(?: return)?|none|n/a|ditto|(?:un|not )changed|"
    r"same|(?:same )?as (?:before|above|last time|last month)",
    re.IGNORECASE,
)
"""What people write instead of a tick in the column for it."""

_WHOLE_DATE = "%d %b %Y"
# `%-d` is a day without its nought in Linux and macOS, `%#d` in Windows.
_DAYS = ("%d", "%-d", "%#d", "%e", "%x", "%c", "%D", "%F")


def label(mapping: PlanMapping, field: str) -> str:
    """What people call a field: the mapping's name for it, our own word for a common one, or its
    first heading.
    """
    spec = mapping.fields.get(field, FieldSpec())
    if field in {"action", "section"} and not spec.name:
        return capital(
            {"action": mapping.plan.action_word, "section": mapping.plan.section_word}[field]
        )
    known = LABELS.get(field, "")
    return spec.name or known or next(iter(spec.headings), "") or capital(field.replace("_", " "))


def headings(mapping: PlanMapping, field: str) -> tuple[str, str]:
    """What stands over an input, and over the last value beside it: `Rating now`, `Last rating`."""
    named = mapping.fields[field].name if field in mapping.fields else ""
    if field == NO_CHANGE:
        return named or NO_CHANGE_SPEC.name, ""
    if field == "rag":
        return f"{named or 'Rating'} now", f"Last {_small(named or 'rating')}"
    if field == "progress":
        now = named if " this " in named else f"{named or 'Progress'} this round"
        return now, f"Last {_small(named.partition(' this ')[0]) if named else 'note'}"
    if field == "due":
        return f"Revised {_small(named) if named else 'date'}", named or "Due"
    name = label(mapping, field)
    return name, f"Last {_small(name)}"


def prompt(mapping: PlanMapping, field: str) -> str:
    """What a lead reads when an input is selected, at most 255 characters."""
    if field == NO_CHANGE and field not in mapping.fields:
        return NO_CHANGE_SPEC.prompt
    spec = mapping.fields[field]
    if spec.prompt:
        return shortened(spec.prompt, 255)
    if spec.type == "rag":
        return shortened(
            f"Choose: {'; '.join(f'{rating.code} {rating.name}' for rating in mapping.rag)}.", 255
        )
    default = (
        NO_CHANGE_SPEC.prompt
        if field == NO_CHANGE
        else PROMPTS.get(field) or TYPE_PROMPTS.get(spec.type)
    )
    return default or say("prompt.other")


def long_date(iso: str, mapping: PlanMapping) -> str:
    """An ISO date with its weekday, as the office writes dates if that has a day in it; any other
    text as it is.
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day:%a} {day.strftime(day_format(mapping))}"


def day_format(mapping: PlanMapping) -> str:
    """How the office writes dates, if that has a day in it, in strftime codes."""
    own = mapping.office.date_format
    return own if any(code in own for code in _DAYS) else _WHOLE_DATE


def contact(mapping: PlanMapping) -> str:
    """Whom leads ask and answer."""
    office = mapping.office
    whom = office.contact or office.name
    return f"{whom} ({office.email})" if office.email and office.email not in whom else whom


def actions_word(mapping: PlanMapping, count: int = 2) -> str:
    """`action` or `actions`, in the office's word."""
    return mapping.plan.action_word if count == 1 else f"{mapping.plan.action_word}s"


def shortened(text: str, longest: int) -> str:
    """Text within a limit of UTF-16 units, three dots at its end when it was cut."""
    if len(text.encode("utf-16-le")) <= 2 * longest:
        return text
    return (
        text.encode("utf-16-le")[: 2 * (longest - 3)].decode("utf-16-le", "ignore").rstrip() + "..."
    )


def _small(text: str) -> str:
    """The text with a small first letter, unless it opens with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]

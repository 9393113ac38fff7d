"""Write a drafted mapping as TOML, with comments that say what the draft was unsure of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from xlplan.workbook.drafting.fields import DraftField
from xlplan.workbook.drafting.lines import DraftLine
from xlplan.workbook.drafting.scale import DraftRating

_ADDED = (
    '[fields.{key}]    # the workbook lacks it: a column to the right\nname = "{name}"\nedit '
    '= "lead"\n{more}'
)


@dataclass(slots=True)
class DraftTable:
    """One table of the draft; `fields` None when it has all of them."""

    sheet: str
    lines: list[DraftLine]
    completed: bool = False
    section: str = ""
    fields: list[str] | None = None


@dataclass(slots=True)
class DraftMapping:
    """Everything that a draft says. `doubts` are sentences for the officer; they stand on top of
    the file too.
    """

    id: str
    title: str
    tables: list[DraftTable]
    fields: list[DraftField]
    ratings: list[DraftRating]
    start: date | None = None
    end: date | None = None
    shapes: list[str] = field(default_factory=list)
    link_shapes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    new_refs: list[str] = field(default_factory=list)
    requirement_by_ref: bool = False
    leads_sheet: dict[str, list[str]] = field(default_factory=dict)
    leads_on: str = ""
    names: list[str] = field(default_factory=list)
    measures: dict[str, list[str]] = field(default_factory=dict)
    measures_on: str = ""
    doubts: list[str] = field(default_factory=list)


def toml_of(draft: DraftMapping, source: str) -> str:
    """The draft as the text of a TOML file."""
    parts = [
        _top(draft, source),
        *map(_table, draft.tables),
        *_fields(draft),
        *map(_rating, draft.ratings),
    ]
    return "\n\n".join([*parts, *_leads(draft), *_measures(draft)]) + "\n"


def _quoted(text: str) -> str:
    # TOML reads the escapes that JSON writes: headings hold quotes and line breaks.
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _top(draft: DraftMapping, source: str) -> str:
    lines = [
        f"# A draft made from {' '.join(source.split())}: read it, mend what is wrong, and hold "
        "it against the",
        "# workbook with `xlplan mapping check FILE WORKBOOK`.",
    ]
    # A line break within a heading (Alt+Enter) would end the comment.
    if draft.doubts:
        lines += ["#", "# Unsure:", *(f"# - {' '.join(doubt.split())}" for doubt in draft.doubts)]
    if draft.new_refs:
        lines += ["", f"new_refs = {_list(draft.new_refs)}"]
    if draft.requirement_by_ref:
        lines += [
            "",
            'requirement_by = "ref"      # an action belongs to the requirement whose number its '
            "ref continues",
        ]
    lines += ["", "[plan]", f"id = {_quoted(draft.id)}", f"title = {_quoted(draft.title)}"]
    if draft.start and draft.end:
        lines += [
            f"start = {draft.start}          # the years of the due dates; dates outside them "
            "are doubted",
            f"end = {draft.end}",
        ]
    return "\n".join(lines)


def _table(table: DraftTable) -> str:
    lines = ["[[tables]]", f"sheet = {_quoted(table.sheet)}"]
    if table.completed:
        lines.append('status = "completed"        # by the name of the sheet')
    if table.section:
        lines.append(f"section = {_quoted(table.section)}")
    if table.fields is not None:
        lines.append(f"fields = {_list(table.fields)}")
    for line in table.lines:
        note = f"    # {line.unsure}" if line.unsure else ""
        lines += [
            "",
            "[[tables.lines]]",
            f"kind = {_quoted(line.kind)}{note}",
            f"reads = {_list(line.reads)}",
        ]
    return "\n".join(lines)


def _fields(draft: DraftMapping) -> Iterator[str]:
    keys = {one.key for one in draft.fields}
    for one in draft.fields:
        yield "\n".join(_field(one, draft))
        if one.key == "due":
            yield (
                '[fields.due_reason]\nname = "Reason for the new date"\nedit = "lead"\ninput = '
                '"fresh"\n'
                'required_when = [{ field = "due", moved = true }]'
            )
    if "rag" not in keys:
        yield _ADDED.format(key="rag", name="RAG", more='type = "rag"')
    if "progress" not in keys:
        yield _ADDED.format(key="progress", name="Progress this period", more='input = "fresh"')
    yield _ADDED.format(
        key="no_change", name="No change this round", more='type = "tick"\ninput = "fresh"'
    )


def _field(one: DraftField, draft: DraftMapping) -> Iterator[str]:
    note = f"    # unsure: {one.unsure}" if one.unsure else ""
    yield f"[fields.{one.key}]{note}"
    if one.column is None:
        yield f"name = {_quoted(one.key.replace('_', ' ').capitalize())}"
    else:
        yield f"headings = {_list(_one_line(one.column.headings))}"
        if one.column.under:
            yield f"under = {_quoted(' '.join(one.column.under.split()))}"
    if one.type != "text":
        yield f"type = {_quoted(one.type)}"
    if one.key in {"rag", "evidence"}:
        yield 'edit = "lead"'
    if one.key in {"due", "progress"}:
        yield 'edit = "lead"\ninput = "fresh"'
    if one.key == "ref" and draft.shapes:
        yield f"shapes = {_list(draft.shapes)}      # 9 stands for a number of any length"
    if one.key == "links" and draft.link_shapes:
        yield f"shapes = {_list(draft.link_shapes)}"
    if one.key == "action" and draft.opens:
        yield f"opens = {_list(draft.opens)}"
    if one.history:
        points = (
            f"{point} = {_list(_one_line(column.headings))}"
            for point, column in one.history.items()
        )
        yield f"history = {{ {', '.join(points)} }}"


def _one_line(headings: Iterable[str]) -> list[str]:
    return [" ".join(heading.split()) for heading in headings]


def _rating(rating: DraftRating) -> str:
    doubt = "    # unsure: is it a rating, and where does it stand among the others?"
    lines = [
        "[[rag]]" + ("" if rating.sure else doubt),
        f"code = {_quoted(rating.code)}",
        f"name = {_quoted(rating.name)}",
        f"colour = {_quoted(rating.colour)}",
    ]
    if rating.meaning:
        lines.append(f"meaning = {_quoted(' '.join(rating.meaning.split()))}")
    if rating.kind != "graded":
        lines.append(f"kind = {_quoted(rating.kind)}")
    return "\n".join(lines)


def _leads(draft: DraftMapping) -> Iterator[str]:
    if draft.leads_sheet:
        pairs = (f"{key} = {_list(names)}" for key, names in draft.leads_sheet.items())
        yield "\n".join(["[[leads_sheets]]", f"sheet = {_quoted(draft.leads_on)}", *pairs])
    elif draft.names:
        listed = "\n".join(f"#   {' '.join(name.split())}" for name in draft.names)
        yield (
            "# Every name in the column of leads counts as a lead of its own. Where two of these "
            "are one, or a name\n"
            "# stands for several people, add [[leads]] entries with name, code and "
            f"spellings:\n{listed}"
        )


def _measures(draft: DraftMapping) -> Iterator[str]:
    if draft.measures:
        pairs = (f"{key} = {_list(names)}" for key, names in draft.measures.items())
        sheet = _quoted(draft.measures_on)
        yield "\n".join(
            [
                "[measures]        # measures of their own",
                f"sheet = {sheet}",
                "",
                "[measures.headings]",
                *pairs,
            ]
        )

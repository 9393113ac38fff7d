"""The key to leads: from the mapping, and from sheets of the office's workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xlplan.mapping.keys import lead_key
from xlplan.mapping.model import LeadsSheet, PlanMapping
from xlplan.plan.findings.finding import Finding
from xlplan.plan.leads.reading import Lead, LeadKey
from xlplan.plan.model import Item
from xlplan.plan.text.text import fold_code, mend_lookalikes, same_text
from xlplan.plan.values import Value
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.workbook.office.building import code_value, text_value
from xlplan.workbook.office.grid import Grid, missing_header, missing_sheet
from xlplan.workbook.office.lists import Headings, read_list


def read_lead_key(
    book: Spreadsheet, mapping: PlanMapping, file: str
) -> tuple[LeadKey, list[Finding]]:
    """Everybody in the key. What the mapping says of somebody on a sheet is added to them, under
    one key.
    """
    key = lead_key(mapping)
    leads = list(key.leads)
    findings: list[Finding] = []
    for sheet in mapping.leads_sheets:
        # Kent lists its groups beside its people, on one sheet.
        others = [
            other
            for other in mapping.leads_sheets
            if other is not sheet and other.sheet == sheet.sheet
        ]
        found, troubles = _from_sheet(book, sheet, others, file)
        findings += troubles
        for lead in found:
            _join(leads, lead)
    return LeadKey(tuple(leads), open=key.open), findings


def _join(leads: list[Lead], lead: Lead) -> None:
    """Add a lead of the sheet, or complete the one of the mapping that has its name or code."""
    words = {fold_code(word) for word in (lead.name, *lead.codes)}
    for place, known in enumerate(leads):
        if words & {fold_code(word) for word in (known.name, *known.codes, *known.spellings)}:
            # Published keys have no mail addresses and no deputies: the mapping adds them.
            leads[place] = replace(
                known,
                codes=tuple(dict.fromkeys([*known.codes, *lead.codes])),
                spellings=tuple(
                    dict.fromkeys(
                        [*known.spellings, *([lead.name] if lead.name != known.name else [])]
                    )
                ),
                members=known.members or lead.members,
                role=known.role or lead.role,
            )
            return
    leads.append(replace(lead, key=f"lead:{len(leads) + 1}"))


def _headings(spec: LeadsSheet) -> Headings:
    return {"name": spec.name, "code": spec.code, "role": spec.role, "members": spec.members}


def _from_sheet(
    book: Spreadsheet, spec: LeadsSheet, others: list[LeadsSheet], file: str
) -> tuple[list[Lead], list[Finding]]:
    sheet = book.sheet(spec.sheet)
    if sheet is None:
        return [], [missing_sheet(book, spec.sheet, file)]
    grid = Grid(sheet, file)
    found = read_list(grid, _headings(spec), map(_headings, others))
    if found is None:
        return [], [
            missing_header(grid, [name for names in _headings(spec).values() for name in names[:1]])
        ]
    leads = []
    for row in found.rows:
        text = {field: _one_spelling(cell.as_text) for field, cell in row.items() if not cell.blank}
        if name := text.get("name") or text.get("code", ""):
            members = tuple(_split(text.get("members", "")))
            code = (text["code"],) if text.get("code", "") not in {"", name} else ()
            leads.append(
                Lead("", name, spec.kind, code, members=members, role=text.get("role", ""))
            )
    return leads, list(found.findings)


def _one_spelling(text: str) -> str:
    """A name or code as the key holds it: look-alike letters mended, one blank between words; lines
    stay.
    """
    # West Sussex has initials in Cyrillic letters that look like Latin ones.
    return mend_lookalikes(same_text(text))


def _split(text: str) -> Iterator[str]:
    # Kent's key lists the members of a group as `CY, MW, KL`.
    return (part.strip() for part in re.split(r"[,;\n]", text) if part.strip())


def lead_items(key: LeadKey) -> list[Item]:
    """The key as items of the plan; lists are joined by `; `."""
    return [_item(number, lead) for number, lead in enumerate(key.leads, start=1)]


def _item(number: int, lead: Lead) -> Item:
    # A post may hold a comma, `AD, Children's Social Care`: only a semicolon parts a list again.
    values: dict[str, Value] = {
        "name": text_value(lead.name),
        "kind": code_value(lead.kind),
        "codes": text_value("; ".join(lead.codes)),
        "spellings": text_value("; ".join(lead.spellings)),
        "members": text_value("; ".join(lead.members)),
        "contact": text_value(lead.contact),
        "role": text_value(lead.role),
        "email": text_value(lead.email),
        "copy_to": text_value("; ".join(lead.copy_to)),
        "deputy": text_value(lead.deputy),
        "order": code_value(str(number)),
    }
    return Item(lead.key, "lead", {name: value for name, value in values.items() if value.text})

"""Answers out of a decisions workbook: each filled line becomes one answer; what else was written
is told.
"""

from __future__ import annotations

from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.rounds.answers.choosing import Answer, OfficerText
from xlplan.rounds.answers.offering import LABELS
from xlplan.rounds.session.session import NothingDone
from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.decisions.layout import COLUMNS, PLACES
from xlplan.workbook.decisions.reading import Aside, ReadAnswer, read_decisions

_VALUE = COLUMNS[PLACES["value"]].heading
_KINDS = {"comment": "a comment", "text": "text", "sheet": "a sheet", "text box": "a text box"}


def answers_from_workbook(
    path: Path, shown: str, mapping: PlanMapping
) -> tuple[list[Answer], list[Finding]]:
    """The answers given in a decisions workbook, and a finding on whatever was written beside them.

    Raises:
        NothingDone: no such file, no spreadsheet, no decisions workbook, or another plan's.
    """
    if not path.is_file():
        raise NothingDone(
            f"There is no file {shown}.",
            "Give a decisions workbook, or the number of a question (C1).",
        )
    try:
        read = read_decisions(open_spreadsheet(path))
    except Unreadable as trouble:
        raise NothingDone(
            f"{shown} cannot be read.", "Save it as .xlsx and try again."
        ) from trouble
    if read is None:
        raise NothingDone(
            f"{shown} is not a decisions workbook.", "Write one with `xlplan decisions --out FILE`."
        )
    if read.plan and read.plan != mapping.plan.id:
        raise NothingDone(
            f"{shown} is a decisions workbook of another plan, {read.plan}; this is "
            f"{mapping.plan.id}. Nothing of it was taken.",
            "Give it with --plan and the other plan's file, or write one of this plan with "
            "`xlplan decisions --out FILE`.",
        )
    return [_answer(line, shown) for line in read.answers], [
        _told(aside, shown) for aside in read.asides
    ]


def _answer(line: ReadAnswer, file: str) -> Answer:
    at, value_at, reason_at = (
        Address(file, line.sheet, cell) for cell in (line.cell, line.value_cell, line.reason_cell)
    )
    fault = line.fault
    return Answer(
        line.id,
        line.said,
        OfficerText(line.value, value_at),
        OfficerText(line.reason, reason_at),
        at,
        code=line.fingerprint,
        shown=line.shown,
        fault=OfficerText(fault.as_text, Address(file, line.sheet, fault.name)) if fault else None,
    )


def _told(aside: Aside, file: str) -> Finding:
    at = Address(file, aside.sheet, aside.cell)
    # Protection is guidance: anybody may take it off, and a file that pandas saved has none.
    if aside.kind == "locked":
        return finding(
            "decision-locked",
            at=at,
            value=aside.text,
            name=aside.name,
            choice=LABELS["value"],
            column=_VALUE,
        )
    return finding("decision-aside", at=at, value=aside.text, what=_KINDS[aside.kind])

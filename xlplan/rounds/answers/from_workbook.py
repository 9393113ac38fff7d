"""Answers out of a decisions workbook: each filled line becomes one answer; what else was written
is told.
"""

from __future__ import annotations

from pathlib import Path

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.rounds.answers.choosing import Answer, OfficerText
from xlplan.rounds.session.session import NothingDone
from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.decisions.layout import COLUMNS, PLACES
from xlplan.workbook.decisions.lines import CHOICES
from xlplan.workbook.decisions.reading import Aside, ReadAnswer, read_decisions

_VALUE, _DECISION = (COLUMNS[PLACES[name]].heading for name in ("value", "choice"))
_LACKING = {
    "value": f"the value is missing in '{_VALUE}'",
    "same-as": f"the ref is missing in '{_VALUE}'",
    "": f"'{_DECISION}' is empty",
}
"""What a line lacks, by the choice on it, where nothing stands in the column of values."""
_KINDS = {"comment": "a comment", "text": "text", "sheet": "a sheet", "text box": "a text box"}


def answers_from_workbook(path: Path, shown: str) -> tuple[list[Answer], list[Finding]]:
    """The answers given in a decisions workbook, and a finding on whatever was written beside them.

    Raises:
        NothingDone: no such file, no spreadsheet, or no decisions workbook.
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
    return [_answer(line, shown) for line in read.answers], [
        _told(aside, shown) for aside in read.asides
    ]


def _answer(line: ReadAnswer, file: str) -> Answer:
    at, value_at, reason_at = (
        Address(file, line.sheet, cell) for cell in (line.cell, line.value_cell, line.reason_cell)
    )
    answer = Answer(
        line.id, note=line.reason, at=at, fingerprint=line.fingerprint, said=line.said or line.value
    )
    answer.typed = tuple(
        OfficerText(text, where)
        for text, where in ((line.value, value_at), (line.reason, reason_at))
        if text
    )
    if line.fault:
        answer.fault = OfficerText(line.fault.as_text, Address(file, line.sheet, line.fault.name))
    # People pick Another value from the list, mean to look the value up, and save.
    if not line.value and line.choice in _LACKING:
        answer.lacks = _LACKING[line.choice]
        answer.said = line.said or line.reason
        answer.at = at if line.said else reason_at
    # Excel opens or shuts no cell by what was chosen in another: people type beside any choice.
    if line.value and line.choice not in {"value", "same-as"}:
        answer.beside = OfficerText(line.value, value_at)
    _choose(answer, line)
    return answer


def _choose(answer: Answer, line: ReadAnswer) -> None:
    if line.choice == "master":
        answer.take = "master"
    elif line.choice == "take":
        answer.take = line.lead
    elif line.choice == "value":
        answer.take = f"={line.value}"
    elif line.choice == "append":
        answer.append = True
    elif line.choice == "accept":
        answer.accept = True
    elif line.choice == "decline":
        answer.decline = line.reason
    elif line.choice == "same-as":
        answer.same_as = line.value
    elif line.choice == "ask":
        answer.ask = True
    else:
        # Excel checks what is typed against the list in the cell, and nothing that is pasted.
        answer.take = line.choice


def _told(aside: Aside, file: str) -> Finding:
    at = Address(file, aside.sheet, aside.cell)
    # Protection is guidance: anybody may take it off, and a file that pandas saved has none.
    if aside.kind == "locked":
        choice = CHOICES["value"]
        return finding(
            "decision-locked",
            at=at,
            value=aside.text,
            name=aside.name,
            choice=choice,
            column=_VALUE,
        )
    return finding("decision-aside", at=at, value=aside.text, what=_KINDS[aside.kind])

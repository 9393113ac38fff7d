"""Answers out of a decisions workbook: each filled line becomes one answer."""

from __future__ import annotations

from pathlib import Path

from xlplan.plan.addresses import Address
from xlplan.rounds.choosing import Answer
from xlplan.rounds.desk import NothingDone
from xlplan.workbook.cells import Unreadable, open_spreadsheet
from xlplan.workbook.decisions_book import ReadAnswer, read_decisions


def answers_from_workbook(path: Path, shown: str) -> list[Answer]:
    """The answers given in a decisions workbook.

    Raises:
        NothingDone: no such file, no spreadsheet, or no decisions workbook.
    """
    if not path.is_file():
        raise NothingDone(f"There is no file {shown}.", "Give a decisions workbook, or the number of a question (C1).")
    try:
        lines = read_decisions(open_spreadsheet(path))
    except Unreadable as trouble:
        raise NothingDone(f"{shown} cannot be read.", "Save it as .xlsx and try again.") from trouble
    if lines is None:
        raise NothingDone(f"{shown} is not a decisions workbook.", "Write one with `xlplan decisions --out FILE`.")
    return [_answer(line, shown) for line in lines]


def _answer(line: ReadAnswer, file: str) -> Answer:
    answer = Answer(line.id, note=line.reason, at=Address(file, line.sheet, line.cell), fingerprint=line.fingerprint)
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
        answer.take = line.choice
    return answer

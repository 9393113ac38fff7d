"""File names and codes of the workbooks we write."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.workbook.kit.marks import ALPHABET, check_code, find_code, kind_of, make_code, subject
from xlplan.workbook.kit.names import safe_name, workbook_name


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Rose Collinson", "2026-01-23 Rose Collinson.xlsx"),
        ("HoS/QA", "2026-01-23 HoS-QA.xlsx"),
        ("CON", "2026-01-23 CON_.xlsx"),
        ("AD, Children's Social Care", "2026-01-23 AD, Children's Social Care.xlsx"),
        ("Zoë 🎉 Ní Bhriain", "2026-01-23 Zoë Ní Bhriain.xlsx"),
        ("..\\..\\secret", "2026-01-23 -..-secret.xlsx"),
        ("line\nbreak\t ", "2026-01-23 line break.xlsx"),
        ("🎉", "2026-01-23 unnamed.xlsx"),
        ("Ann. . ", "2026-01-23 Ann.xlsx"),
        ("\u200fאנה\u200e Smith\u202e", "2026-01-23 אנה Smith.xlsx"),
        ("Zoe\u0308", "2026-01-23 Zoë.xlsx"),
    ],
)
def test_a_leads_name_becomes_a_file_name(lead: str, name: str) -> None:
    assert workbook_name("2026-01-23", lead) == name


def test_a_very_long_name_is_cut() -> None:
    assert len(workbook_name("2026-01-23", "x" * 200)) <= 100


def test_names_that_windows_takes_for_one_are_numbered() -> None:
    taken = ["2026-01-23 HoS-QA.xlsx"]
    assert workbook_name("2026-01-23", "hos:qa", taken) == "2026-01-23 hos-qa (2).xlsx"


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_windows_takes_every_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name) <= 81
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert all(letter.isprintable() for letter in name)
    assert name.partition(".")[0].strip().casefold() not in {
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "lpt1",
        "conin$",
    }


@pytest.mark.parametrize(
    "name", ["CON", "con.office", "AUX .x", "nul", "COM1", "LPT³", "CONIN$", "conout$.a"]
)
def test_what_windows_keeps_for_itself_is_named_otherwise(name: str) -> None:
    """A round may be called so: its folder has no date before the name."""
    device, cleaned = name.partition(".")[0].strip(), safe_name(name)
    assert cleaned.startswith(f"{device}_")


def test_leads_who_differ_only_in_case_or_in_signs_get_files_of_their_own() -> None:
    taken: list[str] = []
    for lead in ("HoS/QA", "hos:qa", "HOS?QA", "HoS-QA\u200f", "x" * 200, "X" * 201):
        taken.append(workbook_name("2026-01-23", lead, taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    assert max(map(len, taken)) < 100


def test_a_code_survives_how_people_copy_it() -> None:
    code = make_code("issue-1")
    assert [check_code(code), check_code(code.lower()), check_code(code.replace("-", " "))] == [
        code
    ] * 3
    assert find_code(f"OFFICIAL · Workbook code {code}, issued Mon 05 Jan 2026") == code


def test_every_slip_of_one_character_or_of_two_neighbours_is_found() -> None:
    code = make_code("issue-1")
    places = [place for place, letter in enumerate(code) if letter in ALPHABET and place > 3]
    slips = {
        code[:at] + letter + code[at + 1 :]
        for at in places
        for letter in ALPHABET
        if letter != code[at]
    }
    body = [place for place in places if place != places[-1]]
    for one, other in pairwise(body):
        swapped = list(code)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if swapped != list(code):
            slips.add("".join(swapped))
    assert [slip for slip in slips if check_code(slip)] == []


def test_codes_differ() -> None:
    assert len({make_code(f"issue-{number}") for number in range(5000)}) == 5000


def test_the_subject_tells_the_kind() -> None:
    assert kind_of(subject("query", make_code("a"))) == "query"
    assert kind_of("A letter about xlplanning") is None

"""Cells that name leads, read through keys like those of real plans."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.leads.reading import Lead, LeadKey, Unresolved, read_leads


def a_key(*leads: tuple[str, str, str], open_key: bool = False) -> LeadKey:
    """Leads as (name, code, other spellings joined by |)."""
    return LeadKey(
        tuple(
            Lead(
                f"lead:{number}",
                name,
                codes=tuple(filter(None, [code])),
                spellings=tuple(filter(None, other.split("|"))),
            )
            for number, (name, code, other) in enumerate(leads, start=1)
        ),
        open=open_key,
    )


CODES = a_key(
    ("Donna Marriott", "DM", ""),
    ("District Managers", "DMS", ""),
    ("Heads of Service", "HOS", ""),
    ("Improvement Team", "Imp. Team", ""),
    ("Team Leaders", "TLs", ""),
    ("Principal Social Workers", "PSWs", "PSW"),
    ("Human Resources", "HR", ""),
    ("Cathy Yates", "CY", ""),
    ("Angela Slaven", "AS", ""),
)
NAMES = a_key(
    ("John Readman", "DCS", ""),
    ("Jackie Wood", "JW", ""),
    ("Sarah Daly", "SD", ""),
    ("Sarah Clark", "", ""),
    ("Aretha Pitkin", "AP", ""),
    ("Jon Brydon", "JB", ""),
    ("Ann Marie Dodds", "", "Anne Marie Dodds"),
    ("Head of QA", "", "HOS QA"),
    ("Heads of Service", "HoS", ""),
    ("Learning and Development", "", ""),
    ("Principal Social Worker", "PSW", ""),
)
POSTS = a_key(
    ("AD, Children's Social Care", "", ""),
    ("Service Manager, Fostering, Adoption & Sufficiency", "", ""),
    ("Service Manager, 16-19/25 Learning", "", ""),
    ("Head of Service, Children in Care", "", "Head of Service Children in Care"),
    ("Head of Service", "", ""),
    ("Director of Children's Services", "", ""),
    ("Director of Children's Social Care", "", ""),
    ("Director of Early Help", "", ""),
    ("Head of Looked After Children", "", ""),
    ("Head of Housing", "", ""),
    ("CSE Strategic Co-ordinator", "", ""),
    ("IRO Manager", "", ""),
    ("Head of Children's Services Mid Kent (Job Share)", "", ""),
    ("Sue Butcher", "", ""),
    ("Louise Hughes", "", ""),
)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("DM", ["Donna Marriott"]),
        ("DMs", ["District Managers"]),
        ("DM's", ["District Managers"]),
        ("DM’s", ["District Managers"]),
        ("DMs DM", ["District Managers", "Donna Marriott"]),
        ("HOS DMs TLs", ["Heads of Service", "District Managers", "Team Leaders"]),
        (
            "HOS DMs, TLs PSW",
            ["Heads of Service", "District Managers", "Team Leaders", "Principal Social Workers"],
        ),
        ("HR/ CY", ["Human Resources", "Cathy Yates"]),
        ("Imp Team", ["Improvement Team"]),
        ("Imp. team", ["Improvement Team"]),
        ("HOS Imp. Team", ["Heads of Service", "Improvement Team"]),
        ("Imp Team HOS", ["Improvement Team", "Heads of Service"]),
    ],
)
def test_codes(text: str, leads: list[str]) -> None:
    read = read_leads(text, CODES)
    assert list(read.leads) == leads
    assert not read.unresolved
    assert not read.dangling


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Jackie Wood (JW)", ["Jackie Wood"]),
        ("jackie  wood", ["Jackie Wood"]),
        ("Jackie Wood.", ["Jackie Wood"]),
        ("JW /Sarah Clark", ["Jackie Wood", "Sarah Clark"]),
        ("JW; Jackie Wood", ["Jackie Wood"]),
        ("JW\nSD", ["Jackie Wood", "Sarah Daly"]),
        (
            "Jon Brydon/ Anne Marie Dodds/ John Readman",
            ["Jon Brydon", "Ann Marie Dodds", "John Readman"],
        ),
        ("Jackie Wood, Sarah Daly and Jon Brydon", ["Jackie Wood", "Sarah Daly", "Jon Brydon"]),
        ("Jackie Wood, Sarah Daly, and Jon Brydon", ["Jackie Wood", "Sarah Daly", "Jon Brydon"]),
        ("JW & SD", ["Jackie Wood", "Sarah Daly"]),
        ("Jackie Wood (SD)", ["Jackie Wood", "Sarah Daly"]),
        ("HoS QA", ["Head of QA"]),
        ("DCS/HoS", ["John Readman", "Heads of Service"]),
        ("Learning and developm ent/PSW", ["Learning and Development", "Principal Social Worker"]),
        ("АР", ["Aretha Pitkin"]),
    ],
)
def test_names(text: str, leads: list[str]) -> None:
    read = read_leads(text, NAMES)
    assert list(read.leads) == leads
    assert not read.unresolved


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("AD, Children's Social Care", ["AD, Children's Social Care"]),
        ("AD,\nChildren’s Social Care", ["AD, Children's Social Care"]),
        (
            "Head of Service, Children in Care; Service Manager, Fostering, Adoption & Sufficiency",
            [
                "Head of Service, Children in Care",
                "Service Manager, Fostering, Adoption & Sufficiency",
            ],
        ),
        ("Service Manager, 16-19/25 Learning", ["Service Manager, 16-19/25 Learning"]),
        ("Head of Service Children in Care", ["Head of Service, Children in Care"]),
        (
            "Director of Children's Services & Director of Early Help",
            ["Director of Children's Services", "Director of Early Help"],
        ),
        (
            "Head of Looked After Children CSE Strategic Co-ordinator",
            ["Head of Looked After Children", "CSE Strategic Co-ordinator"],
        ),
        (
            "Director of Children's Social Care Head of Housing",
            ["Director of Children's Social Care", "Head of Housing"],
        ),
        (
            "Director of Children's Services (IRO Manager)",
            ["Director of Children's Services", "IRO Manager"],
        ),
        ("Head of Housing (to be appointed)", ["Head of Housing"]),
        (
            "Head of Children's Services Mid Kent (Job Share)/ Sue Butcher",
            ["Head of Children's Services Mid Kent (Job Share)", "Sue Butcher"],
        ),
        ("Louise Hughes and Sue Butcher", ["Louise Hughes", "Sue Butcher"]),
    ],
)
def test_posts_stay_whole(text: str, leads: list[str]) -> None:
    read = read_leads(text, POSTS)
    assert list(read.leads) == leads
    assert not read.unresolved
    assert not read.dangling


@pytest.mark.parametrize(
    ("key", "text", "leads", "unresolved"),
    [
        (POSTS, "S Butcher", [], [("S Butcher", "Sue Butcher")]),
        (POSTS, "New Head of Service", [], [("New Head of Service", "Head of Service")]),
        (
            POSTS,
            "Director Children's Services",
            [],
            [("Director Children's Services", "Director of Children's Services")],
        ),
        (NAMES, "Jon Readman", [], [("Jon Readman", "John Readman")]),
        (NAMES, "JW/ Housing", ["Jackie Wood"], [("Housing", None)]),
        (NAMES, "JLS", [], [("JLS", None)]),
        (NAMES, "SC", [], [("SC", "Sarah Clark")]),
        (NAMES, "All", [], [("All", None)]),
        (NAMES, "Training, Quality & Standards", [], [("Training, Quality & Standards", None)]),
        (CODES, "HOS XYZ", ["Heads of Service"], [("XYZ", None)]),
        (CODES, "Support as agreed", [], [("Support as agreed", None)]),
    ],
)
def test_a_near_miss_is_said_and_never_resolved(
    key: LeadKey, text: str, leads: list[str], unresolved: list[tuple[str, str | None]]
) -> None:
    read = read_leads(text, key)
    assert list(read.leads) == leads
    assert [one.text for one in read.unresolved] == [text for text, _ in unresolved]
    for one, (_, near) in zip(read.unresolved, unresolved, strict=True):
        assert near is None or one.near[0] == near


def test_a_name_that_two_leads_share_is_neither() -> None:
    key = a_key(("Sarah Daly", "SD", "Sarah"), ("Sarah Clark", "SC", "Sarah"))
    assert read_leads("Sarah", key).unresolved == (
        Unresolved("Sarah", ("Sarah Daly", "Sarah Clark")),
    )


def test_a_code_as_typed_comes_before_one_in_other_letters() -> None:
    key = a_key(("Director of Services", "DoS", ""), ("Dora Smith", "DOS", ""))
    assert [read_leads(code, key).leads for code in ("DoS", "DOS")] == [
        ("Director of Services",),
        ("Dora Smith",),
    ]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        (" \u00a0\n", ""),
        ("TBC", "tbc"),
        ("ТВС", "tbc"),
        ("to be confirmed", "tbc"),
        ("n/a", "n/a"),
        ("-", "-"),
    ],
)
def test_nobody_is_named(text: str, canonical: str) -> None:
    read = read_leads(text, NAMES)
    assert (read.leads, read.unresolved, read.canonical) == ((), (), canonical)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Sue Butcher &", ["Sue Butcher"]),
        ("Sue Butcher and", ["Sue Butcher"]),
        ("Sue Butcher,", ["Sue Butcher"]),
        ("/ Sue Butcher", ["Sue Butcher"]),
        ("Sue Butcher)", ["Sue Butcher"]),
        ("Head of Housing (Sue Butcher", ["Head of Housing", "Sue Butcher"]),
        ("&", []),
    ],
)
def test_a_loose_end(text: str, leads: list[str]) -> None:
    read = read_leads(text, POSTS)
    assert list(read.leads) == leads
    assert read.dangling


@pytest.mark.parametrize("text", ["Sue Butcher;", "Sue Butcher\n", "Sue Butcher (acting)", ""])
def test_no_loose_end(text: str) -> None:
    assert not read_leads(text, POSTS).dangling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jackie Wood (JW)", "JW"),
        ("JW/SD", "Jackie Wood; Sarah Daly"),
        ("jackie wood", "Jackie\u00a0Wood"),
        ("АР", "AP"),
        ("Housing", "HOUSING "),
        ("TBC", "ТВС"),
    ],
)
def test_cells_that_name_the_same(one: str, other: str) -> None:
    assert read_leads(one, NAMES).canonical == read_leads(other, NAMES).canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JW/SD", "SD/JW"),
        ("JW", "JW/TBC"),
        ("Head of QA", "Head of QA (to be appointed)"),
        ("JW", "JW (x)"),
        ("JW", "JLS"),
    ],
)
def test_cells_that_do_not(one: str, other: str) -> None:
    assert read_leads(one, NAMES).canonical != read_leads(other, NAMES).canonical


def test_look_alike_letters_are_said() -> None:
    assert read_leads("АР", NAMES).mended == "AP"
    assert read_leads("AP", NAMES).mended == ""


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Rose Collinson/ Sue Butcher", ["Rose Collinson", "Sue Butcher"]),
        ("Sue Butcher, Jane Parry, Kate Bargh", ["Sue Butcher", "Jane Parry", "Kate Bargh"]),
        ("JW, SD & AP", ["JW", "SD", "AP"]),
        ("AD, Children's Social Care", ["AD, Children's Social Care"]),
        (
            "AD, Children's Social Care and Service Manager, Commissioning Support",
            ["AD, Children's Social Care", "Service Manager, Commissioning Support"],
        ),
        (
            "Service Manager, Fostering, Adoption & Sufficiency",
            ["Service Manager, Fostering, Adoption & Sufficiency"],
        ),
        (
            "Service Manager, CiC and Post Permanence Support",
            ["Service Manager, CiC and Post Permanence Support"],
        ),
        (
            "Heads of Service & Performance consultant",
            ["Heads of Service", "Performance consultant"],
        ),
        ("L&D/CSC Resources", ["L&D", "CSC Resources"]),
        ("Head of Housing (to be appointed)", ["Head of Housing"]),
        ("WSCB  Chair.", ["WSCB Chair"]),
        ("(Sue Butcher)", ["Sue Butcher"]),
        ("TBC", []),
    ],
)
def test_without_a_key_every_name_is_a_lead(text: str, leads: list[str]) -> None:
    read = read_leads(text, LeadKey(open=True))
    assert list(read.leads) == leads
    assert not read.unresolved


PIECES = st.sampled_from(
    [
        *["DM", "DMs", "HOS", "JW", "Jackie", "Wood", "Head", "of", "QA", "Housing", "TBC", "and"],
        "DM's",
        "(",
        ")",
        "&",
        ",",
        "/",
        ";",
        "\n",
        "АР",
        ".",
    ]
)
CELLS = st.lists(PIECES, max_size=12).flatmap(
    lambda some: st.sampled_from(["".join(some), " ".join(some)])
)


@settings(max_examples=120)
@given(CELLS | st.text(max_size=30), st.sampled_from([CODES, NAMES, POSTS]))
def test_a_lead_is_always_one_of_the_key(text: str, key: LeadKey) -> None:
    read = read_leads(text, key)
    assert set(read.leads) <= {lead.name for lead in key.leads}
    assert all(set(one.near) <= {lead.name for lead in key.leads} for one in read.unresolved)


@settings(max_examples=120)
@given(CELLS)
def test_every_word_is_in_a_lead_or_unresolved_or_a_note(text: str) -> None:
    read = read_leads(text, LeadKey())
    said = " ".join([*(one.text for one in read.unresolved), read.canonical]).casefold()
    for word in re.findall(r"[A-Za-z]+", text):
        assert word.casefold() in said or word.casefold() in {"and", "tbc"}


@settings(max_examples=120)
@given(CELLS | st.text(max_size=30))
def test_an_open_key_never_fails_and_leaves_nothing_unresolved(text: str) -> None:
    read = read_leads(text, LeadKey(open=True))
    assert not [one for one in read.unresolved if re.search(r"\w", one.text)]
    assert all(re.search(r"\w", name) for name in read.leads)

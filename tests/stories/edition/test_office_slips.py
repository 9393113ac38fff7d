"""Slips of an officer's own at the command line: nothing is done, and the message says what
to do.
"""

from __future__ import annotations

import pytest

from tests.stories.office import Office


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("withdraw", "2.13", "--reason", " "), "Give a reason"),
        (("reassign", "2.13", "--to", ""), "`xlplan leads` lists them"),
        (("set", "2.13", "no_change", "Yes"), "`xlplan received LEAD --nil`"),
        (("set", "2.13", "zzzz", "x"), "Fields: ref, "),
        (("set", "99.99", "rag", "A"), "9.9"),
        (("set", "QQQQ", "rag", "A"), "Refs run from 1.1 to "),
        (("decide", "C1"), "C1 needs an answer"),
        (("decide", "C1", "--take", "master", "--accept"), "one answer at a time"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_slip_does_nothing_and_says_what_to_do(
    walsall: Office, typed: tuple[str, ...], said: str
) -> None:
    ran = walsall.run(*typed)
    assert ran.status == 2
    assert " ".join(said.split()) in " ".join(ran.complaint.replace("│", " ").split())
    assert walsall.run("log").document["revisions"][-1]["revision"] == 1


def test_a_lead_is_stored_as_the_key_names_them_and_a_ref_said_twice_moves_once(
    walsall: Office,
) -> None:
    ran = walsall.run("reassign", "2.13", "2.13", "--to", "rose  COLLINSON")
    assert [(one["ref"], one["new"]) for one in ran.document["changes"]] == [
        ("2.13", "Rose Collinson")
    ]


def test_nobody_leads_what_is_withdrawn(walsall: Office) -> None:
    walsall.run("withdraw", "2.13", "--reason", "It is done elsewhere.")
    ran = walsall.run("reassign", "2.13", "--to", "Rose Collinson")
    assert ran.status == 2
    assert "xlplan set REF status open" in ran.complaint

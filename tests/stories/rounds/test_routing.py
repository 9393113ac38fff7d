"""Routing: who gets which action, when nothing but the mapping's TOML says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.office import ROOT, Office

KENT = (ROOT / "mappings" / "kent-2010.toml").read_text(encoding="utf-8")
CONTACT = '\n[[leads]]\nname = "Improvement Team"\nkind = "group"\ncode = "Imp. Team"\n'
Sent = dict[str, list[str]]
Kent = Callable[..., Sent]


@pytest.fixture
def kent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Kent:
    """Kent exported with some words of its mapping edited: refs by the lead whose workbook holds
    them.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2010-12-01T09:00:00")
    monkeypatch.setenv("XLPLAN_USER", "officer")

    def export(contact: str = CONTACT, **edits: str) -> Sent:
        text = KENT.replace(CONTACT, contact)
        for old, new in ((f"{key} = ", value) for key, value in edits.items()):
            [line] = [line for line in KENT.splitlines() if line.startswith(old)]
            text = text.replace(line, f'{old}"{new}"')
        return _exported(tmp_path, capsys, text)

    return export


def _exported(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> Sent:
    (folder / "kent.toml").write_text(text, encoding="utf-8")
    office = Office(folder, capsys, "kent-2010")
    made = office.run(
        "init", ROOT / "workbooks" / "kent-2010.xlsx", "--mapping", "kent.toml", "--accept-errors"
    )
    assert made.status < 2, made.complaint
    return {one["lead"]: sorted(one["refs"]) for one in office.export().document["workbooks"]}


def test_accountable_and_responsible_leads_both_get_an_action(kent: Kent) -> None:
    sent = kent(workbook_for="both")
    assert whose(sent, "A1.3") == {"Pam Rowe", "Improvement Team"}
    assert whose(sent, "A1.1") == {
        "Helen Davies",
        "Heads of Service",
        "District Managers",
        "Team Leaders",
    }


def test_only_the_accountable_get_it(kent: Kent) -> None:
    sent = kent(workbook_for="accountable")
    assert whose(sent, "A1.3") == {"Pam Rowe"}
    assert whose(sent, "A1.1") == {"Helen Davies"}
    assert "Improvement Team" not in sent


def test_only_the_responsible_get_it(kent: Kent) -> None:
    sent = kent(workbook_for="responsible")
    assert whose(sent, "A1.3") == {"Improvement Team"}
    assert whose(sent, "A1.1") == {"Heads of Service", "District Managers", "Team Leaders"}


def test_the_first_of_joint_leads_gets_it(kent: Kent) -> None:
    sent = kent(workbook_for="responsible", joint="first")
    assert whose(sent, "A1.1") == {"Heads of Service"}


def test_all_joint_leads_get_it(kent: Kent) -> None:
    sent = kent(workbook_for="responsible", joint="all")
    assert whose(sent, "A1.1") == {"Heads of Service", "District Managers", "Team Leaders"}


def test_a_group_has_a_workbook_of_its_own(kent: Kent) -> None:
    sent = kent(group="own", workbook_for="responsible", joint="first")
    assert whose(sent, "A1.2") == {"Heads of Service"}


def test_a_groups_action_goes_to_each_member_and_to_the_group_where_none_is_known(
    kent: Kent,
) -> None:
    sent = kent(group="members", workbook_for="responsible")
    members = {"Cathy Yates", "Michelle Woodward", "Karen Graham", "Kathryn Lambourn", "Liz Totman"}
    assert whose(sent, "A1.2") == members
    assert whose(sent, "A1.3") == {"Improvement Team"}
    assert "Heads of Service" not in sent


def test_a_groups_action_goes_to_its_contact_and_to_the_group_where_none_is_named(
    kent: Kent,
) -> None:
    assert CONTACT in KENT
    sent = kent(CONTACT + 'contact = "Pam Rowe"\n', group="contact", workbook_for="responsible")
    assert whose(sent, "A1.3") == {"Pam Rowe"}
    assert "Improvement Team" not in sent
    assert whose(sent, "A1.2") == {"Heads of Service"}


def test_whoever_leads_and_is_a_groups_contact_gets_an_action_once(kent: Kent) -> None:
    sent = kent(CONTACT + 'contact = "Pam Rowe"\n', group="contact", workbook_for="both")
    assert whose(sent, "A1.3") == {"Pam Rowe"}


def whose(sent: Sent, ref: str) -> set[str]:
    """Who got an action; nobody gets one twice."""
    assert all(len(set(refs)) == len(refs) for refs in sent.values())
    return {lead for lead, refs in sent.items() if ref in refs}

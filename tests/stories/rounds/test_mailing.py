"""Drafts: what opens in a mail program, whom it goes to, and the list beside it."""

from __future__ import annotations

import csv
import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import ROOT, Office
from xlplan.cli.main import run
from xlplan.plan.leads.correspondence import Addressees
from xlplan.rounds.sending.drafts import Draft, Listed, filled, one_line, write_draft, write_list

KEY = """
[wording]
email_subject = "Your actions for {round}"
email_body = "Hello {lead}, {actions} by {return_by}. {unknown}"

[routing]"""


@pytest.fixture
def mailing(walsall: Office) -> Office:
    """The office with addresses in its key, a deputy, and wording of its own."""
    text = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    text = text.replace("\n[routing]", KEY, 1)
    text = text.replace(
        'name = "Sue Butcher"',
        'name = "Sue Butcher"\nemail = "sue@walsall.example"\ncopy_to = ["Helen Dudson"]',
        1,
    )
    text = text.replace(
        'name = "Helen Dudson"', 'name = "Helen Dudson"\nemail = "helen@walsall.example"', 1
    )
    text = text.replace(
        'name = "Jane Parry"',
        'name = "Jane Parry"\nemail = "jane@walsall.example"\ndeputy = "Helen Dudson"\n'
        "deputy_from = 2013-01-09\ndeputy_until = 2013-01-12",
        1,
    )
    (walsall.folder / "mine.toml").write_text(text, encoding="utf-8")
    assert walsall.run("mapping", "use", "mine.toml").status == 0
    return walsall


def opened(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def draft_to(office: Office, lead: str, document: dict[str, Any]) -> EmailMessage:
    return opened(
        office.folder / next(one["path"] for one in document["drafts"] if one["lead"] == lead)
    )


def test_a_draft_opens_unsent_with_the_leads_workbook(mailing: Office) -> None:
    exported = mailing.export("January Board", "--email")
    draft = draft_to(mailing, "Sue Butcher", exported.document)
    assert draft["X-Unsent"] == "1"
    assert (draft["To"], draft["Cc"]) == ("sue@walsall.example", "helen@walsall.example")
    assert draft["Subject"] == "[OFFICIAL] Your actions for January Board"
    body = draft.get_body(("plain",))
    assert body is not None
    assert "Hello Sue Butcher, 18 actions by Wed 16 Jan 2013. {unknown}" in body.get_content()
    attached = next(iter(draft.iter_attachments()))
    assert attached.get_filename() == mailing.sent["Sue Butcher"].name
    assert attached.get_content() == mailing.sent["Sue Butcher"].read_bytes()


def test_a_draft_itself_can_be_imported_as_a_return(mailing: Office) -> None:
    mailing.export("January Board", "--email")
    draft = next((mailing.folder / "workbooks" / "out" / "January Board").glob("*Sue Butcher.eml"))
    taken = mailing.take(draft)
    assert [(one["lead"], one["status"]) for one in taken["files"]] == [
        ("Sue Butcher", "unchanged")
    ]


def test_a_deputy_gets_the_mail_on_their_days_and_the_lead_a_copy(
    mailing: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_to(mailing, "Jane Parry", mailing.export("January Board", "--email").document)
    assert (draft["To"], draft["Cc"]) == ("helen@walsall.example", "jane@walsall.example")
    assert "as deputy for Jane Parry" in draft.get_body().get_content()
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-13T09:00:00")
    draft = draft_to(mailing, "Jane Parry", mailing.run("remind").document)
    assert (draft["To"], draft["Cc"]) == ("jane@walsall.example", None)


def test_the_list_has_a_line_for_each_draft(mailing: Office) -> None:
    exported = mailing.export("January Board", "--email")
    path = mailing.folder / exported.document["send_list"]
    assert path.name == "send-list.csv"
    lines = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert list(lines[0]) == ["lead", "address", "copy-to", "subject", "file"]
    assert len(lines) == len(exported.document["drafts"]) == 14, (
        "the office does not write to itself"
    )
    sue = next(line for line in lines if line["lead"] == "Sue Butcher")
    assert (sue["address"], sue["copy-to"]) == ("sue@walsall.example", "helen@walsall.example")
    assert (path.parent / sue["file"]).is_file()


def test_a_lead_without_an_address_gets_a_draft_and_is_told(mailing: Office) -> None:
    exported = mailing.export("January Board", "--lead", "Salma Ali", "--email")
    assert exported.status == 1
    assert exported.document["drafts"][0]["addresses"] == []
    assert draft_to(mailing, "Salma Ali", exported.document)["To"] is None


def test_without_the_option_no_draft_is_written(walsall: Office) -> None:
    assert walsall.export().document["drafts"] == []
    assert not list(walsall.folder.rglob("*.eml"))


def test_reminders_go_to_those_outstanding_only(
    mailing: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing.export()
    ref = mailing.refs("Sue Butcher")[0]
    mailing.take(mailing.fill("Sue Butcher", {ref: {"progress": "Begun."}}))
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-18T09:00:00")
    reminded = mailing.run("remind")
    leads = [one["lead"] for one in reminded.document["drafts"]]
    assert len(leads) == 13
    assert "Sue Butcher" not in leads
    assert {one["days_late"] for one in reminded.document["drafts"]} == {2}
    draft = draft_to(mailing, "Helen Dudson", reminded.document)
    assert draft["Subject"].startswith("[OFFICIAL] Reminder:")
    assert "was due by Wed 16 Jan 2013" in draft.get_body().get_content()
    attached = next(iter(draft.iter_attachments()))
    assert attached.get_content() == mailing.sent["Helen Dudson"].read_bytes()


def test_before_the_date_a_reminder_does_not_say_that_it_is_past(mailing: Office) -> None:
    mailing.export()
    draft = draft_to(mailing, "Helen Dudson", mailing.run("remind").document)
    assert "is due by Wed 16 Jan 2013" in draft.get_body().get_content()


def test_nobody_to_remind_is_no_trouble(walsall: Office) -> None:
    assert walsall.run("remind").status == 2, "there is no round yet"
    walsall.export("January Board", "--lead", "Salma Ali")
    assert walsall.run("received", "Salma Ali", "--nil").status == 0
    reminded = walsall.run("remind")
    assert (reminded.status, reminded.document["drafts"], reminded.document["send_list"]) == (
        0,
        [],
        None,
    )


def test_a_draft_that_somebody_may_have_edited_is_never_overwritten(mailing: Office) -> None:
    mailing.export()
    first = mailing.run("remind").document["drafts"][0]["path"]
    again = mailing.run("remind").document["drafts"][0]["path"]
    assert first != again
    assert (mailing.folder / first).is_file()


def test_a_line_break_in_a_name_begins_no_header() -> None:
    assert one_line("Jane\r\nBcc: all@example.org") == "Jane Bcc: all@example.org"


def test_words_that_the_office_misspelt_stay_as_they_are() -> None:
    assert filled("{lead} {leed} {", {"lead": "Jane"}) == "Jane {leed} {"


def test_what_nobody_can_be_sent_is_told_in_a_line_a_reason(walsall: Office) -> None:
    said = run_in_words(
        "export", "--round", "January Board", "--return-by", "2013-01-16", "--email", office=walsall
    )
    assert "in the office's own workbook: 3.2, 3.13, 3.23 (the action names no lead)" in said
    (line,) = [line for line in said.splitlines() if "No address for" in line]
    assert "and 8 others: add `email` to their entries" in line


def run_in_words(*arguments: str, office: Office) -> str:
    """What a person reads on the screen."""
    office.capsys.readouterr()
    run(list(arguments))
    said = office.capsys.readouterr()
    return said.out + said.err


AWKWARD = Draft(
    lead="=Zoë Müller",
    addressees=Addressees(to=("zoe@rat.example",), copy_to=()),
    subject="Änderungen\r\nBcc: all@example.org – bis Mittwoch",
    body="Liebe Zoë,\n\n„bitte“ " + "lang " * 400 + "\n",
)


def test_letters_beyond_ascii_arrive_in_subject_body_and_file_name(tmp_path: Path) -> None:
    attachment = tmp_path / "2026-01-23 Zoë Müller.xlsx"
    attachment.write_bytes(b"PK\x03\x04 a workbook")
    write_draft(
        replace(AWKWARD, attachment=attachment),
        tmp_path / "a.eml",
        datetime(2026, 1, 5, 9, tzinfo=UTC),
    )
    message = opened(tmp_path / "a.eml")
    assert message["Subject"] == "Änderungen Bcc: all@example.org – bis Mittwoch"
    assert message["Bcc"] is None
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == AWKWARD.body.split()
    assert next(iter(message.iter_attachments())).get_filename() == attachment.name
    lines = (tmp_path / "a.eml").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) < 1000, "no mail server may break a line"
    assert all(line.isascii() for line in lines)


def test_no_cell_of_the_list_is_a_formula_and_excel_sees_its_letters(tmp_path: Path) -> None:
    write_list([Listed(AWKWARD, "a.xlsx")], tmp_path / "list.csv")
    data = (tmp_path / "list.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(data.decode("utf-8-sig").splitlines())
    assert line["lead"] == "'=Zoë Müller"

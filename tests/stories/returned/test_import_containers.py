"""Folders, archives and messages: taken in whole, and nothing in them passed over in silence."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import Office, codes
from tests.stories.returned.test_import_identity import a_bare_copy
from tests.stories.returns.outlook import Message, write_message, write_msg

SUE = "Sue Butcher"


def a_message(path: Path, text: str, *files: tuple[str, bytes]) -> Path:
    message = EmailMessage()
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(bytes(message))
    return path


def kept(office: Office) -> dict[str, tuple[str, bytes]]:
    """What lies in the store beside returns: lead and bytes by name."""
    from xlplan.store import Store

    with Store.open(office.folder / "plan.db") as store:
        return {
            one.name: (one.lead, store.return_bytes(one.id)) for one in store.returns(status="kept")
        }


def test_a_message_with_a_workbook_a_photo_and_a_text(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    mail = a_message(
        walsall.folder / "re.eml",
        "3.3 is done too.",
        (back.name, back.read_bytes()),
        ("photo.png", b"png"),
    )
    taken = walsall.take(mail)
    assert taken["files"][0]["path"] == f"re.eml/{back.name}"
    assert len(taken["changes"]) == 1
    said = {one["code"]: one for one in taken["findings"]}
    assert said["message-text"]["value"] == "3.3 is done too."
    assert said["file-kept"]["file"] == "re.eml/photo.png"
    assert kept(walsall) == {"re.eml/photo.png": (SUE, b"png")}
    assert {one["lead"]: one["nil"] for one in walsall.run("status").document["leads"]}[
        SUE
    ] is False


def test_a_message_that_outlook_saved(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    mail = walsall.folder / "RE January.msg"
    write_msg(mail, "All done – Sue", {back.name: back.read_bytes(), "notes.docx": b"x" * 5000})
    taken = walsall.take(mail)
    assert [file["path"] for file in taken["files"]] == [f"RE January.msg/{back.name}"]
    assert {"message-text", "file-kept"} <= set(codes(taken))
    assert kept(walsall)["RE January.msg/notes.docx"] == (SUE, b"x" * 5000)


def test_a_message_without_a_workbook_is_told_to_be_entered(walsall: Office) -> None:
    walsall.export()
    mail = a_message(walsall.folder / "nil.eml", "Nothing to report from me this month.")
    taken = walsall.take(mail, status=1)
    (told,) = taken["findings"]
    assert (told["code"], told["value"]) == (
        "message-alone",
        "Nothing to report from me this month.",
    )
    assert "xlplan received" in told["hint"]


def test_archives_in_messages_and_messages_in_archives(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    inner = walsall.folder / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(back, back.name)
    mail = a_message(walsall.folder / "a.eml", "See zip", ("inner.zip", inner.read_bytes()))
    outer = walsall.folder / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(mail, "post/a.eml")
        archive.writestr("__MACOSX/._a.eml", b"noise")
    taken = walsall.take(outer)
    assert [file["path"] for file in taken["files"]] == [
        f"outer.zip/post/a.eml/inner.zip/{back.name}"
    ]
    assert len(taken["changes"]) == 1


def test_a_folder_with_everything_in_it(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    folder = walsall.folder / "post" / "deep" / "er"
    folder.mkdir(parents=True)
    back.rename(folder / back.name)
    (folder / f"~${back.name}").write_bytes(b"lock")
    (folder / "minutes.pdf").write_bytes(b"%PDF-1.7")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no")
    (folder / "broken.msg").write_bytes(b"no message")
    taken = walsall.take(walsall.folder / "post")
    assert codes(taken) == [
        "file-lock",
        "file-not-spreadsheet",
        "file-not-spreadsheet",
        "file-passed-over",
    ]
    assert len(taken["changes"]) == 1


def test_an_archive_that_unpacks_to_too_much_is_refused(walsall: Office) -> None:
    bomb = walsall.folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"\0" * (201 * 1024 * 1024))
    assert codes(walsall.take(bomb, status=1)) == ["file-unsafe"]


def test_check_touches_no_file_at_all(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "Purple"}})
    mail = a_message(
        walsall.folder / "re.eml", "Hello", (back.name, back.read_bytes()), ("photo.png", b"png")
    )

    def everything() -> dict[str, bytes]:
        files = (path for path in walsall.folder.rglob("*") if path.is_file())
        return {path.as_posix(): path.read_bytes() for path in files}

    before = everything()
    tried = walsall.run("import", "--check", mail).document
    assert {"rag-unknown", "message-text", "file-kept"} <= set(codes(tried))
    assert everything() == before


def test_taken_out_again_it_may_be_imported_again(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    walsall.take(back)
    assert walsall.run("unstage", SUE).status == 0
    assert walsall.merge().document["revision"] is None
    assert len(walsall.take(back)["changes"]) == 1


def texts(taken: dict[str, Any]) -> list[str]:
    return [
        one["value"]
        for one in taken["findings"]
        if one["code"] in {"message-text", "message-alone"}
    ]


def test_a_forwarded_message_is_opened_and_what_both_say_is_kept(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    inner = EmailMessage()
    inner.set_content("<p>3.3 is <b>done</b> too.</p>", subtype="html")
    inner.add_attachment(
        back.read_bytes(), maintype="application", subtype="octet-stream", filename=back.name
    )
    outer = EmailMessage()
    outer.set_content("From Sue, see below.")
    outer.add_attachment(inner)
    (walsall.folder / "fw.eml").write_bytes(bytes(outer))
    taken = walsall.take(walsall.folder / "fw.eml")
    assert len(taken["changes"]) == 1
    assert texts(taken) == ["From Sue, see below.\n3.3 is done too."]


def test_a_message_of_outlook_with_a_message_in_it(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    mail = walsall.folder / "FW.msg"
    said = Message(
        page="<html><p>3.3 is <b>done</b> too.</p></html>",
        attachments={back.name: back.read_bytes()},
    )
    write_message(mail, Message("From Sue, see below.", forwarded=said))
    taken = walsall.take(mail)
    assert len(taken["changes"]) == 1
    assert texts(taken) == ["From Sue, see below.\n3.3 is done too."]


@pytest.mark.parametrize("name", ["back.zip", "back.eml", "back.msg", "back.bak", "back"])
def test_a_workbook_is_known_by_what_it_holds_wherever_it_lies(walsall: Office, name: str) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    folder = walsall.folder / "post"
    folder.mkdir()
    back.rename(folder / name)
    taken = walsall.take(folder)
    assert [file["path"] for file in taken["files"]] == [f"post/{name}"]
    assert len(taken["changes"]) == 1


def test_a_workbook_attached_without_a_name(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    mail = EmailMessage()
    mail.set_content("Attached.")
    mail.add_attachment(back.read_bytes(), maintype="application", subtype="vnd.ms-excel")
    (walsall.folder / "re.eml").write_bytes(bytes(mail))
    taken = walsall.take(walsall.folder / "re.eml")
    assert len(taken["changes"]) == 1
    assert codes(taken) == ["message-text"]


@pytest.mark.parametrize("name", ["empty.eml", "empty.zip"])
def test_a_message_or_archive_with_nothing_in_it_is_told(walsall: Office, name: str) -> None:
    path = walsall.folder / name
    if name.endswith("zip"):
        zipfile.ZipFile(path, "w").close()
    else:
        path.write_bytes(b"")
    assert codes(walsall.take(path, status=1)) == ["container-empty"]


def test_an_archive_with_a_password_is_told_as_that(walsall: Office) -> None:
    path = walsall.folder / "locked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xlsx", b"x")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1  # the flag of a locked member
    path.write_bytes(data)
    assert codes(walsall.take(path, status=1)) == ["file-password"]


def test_what_is_wrong_with_a_container_is_told_in_our_words(walsall: Office) -> None:
    path = walsall.folder / "cut.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (told,) = walsall.take(path, status=1)["findings"]
    assert "it is damaged or not complete, and cannot be opened" in told["message"]


def test_what_was_kept_unread_may_be_taken_in_later_as_a_table(walsall: Office) -> None:
    walsall.export()
    bare = a_bare_copy(walsall, {"2.13": "Begun."})
    mail = a_message(walsall.folder / "m.eml", "Here it is.", ("answers.dat", bare.read_bytes()))
    assert "file-kept" in codes(walsall.take(mail))
    taken = walsall.run("import", bare, "--lead", SUE, "--round", "January Board").document
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [("2.13", "Begun.")]

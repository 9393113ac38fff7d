"""Odd containers: damaged, packed as few programs do, or under a wrong name; what can be read in
them is.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zipfile
from email.message import EmailMessage

import openpyxl
import pytest

from tests.stories.office import Office
from tests.stories.returned.test_import_containers import SUE, a_message, texts
from tests.stories.returns.outlook import write_msg


def test_a_damaged_or_locked_member_keeps_back_no_other(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    path = walsall.folder / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bad.xlsx", b"PK" + b"0" * 5000)
        archive.write(back, "good.xlsx")
        archive.writestr("locked.xlsx", b"x")
    data = bytearray(path.read_bytes())
    data[2000] ^= 255  # its sum is no longer right
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + place] |= 1  # the flag of a locked member
    path.write_bytes(data)
    taken = walsall.take(path, status=1)
    assert len(taken["changes"]) == 1
    said = {one["file"]: one["code"] for one in taken["findings"] if one["severity"] == "error"}
    assert said == {"z.zip/bad.xlsx": "file-not-spreadsheet", "z.zip/locked.xlsx": "file-password"}


def test_two_attachments_of_one_name_are_two_files(walsall: Office) -> None:
    walsall.export()
    first = walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="a.xlsx").read_bytes()
    second = walsall.fill("Rose Collinson", {"2.17": {"rag": "Purple"}}, name="b.xlsx").read_bytes()
    mail = a_message(
        walsall.folder / "m.eml", "Both.", ("Update.xlsx", first), ("Update.xlsx", second)
    )
    taken = walsall.take(mail, status=1)
    counted = {one["path"]: (one["lead"], one["changes"]) for one in taken["files"]}
    assert counted == {
        "m.eml/Update.xlsx": (SUE, 1),
        "m.eml/Update (2).xlsx": ("Rose Collinson", 0),
    }
    assert [one["file"] for one in taken["findings"] if one["code"] == "rag-unknown"] == [
        "m.eml/Update (2).xlsx"
    ]
    assert walsall.run("unstage", "m.eml/Update (2).xlsx").document["lead"] == "Rose Collinson"


PACKED = {
    "winmail.dat": b"\x78\x9f\x3e\x22" + b"\0" * 50,
    "back.gz": gzip.compress(b"x"),
    "back.7z": b"7z\xbc\xaf\x27\x1c",
    "back.rar": b"Rar!\x1a\x07",
}


@pytest.mark.parametrize("name", PACKED)
def test_what_may_hold_a_workbook_and_cannot_be_opened_wants_a_person(
    walsall: Office, name: str
) -> None:
    folder = walsall.folder / "post"
    folder.mkdir()
    (folder / name).write_bytes(PACKED[name])
    a_message(folder / "re.eml", "Attached.", (name, PACKED[name]), ("photo.png", b"png"))
    taken = walsall.take(folder, status=1)
    said = {one["file"]: one["code"] for one in taken["findings"] if one["code"] != "message-alone"}
    assert said == {
        f"post/{name}": "file-packed",
        f"post/re.eml/{name}": "file-packed",
        "post/re.eml/photo.png": "file-kept",
    }


def test_a_message_of_outlook_and_a_locked_workbook_are_known_under_any_name(
    walsall: Office,
) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    folder = walsall.folder / "post"
    folder.mkdir()
    write_msg(folder / "RE January.dat", "Done.", {back.name: back.read_bytes()})
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    )
    (folder / "secret.dat").write_bytes(locked)
    taken = walsall.take(folder, status=1)
    assert len(taken["changes"]) == 1
    said = {one["file"]: one["code"] for one in taken["findings"]}
    assert said["post/secret.dat"] == "file-password"
    assert said["post/RE January.dat"] == "message-text"


@pytest.mark.parametrize("name", ["back.txt", "back.tsv"])
def test_a_workbook_saved_as_text_is_read_and_another_text_is_passed_over(
    walsall: Office, name: str
) -> None:
    walsall.export()
    book = openpyxl.load_workbook(walsall.fill(SUE, {"2.13": {"rag": "G"}}))
    folder = walsall.folder / "post"
    folder.mkdir()
    rows = (
        ("" if value is None else str(value).replace("\n", " ") for value in row)
        for row in book["Update"].values
    )
    (folder / name).write_text("\n".join("\t".join(row) for row in rows), encoding="utf-16")
    (folder / "notes.txt").write_text("Nothing here.", encoding="utf-8")
    taken = walsall.take(folder)
    assert [one["new"] for one in taken["changes"]] == ["G"]
    assert [one["file"] for one in taken["findings"] if one["code"] == "file-passed-over"] == [
        "post/notes.txt"
    ]


def test_the_text_of_a_web_page_is_read_as_people_see_it(walsall: Office) -> None:
    mail = EmailMessage()
    mail.set_content("<p>Fire &amp; rescue &#8211; caf&eacute;</p>", subtype="html")
    (walsall.folder / "re.eml").write_bytes(bytes(mail))
    assert texts(walsall.take(walsall.folder / "re.eml")) == ["Fire & rescue – café"]


def test_a_message_forwarded_as_base64_and_a_workbook_written_into_the_text_are_opened(
    walsall: Office,
) -> None:
    walsall.export()
    first = walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="a.xlsx").read_bytes()
    second = walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}, name="b.xlsx").read_bytes()
    inner = EmailMessage()
    inner.set_content("From me.")
    inner.add_attachment(first, maintype="application", subtype="octet-stream", filename="a.xlsx")
    coded = base64.encodebytes(bytes(inner)).decode()
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: '
        "text/plain\n\n"
    )
    part = (
        f"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{coded}\n--b--\n"
    )
    lines = [
        binascii.b2a_uu(second[place : place + 45]).decode() for place in range(0, len(second), 45)
    ]
    written = f"See below.\nbegin 644 b.xlsx\n{''.join(lines)}`\nend\nThanks.\n"
    (walsall.folder / "fw.eml").write_bytes(f"{head}{written}{part}".encode())
    taken = walsall.take(walsall.folder / "fw.eml")
    assert {one["ref"] for one in taken["changes"]} == {"2.13", "2.17"}
    assert texts(taken) == ["See below.\nThanks.", "From me."]


def test_a_message_in_an_alphabet_nobody_knows_is_read_as_far_as_it_can_be(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    mail = a_message(walsall.folder / "m.eml", "3.3 is done too.", ("back.xlsx", back.read_bytes()))
    mail.write_bytes(mail.read_bytes().replace(b'charset="utf-8"', b'charset="x-unknown"', 1))
    taken = walsall.take(mail, status=0)
    assert (len(taken["changes"]), texts(taken)) == (1, ["3.3 is done too."])

"""What differs on Windows, as far as it can be tried elsewhere: consoles, synced folders, names,
line ends.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.running import as_typed, xlplan
from xlplan.cli import show
from xlplan.rounds.session.folders import synced_by
from xlplan.workbook.kit.names import safe_name, workbook_name


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_older_consoles_show_everything_they_can(encoding: str, office: Path) -> None:
    as_typed("xlplan set 1.10 action 'Naïve “quotes” – Αθήνα'", folder=office)
    for line in ("xlplan log 1.10", "xlplan leads --check", "xlplan decisions"):
        ran = as_typed(line, folder=office, PYTHONIOENCODING=encoding)
        assert ran.status in {0, 1}
        assert ran.err == ""
        assert ran.out
    told = as_typed("xlplan log 1.10 --json", folder=office, PYTHONIOENCODING=encoding).document
    assert told["history"][-1]["new"] == "Naïve “quotes” – Αθήνα"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_table_on_an_older_console(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Console(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Console(written, encoding=encoding))
    show.table(("Lead", "Aim"), [("Zoë", "ΑΒΓ ✓")])
    sys.stdout.flush()
    assert "Lead" in written.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("path", "program"),
    [
        (r"C:\Users\asha\OneDrive - Anytown Council\Plans\plan.db", "OneDrive"),
        (r"C:\Users\asha\OneDrive\plan.db", "OneDrive"),
        ("/Users/asha/Library/CloudStorage/OneDrive-Anytown/plan.db", "OneDrive"),
        ("/home/asha/Dropbox (Trust)/plan.db", "Dropbox"),
        (r"G:\My Drive\plan.db", "Google Drive"),
        ("/Users/asha/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/plan.db", "Google Drive"),
        ("/Users/asha/Library/Mobile Documents/com~apple~CloudDocs/plan.db", "iCloud Drive"),
        (r"D:\Synced\Work\plan.db", "OneDrive"),
        (r"S:\Programme Office\plan.db", ""),
        ("/srv/dropboxes/plan.db", ""),
        (r"C:\Users\asha\Documents\OneDrive.db", ""),
    ],
)
def test_folders_that_a_cloud_program_carries_about(path: str, program: str) -> None:
    assert synced_by(path, {"OneDriveCommercial": "D:\\Synced"}) == program


def test_status_warns_of_a_synced_folder(office: Path, tmp_path: Path) -> None:
    folder = office.rename(tmp_path / "OneDrive - Anytown")
    told = xlplan("status", "--json", folder=folder)
    assert told.status == 0
    assert [(one["code"], one["value"]) for one in told.document["findings"]] == [
        ("plan-synced", "OneDrive")
    ]
    assert "two machines may write it" in xlplan("status", "--quiet", folder=folder).out


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "LPT9", "aux.xlsx", "Prn", "COM¹"])
def test_reserved_names_are_never_written(name: str) -> None:
    # Windows looks at what stands before the first point.
    for written in (safe_name(name), workbook_name("", name)):
        assert written.partition(".")[0].casefold() != name.partition(".")[0].casefold()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Q1: Board", "Q1- Board"),
        ("Board.", "Board"),
        ("A/B", "A-B"),
        ("a\tb\r\nc", "a b c"),
    ],
)
def test_a_round_of_any_name_becomes_a_folder(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_mapping_with_windows_line_ends_and_a_byte_order_mark(office: Path) -> None:
    mapping = office / "mappings" / "walsall-2012.toml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    ran = as_typed(
        "xlplan mapping check mappings/walsall-2012.toml walsall-2012.xlsx", folder=office
    )
    assert "58 actions" in ran.out


def test_windows_line_ends_in_a_typed_value_are_no_change(office: Path) -> None:
    first = as_typed("xlplan set 2.2 progress 'One.\nTwo.' --json", folder=office)
    again = xlplan("set", "2.2", "progress", "One.\r\nTwo.", "--json", folder=office)
    assert len(first.document["changes"]) == 1
    assert again.document["changes"] == []


def test_a_long_path_is_told_in_words(office: Path) -> None:
    ran = xlplan("report", "--out", "x" * 300 + ".md", folder=office)
    assert ran.status == 2
    assert "shorter" in ran.err

"""What people see: quiet, verbose, colours, bars with counts, and help for what they got wrong."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, as_typed, in_a_process, program
from xlplan.cli import show
from xlplan.cli.main import run
from xlplan.cli.progress import PATIENCE, Bars
from xlplan.plan.findings.finding import finding


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def watched(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool, quiet: bool = False, seconds: float = 10
) -> str:
    """What a step of that many seconds writes to stderr."""
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "100")
    clock = iter([0.0, seconds, seconds, seconds])
    show.speak(quiet=quiet)
    bars = Bars(lambda: next(clock))
    bars("Reading returns", 3, 13)
    bars.stop()
    show.speak()
    return stream.getvalue()


def test_a_bar_shows_its_count_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said = watched(monkeypatch, terminal=True)
    assert "Reading returns" in said
    assert "3/13" in said


@pytest.mark.parametrize(
    "case",
    [
        {"terminal": False},
        {"terminal": True, "quiet": True},
        {"terminal": True, "seconds": PATIENCE / 2},
    ],
)
def test_no_bar_when_piped_when_quiet_and_for_short_work(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watched(monkeypatch, **case) == ""


@pytest.mark.parametrize(
    "line", ["xlplan status", "xlplan log", "xlplan report", "xlplan check", "xlplan leads"]
)
def test_quiet_says_nothing_when_nothing_wants_a_person(line: str, office: Path) -> None:
    ran = as_typed(f"{line} --quiet", folder=office)
    expected = (
        "No lead: 3.2, 3.13, 3.23.\nUnknown: '[…] Jones' (3.24).\n"
        if line == "xlplan leads"
        else ""
    )
    assert (ran.out, ran.err, ran.status) == (expected, "", 0)


def test_quiet_says_what_is_wrong_and_verbose_says_its_code(office: Path) -> None:
    check = "xlplan mapping check mappings/walsall-2012.toml walsall-2012.xlsx"
    quiet = as_typed(f"{check} -q", folder=office).out.splitlines()
    assert quiet
    assert all(line.startswith(("error: ", "warning: ")) for line in quiet)
    loud = as_typed(f"{check} -v", folder=office).out
    assert "[totals-differ]" in loud
    assert "[" not in as_typed(check, folder=office).out.replace("[…]", "")


def test_verbose_cuts_nothing_short(office: Path) -> None:
    long = "A long reason for the change that no column of forty characters could ever hold in full"
    assert as_typed(f"xlplan set 2.2 progress '{long}'", folder=office).status == 0
    assert long not in as_typed("xlplan log 2.2 progress", folder=office).out
    assert long in as_typed("xlplan log 2.2 progress --verbose", folder=office).out


def test_many_findings_are_cut_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    show.speak()
    show.findings(
        [finding("rag-unknown", value=f"V{number}", allowed="R", near="") for number in range(250)]
    )
    assert capsys.readouterr().out.splitlines()[-1].startswith("... and 50 more")


def test_findings_on_a_screen_are_a_line_a_kind_and_errors_come_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    several = [
        finding("rag-unknown", ref=f"1.{number}", value=f"V{number}", allowed="R", near="")
        for number in range(82)
    ]
    show.findings([*several, finding("row-unread", value="X"), finding("lead-blank")], screen=True)
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["error", "error", "warning"]
    assert "'V0'" in lines[0]
    assert lines[0].endswith("81 more like it: 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, ...")


def test_a_few_findings_on_a_screen_are_told_one_by_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show.findings([finding("row-unread", value=text) for text in ("X", "Y")], screen=True)
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color(no_color: str, coloured: bool, office: Path) -> None:
    said = on_a_terminal(
        [*program(), "mapping", "check", "mappings/walsall-2012.toml", "walsall-2012.xlsx"],
        office,
        no_color,
    )
    assert "warning" in said
    assert ("\x1b[33m" in said) is coloured


def on_a_terminal(command: list[str], folder: Path, no_color: str) -> str:
    """What a command prints when a person looks at it."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        more = {
            "TERM": "xterm-256color",
            "NO_COLOR": no_color,
            "COLUMNS": "120",
            "PYTHONPATH": str(ROOT),
        }
        os.execvpe(command[0], command, {**os.environ, **more})
    said = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:
            break
        if not some:
            break
        said += some
    os.waitpid(pid, 0)
    os.close(terminal)
    return said.decode("utf-8", errors="replace")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("xlplan improt", "`xlplan import`"),
        ("xlplan use our.toml", "`xlplan mapping use`"),
        ("xlplan mapping chek our.toml", "`xlplan mapping check`"),
        ("xlplan mapping", "wants one more word: check"),
        ("xlplan export --roun X", "Did you mean --round?"),
        ("xlplan export", 'xlplan export --round "February Board" --return-by 2013-02-13'),
        ("xlplan decide C1 --tak master", "Did you mean --take?"),
        ("xlplan --json status", "xlplan status --json"),
        ("xlplan status January", "xlplan status"),
        ("xlplan set 1.10 raag G", "Nearest: rag"),
        ("xlplan log 1.1O", "1.10"),
        ("xlplan report --since Febuary", "January 2013 Board"),
        ("xlplan report --out report.pdf", ".docx"),
        ("xlplan decide C9 --take master", "Open: P1"),
        ("xlplan master --out .", "folder"),
        ("xlplan backup plan.db", "Name another"),
        ("xlplan undo 99", "xlplan log"),
        ("xlplan received Nobody", "Salma Ali"),
    ],
)
def test_wrong_usage_gets_the_nearest_right_one(line: str, says: str, office: Path) -> None:
    before = (office / "plan.db").read_bytes()
    ran = as_typed(line, folder=office)
    assert ran.status == 2, ran
    assert says in ran.err + ran.out
    assert (office / "plan.db").read_bytes() == before


def test_completion_can_be_had(tmp_path: Path) -> None:
    offered = in_a_process(
        folder=tmp_path, _XLPLAN_COMPLETE="complete_bash", COMP_WORDS="xlplan re", COMP_CWORD="1"
    ).out
    assert {"remind", "report", "reassign", "received", "restore"} <= set(offered.split())
    assert (
        "_XLPLAN_COMPLETE"
        in in_a_process("--show-completion", "bash", folder=tmp_path, SHELL="/bin/bash").out
    )


def test_a_workbook_open_in_excel_is_told_to_be_closed(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(office)

    def refused(self: Path, _: object) -> None:
        raise PermissionError(13, "The process cannot access the file", str(self))

    monkeypatch.setattr(Path, "rename", refused)
    (office / "master.xlsx").write_bytes(b"")
    assert run(["master", "--out", "master.xlsx"]) == 2
    assert "If master.xlsx is open in Excel, close it and try again" in capsys.readouterr().err


def test_a_library_that_wraps_the_refusal_is_understood(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from xlsxwriter.exceptions import FileCreateError

    def refused(*_: object, **__: object) -> None:
        raise FileCreateError(
            PermissionError(13, "Permission denied", "workbooks\\master\\master.xlsx")
        )

    monkeypatch.chdir(office)
    monkeypatch.setattr("xlplan.rounds.reporting.write_master", refused)
    assert run(["master"]) == 2
    assert "If master.xlsx is open in Excel" in capsys.readouterr().err


def test_a_full_disk_is_told(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "report.md")

    monkeypatch.chdir(office)
    monkeypatch.setattr("xlplan.rounds.reporting.write_change_report", full)
    assert run(["report", "--out", "report.md"]) == 2
    assert "make room" in capsys.readouterr().err


def test_an_unforeseen_fault_names_its_report_in_json_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("xlplan.rounds.status.standing", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["status", "--json"]) == 2
    (report,) = tmp_path.glob("xlplan-fault-*.txt")
    assert str(report) in capsys.readouterr().out
    assert "status --json" in report.read_text(encoding="utf-8")

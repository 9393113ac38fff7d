"""Every command has its counterpart in the library: the same parameters, the same document."""

from __future__ import annotations

import inspect
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import xlplan
from tests.stories.office import ROOT, type_into
from xlplan import MasterPlan, check_mapping, open_plan, start_plan, suggest_mapping
from xlplan.cli.main import run, tree
from xlplan.cli.usage import commands
from xlplan.demo.playing import run_demo

NOW = "2013-01-10T09:00:00"
SUE = "Sue Butcher"
LIBRARY = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
COUNTERPARTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "demo": ("run_demo", run_demo),
    "init": ("start_plan", start_plan),
    "mapping check": ("check_mapping", check_mapping),
    "mapping suggest": ("suggest_mapping", suggest_mapping),
    "mapping use": ("plan.use_mapping", MasterPlan.use_mapping),
    "import": ("plan.take_in", MasterPlan.take_in),
}
"""Commands whose counterpart is no method of the same name."""

OF_THE_TERMINAL = {"--json", "--quiet", "--verbose", "--plan", "--by", "--help"}
"""What a plan is, who works on it and how much is said: told to `open_plan`, or to nobody."""

OTHERWISE = {"--for": "for_lead"}
"""Options that are no name in Python."""


def counterpart(command: str) -> tuple[str, Callable[..., Any]]:
    return COUNTERPARTS.get(command) or (f"plan.{command}", getattr(MasterPlan, command))


def every_command() -> list[tuple[str, Any]]:
    return [(name.removeprefix("xlplan "), command) for name, command in commands(tree())]


def wanted(command: Any) -> Iterator[set[str]]:
    """For each argument and option of a command, the names that its parameter may have."""
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield {parameter.name}
        elif not OF_THE_TERMINAL & set(parameter.opts):
            option = max(parameter.opts, key=len)
            name = OTHERWISE.get(option, option.removeprefix("--").replace("-", "_"))
            yield {name, f"{name}s"} if parameter.multiple else {name}


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_every_argument_and_option_has_its_parameter(name: str) -> None:
    _, called = counterpart(name)
    known = set(inspect.signature(called).parameters)
    command = dict(every_command())[name]
    assert [names for names in wanted(command) if not names & known] == []


def the_page() -> dict[str, str]:
    """The page's table: the call of each command."""
    return dict(re.findall(r"^\| `xlplan ([a-z ]+)` \| `(.+?)` \|", LIBRARY, re.MULTILINE))


def shown_parameters(function: Callable[..., Any]) -> list[str]:
    """The names of parameters as Python shows them: what follows `*` is given by its name."""
    parameters = inspect.signature(function).parameters.values()
    by_name = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    first = [one.name for one in parameters if one.name not in {"self", *by_name}]
    return [*first, *(["*"] if by_name else []), *by_name]


def test_the_page_has_every_command_with_the_parameters_of_its_counterpart() -> None:
    shown = {}
    for name, _ in every_command():
        called, function = counterpart(name)
        shown[name] = f"{called}({', '.join(shown_parameters(function))})"
    assert the_page() == shown


def test_the_page_names_all_that_is_there_to_be_imported() -> None:
    assert {name for name in xlplan.__all__ if f"`{name}" not in LIBRARY} == {"__version__"}


def test_the_page_names_the_columns_of_the_frames(tmp_path: Path) -> None:
    book, toml = ROOT / "workbooks" / "walsall-2012.xlsx", ROOT / "mappings" / "walsall-2012.toml"
    plan, _ = start_plan(book, toml, tmp_path / "plan.db")
    for name in (*plan.history().columns, *plan.frame().columns[:3], plan.frame().index.name):
        assert f"`{name}`" in LIBRARY


class Twice:
    """One office twice: its commands are run in the one folder, their counterparts called in the
    other.
    """

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.commands, self.library = folder / "commands", folder / "library"
        self.capsys, self.monkeypatch = capsys, monkeypatch
        self.seen: set[str] = set()
        for place in (self.commands, self.library):
            (place / "mappings").mkdir(parents=True)
            for kind, suffix in (("workbooks", ".xlsx"), ("mappings", ".toml")):
                name = f"walsall-2012{suffix}"
                there = place / "mappings" if kind == "mappings" else place
                shutil.copy(ROOT / kind / name, there / name)

    def same(self, command: str, call: Callable[[], Any]) -> dict[str, Any]:
        """Run a command and call its counterpart; both give one document and one status."""
        arguments = [part.strip("'") for part in re.findall(r"'[^']*'|\S+", command)]
        self.seen.add(" ".join(arguments[: 2 if arguments[0] == "mapping" else 1]))
        self.monkeypatch.chdir(self.commands)
        self.capsys.readouterr()
        status = run([*arguments, "--json"])
        document = json.loads(self.capsys.readouterr().out)
        self.monkeypatch.chdir(self.library)
        result = call()
        theirs = json.loads(json.dumps(result.document()))
        assert (result.exit_status, theirs) == (status, document), command
        return dict(document)

    def fill(self, sent: str, answers: dict[str, dict[str, str]]) -> None:
        """A lead's return, of one moment and with the marks of one plan: that of the commands."""
        shutil.copy(self.commands / sent, self.commands / "back.xlsx")
        type_into(self.commands / "back.xlsx", answers)
        for name in ("plan.db", "back.xlsx"):
            shutil.copy(self.commands / name, self.library / name)

    def write(self, name: str, text: str) -> None:
        for place in (self.commands, self.library):
            (place / name).write_text(text, encoding="utf-8")


@pytest.fixture
def twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Twice:
    monkeypatch.setenv("XLPLAN_NOW", NOW)
    monkeypatch.setenv("XLPLAN_USER", "officer")
    monkeypatch.delenv("XLPLAN_PLAN", raising=False)
    return Twice(tmp_path, capsys, monkeypatch)


def test_every_command_and_its_counterpart_give_the_same_document(twice: Twice) -> None:
    clock = lambda: datetime.fromisoformat(NOW)  # noqa: E731 - a clock is a call
    same, toml, book = twice.same, "mappings/walsall-2012.toml", "walsall-2012.xlsx"
    same("mapping suggest walsall-2012.xlsx", lambda: suggest_mapping(book))
    same(f"mapping check {toml} {book}", lambda: check_mapping(toml, book))
    same(
        f"init {book} --accept-errors",
        lambda: start_plan(book, accept_errors=True, now=clock)[1],
    )
    plan = open_plan(twice.library / "plan.db", now=clock)
    text = (ROOT / toml).read_text(encoding="utf-8")
    twice.write("edited.toml", text.replace('title = "', 'title = "The ', 1))
    same("mapping use edited.toml", lambda: plan.use_mapping("edited.toml"))
    same("leads --check", lambda: plan.leads(check=True))
    same(
        f"export --round January --return-by '16 Jan 2013' --lead '{SUE}' --out sent --email",
        lambda: plan.export("January", date(2013, 1, 16), leads=SUE, out="sent", email=True),
    )
    same("remind --round Jan --out drafts", lambda: plan.remind(round="Jan", out="drafts"))
    same(f"received '{SUE}' --note 'by mail'", lambda: plan.received(SUE, note="by mail"))
    same("set 2.13 rag G --reason 'agreed'", lambda: plan.set("2.13", "rag", "G", reason="agreed"))
    same(
        f"set 2.8 rag G --for '{SUE}' --source letter",
        lambda: plan.set("2.8", "rag", "G", for_lead=SUE, source="letter"),
    )
    same(f"unstage '{SUE}'", lambda: plan.unstage(SUE))
    twice.fill(
        f"sent/2013-01-16 {SUE}.xlsx",
        {"2.13": {"rag": "R", "progress": "Two teams stay above it."}},
    )
    same("import back.xlsx --check", lambda: plan.take_in("back.xlsx", check=True))
    same(
        f"import back.xlsx --lead '{SUE}' --round January",
        lambda: plan.take_in(["back.xlsx"], lead=SUE, round="January"),
    )
    same("status --round January", lambda: plan.status("January"))
    waiting = same("decisions --out decisions.xlsx", lambda: plan.decisions("decisions.xlsx"))
    (question,) = waiting["questions"]
    same("decide decisions.xlsx", lambda: plan.decide("decisions.xlsx"))
    same(
        f"decide {question['id']} --take master --note seen",
        lambda: plan.decide(question["id"], take="master", note="seen"),
    )
    same("merge --dry-run --strict", lambda: plan.merge(dry_run=True, strict=True))
    merged = same("merge --out papers", lambda: plan.merge(out="papers"))
    assert merged["reports"]
    same("log", plan.log)
    same("log 2.13 rag", lambda: plan.log("2.13", "rag"))
    same("master --as-of r2 --history", lambda: plan.master(as_of="r2", history=True))
    same(
        "report --since init --until 2013-01-10 --out report.md",
        lambda: plan.report(since="init", until=date(2013, 1, 10), out="report.md"),
    )
    same("undo", plan.undo)
    same(
        "withdraw 2.12 --reason same --into 2.6",
        lambda: plan.withdraw("2.12", reason="same", into="2.6"),
    )
    same(f"reassign 3.2 3.23 --to '{SUE}'", lambda: plan.reassign(["3.2", "3.23"], SUE))
    same("check", plan.check)
    same("backup copy.db", lambda: plan.backup("copy.db"))
    same("restore copy.db", lambda: plan.restore("copy.db"))
    same("close --final", lambda: plan.close(final=True))
    same("demo tour", lambda: run_demo(Path("tour")))
    assert {name for name, _ in every_command()} == twice.seen

"""The house stays as CONTRIBUTING says: what no tool of `poe check` has a rule for."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "xlplan"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
MODULES = sorted(HOUSE.rglob("*.py"))
OURS = sorted(
    path
    for folder in ("xlplan", "tests", "benchmarks", "docs", "workbooks", ".ci")
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "test_house.py"  # whose cases are what it looks for
)
ROOMS = sorted({path.parent for path in MODULES})

MOST = 15
"""About a dozen entries: what one look at a folder takes in."""
A_FILE_EACH = {"cli", "rounds"}
"""Folders with a file for each command or verb, as many as there are."""

_CODES = re.compile(r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])")
_LOOSENED = re.compile(r"#\s*(noqa|ruff: noqa|type: ignore|pragma: no cover)\b")


def lines_of(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Each line with its place: `xlplan/api.py:3`."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(ROOT).as_posix())
def test_a_folder_is_taken_in_at_a_look(room: Path) -> None:
    if room.relative_to(HOUSE).as_posix() in A_FILE_EACH:
        return
    entries = [
        path.name
        for path in room.iterdir()
        if not path.name.startswith("_") and path.suffix in {"", ".py", ".j2"}
    ]
    assert len(entries) <= MOST, entries


def test_a_class_name_stands_for_one_thing() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_line_has_at_most_a_hundred_characters() -> None:
    # A case of a table is one line, however wide: the columns are what makes it readable.
    wide = [(place, line) for place, line in lines_of(OURS) if len(without_pragma(line)) > 100]
    assert [place for place, line in wide if not line.lstrip().startswith("|")] == []


def test_what_is_let_through_says_why_on_its_line() -> None:
    loosened = [(place, line) for place, line in lines_of(OURS) if _LOOSENED.search(line)]
    assert [f"{place}: {line.strip()}" for place, line in loosened if not says_why(line)] == []


def without_pragma(line: str) -> str:
    return _LOOSENED.split(line, maxsplit=1)[0].rstrip()


def says_why(line: str) -> bool:
    """`# noqa: E402 - why`, `# type: ignore[misc]  # why`: words behind the codes."""
    comment = _LOOSENED.split(line, maxsplit=1)[-1]
    return len(re.findall(r"\w+", _CODES.sub("", comment, count=1))) > 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x = 1  # noqa: E731", False),
        ("x = 1  # noqa: E731, F401 - a case reads as a rule", True),
        ("x = 1  # type: ignore[misc]", False),
        ("x = 1  # type: ignore[misc]  # the library has no types", True),
    ],
)
def test_what_counts_as_a_cause(line: str, why: bool) -> None:
    assert says_why(line) == why


def test_no_circle_is_a_contract_over_the_whole_house() -> None:
    (circles,) = [each for each in CONTRACTS if each["type"] == "acyclic_siblings"]
    assert circles["ancestors"] == ["xlplan"]
    assert set(circles) <= {"name", "type", "ancestors"}


def test_a_room_with_rooms_has_a_contract_that_misses_none() -> None:
    held = {
        container
        for contract in CONTRACTS
        if contract["type"] == "layers" and contract["exhaustive"]
        for container in contract["containers"]
    }
    with_rooms = {".".join(room.parent.relative_to(ROOT).parts) for room in ROOMS if room != HOUSE}
    assert with_rooms <= held


def test_every_folder_goes_into_the_wheel() -> None:
    listed = {
        name for name in PYPROJECT["tool"]["setuptools"]["packages"] if ".examples" not in name
    }
    assert listed == {".".join(room.relative_to(ROOT).parts) for room in ROOMS}


def test_every_library_says_its_lowest_version() -> None:
    """`poe lowest` runs the tests on these; one without would be tried at its newest only."""
    project = PYPROJECT["project"]
    extras = [
        requirement
        for name, group in project["optional-dependencies"].items()
        if name != "dev"
        for requirement in group
        if not requirement.startswith("xlplan")
    ]
    assert [each for each in project["dependencies"] + extras if ">=" not in each] == []

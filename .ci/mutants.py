"""Break the merge in every way that mutmut knows, and ask its tests whether they notice.

    python .ci/mutants.py                   every file of xlplan/merge
    python .ci/mutants.py rules cells       those files

All happens in a copy, which goes afterwards; `[tool.mutmut]` in pyproject.toml says what is broken
and which tests are asked. Of those, mutmut starts only the ones that reach the broken function, and
stops at the first that fails. Ends with 0 when at least nine mutants in ten were killed, with 1
when fewer were, with 2 when it could not be found out.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOM = "xlplan/merge"
NEEDED = ("xlplan", "tests", "pyproject.toml")
FLOOR = 0.9

# mutmut keeps of each mutant how pytest ended, or the signal that ended pytest.
_KILLED = {1, 3}
_TIMEOUT = {-24, 24, 36, 152, 255}
_SHOW = """
import sys
from mutmut.__main__ import cli
for name in sys.argv[1:]:
    cli.main(["show", name], standalone_mode=False)
    print()
"""


@dataclass
class Outcome:
    """What became of the mutants of one file, or of all. A mutant that no test reaches has
    survived, and so has one of which the tests ended in a way that says nothing.
    """

    killed: int = 0
    timeout: int = 0
    survived: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All mutants that were tried."""
        return self.killed + self.timeout + len(self.survived)

    @property
    def share(self) -> float:
        """The share that was noticed: a test that never ends has noticed too."""
        return (self.killed + self.timeout) / self.total if self.total else 1.0

    def add(self, name: str, code: int) -> None:
        """Count one mutant by how its tests ended."""
        if code in _KILLED:
            self.killed += 1
        elif code in _TIMEOUT:
            self.timeout += 1
        else:
            self.survived.append(name)

    def line(self, name: str) -> str:
        """A line of the table."""
        survived = len(self.survived)
        return f"{name:<14}{self.killed:>8}{survived:>10}{self.timeout:>9}{self.share:>9.1%}"


def main(names: list[str]) -> int:
    """Try the mutants of the files that are named, or of all."""
    files = {path.stem for path in (ROOT / ROOM).glob("*.py")}
    unknown = sorted(set(names) - files)
    if unknown:
        print(f"{ROOM} has no file {', '.join(unknown)}. Choose from: {', '.join(sorted(files))}.")
        return 2
    mutmut = Path(sys.executable).with_name("mutmut")
    if not mutmut.exists():
        print('mutmut is not installed: python -m pip install -e ".[dev]"')
        return 2
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        _copy(copy)
        if not _run(copy, [str(mutmut), "run", *(_pattern(name) for name in names)]):
            return 2
        outcomes = _outcomes(copy, names or sorted(files))
        survived = [name for outcome in outcomes.values() for name in outcome.survived]
        if survived:
            subprocess.run([sys.executable, "-c", _SHOW, *survived], cwd=copy, check=True)
    return _told(outcomes)


def _pattern(name: str) -> str:
    return f"{ROOM.replace('/', '.')}.{name}.*"


def _copy(copy: Path) -> None:
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, copy / name)


def _run(copy: Path, command: list[str]) -> bool:
    """Whether mutmut came to its end. What it says on the way is for a terminal; elsewhere it is
    printed only where it failed.
    """
    shown = sys.stdout.isatty()
    done = subprocess.run(
        command, cwd=copy, check=False, stdout=None if shown else subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        print(done.stdout or "", f"mutmut ended with {done.returncode}.", sep="\n")
    return done.returncode == 0


def _outcomes(copy: Path, names: Iterable[str]) -> dict[str, Outcome]:
    outcomes = {}
    for name in names:
        outcome = Outcome()
        kept = json.loads((copy / "mutants" / ROOM / f"{name}.py.meta").read_text(encoding="utf-8"))
        for mutant, code in kept["exit_code_by_key"].items():
            outcome.add(mutant, code)
        outcomes[name] = outcome
    return outcomes


def _told(outcomes: dict[str, Outcome]) -> int:
    """The table of all files, and the status to end with."""
    total = Outcome()
    print(f"{'file':<14}{'killed':>8}{'survived':>10}{'timeout':>9}{'share':>9}")
    for name, outcome in outcomes.items():
        if outcome.total:
            print(outcome.line(name))
        total.killed += outcome.killed
        total.timeout += outcome.timeout
        total.survived += outcome.survived
    print(total.line("all"))
    enough = total.share >= FLOOR
    print(f"{total.share:.1%} of {total.total} mutants killed; at least {FLOOR:.0%} are asked for.")
    return 0 if enough else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main(sys.argv[1:]))

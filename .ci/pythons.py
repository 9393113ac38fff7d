"""Run the tests on every Python that we name and this machine has, or on the lowest versions.

    python .ci/pythons.py [PYTEST ARGUMENT ...]            3.11 to 3.14, as far as installed
    python .ci/pythons.py --lowest [PYTEST ARGUMENT ...]   the oldest Python, and of each library
                                                           the lowest version that we allow

Each gets an environment of its own, which goes afterwards. Without arguments the whole suite runs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_LOWER_BOUND = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*>=\s*([0-9][^,;\s]*)")


def versions() -> list[str]:
    """The Pythons that the classifiers name, oldest first: `["3.11", ...]`."""
    named = (line.rpartition(" :: ")[2] for line in PROJECT["classifiers"] if "Python ::" in line)
    return sorted((name for name in named if "." in name), key=lambda name: name.split("."))


def constraints(requirements: Iterable[str]) -> list[str]:
    """`typer>=0.16` becomes `typer==0.16`; what names no lowest version is left out."""
    bounds = (_LOWER_BOUND.match(requirement) for requirement in requirements)
    return [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]


def interpreter(version: str) -> str | None:
    """The program of that version, or None. One of pyenv's need not be on the path."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    installed = sorted(pyenv.glob(f"{version}.*/bin/python"))
    for program in (shutil.which(f"python{version}"), *map(str, reversed(installed))):
        # pyenv puts a shim on the path for each version that it has, and most of them only say
        # that another version is in use.
        if program and _works(program):
            return program
    return None


def _works(program: str) -> bool:
    return subprocess.run([program, "-c", ""], capture_output=True, check=False).returncode == 0


def run_tests(program: str, arguments: list[str], pins: list[str]) -> bool:
    """Whether the tests pass with that program, in a fresh environment with those pins."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([program, "-m", "venv", made], check=True)
        python = str(next(Path(made).glob("[bS]*/python*")))
        pinned = Path(made) / "constraints.txt"
        pinned.write_text("\n".join(pins), encoding="utf-8")
        install = [python, "-m", "pip", "install", "-q", "-c", str(pinned), "-e", f"{ROOT}[test]"]
        # A library without a wheel for a new Python fails here: told like a failed test, so that
        # the other Pythons still have their turn.
        if subprocess.run(install, check=False).returncode != 0:
            return False
        # Beside what they did not know, old libraries warn of what will go one day.
        warnings = ["-W", "default"] if pins else []
        tests = [python, "-m", "pytest", "-p", "no:cacheprovider", *warnings, *arguments]
        return subprocess.run(tests, cwd=ROOT, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """0 if every run passed, 1 if one failed, 2 if there was no Python to run on."""
    lowest = "--lowest" in arguments
    rest = [argument for argument in arguments if argument != "--lowest"]
    required = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]
    outcomes = {}
    for version in versions()[:1] if lowest else versions():
        program = interpreter(version)
        print(f"== Python {version}: {program or 'not installed'}", flush=True)
        if program:
            outcomes[version] = run_tests(program, rest, constraints(required) if lowest else [])
    for version, passed in outcomes.items():
        print(f"== Python {version}: {'passed' if passed else 'FAILED'}")
    return 2 if not outcomes else int(not all(outcomes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

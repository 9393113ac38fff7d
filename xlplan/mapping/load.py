"""Load a mapping from TOML. Whatever is wrong with it is said at once: file, key, and what
to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from xlplan.mapping.consistency import problems_of
from xlplan.mapping.model import PlanMapping
from xlplan.mapping.schema import keys_at
from xlplan.plan.text.likeness import near

Place = tuple[int | str, ...]


class MappingError(Exception):
    """A mapping that cannot be used. The message has a line for each problem: file, key path, the
    fix.
    """

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{name}: {problem}" for problem in self.problems))


def load_mapping(path: Path) -> PlanMapping:
    """Read one TOML file.

    Raises:
        MappingError: it cannot be read, is not TOML, or says what a mapping cannot say.
    """
    try:
        # Windows' Notepad puts a mark before UTF-8, at which TOML stumbles.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise MappingError(
            path.name, ["the file is not UTF-8 text; save it as UTF-8."]
        ) from trouble
    except OSError as trouble:
        raise MappingError(
            path.name, [f"the file cannot be read ({trouble.strerror}); check its name."]
        ) from trouble
    return load_text(text, path.name)


def load_text(text: str, name: str) -> PlanMapping:
    """Read a mapping from the text of its TOML; `name` stands before each problem.

    Raises:
        MappingError: it is not TOML, or says what a mapping cannot say.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise MappingError(name, [f"this is not TOML: {trouble}. Mend that line."]) from trouble
    # All complaints at once: whoever writes a mapping mends it in an editor and checks it again.
    try:
        mapping = PlanMapping.model_validate(tree)
    except ValidationError as trouble:
        raise MappingError(name, [_worded(error, tree) for error in trouble.errors()]) from trouble
    if problems := problems_of(mapping):
        raise MappingError(name, problems)
    return mapping


def key_path(place: Place) -> str:
    """`fields.due.type`, `tables[1].lines[2].kind`: lists count from 1."""
    path = ""
    for part in place:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _worded(error: Any, tree: dict[str, Any]) -> str:
    place: Place = tuple(error["loc"])
    path = key_path(place)
    if error["type"] == "extra_forbidden":
        return f"{path}: there is no key '{place[-1]}' here; {_known(place)}"
    if error["type"] == "missing":
        return f"{path}: this key is missing; add it."
    if error["type"] == "literal_error":
        return f"{path}: '{error['input']}' is not possible here; {_allowed(error)}"
    if error["type"] == "string_pattern_mismatch":
        return f"{path}: '{error['input']}' is not a colour; write it as #RRGGBB, such as #C6E0B4."
    return (
        f"{path}: {error['msg'][:1].lower()}{error['msg'][1:]}; it holds {_short(error['input'])}."
    )


def _known(place: Place) -> str:
    known = keys_at(place[:-1])
    alike = near(str(place[-1]), known, n=1)
    if alike:
        return f"did you mean '{alike[0]}'?"
    return f"known are {', '.join(known)}."


def _allowed(error: Any) -> str:
    expected = str(error.get("ctx", {}).get("expected", ""))
    alike = near(str(error["input"]), _quoted(expected), n=1)
    return f"write one of {expected}." + (f" Did you mean '{alike[0]}'?" if alike else "")


def _quoted(expected: str) -> Sequence[str]:
    # pydantic lists what it expects as text: `'lead', 'office' or 'nobody'`.
    return expected.split("'")[1::2]


def _short(value: object) -> str:
    if isinstance(value, dict | BaseModel):
        return "a table"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

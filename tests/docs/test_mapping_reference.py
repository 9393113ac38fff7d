"""The reference of mappings and the schema that editors read say what the models say."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from xlplan.mapping.schema import schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "mapping_reference", ROOT / "docs" / "mapping_reference.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_models_say(script: ModuleType) -> None:
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), (
        "run python docs/mapping_reference.py"
    )


def test_the_schema_is_what_the_models_say(script: ModuleType) -> None:
    assert script.SCHEMA.read_text(encoding="utf-8") == script.schema_text(), (
        "run python docs/mapping_reference.py"
    )


def test_every_key_says_what_it_means(script: ModuleType) -> None:
    silent = [
        line
        for line in script.page().splitlines()
        if line.startswith("| `") and line.endswith("|  |")
    ]
    assert silent == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "mappings").glob("*.toml")), ids=lambda path: path.stem
)
def test_the_schema_knows_every_key_of_our_mappings(path: Path) -> None:
    whole = schema()
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    assert path.read_text(encoding="utf-8").startswith("#:schema schema.json\n")
    assert _unknown(tree, whole, whole) == []


def _unknown(value: Any, part: dict[str, Any], whole: dict[str, Any], place: str = "") -> list[str]:
    """Paths of keys that a part of the schema does not have."""
    part = next((one for one in part.get("anyOf", []) if one.get("type") != "null"), part)
    part = whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    if isinstance(value, list):
        return [path for one in value for path in _unknown(one, part["items"], whole, f"{place}[]")]
    if not isinstance(value, dict):
        return []
    known, others = part.get("properties", {}), part.get("additionalProperties")
    told = [f"{place}.{key}" for key in value if key not in known and not isinstance(others, dict)]
    for key, one in value.items():
        told += _unknown(
            one,
            known.get(key) or (others if isinstance(others, dict) else {}),
            whole,
            f"{place}.{key}",
        )
    return told

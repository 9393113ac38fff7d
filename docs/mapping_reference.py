"""Write what a mapping may say from its models: `python docs/mapping_reference.py`; a test holds
the files to it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xlplan.mapping.schema import schema  # noqa: E402 - the path comes first

PAGE = HERE / "mapping-reference.md"
SCHEMA = HERE.parent / "mappings" / "schema.json"
OPENING = """# Mappings

A mapping is a TOML file that says how one plan lies in its office's workbook. `xlplan mapping
suggest WORKBOOK` drafts one, `xlplan mapping check FILE WORKBOOK` says what it finds, and `xlplan
mapping use FILE` takes an edited one into the plan. The examples in `mappings/` show five plans. An
editor that knows TOML completes keys when the first line is `#:schema schema.json` (the file beside
them).

Everything that a mapping may say stands below. A key that is not here is an error, and the message
names the nearest one that is. Keys without a default must be there.
"""


def page() -> str:
    """docs/mapping-reference.md."""
    whole = schema()
    parts = [OPENING, *_section("The mapping", whole, whole)]
    for name, part in whole["$defs"].items():
        parts += _section(name, part, whole)
    return "\n".join(parts)


def schema_text() -> str:
    """mappings/schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _section(name: str, part: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}\n"
    if part is not whole:
        yield f"{' '.join(str(part.get('description', '')).split())}\n"
    yield "| key | holds | when left out | what it says |\n|---|---|---|---|"
    for key, spec in part.get("properties", {}).items():
        needed = key in part.get("required", [])
        default = "must be there" if needed else _default(spec.get("default"))
        yield f"| `{key}` | {_holds(spec)} | {default} | {_cell(_says(spec, whole))} |"
    yield ""


def _says(spec: dict[str, Any], whole: dict[str, Any]) -> str:
    """A key's own description, else that of the table it holds."""
    name = str(spec.get("$ref", "")).rpartition("/")[2]
    return str(spec.get("description") or whole["$defs"].get(name, {}).get("description", ""))


def _holds(spec: dict[str, Any]) -> str:
    if "anyOf" in spec:
        return " or ".join(_holds(one) for one in spec["anyOf"] if one.get("type") != "null")
    if "$ref" in spec:
        name = str(spec["$ref"]).rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in spec:
        return ", ".join(f"`{one}`" for one in spec["enum"])
    if spec.get("type") == "array":
        return f"a list: {_holds(spec.get('items', {}))}"
    if spec.get("type") == "object":
        return f"a table: {_holds(spec.get('additionalProperties', {}))} by key"
    if spec.get("format") == "date":
        return "a date"
    return {
        "string": "text",
        "integer": "a number",
        "number": "a number",
        "boolean": "true or false",
    }.get(str(spec.get("type")), "anything")


def _default(value: Any) -> str:
    if value in (None, "", [], {}) or isinstance(value, dict):
        return "nothing"
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")

"""What a mapping may say, as a JSON schema for editors, and the keys that each part of it knows."""

from __future__ import annotations

from typing import Any

from xlplan.mapping.model import PlanMapping


def schema() -> dict[str, Any]:
    """The JSON schema of a mapping, by the names that its TOML uses."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PlanMapping.model_json_schema(by_alias=True),
        "title": "xlplan mapping",
    }


def keys_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at a place of the TOML knows; none for a place that takes any key."""
    whole = schema()
    part: dict[str, Any] = whole
    for step in place:
        part = _resolved(part, whole)
        part = _resolved(_below(part, step), whole)
    return list(_resolved(part, whole).get("properties", {}))


def _below(part: dict[str, Any], step: int | str) -> dict[str, Any]:
    if isinstance(step, int):
        below = part.get("items", {})
    else:
        below = part.get("properties", {}).get(step) or part.get("additionalProperties") or {}
    return below if isinstance(below, dict) else {}


def _resolved(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """The part itself, where it points elsewhere or may also be null."""
    # pydantic writes a field that may be left out as `anyOf` of its type and null.
    for choice in part.get("anyOf", []):
        if choice.get("type") != "null":
            part = choice
            break
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    found = whole.get("$defs", {}).get(name) if name else part
    return found if isinstance(found, dict) else {}

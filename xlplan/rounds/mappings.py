"""mapping check and use: hold a mapping against a workbook; take an edited one into the plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlplan.mapping.load import load_text
from xlplan.plan.findings import Finding
from xlplan.rounds.desk import Desk, NothingDone, needs_a_person
from xlplan.rounds.documents import Document, finding_document
from xlplan.rounds.starting import read_mapping, read_office
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class MappingChecked:
    """A mapping that can be read, and what it finds in a workbook."""

    title: str
    fields: int
    sections: int | None
    actions: int | None
    findings: list[Finding]

    @property
    def exit_status(self) -> int:
        """1 when a finding wants a person."""
        return int(needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of mapping check."""
        return {
            "plan": self.title,
            "fields": self.fields,
            "sections": self.sections,
            "actions": self.actions,
            "findings": [finding_document(found) for found in self.findings],
        }


def check_mapping(desk: Desk, toml: Path, workbook: Path | None = None) -> MappingChecked:
    """Read a mapping, and the workbook through it when one is named.

    Raises:
        NothingDone: the mapping is broken, or the workbook cannot be opened.
    """
    mapping, _ = read_mapping(toml)
    if workbook is None:
        return MappingChecked(mapping.plan.title, len(mapping.fields), None, None, [])
    read = read_office(desk, workbook, mapping)
    return MappingChecked(
        mapping.plan.title, len(mapping.fields), len(read.plan.sections), len(read.plan.actions), read.findings
    )


@dataclass(frozen=True, slots=True)
class MappingUsed:
    """An edited mapping in use: the revision, None when it was in use already, and what differs."""

    revision: int | None
    differences: list[str]

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of mapping use."""
        return {"revision": self.revision, "differences": self.differences}


def use_mapping(desk: Desk, toml: Path) -> MappingUsed:
    """Take an edited mapping into the plan.

    Raises:
        NothingDone: it is broken, or it drops a field that holds values.
    """
    mapping, text = read_mapping(toml)
    with Store.open(desk.plan) as store, store.writing(desk.by):
        before = load_text(store.mapping_toml(), "the mapping in use")
        if store.mapping_toml() == text:
            return MappingUsed(None, [])
        plan = store.snapshot()
        for name in before.fields.keys() - mapping.fields.keys():
            if any(action.get(name) for action in plan.of_kind("action")):
                raise NothingDone(
                    f"The mapping drops the field '{name}', which holds values.", "Keep it; `show = false` hides it."
                )
        differences = _differences(before.model_dump(mode="json"), mapping.model_dump(mode="json"), "")
        revision = store.commit([], [], kind="mapping", at=desk.stamp, by=desk.by, note=toml.name)
        store.set_mapping(text, revision)
    return MappingUsed(revision, differences)


def _differences(before: Any, after: Any, path: str) -> list[str]:
    """One line for each key whose value differs, with its path."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [*before, *(key for key in after if key not in before)]
        return [
            line
            for key in keys
            for line in _differences(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
        ]
    return [] if before == after else [f"{path}: {before!r} -> {after!r}"]

"""mapping check, suggest and use: hold a mapping against a workbook; draft one; take an edited one
into the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlplan.mapping.keys import rag_scale
from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.finding import Finding
from xlplan.plan.model import Plan
from xlplan.plan.text.english import counted
from xlplan.reports.documents import Document, finding_document
from xlplan.rounds.init import open_office, read_mapping, unreadable
from xlplan.rounds.owners.key_changes import key_changes
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store
from xlplan.workbook.office.match import MappingMatch, Matches, match_sheets
from xlplan.workbook.office.reading import read_office_sheets

MOST_NAMED = 5
"""Actions that a message names before it leaves the others out."""


@dataclass(frozen=True, slots=True)
class MappingChecked:
    """A mapping that can be read, and what it finds in a workbook; `matches` None when no workbook
    was named.
    """

    title: str
    fields: int
    sections: int | None
    actions: int | None
    findings: list[Finding]
    matches: Matches | None = None

    @property
    def exit_status(self) -> int:
        """1 when a finding wants a person."""
        return int(needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of mapping check."""
        told = self.matches or Matches()
        return {
            "plan": self.title,
            "fields": self.fields,
            "sections": self.sections,
            "actions": self.actions,
            "matched": [_match_document(one) for one in told.found],
            "unused": told.unused,
            "added": told.added,
            "ignored": [_match_document(one) for one in told.ignored],
            "findings": [finding_document(found) for found in self.findings],
        }


def _match_document(one: MappingMatch) -> Document:
    return {
        "sheet": one.sheet,
        "cell": one.cell or None,
        "text": one.text,
        "what": one.what,
        "count": one.count,
    }


def check_mapping(session: Session, toml: Path, workbook: Path | None = None) -> MappingChecked:
    """Read a mapping, and the workbook through it when one is named.

    Raises:
        NothingDone: the mapping is broken, or the workbook cannot be opened.
    """
    mapping, _ = read_mapping(toml)
    if workbook is None:
        return MappingChecked(mapping.plan.title, len(mapping.fields), None, None, [])
    book = open_office(session, _existing(workbook))
    read = read_office_sheets(book, mapping, workbook.name)
    return MappingChecked(
        mapping.plan.title,
        len(mapping.fields),
        len(read.plan.sections),
        len(read.plan.actions),
        read.findings,
        match_sheets(book, mapping, workbook.name),
    )


def _existing(workbook: Path) -> Path:
    if not workbook.is_file():
        raise NothingDone(f"There is no workbook {workbook.as_posix()}.", "Check the name.")
    return workbook


@dataclass(frozen=True, slots=True)
class MappingSuggested:
    """A drafted mapping: its text, the file it was written to (None: to none), what it found and
    was unsure of.
    """

    toml: str
    path: str | None
    sections: int
    actions: int
    doubts: list[str]
    findings: list[Finding]

    @property
    def exit_status(self) -> int:
        """1 when the draft was unsure, or what it reads has something that wants a person."""
        return int(bool(self.doubts) or needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of mapping suggest."""
        return {
            "mapping": self.toml,
            "path": self.path,
            "sections": self.sections,
            "actions": self.actions,
            "doubts": self.doubts,
            "findings": [finding_document(found) for found in self.findings],
        }


def suggest_mapping(session: Session, workbook: Path, out: Path | None = None) -> MappingSuggested:
    """Draft a mapping for a workbook, and write it to a file when one is named; none is ever
    written over.

    Raises:
        NothingDone: the workbook cannot be opened, has no table of actions, or the file exists.
    """
    from xlplan.spreadsheets.cells import Unreadable
    from xlplan.workbook.drafting.draft import NoTable, draft_mapping

    # A draft is mended by hand: a second one must not take the place of that work.
    if out is not None and out.exists():
        raise NothingDone(
            f"There is a file {session.shown(out)} already.", "Name another with --out."
        )
    try:
        drafted = draft_mapping(_existing(workbook))
    except Unreadable as trouble:
        raise unreadable(session, workbook, trouble) from trouble
    except NoTable as trouble:
        raise NothingDone(
            f"{workbook.name}: {trouble}.",
            "A mapping can be written by hand: see docs/mapping-reference.md.",
        ) from trouble
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        # TOML is UTF-8 by definition; Python on Windows would write the code page of the computer.
        out.write_text(drafted.toml, encoding="utf-8")
    path = session.shown(out) if out else None
    return MappingSuggested(
        drafted.toml, path, drafted.sections, drafted.actions, drafted.doubts, drafted.findings
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


def use_mapping(session: Session, toml: Path) -> MappingUsed:
    """Take an edited mapping into the plan.

    Raises:
        NothingDone: it is broken, or it drops what the plan still needs.
    """
    mapping, text = read_mapping(toml)
    with Store.open(session.plan) as store, store.writing(session.by):
        before = load_text(store.mapping_toml(), "the mapping in use")
        if store.mapping_toml() == text:
            return MappingUsed(None, [])
        plan = store.snapshot()
        _refuse_losses(plan, before, mapping)
        # Asked for JSON, pydantic gives a date as 2013-01-01, and not as Python would print it.
        differences = _differences(
            before.model_dump(mode="json"), mapping.model_dump(mode="json"), ""
        )
        changes, added = key_changes(plan, before, mapping)
        revision = store.commit(
            changes, added, kind="mapping", at=session.stamp, by=session.by, note=toml.name
        )
        store.set_mapping(text, revision)
    return MappingUsed(revision, differences)


def _refuse_losses(plan: Plan, before: PlanMapping, after: PlanMapping) -> None:
    """Raise when a mapping drops what the plan still needs: a field, a rating or a column of
    measures in use.
    """
    # Who renames a key in an editor has dropped one field and added another.
    for name in sorted(before.fields.keys() - after.fields.keys()):
        if any(action.get(name) for action in plan.of_kind("action")):
            raise NothingDone(
                f"The mapping drops the field '{name}', which holds values.",
                "Keep it; `show = false` hides it.",
            )
    rated = [name for name, spec in before.fields.items() if spec.type == "rag"]
    for code in sorted(set(rag_scale(before).codes) - set(rag_scale(after).codes)):
        using = [
            action
            for action in plan.of_kind("action")
            if any(action.text(name) == code for name in rated)
        ]
        if using:
            shown = ", ".join(action.text("ref") or action.key for action in using[:MOST_NAMED])
            raise NothingDone(
                f"The mapping drops the rating '{code}', which {counted(len(using), 'action')} "
                f"{'has' if len(using) == 1 else 'have'} "
                f"({shown}{', ...' if len(using) > MOST_NAMED else ''}).",
                "Keep it, or give these another rating first: xlplan set.",
            )
    headings = after.measures.headings.keys() if after.measures else set()
    for name in sorted(before.measures.headings.keys() - headings if before.measures else ()):
        if any(measure.get(name) for measure in plan.of_kind("measure")):
            raise NothingDone(
                f"The mapping drops '{name}' of the measures, which holds values.", "Keep it."
            )


def _differences(before: Any, after: Any, path: str) -> list[str]:
    """One line for each key whose value differs, with its path."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [*before, *(key for key in after if key not in before)]
        return [
            line
            for key in keys
            for line in _differences(
                before.get(key), after.get(key), f"{path}.{key}" if path else str(key)
            )
        ]
    return [] if before == after else [f"{path}: {before!r} -> {after!r}"]

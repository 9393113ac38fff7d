"""What an import must say of returns, known only from what was typed where. Imports nothing of
xlplan.

`judge` holds the JSON document of `xlplan import` against it: nothing lost unseen, nothing on a
wrong row, nothing made up, every cell that was typed in exactly one of change, question, finding
and superseded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests import sums

Document = dict[str, Any]
Kind = Literal[
    "lost",
    "wrong place",
    "wrong value",
    "made up",
    "not told",
    "false alarm",
    "miscounted",
    "crash",
]
"""What can go wrong with an answer: it comes to nothing; it lands in a cell, or as a value, that
nobody typed; a change or question is made of what is none; what must be said is not; what is right
is refused or asked about; a file, row or cell is counted twice or not at all. A crash is none of
these: it shows nothing about the answers.
"""
TAKEN_IN = ("waiting", "unchanged")
WITH_REFUSED = ("waiting", "refused")
"""What becomes of a file in which something was typed into rows that are refused."""


@dataclass
class Typed:
    """One cell that a lead filled in, and what must come of it.

    `outcome`: change (to `value`), finding (`code`), question (`code` is its reason), superseded,
    same (no change). `also`: a further finding that must stand at the cell.
    """

    lead: str
    file: str
    ref: str
    field: str
    outcome: str
    value: str = ""
    code: str = ""
    also: str = ""


@dataclass
class Sent:
    """One file as it was sent in: whose, what must become of it, how many rows it has, what must be
    said of it.
    """

    file: str
    lead: str
    status: tuple[str, ...] = TAKEN_IN
    rows: int | None = None
    typed: list[Typed] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    proposed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Problem:
    """One thing in which an import is wrong: of what kind, in which file (or about which cell), and
    in words.
    """

    kind: Kind
    file: str
    said: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.file} {self.said}"


def judge(sent: Iterable[Sent], document: Document) -> list[Problem]:
    """Everything in which an import differs from what it must say; nothing when it is right."""
    if "files" not in document:
        return [Problem("crash", "", str(document))]
    files = list(sent)
    typed = [one for file in files for one in file.typed]
    return [
        *_of_typed(typed, document),
        *_made_up(typed, document),
        *_of_files(files, document),
        *_of_findings(files, document),
        *_of_proposals(files, document),
        *(Problem("miscounted", "", said) for said in sums.of_rows(document)),
    ]


def _of_typed(typed: list[Typed], document: Document) -> Iterator[Problem]:
    changes = {(change["ref"], change["field"]): change for change in document["changes"]}
    for one in typed:
        wanted = [] if one.outcome in {"same", "refused", "tick"} else [one.outcome]
        found = sums.places(sums.Cell(one.file, one.ref, one.field), document)
        name = f"{one.ref} {one.field}"
        if found != wanted:
            said = f"{name}: must be in {wanted or 'none'}, is in {found or 'none'}"
            yield Problem(_gone_wrong(wanted, found), one.file, said)
            continue
        if one.outcome == "change" and str(changes[one.ref, one.field]["new"]) != one.value:
            new = changes[one.ref, one.field]["new"]
            yield Problem(
                "wrong value", one.file, f"{name}: must become {one.value!r}, became {new!r}"
            )
        if one.outcome == "question" and not _asked(one, document):
            yield Problem("not told", one.file, f"{name}: nobody is asked why: {one.code}")
        for code in filter(None, (one.also, one.code if one.outcome == "finding" else "")):
            if not any(_is_about(one, finding, code) for finding in document["findings"]):
                yield Problem("not told", one.file, f"{name}: no finding {code}")


def _gone_wrong(wanted: list[str], found: list[str]) -> Kind:
    if not found:
        return "not told" if wanted == ["finding"] else "lost"
    if len(found) > 1:
        return "miscounted"
    return {"change": "made up", "superseded": "lost"}.get(found[0], "false alarm")  # type: ignore[return-value]  # three of its kinds


def _asked(one: Typed, document: Document) -> bool:
    """Whether somebody is asked about a cell for the right reason; answers that came apart, with
    their right home.
    """
    asked = [question for question in document["questions"] if question["reason"] == one.code]
    if one.code == "detached":
        homes = [
            each
            for question in asked
            for each in question["candidates"]
            if each["file"] == one.file
        ]
        return any(each["to"] == one.ref and one.field in each["values"] for each in homes)
    return any(
        question["ref"] == one.ref and question["field"] in {one.field, sums.ROW}
        for question in asked
    )


def _is_about(one: Typed, finding: Document, code: str) -> bool:
    return (finding["code"], finding["ref"], finding["field"], finding["file"]) == (
        code,
        one.ref,
        one.field,
        one.file,
    )


def _made_up(typed: list[Typed], document: Document) -> Iterator[Problem]:
    cells = {(one.ref, one.field) for one in typed if one.outcome == "change"}
    homes: dict[str, set[tuple[str, str]]] = {}
    for one in typed:
        homes.setdefault(one.value, set()).add((one.ref, one.field))
    for change in document["changes"]:
        cell = change["ref"], change["field"]
        if cell not in cells:
            kind: Kind = (
                "wrong place" if cell not in homes.get(str(change["new"]), {cell}) else "made up"
            )
            said = f"{change['ref']} {change['field']} becomes {change['new']!r}"
            yield from (Problem(kind, source["file"], said) for source in change["sources"])
    asked = {
        (one.ref, one.field)
        for one in typed
        if one.outcome == "question" and one.code != "detached"
    }
    apart = {
        one.file: {each.ref for each in typed if each.file == one.file}
        for one in typed
        if one.code == "detached"
    }
    for question in document["questions"]:
        files, refs = {one["file"] for one in question["candidates"]}, _homes(question)
        once = len(files) == 1 and refs <= apart.pop(min(files), set()) if refs else False
        if not once and (refs or (question["ref"], question["field"]) not in asked):
            said = f"a question {question['reason']} about {question['ref']} {question['field']}"
            yield from (Problem("made up", one["file"], said) for one in question["candidates"])


def _homes(question: Document) -> set[str]:
    return (
        {one["to"] for one in question["candidates"]} if question["reason"] == "detached" else set()
    )


def _of_files(files: list[Sent], document: Document) -> Iterator[Problem]:
    found = {one["path"]: one for one in document["files"]}
    for sent in files:
        file = found.pop(sent.file, None)
        if file is None:
            yield Problem("lost", sent.file, "is not among the files")
            continue
        if file["status"] not in sent.status:
            yield Problem("miscounted", sent.file, f"must be {sent.status}, is {file['status']}")
        if sent.status in (TAKEN_IN, WITH_REFUSED) and file["lead"] not in {sent.lead, None}:
            yield Problem(
                "wrong place", sent.file, f"is {sent.lead}'s, was taken as {file['lead']}'s"
            )
        rows = file["rows"]
        if sent.rows is not None and rows["read"] != sent.rows:
            yield Problem("miscounted", sent.file, f"has {sent.rows} rows, not {rows}")
    yield from (Problem("miscounted", path, "nobody sent it") for path in found)


def _of_findings(files: list[Sent], document: Document) -> Iterator[Problem]:
    for sent in files:
        here = [one for one in document["findings"] if one["file"] == sent.file]
        said = Counter(one["code"] for one in here)
        for code, count in sent.codes.items():
            if said[code] < count:
                yield Problem(
                    "not told", sent.file, f"{code} must be said {count} times, was {said[code]}"
                )
        wanted = set(sent.codes) | {one.code for one in sent.typed if one.outcome == "finding"}
        for one in here:
            if one["severity"] == "error" and one["code"] not in wanted:
                yield Problem("false alarm", sent.file, f"{one['cell']} {one['message']}")


def _of_proposals(files: list[Sent], document: Document) -> Iterator[Problem]:
    wanted = Counter((sent.file, text) for sent in files for text in sent.proposed)
    found = Counter((one["file"], str(one["values"].get("action"))) for one in document["proposed"])
    for file, text in (wanted - found).elements():
        yield Problem("lost", file, f"the proposal {text!r}")
    for file, text in (found - wanted).elements():
        yield Problem("made up", file, f"the proposal {text!r}")

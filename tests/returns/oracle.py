"""What an import must say of returns, known only from what was typed where. Imports nothing of xlplan.

`judge` holds the JSON document of `xlplan import` against it: nothing lost unseen, nothing on a wrong row, nothing made
up, every cell that was typed in exactly one of change, question, finding and superseded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
ROW = "*"
TAKEN_IN = ("waiting", "unchanged")
WITH_REFUSED = ("waiting", "refused")
"""What becomes of a file in which something was typed into rows that are refused."""


@dataclass
class Typed:
    """One cell that a lead filled in, and what must come of it.

    `outcome`: change (to `value`), finding (`code`), question (`code` is its reason), superseded, same (no change).
    `also`: a further finding that must stand at the cell.
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
    """One file as it was sent in: whose, what must become of it, how many rows it has, what must be said of it."""

    file: str
    lead: str
    status: tuple[str, ...] = TAKEN_IN
    rows: int | None = None
    typed: list[Typed] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    proposed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def judge(sent: Iterable[Sent], document: Document) -> list[str]:
    """Everything in which an import differs from what it must say; nothing when it is right."""
    files = list(sent)
    typed = [one for file in files for one in file.typed]
    return [
        *_of_typed(typed, document),
        *_made_up(typed, document),
        *_of_files(files, document),
        *_of_findings(files, document),
        *_of_proposals(files, document),
    ]


def _places(one: Typed, document: Document) -> list[str]:
    """Where a typed cell stands in the document."""
    found = [
        "change"
        for change in document["changes"]
        if (change["ref"], change["field"]) == (one.ref, one.field) and _by(one, change["sources"])
    ]
    for question in document["questions"]:
        if question["reason"] == "detached":
            # One question a file: the mended order must bring the cell home, and only there.
            homes = [each for each in question["candidates"] if _by(one, [each]) and one.field in each["values"]]
            found += ["question"] * any(each["to"] == one.ref for each in homes)
        elif question["field"] in {one.field, ROW} and _by(one, question["candidates"]):
            found += ["question"] * (question["ref"] == one.ref)
    for finding in document["findings"]:
        at_cell = (finding["ref"], finding["field"]) == (one.ref, one.field) and finding["file"] == one.file
        if at_cell and (finding["severity"] == "error" or finding["code"] in {"cell-agrees", "cell-decided"}):
            found.append("finding")
    cell = (one.ref, one.field, one.file)
    replaced = [(left["ref"], left["field"], left["file"]) for left in document["superseded"]]
    return [*found, "superseded"] if cell in replaced else found


def _by(one: Typed, sources: list[Document]) -> bool:
    return any(source["lead"] == one.lead and source["file"] == one.file for source in sources)


def _of_typed(typed: list[Typed], document: Document) -> Iterator[str]:
    changes = {(change["ref"], change["field"]): change for change in document["changes"]}
    reasons: dict[str, set[str]] = {}
    for question in document["questions"]:
        reasons.setdefault(question["ref"], set()).add(question["reason"])
    for one in typed:
        places = set(_places(one, document))
        name = f"{one.file} {one.ref} {one.field}"
        wanted = set() if one.outcome in {"same", "refused", "tick"} else {one.outcome}
        if places != wanted:
            yield f"{name}: must be in {sorted(wanted) or 'none'}, is in {sorted(places) or 'none'}"
            continue
        if one.outcome == "change" and str(changes[one.ref, one.field]["new"]) != one.value:
            yield f"{name}: must become {one.value!r}, became {changes[one.ref, one.field]['new']!r}"
        if one.outcome == "question" and one.code not in {code for said in reasons.values() for code in said}:
            yield f"{name}: must be asked about as {one.code}, was as {reasons}"
        for code in filter(None, (one.also, one.code if one.outcome == "finding" else "")):
            if not any(_is_about(one, finding, code) for finding in document["findings"]):
                yield f"{name}: no finding {code}"


def _is_about(one: Typed, finding: Document, code: str) -> bool:
    return (finding["code"], finding["ref"], finding["field"], finding["file"]) == (code, one.ref, one.field, one.file)


def _made_up(typed: list[Typed], document: Document) -> Iterator[str]:
    cells = {(one.ref, one.field) for one in typed if one.outcome == "change"}
    for change in document["changes"]:
        if (change["ref"], change["field"]) not in cells:
            yield f"made up: {change['ref']} {change['field']} becomes {change['new']!r}"
    asked = {(one.ref, one.field) for one in typed if one.outcome == "question"}
    shuffled = {
        one.file: {each.ref for each in typed if each.file == one.file} for one in typed if one.code == "detached"
    }
    for question in document["questions"]:
        apart = [each["file"] for each in question["candidates"]] if question["reason"] == "detached" else []
        homes = {each["to"] for each in question["candidates"]} if apart else set()
        known = (question["ref"], question["field"]) in asked and not apart
        if not known and not (len(set(apart)) == 1 and homes <= shuffled.pop(apart[0], set())):
            yield f"made up: a question {question['reason']} about {question['ref']} {question['field']}"


def _of_files(files: list[Sent], document: Document) -> Iterator[str]:
    found = {one["path"]: one for one in document["files"]}
    for sent in files:
        file = found.pop(sent.file, None)
        if file is None:
            yield f"{sent.file}: not among the files"
            continue
        if file["status"] not in sent.status:
            yield f"{sent.file}: must be {sent.status}, is {file['status']}"
        if sent.status in (TAKEN_IN, WITH_REFUSED) and file["lead"] != sent.lead:
            yield f"{sent.file}: is {sent.lead}'s, was taken as {file['lead']}'s"
        rows = dict(file["rows"])
        read = rows.pop("read")
        if read != sum(rows.values()):
            yield f"{sent.file}: {read} rows read, {rows}"
        if sent.rows is not None and read != sent.rows:
            yield f"{sent.file}: has {sent.rows} rows, {read} were read ({rows})"
    yield from (f"{path}: nobody sent it" for path in found)


def _of_findings(files: list[Sent], document: Document) -> Iterator[str]:
    for sent in files:
        here = [one for one in document["findings"] if one["file"] == sent.file]
        said = Counter(one["code"] for one in here)
        for code, count in sent.codes.items():
            if said[code] < count:
                yield f"{sent.file}: {code} must be said {count} times, was {said[code]}"
        wanted = set(sent.codes) | {one.code for one in sent.typed if one.outcome == "finding"}
        for one in here:
            if one["severity"] == "error" and one["code"] not in wanted:
                yield f"{sent.file}: an error nobody made: {one['cell']} {one['message']}"


def _of_proposals(files: list[Sent], document: Document) -> Iterator[str]:
    wanted = Counter(text for sent in files for text in sent.proposed)
    found = Counter(str(one["values"].get("action")) for one in document["proposed"])
    for text in (wanted - found).elements():
        yield f"a proposal is lost: {text!r}"
    for text in (found - wanted).elements():
        yield f"nobody proposed {text!r}"

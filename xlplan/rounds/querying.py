"""Query workbooks: what a lead typed goes back to them, with the faulty cells marked, ready to correct and return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from xlplan.mapping.model import Mapping
from xlplan.plan.catalogue_values import VALUES
from xlplan.plan.findings import Finding
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, IssuedRow, Round, TakenReturn, TakenRow
from xlplan.rounds.beside import last_shown, refusals_for
from xlplan.rounds.desk import Desk
from xlplan.rounds.owning import READING
from xlplan.rounds.places import free_path
from xlplan.rounds.retyping import SENT_BACK, TypedRow, typed_so_far
from xlplan.rounds.routing import key_to_leads, leaders
from xlplan.rounds.rows import update_row
from xlplan.rounds.speaking import Speaking, age_of
from xlplan.rounds.summing_up import differing
from xlplan.store import Store
from xlplan.workbook.marks import make_code
from xlplan.workbook.names import safe_name, workbook_name
from xlplan.workbook.update import MeasureRow, UpdateBook, UpdateRow, write_update


@dataclass(frozen=True, slots=True)
class Query:
    """One query workbook: whom it asks, where it lies, about which return."""

    lead: str
    path: str
    about: str


def write_queries(
    desk: Desk, store: Store, mapping: Mapping, asked: Iterable[tuple[TakenReturn, list[Finding]]]
) -> list[Query]:
    """One query workbook for each return with errors. Inside `store.writing`: each is an issue of its own.

    It also marks what a lead wrote that was taken with a warning.
    """
    return [
        write_query(desk, store, mapping, taken, [one for one in findings if _asks(one)])
        for taken, findings in asked
        if taken.issue and any(one.severity == "error" for one in findings)
    ]


def left_to_ask(store: Store, taken: TakenReturn) -> list[Finding]:
    """What was found in a return; of one that a newer return stands over, only what that says nothing about."""
    found = store.findings(return_id=taken.id)
    if taken.status != "superseded":
        return found
    speaking = Speaking(store, {}, {})
    root = speaking.root(taken.issue)
    later = (one for one in store.returns(lead=taken.lead) if one.status in SENT_BACK and age_of(one) > age_of(taken))
    newer = [one for one in later if speaking.root(one.issue) == root]
    said: set[tuple[str | None, str | None]] = {
        (row.home, cell.field) for one in newer for row in one.rows for cell in differing(row)
    }
    said |= {(bad.key, bad.field) for one in newer for bad in store.findings(return_id=one.id)}
    return [one for one in found if one.key and one.field and (one.key, one.field) not in said]


def _asks(found: Finding) -> bool:
    """Whether a lead can mend it: an error, or a warning about what one of their cells says."""
    return found.severity == "error" or (found.severity == "warning" and bool(found.field) and found.code in VALUES)


def write_query(desk: Desk, store: Store, mapping: Mapping, taken: TakenReturn, errors: list[Finding]) -> Query:
    """One query workbook about a return: what its lead typed, with each trouble at its cell. An issue of its own.

    It is rebuilt from what its issue showed: loading and saving the lead's file would lose its dropdowns.
    """
    about = store.issue(taken.issue)
    assert about is not None, f"{taken.name} was taken in for an issue that the store does not have"
    this_round = next(one for one in store.rounds() if one.id == about.round)
    identity = desk.token()
    code = make_code(identity)
    shown = store.snapshot(about.revision)
    rows, measures = _rows(desk, store, shown, mapping, taken, about, errors)
    path = _path(desk, this_round, about.lead)
    write_update(
        path,
        UpdateBook(
            mapping=mapping,
            plan_title=mapping.plan.title,
            round=this_round,
            lead=about.lead,
            code=code,
            issue_id=identity,
            rows=rows,
            measures=measures,
            created=desk.now(),
            summary=_summary(errors),
            kind="query",
            proposals=[{cell.field: cell.value.text for cell in row.cells} for row in _of_kind(taken, "proposed")],
        ),
    )
    root = about.about or about.id
    issue = Issue(
        identity, "query", about.round, about.lead, code, desk.shown(path), about.revision, desk.stamp, about=root
    )
    given = [*((row.token, row.key) for row in rows), *((row.token, row.key) for row in measures)]
    store.add_issue(
        issue, [IssuedRow(token, identity, key, place) for place, (token, key) in enumerate(given, start=1)]
    )
    return Query(about.lead, desk.shown(path), taken.name)


def _rows(
    desk: Desk, store: Store, shown: Plan, mapping: Mapping, taken: TakenReturn, about: Issue, errors: list[Finding]
) -> tuple[list[UpdateRow], list[MeasureRow]]:
    """Every action and measure of the issue, with what the lead typed in place and each problem at its cell."""
    key = key_to_leads(shown, mapping)
    this_round = next(one for one in store.rounds() if one.id == about.round)
    told, rounds = refusals_for(store, this_round), [one.name for one in store.rounds()]
    typed, refs = typed_so_far(store, about), {item.key: item.called for item in shown.items.values()}
    locked = [one for one in store.findings(return_id=taken.id) if one.code == "locked-changed"]
    rows: list[UpdateRow] = []
    measures: list[MeasureRow] = []
    for issued in store.rows_of(about.id):
        item = shown.items[issued.key]
        wrong = [one for one in errors if _home(one, taken) == issued.key]
        said = typed.get(issued.key, TypedRow())
        refused = [one.message for one in locked if one.key == issued.key]
        problems = _problems([*wrong, *said.to_look_at(issued.key, refs)], refused)
        texts = {name: one.text for name, one in said.said.items()} | _faulty(wrong)
        if item.kind == "measure":
            reading = texts.get(READING, "")
            measures.append(MeasureRow(desk.token(), item.key, dict(item.values), reading, problems))
            continue
        others = tuple(name for name in leaders(item, mapping, key).names if name != about.lead)
        plain = update_row(desk.token(), shown, item, others, last_shown(item, about.lead, mapping, rounds, told))
        rows.append(replace(plain, typed=texts, problems=problems))
    return rows, measures


def _of_kind(taken: TakenReturn, kind: str) -> list[TakenRow]:
    return [row for row in taken.rows if row.kind == kind]


def _home(found: Finding, taken: TakenReturn) -> str | None:
    """The action that a finding is about: of a row whose answers came apart, the one that they belong to."""
    digits = found.at.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    held = (row for row in taken.rows if row.kind == "held" and row.key == found.key)
    return next((row.home for row in held if (row.sheet, str(row.row)) == (found.at.sheet, digits)), found.key)


def _faulty(wrong: list[Finding]) -> dict[str, str]:
    """What stood in input cells and was not taken.

    What was typed in a row that was refused stands beside the cell only: sent back unread, it would be taken as an
    answer on an action that nobody has confirmed. A warning names what was taken, or a part of it.
    """
    doubted = (one for one in wrong if one.severity == "error" or one.code not in VALUES)
    return {one.field: one.value for one in doubted if one.field and one.value and one.code != "answer-refused"}


def _problems(told: Iterable[Finding], refused: Iterable[str]) -> dict[str, list[str]]:
    """What is said at each field, and under "" of the row: of locked cells too, which the lead cannot mend here."""
    problems: dict[str, list[str]] = {}
    for one in told:
        text = f"{one.message} {one.hint}".strip()
        if text not in problems.setdefault(one.field or "", []):
            problems[one.field or ""].append(text)
    for text in refused:
        problems.setdefault("", []).append(text)
    return problems


def _summary(errors: list[Finding]) -> list[str]:
    """What is to be mended, a line each; what has no row here is said here only, and so comes first."""
    ordered = sorted(errors, key=lambda one: one.key is not None)
    return [f"{one.ref or 'A row'}: {one.message} {one.hint}".strip() for one in ordered]


def _path(desk: Desk, this_round: Round, lead: str) -> Path:
    folder = desk.folder / "workbooks" / "queries" / safe_name(this_round.name)
    folder.mkdir(parents=True, exist_ok=True)
    return free_path(folder / workbook_name(this_round.return_by, f"{lead} query"))

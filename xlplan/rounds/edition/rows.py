"""Which row of an edition is which item of the plan, and where it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlplan.plan.findings.addresses import Address
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.compared.new_sections import name_of
from xlplan.rounds.intake.account import Opened
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.sending.shown_beside import same_shown
from xlplan.spreadsheets.cells import Sheet, Spreadsheet
from xlplan.store import Store
from xlplan.workbook.master.plan_sheet import TOKEN_HEADING
from xlplan.workbook.office.lines import ShownRows
from xlplan.workbook.office.reading import OfficePlan, read_office_sheets


@dataclass(slots=True)
class EditionMatch:
    """The items of an edition by the plan's keys. `fresh` are new rows; `repeated` are further rows
    of an action.

    `tokens` and `bases` are the codes of rows and the revisions that they show, by the key that
    reading gave: a row pasted from another master workbook brings its own.
    """

    issue: str = ""
    actions: dict[str, Item] = field(default_factory=dict)
    fresh: list[Item] = field(default_factory=list)
    repeated: dict[str, list[Item]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)

    def rows(self) -> dict[str, list[Item]]:
        """All rows of each action, by the plan's key, the one that stays first."""
        return {key: [item, *self.repeated.get(key, [])] for key, item in self.actions.items()}


Codes = Mapping[tuple[str, int], str]
"""The tokens of a workbook's rows, by sheet and row."""


def codes_of(book: Spreadsheet) -> dict[tuple[str, int], str]:
    """Every token in a column of ours."""
    codes = {}
    for sheet in book.sheets:
        column = _token_column(sheet)
        for cell in sheet.cells.values():
            if cell.column == column and not cell.blank and cell.value != TOKEN_HEADING:
                codes[sheet.name, cell.row] = cell.as_text.strip()
    return codes


def row_tokens(codes: Codes, read: OfficePlan) -> dict[str, str]:
    """The token of each action's row, by the key that reading gave it."""
    rows = {key: places.get("action", Address()) for key, places in read.at.items()}
    return {
        key: codes[at.sheet, row_number(at)]
        for key, at in rows.items()
        if (at.sheet, row_number(at)) in codes
    }


def row_number(at: Address) -> int:
    """The row of a cell, 0 without one."""
    return int("".join(letter for letter in at.cell if letter.isdigit()) or 0)


def _token_column(sheet: Sheet) -> int | None:
    return next((cell.column for cell in sheet.cells.values() if cell.value == TOKEN_HEADING), None)


@dataclass(frozen=True, slots=True)
class MatchedEdition:
    """An edition with its rows, each known for what it is.

    `read` is the plan as the edition tells it, at addresses without a file; `base` as the office
    was shown it, at revision `revision`; and `now` as it is.
    """

    opened: Opened
    read: OfficePlan
    codes: Codes
    matched: EditionMatch
    revision: int
    base: Plan
    now: Plan


def match_edition(opened: Opened, in_use: PlanInUse) -> MatchedEdition:
    """Decide which items the rows of the office's own workbook are.

    A master workbook has the revision that it shows as its base; an edition that we never wrote,
    the office's first.
    """
    store, now = in_use.store, in_use.plan
    codes = codes_of(opened.sheets)
    refs = frozenset(fold_code(action.text("ref")) for action in now.of_kind("action"))
    shown = ShownRows(frozenset(codes), refs)
    read = read_office_sheets(opened.sheets, in_use.mapping, "", shown)
    matched = match(read, row_tokens(codes, read), store, now)
    issue = store.issue(matched.issue) if matched.issue else None
    revision = issue.revision if issue else 1
    return MatchedEdition(opened, read, codes, matched, revision, store.snapshot(revision), now)


def match(read: OfficePlan, tokens: Mapping[str, str], store: Store, plan: Plan) -> EditionMatch:
    """Know every row by its token; one without by its ref, where only one action of the plan has
    it.

    A ref that reading gave tells nothing: such a row is known by saying word for word what one
    action says.
    """
    found = EditionMatch()
    sent = store.tokens(tokens.values())
    known = {key: sent[token] for key, token in tokens.items() if token in sent}
    votes = Counter(issue.id for issue, _ in known.values() if issue.kind == "master")
    found.issue = votes.most_common(1)[0][0] if votes else ""
    by_text = _texts(found.issue, store, plan)
    by_ref: dict[str, list[str]] = {}
    for action in plan.of_kind("action"):
        by_ref.setdefault(fold_code(action.text("ref")), []).append(action.key)
    told: list[tuple[Item, str]] = []
    for item in read.plan.of_kind("action"):
        one = known.get(item.key)
        told.append((item, one[1].key if one and one[0].kind == "master" else ""))
        if one and one[0].kind == "master":
            found.tokens[item.key], found.bases[item.key] = tokens[item.key], one[0].revision
    taken = {key for _, key in told if key}
    rows: dict[str, list[Item]] = {}
    for item, known_key in told:
        key, one = known_key, known.get(item.key)
        # A code that somebody typed over tells nothing: the row has lost its own.
        if not key and (item.key not in tokens or one is None):
            given = item.key in read.given
            alike = by_text(item) if given else by_ref.get(fold_code(item.text("ref")), [])
            # Of a row that was copied without its code, only one that reads the same is that
            # action's.
            if len(alike) == 1 and not (
                alike[0] in taken and (given or not _reads_as(item, plan.items[alike[0]], read))
            ):
                key = alike[0]
        rows.setdefault(key if key in plan.items else "", []).append(item)
    found.fresh = rows.pop("", [])
    for key, copies in rows.items():
        _place(key, copies, found, read, [plan, *_shown_by(copies, found, store)])
    _come_home(found, read, plan, by_ref)
    found.fresh.sort(key=lambda item: item.order)
    found.sections = _sections(read.plan, plan, found)
    return found


def _texts(issue_id: str, store: Store, plan: Plan) -> Callable[[Item], list[str]]:
    """Actions by what they say now or said when the workbook was written."""
    issue = store.issue(issue_id) if issue_id else None
    known: dict[str, dict[str, None]] = {}
    for one in (plan, store.snapshot(issue.revision if issue else 1)):
        for action in one.of_kind("action"):
            if action.key in plan.items:
                known.setdefault(action.get("action").canonical, {})[action.key] = None
    return lambda item: list(known.get(item.get("action").canonical, {}))


def _place(
    key: str, copies: list[Item], found: EditionMatch, read: OfficePlan, plans: list[Plan]
) -> None:
    """Of several rows with one token, those that read alike are one action; a row copied down to be
    reworded is new.

    The one that reads as the plan does, or did when the workbook was written, is the action's.
    """
    # Excel's `Insert copied cells` takes the hidden code along with the row.
    known = [one.items[key] for one in plans if key in one.items] if len(copies) > 1 else []
    stays = next(
        (item for item in copies if any(_reads_as(item, one, read) for one in known)), copies[0]
    )
    found.actions[key] = stays
    for item in copies:
        if item is not stays:
            alike = any(_reads_as(item, one, read) for one in (stays, *known))
            # Where nothing is called anything, the same words in another section may well be
            # another action.
            alike = alike and (
                item.key not in read.given or item.text("section") == stays.text("section")
            )
            rows = found.repeated.setdefault(key, []) if alike else found.fresh
            rows.append(item)


def _come_home(
    found: EditionMatch, read: OfficePlan, plan: Plan, by_ref: Mapping[str, list[str]]
) -> None:
    """Rows over which another row's code was filled: one that reads as an action without a row is
    that action's.
    """
    for item in [
        one for one in found.fresh if one.key in found.tokens and one.key not in read.given
    ]:
        alike = by_ref.get(fold_code(item.text("ref")), [])
        if (
            len(alike) == 1
            and alike[0] not in found.actions
            and _reads_as(item, plan.items[alike[0]], read)
        ):
            found.actions[alike[0]] = item
            found.fresh.remove(item)
            del found.tokens[item.key], found.bases[item.key]


def _shown_by(copies: list[Item], found: EditionMatch, store: Store) -> list[Plan]:
    """The plans that several rows of one action show."""
    revisions = {found.bases[item.key] for item in copies if item.key in found.bases}
    return [store.snapshot(number) for number in sorted(revisions)] if len(copies) > 1 else []


def requirement_called(heading: Item | None, section: str, plan: Plan) -> Value:
    """The requirement of a section that is called like one of the edition; blank where the section
    has none.
    """
    for one in plan.of_kind("requirement"):
        if (
            heading
            and one.text("section") == section
            and one.get("name").means(heading.get("name"))
        ):
            return Value(one.key, one.key)
    return BLANK


def _reads_as(item: Item, known: Item, read: OfficePlan) -> bool:
    """Whether two rows are called the same and ask for the same; a ref that only reading gave calls
    nothing.
    """
    called = item.key in read.given or item.get("ref").means(known.get("ref"))
    return called and same_shown(item.text("action"), known.text("action"))


def _sections(read: Plan, plan: Plan, found: EditionMatch) -> dict[str, str]:
    """The plan's section for each section of the edition: by ref or name, else by the actions that
    stand in it.
    """
    # A renamed section keeps most of its actions: they tell which one it was.
    names = {name_of(one): one.key for one in plan.sections}
    matched = {one.key: names[name_of(one)] for one in read.sections if name_of(one) in names}
    for section in read.sections:
        if section.key in matched:
            continue
        homes = Counter(
            plan.items[key].text("section")
            for key, item in found.actions.items()
            if item.text("section") == section.key
        )
        free = [(key, count) for key, count in homes.most_common() if key not in matched.values()]
        if free:
            matched[section.key] = free[0][0]
    return matched

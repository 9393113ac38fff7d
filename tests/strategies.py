"""Shared strategies: plans, and what comes back from leads, with every trouble that the merge must
stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from xlplan.mapping.model import MergeRule
from xlplan.merge import Field, Merged, Return, ReturnedRow, three_way
from xlplan.plan.changes import Decision
from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.text.text import same_text

Texts = dict[str, dict[str, str]]

SCALE = RagScale(
    (
        Rating("Gr", "Grey", "#A6A6A6", "not begun", "not-started"),
        Rating("R", "Red", "#C00000", "off track", "graded"),
        Rating("A", "Amber", "#FFC000", "recovering", "graded"),
        Rating("G", "Green", "#00B050", "on track", "graded"),
        Rating("B", "Blue", "#0070C0", "finished", "closed"),
    )
)

SPELLINGS: dict[str, list[list[str]]] = {
    "rag": [
        ["R", "r", "Red"],
        ["A", "Α", " amber "],
        ["G", "g ", "GREEN"],
        ["B", "В"],
        ["Gr", "grey"],
        ["", " ", "\u200b"],
    ],
    "due": [
        ["31/03/2013", "2013-03-31", "31 March 2013"],
        ["30/06/2013", "30 Jun 2013"],
        ["TBC", "ТВС"],
        ["", "\xa0"],
    ],
    "progress": [
        ["It's done", "It’s  done", "It's done\r\n"],
        ["One\ntwo", "One\r\ntwo"],
        ["Asha (Jan): begun"],
        ["n/a"],
        ["", "\t"],
    ],
    "evidence": [
        ["Minutes", "Minutes\xa0", "Min\u200butes"],
        ["minutes"],
        ["0"],
        ["-"],
        ["", "  "],
    ],
}
"""For each field, values by meaning: every spelling in a list means the same."""

BY_SPELLING = {
    name: {spelling: group[0] for group in groups for spelling in group}
    for name, groups in SPELLINGS.items()
}

LEADS = ("Asha", "Ben", "Cai")
KEYS = ("k1", "k2", "k3")
ROUNDS = ("Jan", "Feb")


def due_meaning(raw: object) -> str:
    """What a date of `SPELLINGS` means: the tests of the merge do not lean on the reader of
    timescales.
    """
    text = "" if raw is None else str(raw)
    return same_text(BY_SPELLING["due"].get(text, text))


@dataclass(frozen=True)
class Situation:
    """A plan, and everything that came back at once. Values are plain texts."""

    master: Texts
    returns: tuple[Return, ...]
    fields: dict[str, Field]
    withdrawn: frozenset[str] = frozenset()
    origins: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

    def merge(self, **changes: Any) -> Merged:
        """The merge of it; keyword arguments replace its parts."""
        one = replace(self, **changes)
        return three_way(
            one.master,
            one.returns,
            one.fields,
            origins=one.origins,
            withdrawn=one.withdrawn,
            decisions=one.decisions,
            rounds=ROUNDS,
        )


def a_field(name: str, rule: MergeRule = "conflict") -> Field:
    """One of the four fields, with a rule of its own."""
    types = {"rag": "rag", "due": "date"}
    return Field(
        name,
        types.get(name, "text"),
        rule,
        fresh=name == "progress",
        scale=SCALE if name == "rag" else None,
        canonical=due_meaning if name == "due" else None,
    )


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Field]:
    """The four fields: a rating, a date, a fresh note, a text; each with any rule that suits it."""
    rules: dict[str, st.SearchStrategy[MergeRule]] = {
        "rag": st.sampled_from(["conflict", "worst", "worst", "approve"]),
        "due": st.sampled_from(["conflict", "conflict", "approve"]),
        "progress": st.sampled_from(["conflict", "append"]),
        "evidence": st.sampled_from(["conflict", "conflict", "append"]),
    }
    return {name: a_field(name, draw(rule)) for name, rule in rules.items()}


def texts(name: str) -> st.SearchStrategy[str]:
    """Any spelling of any value of a field, the more likely the earlier its value stands."""
    groups = SPELLINGS[name]
    weighted = [
        spelling for place, group in enumerate(groups) for spelling in group * max(1, 4 - place)
    ]
    return st.sampled_from(weighted)


def _chance(draw: st.DrawFn, of: int) -> bool:
    return draw(st.integers(1, of)) == of


@st.composite
def tables(draw: st.DrawFn) -> Texts:
    """A plan of one to three actions."""
    count = draw(st.integers(1, len(KEYS)))
    return {key: {name: draw(texts(name)) for name in SPELLINGS} for key in KEYS[:count]}


def _moved(draw: st.DrawFn, table: Texts, of: int) -> Texts:
    """The table after somebody moved one cell in `of`, some of them only spelt in another way."""
    return {
        key: {name: draw(texts(name)) if _chance(draw, of) else text for name, text in row.items()}
        for key, row in table.items()
    }


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """One or two issues of a plan that moved on meanwhile, and the returns of up to three leads."""
    compared = draw(fields())
    january = draw(tables())
    february = _moved(draw, january, 5)
    master = _moved(draw, february, 6)
    returns = [
        one
        for lead in LEADS[: draw(st.integers(1, 3))]
        for one in _returns_of(draw, lead, {"Jan": january, "Feb": february})
    ]
    withdrawn = frozenset({draw(st.sampled_from(sorted(master)))} if _chance(draw, 8) else ())
    return Situation(master, tuple(returns), compared, withdrawn, _origins(draw, master, returns))


def _origins(
    draw: st.DrawFn, master: Texts, returns: list[Return]
) -> dict[tuple[str, str], frozenset[str]]:
    if not returns or not _chance(draw, 4):
        return {}
    leads = frozenset({draw(st.sampled_from(returns)).lead, draw(st.sampled_from(returns)).lead})
    return {(key, name): leads for key in master for name in SPELLINGS}


def _returns_of(draw: st.DrawFn, lead: str, bases: dict[str, Texts]) -> list[Return]:
    """One lead's returns: of one issue or of both, each sent once or twice."""
    labels = draw(st.sampled_from([("Feb",), ("Feb",), ("Jan",), ("Jan", "Feb")]))
    returns = []
    for label in labels:
        base = dict(bases[label])
        scope = None if _chance(draw, 8) else frozenset(base)
        if _chance(draw, 8):
            base.pop(draw(st.sampled_from(sorted(base))))
        for number in range(draw(st.sampled_from([1, 1, 2]))):
            rows = _rows(draw, bases[label])
            name = f"{lead} {label} {number}"
            returns.append(Return(lead, base, rows, scope, arrival=number, name=name, round=label))
    return returns


def _rows(draw: st.DrawFn, base: Texts) -> list[ReturnedRow]:
    rows: list[ReturnedRow] = []
    for key, shown in base.items():
        copies = draw(st.sampled_from([1] * 8 + [0, 2]))
        rows += [ReturnedRow(key, _edited(draw, shown)) for _ in range(copies)]
    if _chance(draw, 3):
        ref = draw(st.sampled_from(["NEW 1", "new 1", "NEW 1", "NEW 2", ""]))
        rows.append(ReturnedRow(None, {"ref": ref, "evidence": draw(texts("evidence"))}))
    if _chance(draw, 10):
        rows.append(ReturnedRow("k9", _edited(draw, base[KEYS[0]])))
    if rows and _chance(draw, 10):
        for number in draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=3)):
            named = draw(st.sampled_from([*KEYS, "somewhere else"]))
            rows[number] = replace(rows[number], detached=named if rows[number].key else "")
    return draw(st.permutations(rows)) if rows else rows


def _edited(draw: st.DrawFn, shown: dict[str, str]) -> dict[str, str]:
    """A row as a lead sends it: fresh cells were empty, some cells are typed in, some columns are
    gone.
    """
    start = {**shown, "progress": ""}
    often = {"rag": 2}
    typed = {
        name: draw(texts(name)) if _chance(draw, often.get(name, 3)) else text
        for name, text in start.items()
    }
    gone = draw(st.sampled_from(sorted(typed))) if _chance(draw, 8) else ""
    return {name: text for name, text in typed.items() if name != gone}


def troubles(one: Situation) -> set[str]:
    """What is in a situation, told from its values: for counting how often the strategies
    draw it.
    """
    found: set[str] = set()
    cells = [
        (each, row, name, text)
        for each in one.returns
        for row in each.rows
        for name, text in row.values.items()
    ]
    for each, row, name, text in cells:
        shown = each.base.get(row.key or "", {}).get(name)
        if text == "" and shown:
            found.add("blank")
        if (
            name in BY_SPELLING
            and shown is not None
            and text != shown
            and _same(name, str(text), str(shown))
        ):
            found.add("look-alike")
    dates = {str(text) for _, _, name, text in cells if name == "due"} & set(SPELLINGS["due"][0])
    if len(dates) == len(SPELLINGS["due"][0]):
        found.add("three forms of a date")
    keys = [[row.key for row in each.rows if row.key] for each in one.returns]
    issues = [(each.lead, each.round) for each in one.returns]
    leads = {
        key: {each.lead for each in one.returns for row in each.rows if row.key == key}
        for key in one.master
    }
    tests = {
        "second return": len(issues) > len(set(issues)),
        "two issues": len({lead for lead, _ in issues}) < len(set(issues)),
        "repeated row": any(len(each) > len(set(each)) for each in keys),
        "missing row": any(
            set(each.base) - set(has) for each, has in zip(one.returns, keys, strict=True)
        ),
        "withdrawn row": any(key in one.withdrawn for each in keys for key in each),
        "joint leads": any(len(each) > 1 for each in leads.values()),
        "proposal": any(row.key is None for each in one.returns for row in each.rows),
        "same new ref": len(_said_of_new(one)) > len({ref for ref, _ in _said_of_new(one)}),
        "unknown key": any(key == "k9" for each in keys for key in each),
        "detached row": any(row.detached for each in one.returns for row in each.rows),
        "no base": any(
            key in one.master and key not in each.base
            for each, has in zip(one.returns, keys, strict=True)
            for key in has
        ),
        "origin": bool(one.origins),
        "missing column": any(
            len(row.values) < len(SPELLINGS) for each in one.returns for row in each.rows if row.key
        ),
    }
    return found | {name for name, is_there in tests.items() if is_there}


def _said_of_new(one: Situation) -> set[tuple[str, str]]:
    """What proposals say, by the ref they carry."""
    rows = [row.values for each in one.returns for row in each.rows if row.key is None]
    return {
        (str(row["ref"]).lower(), same_text(str(row["evidence"]))) for row in rows if row["ref"]
    }


def _same(name: str, one: str, other: str) -> bool:
    return BY_SPELLING[name].get(one) == BY_SPELLING[name].get(other)

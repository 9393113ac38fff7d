"""The laws of the merge: each takes a situation and fails where the law is broken."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import astuple, replace
from typing import Any

from tests.merge.reference import reference, seen
from tests.strategies import BY_SPELLING, ROUNDS, SPELLINGS, Situation, Texts
from xlplan.merge import Field, Merged, Return, ReturnedRow, read_entries
from xlplan.merge.model import NotTaken, Refused
from xlplan.plan.changes import Decision, Question
from xlplan.plan.grounds import ROW
from xlplan.plan.values import BLANK, Value

Law = Callable[[Situation], None]


def as_the_reference_has_it(one: Situation) -> None:
    core, slow = seen(one.merge()), reference(one)
    assert core.merged == slow.merged
    assert core.credits == slow.credits
    assert core.asked == slow.asked
    assert core.superseded == slow.superseded
    assert core.outranked == slow.outranked
    assert core.refused == slow.refused
    assert core.proposed == slow.proposed


def importing_twice_is_once(one: Situation) -> None:
    assert one.merge(returns=one.returns + one.returns) == one.merge()


def merging_twice_is_once(one: Situation) -> None:
    """What was merged is in the plan: the same returns move nothing again."""
    first = one.merge()
    again = one.merge(master=first.merged)
    assert again.merged == first.merged
    assert again.changes == ()


def the_order_of_returns_never_matters(one: Situation) -> None:
    expected = one.merge()
    returns = list(one.returns)
    for seed in range(3):
        random.Random(seed).shuffle(returns)
        assert one.merge(returns=tuple(returns)) == expected


def an_unedited_return_changes_nothing(one: Situation) -> None:
    """Sent back as it was issued, in other spellings too, whatever the plan did meanwhile."""
    returns = tuple(replace(each, rows=_as_issued(each, one.fields)) for each in one.returns)
    merged = one.merge(returns=returns, origins={})
    assert merged.changes == merged.questions == merged.superseded == merged.proposals == ()
    assert merged.merged == one.merge(returns=()).merged


def _as_issued(each: Return, fields: dict[str, Field]) -> list[ReturnedRow]:
    shown = {
        key: {name: "" if fields[name].fresh else text for name, text in row.items()}
        for key, row in each.base.items()
    }
    return [
        ReturnedRow(key, {name: _other_spelling(name, str(text)) for name, text in row.items()})
        for key, row in shown.items()
    ]


def _other_spelling(name: str, text: str) -> str:
    same = [
        other for other, first in BY_SPELLING[name].items() if first == BY_SPELLING[name].get(text)
    ]
    return same[(same.index(text) + 1) % len(same)] if same else text


def undoing_a_merge_gives_the_plan_before(one: Situation) -> None:
    merged = one.merge()
    before = {key: dict(row) for key, row in merged.merged.items()}
    for change in merged.changes:
        assert before[change.key][change.field] == change.new
        before[change.key][change.field] = change.old
    assert before == one.merge(returns=()).merged


def a_lone_edit_is_taken(one: Situation) -> None:
    """One lead, one cell, a plan that stayed: taken, unless it is a clearing or a move to
    approve.
    """
    for key, row in one.master.items():
        for name, field in one.fields.items():
            typed = next(
                texts[0]
                for texts in SPELLINGS[name]
                if _means(field, texts[0]) != _means(field, row[name])
            )
            lone = _alone(one, key, name, typed)
            if key in one.withdrawn:
                assert [each.reason for each in lone.questions] == ["withdrawn"]
            elif field.rule == "approve" or typed == "":
                reason = "cleared" if typed == "" else "needs-approval"
                assert [each.reason for each in lone.questions] == [reason]
                assert lone.changes == ()
            else:
                (change,) = lone.changes
                assert (change.key, change.field) == (key, name)
                assert lone.merged[key][name] == change.new
                assert [source.lead for source in change.sources] == ["Dora"]
                assert lone.questions == ()
                _holds(field, change.new, typed)
    for name in one.fields:
        _clearing_is_asked(one, name)


def _clearing_is_asked(one: Situation, name: str) -> None:
    for key, row in one.master.items():
        if (
            key not in one.withdrawn
            and not one.fields[name].fresh
            and _means(one.fields[name], row[name])
        ):
            cleared = _alone(one, key, name, "")
            assert [(each.field, each.reason) for each in cleared.questions] == [(name, "cleared")]
            assert cleared.merged == one.merge(returns=()).merged


def _holds(field: Field, new: Value, typed: str) -> None:
    if field.rule == "append":
        assert _means(field, typed) in new.canonical
    else:
        assert new.canonical == _means(field, typed)


def _alone(one: Situation, key: str, name: str, typed: str) -> Merged:
    back = Return(
        "Dora", one.master, [ReturnedRow(key, {name: typed})], frozenset(one.master), round="Feb"
    )
    return one.merge(returns=(back,), origins={})


def the_plan_is_never_overwritten_where_it_moved(one: Situation) -> None:
    """Unless the field's own rule says so: whoever is credited was shown the value that they
    replace, in the workbook that they answered last.
    """
    for change in one.merge(origins={}).changes:
        field = one.fields[change.field]
        if field.rule in {"worst", "append"}:
            continue
        latest = {
            each.lead: each
            for each in sorted(one.returns, key=lambda each: ROUNDS.index(each.round))
            if each.lead in {source.lead for source in change.sources}
            and _says(each, change.key, change.field, field)
        }
        for each in latest.values():
            assert _means(field, each.base[change.key][change.field]) == change.old.canonical


def _says(each: Return, key: str, name: str, field: Field) -> bool:
    """Whether a return that has a base for the row moved the cell."""
    if key not in each.base:
        return False
    shown = "" if field.fresh else each.base[key][name]
    said = [
        row.values[name]
        for row in each.rows
        if row.key == key and name in row.values and not row.detached
    ]
    return any(_means(field, value) != _means(field, shown) for value in said)


def every_typed_value_is_somewhere(one: Situation) -> None:
    """In the plan, in a question, told as refused, on record as superseded or outranked, or in a
    proposal.
    """
    merged = one.merge()
    for each in one.returns:
        for row in each.rows:
            for name, raw in row.values.items():
                field = one.fields.get(name, Field(name, "ref"))
                value = field.read(raw)
                if value and _moved_there(each, row, name, field, one):
                    assert _found(merged, each.lead, row, name, value, one.fields), (
                        each.lead,
                        row.key,
                        name,
                        value,
                    )


def nothing_comes_from_nowhere(one: Situation) -> None:
    """What a merge puts into the plan was typed by those whom it credits; all else stays byte for
    byte.
    """
    merged = one.merge()
    changed = {(change.key, change.field): change for change in merged.changes}
    for key, row in merged.merged.items():
        for name, value in row.items():
            change = changed.get((key, name))
            if change is None:
                assert value.text == one.master[key][name]
            elif one.fields[name].rule != "append":
                credited = {source.lead for source in change.sources}
                assert credited
                assert credited <= _who_said(one, key, name, value)


def _who_said(one: Situation, key: str, name: str, value: Value) -> set[str]:
    """Who typed a value into a cell, in any of their returns."""
    field = one.fields[name]
    return {
        each.lead
        for each in one.returns
        for row in each.rows
        if row.key == key
        and name in row.values
        and _means(field, row.values[name]) == value.canonical
    }


def every_typed_value_stays_in_its_row(one: Situation) -> None:
    """A row whose key nobody knows, or that has none, moves no row of the plan."""
    strange = tuple(
        replace(
            each, rows=[row for row in each.rows if row.key not in one.master and not row.detached]
        )
        for each in one.returns
    )
    merged = one.merge(returns=strange)
    assert merged.changes == ()
    assert all(question.reason == "same-new-ref" for question in merged.questions)
    told = {(each.lead, each.key) for each in merged.refused}
    assert told == {(each.lead, row.key) for each in strange for row in each.rows if row.key}


def a_row_without_a_base_is_asked_about(one: Situation) -> None:
    """Each of its cells that differs from the plan, alone: nothing of it is merged."""
    blind = tuple(replace(each, base={}) for each in one.returns)
    merged = one.merge(returns=blind)
    assert merged.changes == ()
    assert {each.reason for each in merged.questions} <= {
        "no-base",
        "repeated-row",
        "withdrawn",
        "detached",
        "same-new-ref",
    }


def nothing_is_deleted_or_added(one: Situation) -> None:
    merged = one.merge()
    assert list(merged.merged) == list(one.master)
    assert all(set(merged.merged[key]) == set(row) for key, row in one.master.items())


def a_conflict_holds_up_nothing_else(one: Situation) -> None:
    """Take away every cell that waits: the rest of the merge stays as it was."""
    merged = one.merge()
    open_cells = {(each.key, each.field) for each in merged.questions if each.field != ROW}
    fields_free = {name for name in one.fields if not any(field == name for _, field in open_cells)}
    alone = one.merge(returns=tuple(_only(each, fields_free) for each in one.returns))
    rows_asked = {each.key for each in merged.questions if each.field == ROW}
    expected = [
        each for each in merged.changes if each.field in fields_free and each.key not in rows_asked
    ]
    assert [each for each in alone.changes if each.key not in rows_asked] == expected


def _only(each: Return, names: set[str]) -> Return:
    rows = [
        replace(row, values={name: value for name, value in row.values.items() if name in names})
        for row in each.rows
    ]
    return replace(each, rows=rows)


def the_plan_given_is_not_touched(one: Situation) -> None:
    """Merging is a calculation: whoever applies it does so in one transaction, or not at all."""
    before = copy.deepcopy((one.master, [astuple(each) for each in one.returns]))
    merged = one.merge()
    for row in merged.merged.values():
        row.clear()
    assert (one.master, [astuple(each) for each in one.returns]) == before


def a_decision_answers_until_a_value_moves(one: Situation) -> None:
    """Keeping the plan's value closes every question on a cell; when the plan moves there, it is
    asked anew.
    """
    merged = one.merge()
    decisions = tuple(_keep(question) for question in merged.questions)
    decided = one.merge(decisions=decisions)
    assert decided.questions == ()
    assert decided.merged == merged.merged
    assert len(decided.answered) == len(merged.questions)
    for question in merged.questions:
        field = one.fields.get(question.field)
        if field is not None and field.rule != "append" and question.reason != "no-base":
            again = one.merge(master=_move(one, question), decisions=decisions, origins={})
            answered = [each.about for each in again.answered]
            assert not any(
                isinstance(each, Question) and _cell(each) == _cell(question) for each in answered
            )


def _keep(question: Question) -> Decision:
    return Decision(question.id, question.grounds, "master", by="Officer", at="2013-02-01")


def _cell(question: Question) -> tuple[str, str]:
    return question.key, question.field


def _move(one: Situation, question: Question) -> Texts:
    """The plan with a value in the question's cell that nobody has said."""
    moved = {key: dict(row) for key, row in one.master.items()}
    moved[question.key][question.field] = "something the office wrote since"
    return moved


def a_taken_value_is_asked_about_once(one: Situation) -> None:
    """Taking each first candidate settles the cells; the same returns over the new plan ask nothing
    about them.
    """
    # A row without a base is compared with the plan: where the plan moves, it asks another
    # question.
    based = tuple(each for each in one.returns if each.base.keys() >= one.master.keys())
    one = replace(one, origins={}, returns=based)
    merged = one.merge()
    cells = [
        each
        for each in merged.questions
        if each.field != ROW and one.fields[each.field].rule != "append"
    ]
    decisions = tuple(
        Decision(
            each.id,
            each.grounds,
            "take",
            "Officer",
            "2013-02-01",
            each.candidates[0].value,
            each.candidates[0].source.lead,
        )
        for each in cells
    )
    decided = one.merge(decisions=decisions)
    for question in cells:
        assert (
            decided.merged[question.key][question.field].canonical
            == question.candidates[0].value.canonical
        )
    again = one.merge(master=decided.merged, decisions=decisions)
    assert again.changes == ()
    still = {_cell(each) for each in again.questions}
    assert not still & {_cell(each) for each in cells}


def a_waiting_change_can_be_refused(one: Situation) -> None:
    merged = one.merge()
    decisions = tuple(
        Decision("", each.grounds, "decline", "Officer", "2013-02-01", text="not yet")
        for each in merged.changes
    )
    refused = one.merge(decisions=decisions)
    assert refused.changes == ()
    assert refused.merged == one.merge(returns=()).merged
    assert {each.about for each in refused.answered} >= set(merged.changes)


def _means(field: Field, raw: Any) -> str:
    return field.read(raw).canonical


def _moved_there(each: Return, row: ReturnedRow, name: str, field: Field, one: Situation) -> bool:
    key = row.detached if row.detached in one.master else row.key
    if not key:
        return True
    base = each.base.get(key) or one.master.get(key, {})
    shown = "" if field.fresh and key in each.base else base.get(name, "")
    return _means(field, row.values[name]) != _means(field, shown)


def _found(
    merged: Merged, lead: str, row: ReturnedRow, name: str, value: Value, fields: dict[str, Field]
) -> bool:
    keys = {row.key, row.detached}
    lists: list[NotTaken | Refused] = [*merged.superseded, *merged.outranked, *merged.refused]
    if any(
        one.lead == lead and one.field == name and one.value.canonical == value.canonical
        for one in lists
    ):
        return True
    if any(_in_question(each, keys, name, value) for each in merged.questions):
        return True
    mine = [each for each in merged.proposals if lead in {source.lead for source in each.sources}]
    if any(each.values.get(name, BLANK).canonical == value.canonical for each in mine):
        return True
    standing = [
        merged.merged[key][name]
        for key in {each for each in keys if each} & merged.merged.keys()
        if name in merged.merged[key]
    ]
    return any(_stands(each, value, fields[name]) for each in standing)


def _stands(standing: Value, value: Value, field: Field) -> bool:
    if standing.canonical == value.canonical or field.rule != "append":
        return standing.canonical == value.canonical
    entries = read_entries(standing.text, ("Jan", "Feb"))
    return any(value.canonical.endswith(field.read(entry.text).canonical) for entry in entries)


def _in_question(question: Question, keys: set[str | None], name: str, value: Value) -> bool:
    if question.key not in keys and not any(
        keys & {one.stands, one.to} for one in question.candidates if one.to
    ):
        return False
    if question.field == name:
        return value.canonical in {one.value.canonical for one in question.candidates} | {
            question.master.canonical
        }
    values = [cell for one in question.candidates for cell in one.values]
    return any(field == name and cell.canonical == value.canonical for field, cell in values)


LAWS: tuple[Law, ...] = (
    as_the_reference_has_it,
    importing_twice_is_once,
    merging_twice_is_once,
    the_order_of_returns_never_matters,
    an_unedited_return_changes_nothing,
    undoing_a_merge_gives_the_plan_before,
    a_lone_edit_is_taken,
    the_plan_is_never_overwritten_where_it_moved,
    every_typed_value_is_somewhere,
    nothing_comes_from_nowhere,
    every_typed_value_stays_in_its_row,
    a_row_without_a_base_is_asked_about,
    nothing_is_deleted_or_added,
    a_conflict_holds_up_nothing_else,
    the_plan_given_is_not_touched,
    a_decision_answers_until_a_value_moves,
    a_taken_value_is_asked_about_once,
    a_waiting_change_can_be_refused,
)

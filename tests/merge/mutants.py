"""For each rule of the merge a core that is broken on purpose, and the law that must fail on it.

Rule 12 has two sides. That a merge is a calculation which touches nothing is held here; that it is
applied in one transaction, all of it or none, belongs to the store and is held by its tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.merge import laws
from xlplan.merge import cells, comparison, decisions, equality, proposals, rows, voices
from xlplan.plan.grounds import ROW

Break = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """A broken core: the rule it breaks, how, and which law catches it."""

    rule: int
    says: str
    law: laws.Law
    apply: Break


def _match_rows_by_likeness(patch: pytest.MonkeyPatch) -> None:
    """A row whose key is unknown is taken for the first row of the plan."""
    place = rows._place

    def likeness(one: Any, row: Any, heard: Any, master: Any, fields: Any, found: Any) -> None:
        known = row.key in master
        place(
            one,
            row if known else replace(row, key=next(iter(master))),
            heard,
            master,
            fields,
            found,
        )

    patch.setattr(rows, "_place", likeness)


def _compare_as_typed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(equality, "same_text", lambda text: text)


def _first_lead_wins(patch: pytest.MonkeyPatch) -> None:
    """A fold: each lead is merged on top of the ones before."""
    weigh = cells.weigh
    patch.setattr(decisions, "weigh", lambda cell, said, rounds=(): weigh(cell, said[:1], rounds))


def _a_conflict_holds_its_row(patch: pytest.MonkeyPatch) -> None:
    weigh_rows = comparison._Merging.weigh_rows

    def held(self: Any) -> None:
        weigh_rows(self)
        asked = {one.key for one in self.questions if one.field != ROW}
        self.changes = [one for one in self.changes if one.key not in asked]

    patch.setattr(comparison._Merging, "weigh_rows", held)


def _edit_withdrawn_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(comparison._Merging, "_is_withdrawn", lambda self, key: False)


def _the_first_proposal_wins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(proposals, "_clash", lambda ref, same, decisions, offered: same[:1])


def _guess_a_base(patch: pytest.MonkeyPatch) -> None:
    base_of = voices.base_of

    def guess(cell: Any, base: Any) -> Any:
        known = base_of(cell, base)
        return cell.master if known is None else known

    patch.setattr(voices, "base_of", guess)


def _missing_columns_are_blank(patch: pytest.MonkeyPatch) -> None:
    place = rows._place

    def filled(one: Any, row: Any, heard: Any, master: Any, fields: Any, found: Any) -> None:
        blank = dict.fromkeys(fields, "") if row.key else {}
        whole = replace(row, values={**blank, **row.values})
        place(one, whole, heard, master, fields, found)

    patch.setattr(rows, "_place", filled)


def _tidy_what_stays(patch: pytest.MonkeyPatch) -> None:
    """The plan's own text is cleaned although nobody moved it."""
    read_plan = comparison._read_plan

    def tidied(master: Any, fields: Any) -> Any:
        plan = read_plan(master, fields)
        return {
            key: {name: replace(value, text=value.canonical) for name, value in row.items()}
            for key, row in plan.items()
        }

    patch.setattr(comparison, "_read_plan", tidied)


def _take_the_best(patch: pytest.MonkeyPatch) -> None:
    def best(field: Any, values: Any) -> Any:
        ranked = [(field.scale.rank(_code(field, value)), value) for value in values]
        graded = [one for one in ranked if one[0] is not None]
        return max(graded, key=lambda one: one[0])[1] if len(graded) == len(ranked) else None

    patch.setattr(cells, "worst", best)


def _close_without_asking(patch: pytest.MonkeyPatch) -> None:
    """Closed against open is settled as if ratings were one ladder."""

    def ladder(field: Any, values: Any) -> Any:
        codes = list(field.scale.codes)
        known = [value for value in values if _code(field, value) in codes]
        return min(known, key=lambda value: codes.index(_code(field, value))) if known else None

    patch.setattr(cells, "worst", ladder)


def _code(field: Any, value: Any) -> str:
    return equality.word_meant(value.text, field.scale) or ""


def _move_without_approval(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cells, "needs_approval", lambda cell, new: False)


def _entries_overwrite(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        cells,
        "with_new_entries",
        lambda cell, entries, rounds: cell.field.read(entries[-1].written),
    )


def _decisions_forget_their_values(patch: pytest.MonkeyPatch) -> None:
    """A decision answers whatever is asked about its cell, whatever moved since."""
    patch.setattr(decisions.Decisions, "_that_holds", _latest_on_the_cell)


def _latest_on_the_cell(self: Any, cell: Any, about: Any, voices: Any) -> Any:
    known = self._of_cell.get((about.key, about.field), [])
    return known[-1] if known else None


def _merge_in_place(patch: pytest.MonkeyPatch) -> None:
    """The plan that was given is the plan that is written to."""

    def same(master: Any, fields: Any) -> Any:
        for row in master.values():
            row.update(
                {
                    name: fields[name].keep(value) if name in fields else value
                    for name, value in row.items()
                }
            )
        return master

    patch.setattr(comparison, "_read_plan", same)


def _majority_decides(patch: pytest.MonkeyPatch) -> None:
    """The value that more leads said wins."""
    weigh = cells.weigh

    def counted(cell: Any, said: Any, rounds: Any = ()) -> Any:
        votes = [voice.said[0].value.canonical for voice in said]
        most = max(set(votes), key=votes.count) if votes else ""
        agreed = [voice for voice in said if voice.said[0].value.canonical == most]
        return weigh(cell, agreed if len(agreed) > 1 else said, rounds)

    patch.setattr(decisions, "weigh", counted)


def _the_last_file_alone_speaks(patch: pytest.MonkeyPatch) -> None:
    """A newer return replaces the whole older one, not cell by cell."""
    listen = voices.listen
    patch.setattr(
        voices,
        "listen",
        lambda cell, returns, superseded: listen(cell, returns[-1:], superseded),
    )


def _clearings_are_applied(patch: pytest.MonkeyPatch) -> None:
    doubt = voices._doubt

    def bold(base: Any, latest: Any, back: Any) -> Any:
        found = doubt(base, latest, back)
        return None if found == "cleared" else found

    patch.setattr(voices, "_doubt", bold)


MUTANTS = (
    Mutant(
        1,
        "matches a row by likeness",
        laws.every_typed_value_stays_in_its_row,
        _match_rows_by_likeness,
    ),
    Mutant(
        2, "compares texts as typed", laws.an_unedited_return_changes_nothing, _compare_as_typed
    ),
    Mutant(2, "applies a clearing", laws.a_lone_edit_is_taken, _clearings_are_applied),
    Mutant(3, "lets the first lead win", laws.every_typed_value_is_somewhere, _first_lead_wins),
    Mutant(3, "counts votes", laws.as_the_reference_has_it, _majority_decides),
    Mutant(
        3,
        "hears only the last file of a lead",
        laws.every_typed_value_is_somewhere,
        _the_last_file_alone_speaks,
    ),
    Mutant(
        4,
        "holds a row for one conflict",
        laws.a_conflict_holds_up_nothing_else,
        _a_conflict_holds_its_row,
    ),
    Mutant(5, "edits a withdrawn row", laws.a_lone_edit_is_taken, _edit_withdrawn_rows),
    Mutant(
        6,
        "keeps one of two proposals",
        laws.every_typed_value_is_somewhere,
        _the_first_proposal_wins,
    ),
    Mutant(7, "guesses a base", laws.a_row_without_a_base_is_asked_about, _guess_a_base),
    Mutant(
        8,
        "takes a missing column for a clearing",
        laws.as_the_reference_has_it,
        _missing_columns_are_blank,
    ),
    Mutant(9, "tidies what nobody moved", laws.nothing_comes_from_nowhere, _tidy_what_stays),
    Mutant(10, "takes the best of two ratings", laws.as_the_reference_has_it, _take_the_best),
    Mutant(10, "settles closed against open", laws.as_the_reference_has_it, _close_without_asking),
    Mutant(10, "moves without approval", laws.a_lone_edit_is_taken, _move_without_approval),
    Mutant(
        10,
        "lets one entry overwrite another",
        laws.every_typed_value_is_somewhere,
        _entries_overwrite,
    ),
    Mutant(
        11,
        "answers with stale decisions",
        laws.a_decision_answers_until_a_value_moves,
        _decisions_forget_their_values,
    ),
    Mutant(
        12, "writes into the plan it was given", laws.the_plan_given_is_not_touched, _merge_in_place
    ),
)

"""The laws have teeth: each rule broken on purpose is caught by one of them."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import pytest

from tests.merge.laws import Law
from tests.merge.mutants import MUTANTS, Mutant
from tests.merge.samples import samples
from tests.strategies import Situation


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"rule {mutant.rule} {mutant.says}")
def test_a_law_fails_on_a_broken_core(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = copy.deepcopy(samples())
    mutant.apply(monkeypatch)
    with pytest.raises(AssertionError):
        hold(mutant.law, drawn)


def hold(law: Law, drawn: Iterable[Situation]) -> None:
    for one in drawn:
        law(one)


def test_every_rule_is_broken_once() -> None:
    assert {mutant.rule for mutant in MUTANTS} == set(range(1, 13))

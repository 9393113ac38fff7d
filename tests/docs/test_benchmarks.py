"""The benchmarks run, and say what they compare; how fast anything is, no test asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import peers, tables
from benchmarks.__main__ import main
from benchmarks.cases import CASES
from benchmarks.three_way import KINDS, SETS, growth, speed
from benchmarks.timing import in_turns
from xlplan.merge import three_way


@pytest.mark.parametrize("name", ["merge", "commit"])
def test_a_comparison_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([name])
    heading, line = capsys.readouterr().out.splitlines()
    assert "ratio" in heading
    assert line.startswith(name)
    assert " s " in line


def test_an_unknown_one_is_told() -> None:
    with pytest.raises(SystemExit, match=", ".join([*CASES, *SETS])):
        main(["speed"])


def test_the_merge_is_timed_for_each_kind_of_cell_and_number_of_returns() -> None:
    lines = list(speed(rows=30, leads=3, turns=1))
    for kind in KINDS:
        for returns in ("1 return ", "3 returns"):
            assert any(f"{kind:<8} 30 rows, {returns}" in line for line in lines)


def test_growth_and_memory_are_told_for_each_kind_of_cell() -> None:
    lines = list(growth(small=10, large=40, turns=1))
    told = [line for line in lines if line.split()[1] == "xlplan"]
    assert [line.split()[0] for line in told] == list(KINDS)
    assert all(line.endswith(" MB") for line in told)


def test_a_peer_that_is_not_installed_is_left_out_with_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(peers.PEERS, "daff", replace(peers.PEERS["daff"], package="no_daff_here"))
    word, *lines = speed(rows=10, leads=2, turns=1)
    assert "no_daff_here" in word
    assert "benchmarks/peers.txt" in word
    assert not any("daff" in line for line in lines)


@pytest.mark.parametrize("returns", [1, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_the_merge_and_the_floor_find_the_same_moves(kind: tables.Kind, returns: int) -> None:
    one = tables.case(kind, 60, returns)
    merged = three_way(one.master, one.returns, one.fields)
    floor, asked = peers.dictionary(one)()
    moved = {
        (key, name)
        for key, row in floor.items()
        for name, text in row.items()
        if text != one.plan[key][name]
    }
    assert {(each.key, each.field) for each in merged.changes} == moved != set()
    assert merged.questions == ()
    assert asked == []


@pytest.mark.parametrize("returns", [1, 4])
def test_sqlite_finds_them_too(returns: int) -> None:
    apsw = pytest.importorskip("apsw", reason="apsw is an extra of the benchmarks")
    one = tables.case("texts", 60, returns)
    merged = three_way(one.master, one.returns, one.fields)
    for _ in range(2):  # the second turn finds what the first one found
        changesets, conflicts = peers.session(one)()
        rows = [change.new for each in changesets for change in apsw.Changeset.iter(each)]
        assert sum(text is not apsw.no_change for row in rows for text in row) == len(
            merged.changes
        )
        assert conflicts == []


def test_no_further_turn_begins_when_time_is_up() -> None:
    ticks = iter(range(100))
    turns = []
    seconds = in_turns(
        {"ours": lambda: turns.append(1)}, turns=9, enough=2, clock=lambda: next(ticks)
    )
    assert seconds == {"ours": 1}
    assert len(turns) == 3

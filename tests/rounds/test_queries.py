"""Query workbooks: what a lead typed comes back to them, faults marked; corrected, it is their newer return."""

from __future__ import annotations

from tests.rounds.office import Office, codes, rows_of, type_into

GRAHAM = "Graham Reiter"


def asked(office: Office) -> tuple[dict, object]:  # type: ignore[type-arg]
    office.export()
    back = office.fill(GRAHAM, {"2.6": {"rag": "Purple", "progress": "Went to the team."}, "3.11": {"rag": "A"}})
    taken = office.take(back, status=1)
    (query,) = taken["queries"]
    return query, office.folder / query["path"]


def test_it_holds_what_the_lead_typed_with_the_fault_beside_it(walsall: Office) -> None:
    query, path = asked(walsall)
    assert (query["lead"], query["about"]) == (GRAHAM, f"back from {GRAHAM}.xlsx")
    assert query["path"].startswith("workbooks/queries/January Board/")
    row = {one.ref: one for one in rows_of(path)}["2.6"]  # type: ignore[arg-type]
    assert row.cells["rag"].value == "Purple"
    assert row.cells["progress"].value == "Went to the team."
    assert "'Purple' is not a rating" in row.cells["problem"].as_text


def test_corrected_it_is_the_leads_newer_return(walsall: Office) -> None:
    _, path = asked(walsall)
    type_into(path, {"2.6": {"rag": "A"}, "3.11": {"progress": "A LADO is found."}})  # type: ignore[arg-type]
    taken = walsall.take(path)  # type: ignore[arg-type]
    assert codes(taken) == ["file-superseded"]
    merged = walsall.run("merge")
    changes = {(one["ref"], one["field"], one["new"]) for one in merged.document["changes"]}
    assert changes == {
        ("2.6", "rag", "A"),
        ("2.6", "progress", "Went to the team."),
        ("3.11", "rag", "A"),
        ("3.11", "progress", "A LADO is found."),
    }
    assert merged.document["open_questions"] == 0


def test_a_clean_return_asks_nothing(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(walsall.fill(GRAHAM, {"3.11": {"rag": "A", "progress": "LADO starts in February."}}))
    assert taken["queries"] == []
    assert not (walsall.folder / "workbooks" / "queries").exists()

"""A finding and a change have one JSON form, in commands and in the report."""

from __future__ import annotations

from tests.reports.builders import a_mapping, material, value
from xlplan.plan.changes import Change, Source
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import finding
from xlplan.reports.documents import Documents, finding_document
from xlplan.reports.figures import figures
from xlplan.reports.formats.as_json import document

ODD = finding(
    "row-repeated",
    at=Address("Rose.xlsx", "Update", "C9"),
    ref="1.1",
    lead="Rose",
    value="1.1",
    details={"where": "row 8"},
)
CHANGE = Change(
    "a1.1", "rag", value("A"), value("G"), (Source("Rose", "Rose.xlsx", "", "H9"),), "Finished."
)


def test_a_finding_reads_alike() -> None:
    (found,) = document(figures(material(findings=[ODD])))["findings"]
    assert list(found.items()) == list(finding_document(ODD).items())
    assert (found["file"], found["cell"], found["key"]) == ("Rose.xlsx", "C9", None)


def test_a_change_reads_alike_with_the_name_of_its_field_beside_it() -> None:
    told = material(changes=[CHANGE])
    (change,) = document(figures(told))["changes"]
    assert change == Documents(told.after, a_mapping()).change(CHANGE) | {"label": "RAG"}
    assert change["sources"] == [{"lead": "Rose", "file": "Rose.xlsx", "sheet": None, "cell": "H9"}]

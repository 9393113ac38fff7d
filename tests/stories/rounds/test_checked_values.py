"""`check` finds values that their field does not have, however they came into the plan."""

from __future__ import annotations

import pytest

from tests.stories.office import ROOT, Office
from xlplan.plan.changes import Change
from xlplan.plan.values import Value
from xlplan.store import Store

_FIELDS = """
[fields.funding]
type = "choice"
choices = ["Capital", "Revenue"]

[fields.started]
type = "date"
"""


def holding(office: Office, **values: str) -> list[str]:
    """What `check` says of a plan whose action 2.17 holds these values."""
    text = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    (office.folder / "more.toml").write_text(text + _FIELDS, encoding="utf-8")
    assert office.run("mapping", "use", "more.toml").status == 0
    with Store.open(office.folder / "plan.db") as store, store.writing("officer"):
        (action,) = store.snapshot().by_ref("2.17")
        store.commit(
            [
                Change(action.key, name, action.get(name), Value(text, text))
                for name, text in values.items()
            ],
            [],
            kind="set",
            at="2013-01-10T09:00:00",
            by="officer",
        )
    checked = office.run("check")
    problems: list[str] = checked.document["problems"]
    assert checked.status == int(bool(problems))
    return problems


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "rag",
            "G\nJane Parry: R",
            "2.17 Rating is 'G Jane Parry: R', which is no rating of this plan",
        ),
        ("rag", "Purple", "which is no rating of this plan"),
        ("funding", "Reserves", "2.17 Funding is 'Reserves', which is no choice of this field"),
        ("started", "soon", "2.17 Started is 'soon', which is no date"),
        ("started", "31 June 2013", "which is no date"),
    ],
)
def test_a_value_that_is_none_is_found(walsall: Office, name: str, text: str, words: str) -> None:
    (problem,) = holding(walsall, **{name: text})
    assert words in problem
    assert problem.endswith("Mend it with `xlplan set`.")


def test_values_of_their_fields_are_sound(walsall: Office) -> None:
    said = {"rag": "G", "funding": "Capital", "started": "2013-05-01", "progress": "As you like"}
    assert holding(walsall, **said) == []

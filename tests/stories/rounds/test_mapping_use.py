"""mapping use: an edited mapping is taken into the plan as one revision, and never drops what
people wrote.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.office import ROOT, Office, codes

MAPPING = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")


def edited(office: Office, old: str, new: str) -> Path:
    assert old in MAPPING
    path = office.folder / "edited.toml"
    path.write_text(MAPPING.replace(old, new), encoding="utf-8")
    return path


def test_an_edited_mapping_is_one_revision_that_says_what_differs(walsall: Office) -> None:
    path = edited(walsall, 'name = "Programme office"', 'name = "Improvement team"')
    used = walsall.run("mapping", "use", path)
    assert (used.status, used.document["revision"]) == (0, 2)
    assert used.document["differences"] == ["office.name: 'Programme office' -> 'Improvement team'"]
    assert walsall.run("mapping", "use", path).document["revision"] is None


def test_a_field_that_holds_values_cannot_be_dropped(walsall: Office) -> None:
    path = edited(walsall, "[fields.measures]", "[fields.something_else]")
    used = walsall.run("mapping", "use", path)
    assert used.status == 2
    assert "'measures'" in used.complaint
    assert len(walsall.run("log").document["revisions"]) == 1 + len(
        [one for one in walsall.run("log").document["revisions"] if one["revision"] < 1]
    )


def test_a_mapping_with_a_slip_names_file_key_and_the_nearest_one(walsall: Office) -> None:
    path = edited(walsall, 'section_word = "theme"', 'sektion_word = "theme"')
    used = walsall.run("mapping", "use", path)
    assert used.status == 2
    assert (
        "edited.toml: plan.sektion_word: there is no key 'sektion_word' here; did you mean "
        "'section_word'?" in (used.complaint)
    )


def test_leads_check_gives_lines_to_paste(walsall: Office) -> None:
    told = walsall.run("leads", "--check")
    assert told.status == 1
    [unknown] = told.document["unresolved"]
    assert unknown["refs"] == ["3.24"]
    path = walsall.folder / "edited.toml"
    path.write_text(
        f"{MAPPING}\n{unknown['proposal'].rpartition('else:')[2].strip()}\n", encoding="utf-8"
    )
    assert walsall.run("mapping", "use", path).status == 0
    assert walsall.run("leads", "--check").status == 0


def test_a_spelling_added_to_a_known_lead_is_known_at_once(walsall: Office) -> None:
    path = edited(walsall, 'name = "Salma Ali"', 'name = "Salma Ali"\nspellings = ["[…] Jones"]')
    assert walsall.run("mapping", "use", path).status == 0
    told = walsall.run("leads", "--check")
    assert told.status == 0
    assert "3.24" in next(
        one["refs"] for one in told.document["leads"] if one["lead"] == "Salma Ali"
    )


def test_a_rating_that_actions_have_cannot_be_dropped(walsall: Office) -> None:
    ratings = MAPPING[MAPPING.index("[[rag]]") :]
    first = ratings[: ratings.index("[[rag]]", 1)]
    code = first.split('code = "', 1)[1].partition('"')[0]
    used = walsall.run("mapping", "use", edited(walsall, first, ""))
    assert used.status == 2
    assert f"drops the rating '{code}', which " in used.complaint
    assert (
        walsall.run(
            "mapping", "use", edited(walsall, f'code = "{code}"', f'code = "{code}x"')
        ).status
        == 2
    )


def test_a_rating_that_no_action_has_may_go(walsall: Office) -> None:
    more = '[[rag]]\ncode = "Z"\nname = "Zero"\ncolour = "#FFFFFF"\n\n[[rag]]'
    path = walsall.folder / "more.toml"
    path.write_text(MAPPING.replace("[[rag]]", more, 1), encoding="utf-8")
    assert walsall.run("mapping", "use", path).status == 0
    assert walsall.run("mapping", "use", edited(walsall, MAPPING, MAPPING)).status == 0


def test_a_column_of_measures_that_holds_values_cannot_be_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2019-09-02T09:00:00")
    office = Office(tmp_path, capsys, "west-sussex-2019")
    assert office.init().status < 2
    mapping = (ROOT / "mappings" / "west-sussex-2019.toml").read_text(encoding="utf-8")
    path = tmp_path / "edited.toml"
    for text in (
        mapping.replace('target_by = ["Target by"]\n', ""),
        mapping.partition("\n[measures]")[0],
    ):
        assert text != mapping
        path.write_text(text, encoding="utf-8")
        used = office.run("mapping", "use", path)
        assert used.status == 2
        assert "of the measures, which holds values" in used.complaint
    path.write_text(mapping.rstrip() + '\nunit = ["Unit"]\n', encoding="utf-8")
    assert office.run("mapping", "use", path).status == 0
    path.write_text(mapping, encoding="utf-8")
    assert office.run("mapping", "use", path).status == 0, "no measure has a unit"


@pytest.mark.parametrize("key", ["kind", "key", "self", "name", "outcome"])
def test_a_field_of_any_other_name_goes_through_a_whole_round(walsall: Office, key: str) -> None:
    text = MAPPING.replace("[fields.measures]", f'[fields.{key}]\nedit = "lead"')
    assert text != MAPPING
    (walsall.folder / "own.toml").write_text(text, encoding="utf-8")
    (walsall.folder / "plan.db").unlink()
    made = walsall.run("init", ROOT / "workbooks" / "walsall-2012.xlsx", "--mapping", "own.toml")
    assert made.document["actions"] > 0
    walsall.export()
    taken = walsall.take(walsall.fill("Sue Butcher", {"2.13": {key: "Another measure"}}))
    assert [(one["ref"], one["field"], one["new"]) for one in taken["changes"]] == [
        ("2.13", key, "Another measure")
    ]
    assert walsall.merge().document["revision"] == 2
    assert walsall.run("master", "--out", "m.xlsx").status == 0
    assert walsall.run("import", "--as-office", "--check", "m.xlsx").document["changes"] == []


def test_a_lead_who_is_called_otherwise_by_now_answers_what_was_sent(walsall: Office) -> None:
    walsall.export()
    renamed = edited(
        walsall, 'name = "Sue Butcher"', 'name = "Susan Reeve"\nspellings = ["Sue Butcher"]'
    )
    text = renamed.read_text(encoding="utf-8").replace(
        '["Sue Butcher"]\nrole', '["Sue Butcher", "S Butcher"]\nrole'
    )
    renamed.write_text(
        text.replace('spellings = ["S Butcher", "S. Butcher"]\n', ""), encoding="utf-8"
    )
    assert walsall.run("mapping", "use", renamed).status == 0
    shared = walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    assert [one["new"] for one in shared["changes"]] == ["G"]
    assert "locked-changed" not in codes(shared), (
        "2.17 named Sue Butcher as a joint lead when it was sent"
    )
    received = walsall.run("received", "Susan Reeve", "--nil")
    assert (received.status, received.document["lead"]) == (0, "Sue Butcher")

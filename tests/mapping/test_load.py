"""What a mapping says wrongly is told at once: file, key path, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from xlplan.mapping.load import MappingError, load_mapping, load_text
from xlplan.mapping.model import FieldType
from xlplan.mapping.schema import schema

SMALL = """
[plan]
id = "small"
title = "A small plan"

[[tables]]
sheet = "Plan"

[fields.action]
headings = ["Action"]

[fields.due]
headings = ["By when"]
type = "timescale"

[fields.rag]
headings = ["RAG"]
type = "rag"

[[rag]]
code = "G"
name = "Green"
colour = "#C6E0B4"

[[leads]]
name = "Asha Patel"
"""


def problems(changed: str, into: str) -> tuple[str, ...]:
    assert changed in SMALL
    with pytest.raises(MappingError) as trouble:
        load_text(SMALL.replace(changed, into), "small.toml")
    return trouble.value.problems


def test_a_small_mapping_is_read_with_its_defaults() -> None:
    mapping = load_text(SMALL, "small.toml")
    assert mapping.fields["due"].edit == "office"
    assert mapping.routing.joint == "all"
    assert mapping.tables[0].status == "open"


@pytest.mark.parametrize(
    "path", sorted(Path("mappings").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_mapping_of_ours_is_sound(path: Path) -> None:
    mapping = load_mapping(path)
    assert mapping.plan.id == path.stem
    assert "action" in mapping.fields


CASES = [
    (
        'headings = ["By when"]',
        'heading = ["By when"]',
        "fields.due.heading: there is no key 'heading' here; did you",
    ),
    ('type = "timescale"', 'type = "timescales"', "Did you mean 'timescale'?"),
    ('sheet = "Plan"', 'name = "Plan"', "tables[1].sheet: this key is missing; add it."),
    ('colour = "#C6E0B4"', 'colour = "green"', "rag[1].colour: 'green' is not a colour"),
    ("[fields.action]", "[fields.actions]", "fields: there is no field 'action'"),
    ('type = "rag"', 'type = "choice"', "fields.rag.choices: a choice needs its choices"),
    ('headings = ["RAG"]', 'headings = ["by  WHEN"]', "'by when' is a heading of field 'due' too"),
    (
        'sheet = "Plan"',
        'sheet = "Plan"\nfields = ["action", "dew"]',
        "there is no field 'dew'; did you mean 'due'?",
    ),
    (
        'name = "Asha Patel"',
        'name = "Asha Patel"\nkind = "group"\nmembers = ["Ash Patel"]',
        "did you mean 'Asha Patel'?",
    ),
    (
        "[[leads]]",
        '[[leads]]\nname = "asha  patel"\n\n[[leads]]',
        "'asha patel' also names asha  patel",
    ),
    (
        "[[leads]]",
        '[[rag]]\ncode = "Gr"\nname = "Green"\ncolour = "#DDDDDD"\n\n[[leads]]',
        "'green' also means rating G",
    ),
    (
        'sheet = "Plan"',
        'sheet = "Plan"\nlines = [{ kind = "section", reads = ["Aim {no}"] }]',
        "'{no}' in 'Aim {no}'",
    ),
    (
        'type = "timescale"',
        'required_when = [{ field = "rag" }]',
        "say when: is = [...] or moved = true.",
    ),
    (
        'title = "A small plan"',
        'title = "P"\nstart = 2020-01-01\nend = 2019-01-01',
        "plan.end: 2019-01-01 comes before",
    ),
]


@pytest.mark.parametrize(("changed", "into", "said"), CASES, ids=[case[2][:40] for case in CASES])
def test_a_problem_names_its_key_and_the_fix(changed: str, into: str, said: str) -> None:
    told = problems(changed, into)
    assert any(said in problem for problem in told), told


@pytest.mark.parametrize("type_", sorted({*get_args(FieldType)} - {"text"}))
def test_only_a_text_can_hold_the_entries_of_several_leads(type_: str) -> None:
    choices = 'choices = ["Capital"]\n' if type_ == "choice" else ""
    told = problems('type = "timescale"\n', f'type = "{type_}"\n{choices}merge = "append"\n')
    assert told == (
        f"fields.due.merge: a {type_} cannot hold the entries of several leads; "
        'set type = "text", or leave merge out.',
    )


def test_a_text_may_be_a_list_of_entries() -> None:
    text = SMALL.replace('type = "timescale"', 'type = "text"\nmerge = "append"')
    assert load_text(text, "small.toml").fields["due"].merge == "append"


@pytest.mark.parametrize("key", ["order", "table", "opening", "comments", "status"])
def test_a_key_under_which_an_action_keeps_something_else_is_refused(key: str) -> None:
    with pytest.raises(MappingError, match=rf"fields\.{key}: .*call it fields\.own_{key}"):
        load_text(SMALL.replace("[fields.due]", f"[fields.{key}]"), "small.toml")
    assert load_text(SMALL.replace("[fields.due]", f"[fields.own_{key}]"), "small.toml").fields


def test_all_problems_are_told_at_once_each_with_the_file() -> None:
    text = SMALL.replace('type = "timescale"', 'typ = "timescale"').replace(
        'colour = "#C6E0B4"', 'colour = "green"'
    )
    with pytest.raises(MappingError) as trouble:
        load_text(text, "small.toml")
    lines = str(trouble.value).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("small.toml: ") for line in lines)


def test_what_is_not_toml_is_told_with_its_line() -> None:
    with pytest.raises(MappingError, match=r"this is not TOML: .*line 2"):
        load_text("[plan]\nid = \n", "small.toml")


def test_a_file_that_cannot_be_read_is_a_mapping_error(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"gone.toml: the file cannot be read"):
        load_mapping(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "Caf\xe9"')
    with pytest.raises(MappingError, match="not UTF-8"):
        load_mapping(tmp_path / "latin.toml")


def test_the_schema_knows_every_key_as_the_file_spells_it() -> None:
    described = schema()
    assert set(described["properties"]) >= {"plan", "tables", "fields", "rag", "leads"}
    assert "is" in described["$defs"]["RequiredWhen"]["properties"]
    assert described["$defs"]["FieldSpec"]["additionalProperties"] is False

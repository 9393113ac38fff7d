"""Every cell of every table of the report, in every format, is what the log alone gives."""

from __future__ import annotations

import pytest

from tests.stories.proof.expected import Wanted
from tests.stories.proof.expected_charts import Expected
from tests.stories.proof.readers import Page
from tests.stories.proof.sheets import read_report
from tests.stories.proof.shown import Shown
from tests.stories.proof.story import Story

PRINTED = ("xlsx", "html", "docx", "md")


def compare(page: Page, wanted: dict[str, Wanted], shown: Shown) -> None:
    """All wanted tables are there, with these headings and rows; what has no rows says so in
    words.
    """
    for title, table in wanted.items():
        found = next(
            (page.tables[one] for one in (title, *table.titles) if one in page.tables), None
        )
        if not table.rows:
            assert found is None or not found.rows, title
            continue
        assert found, f"{title}: there is {list(page.tables)}"
        rows = shown.rows(table.headings, found.under(table.headings))
        missing, more = (
            [one for one in some if one not in other]
            for some, other in ((table.rows, rows), (rows, table.rows))
        )
        assert not missing, f"{title}: {missing[0]} is missing; beyond what the log gives: {more}"
        assert not more, f"{title}: {more[0]} is more than the log gives"
        assert len(rows) == len(table.rows), title
        assert not table.ordered or rows == table.rows, title


def titles(wanted: dict[str, Wanted]) -> set[str]:
    return {*wanted, *(other for table in wanted.values() for other in table.titles)}


@pytest.mark.parametrize("suffix", PRINTED)
def test_every_cell_of_the_report(story: Story, expected: Expected, suffix: str) -> None:
    wanted = expected.report()
    page = read_report(story.folder / f"report.{suffix}", titles(wanted))
    compare(page, wanted, Shown(expected))
    found = {title for title, table in page.tables.items() if table.rows}
    assert found <= titles(wanted) | {"Totals as the office published them"}, (
        "a table that nobody recomputes"
    )


def test_every_cell_of_the_master(story: Story, expected: Expected) -> None:
    wanted = expected.master()
    compare(read_report(story.folder / "master.xlsx", titles(wanted)), wanted, Shown(expected))

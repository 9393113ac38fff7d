"""Every number of every chart is what the log alone gives: native charts, drawn ones, pictures told
in words.
"""

from __future__ import annotations

import pytest

from tests.stories.proof.charts import drawn_charts, native_charts, native_words, word_charts
from tests.stories.proof.expected_charts import Expected
from tests.stories.proof.story import Story


def of_the_report(expected: Expected) -> set[str]:
    """The report has all charts but that of months, which is the master's, as is the one of all and
    its sections.
    """
    ends = ("the month they are due", "and by section")
    return {title for title in expected.charts() if not title.endswith(ends)}


def of_the_master(expected: Expected) -> set[str]:
    """The master tells all and its sections in one chart."""
    return {*expected.charts()} - {"Ratings before and now", "Ratings now, by section"}


@pytest.mark.parametrize("name", ["report", "master"])
def test_native_charts(story: Story, expected: Expected, name: str) -> None:
    wanted = expected.charts()
    found = native_charts(story.folder / f"{name}.xlsx")
    assert {chart.title for chart in found} == (
        of_the_report if name == "report" else of_the_master
    )(expected)
    for chart in found:
        assert wanted[chart.title].alike(chart), (wanted[chart.title], chart)
    words = {chart.in_words()[:2000] for chart in wanted.values()}
    assert {*native_words(story.folder / f"{name}.xlsx")} <= words


def test_drawn_charts(story: Story, expected: Expected) -> None:
    wanted = expected.charts()
    found = drawn_charts(story.folder / "report.html")
    assert {*found} == of_the_report(expected)
    for title, (chart, said) in found.items():
        assert wanted[title].alike(chart), (wanted[title], chart)
        assert said == wanted[title].in_words()


def test_pictures_of_charts(story: Story, expected: Expected) -> None:
    charts = [expected.charts()[title] for title in of_the_report(expected)]
    told = {f"{chart.title}. {chart.in_words()}." for chart in charts}
    assert {*word_charts(story.folder / "report.docx")} == told


def test_charts_of_markdown(story: Story, expected: Expected) -> None:
    page = (story.folder / "report.md").read_text(encoding="utf-8").replace("\\", "")
    for title in of_the_report(expected):
        chart = expected.charts()[title]
        assert f"\n{chart.title}: {chart.in_words()}.\n" in page

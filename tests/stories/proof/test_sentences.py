"""The half page that a board member reads first: every clause is what the log alone gives, in every
format.
"""

from __future__ import annotations

import pytest

from tests.stories.proof import clauses
from tests.stories.proof.readers import one_line
from tests.stories.proof.recomputed import Recomputed
from tests.stories.proof.sheets import headlines, read_report
from tests.stories.proof.story import Story


def test_every_clause(story: Story, told: Recomputed) -> None:
    assert clauses.said(story.report["summary"]) == clauses.due(told)


@pytest.mark.parametrize("suffix", ["xlsx", "html", "docx", "md"])
def test_every_format_says_the_same(story: Story, suffix: str) -> None:
    paragraphs = [
        one_line(text) for text in read_report(story.folder / f"report.{suffix}", ()).paragraphs
    ]
    wanted = [one_line(sentence) for sentence in story.report["summary"]]
    start = paragraphs.index(wanted[0])
    said = [text for text in paragraphs[start:] if text][: len(wanted)]
    assert said == wanted


@pytest.mark.parametrize(
    "name", ["report.xlsx", "report.html", "report.docx", "report.md", "master.xlsx"]
)
def test_headline_numbers(story: Story, told: Recomputed, name: str) -> None:
    assert headlines(story.folder / name) == clauses.headlines(told)

"""Rows of a finished report as they are compared with what must be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.stories.proof.expected import A_REQUIREMENT, CUT, Lines, Report, sorted_refs


class Shown:
    """Rows of a report as they are compared: leads in one order, long texts cut, refs sorted."""

    def __init__(self, expected: Report) -> None:
        story = expected.story
        self.names = sorted(
            {*story.sent, *(one["lead"] for one in story.led)}, key=len, reverse=True
        )
        self.requirement = expected.label("requirement")

    def rows(self, headings: Sequence[str], rows: Lines) -> Lines:
        lines = [
            [self._cell(head, text) for head, text in zip(headings, row, strict=True)]
            for row in rows
        ]
        for line in lines:
            if line[1:2] == [self.requirement] and line[3]:
                line[3] = A_REQUIREMENT
        return lines

    def _cell(self, heading: str, text: str) -> str:
        if heading == "Lead" and text not in self.names:
            return self._leads(text)
        if heading == "Recommendation":
            return text.casefold()
        if (heading.startswith("Open ") or heading == "Which") and ", " in text:
            return sorted_refs(text.split(", "))
        if heading in {"Action", "Is", "Was", "Old", "New"}:
            return text.rstrip("…")[:CUT]
        return text

    def _leads(self, text: str) -> str:
        left, found = text, list[str]()
        for name in self.names:
            pattern = rf"(?:^|, ){re.escape(name)}(?=, |$)"
            if re.search(pattern, left):
                left, found = re.sub(pattern, "", left, count=1), [*found, name]
        return " + ".join(sorted(found)) if found and not left.strip(", ") else text

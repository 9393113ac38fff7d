"""The charts that a report and a master must show, from recomputed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from tests.stories.proof.charts import Chart
from tests.stories.proof.expected import MONTHS
from tests.stories.proof.expected_master import Master
from tests.stories.proof.recomputed import DUE, STEPS, Action

STEP_ORDER = (
    "improved",
    "completed",
    "started",
    "newly rated",
    "re-opened",
    "put back",
    "no longer rated",
    "worsened",
)
"""As the charts' keys have them, from good to bad."""


class Expected(Master):
    """Everything that must be shown of one story: tables and charts."""

    def charts(self) -> dict[str, Chart]:
        """Charts of the report and the master by title."""
        word, found = self.word.lower(), {}
        for chart in (
            self._chart(
                "Ratings before and now, and by section",
                self._ratings(),
                self.told.codes,
                self.rating,
            ),
            self._chart("Ratings before and now", self._whole(), self.told.codes, self.rating),
            self._chart("Ratings now, by section", self._sections(), self.told.codes, self.rating),
            self._chart(
                "Ratings that moved, by section", self._moves(), STEP_ORDER, STEPS.__getitem__
            ),
            self._chart(
                f"Open {word}s by when they are due", self._when(), self.told.codes, self.rating
            ),
            self._chart(
                f"Open {word}s by the month they are due",
                self._by_month(),
                self.told.codes,
                self.rating,
            ),
        ):
            found[chart.title] = chart
        return found

    def _chart(
        self,
        title: str,
        bars: dict[str, Counter[str]],
        order: Iterable[str],
        name: Callable[[str], str],
    ) -> Chart:
        keys = list(order)
        counts = [
            (bar, tuple((name(key), counted[key]) for key in keys if counted[key]))
            for bar, counted in bars.items()
        ]
        return Chart(title, tuple(counts))

    def _ratings(self) -> dict[str, Counter[str]]:
        return self._whole() | self._sections()

    def _whole(self) -> dict[str, Counter[str]]:
        return {
            "All, before": _codes(self.told.living("was")),
            "All, now": _codes(self.told.living("now")),
        }

    def _sections(self) -> dict[str, Counter[str]]:
        now, sections = self.told.living("now"), self.told.sections.items()
        return {
            name: _codes(one for one in now if one.get("section") == key) for key, name in sections
        }

    def _moves(self) -> dict[str, Counter[str]]:
        bars = {"All": Counter(step for *_, step in self.told.moved)}
        parts = {
            name: Counter(step for one, *_, step in self.told.moved if one.get("section") == key)
            for key, name in self.told.sections.items()
        }
        moved = {name: counted for name, counted in parts.items() if counted}
        return bars | (moved if len(moved) > 1 else {})

    def _when(self) -> dict[str, Counter[str]]:
        return {name: _codes(self.told.when_due[name]) for name in DUE[:5]}

    def _by_month(self) -> dict[str, Counter[str]]:
        months: dict[tuple[int, int], list[Action]] = {}
        for one in self.told.open:
            if one.due:
                months.setdefault((one.due.year, one.due.month), []).append(one)
        latest = sorted(months.items())[-24:]
        return {f"{MONTHS[month - 1]} {year}": _codes(some) for (year, month), some in latest}


def _codes(actions: Iterable[Action]) -> Counter[str]:
    return Counter(one.rag for one in actions)

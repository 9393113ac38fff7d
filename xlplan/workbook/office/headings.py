"""The headings of one table in the office's layout, both ways: whose column a heading says it is,
and what heads a column that we write.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlplan.mapping.keys import added_headings, fields_of
from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.text.text import fold_code


def fold_heading(text: str) -> str:
    """A heading by which two spellings are one: letters and digits alone, look-alikes made Latin,
    without case. `Lead /\\nOfficer:` is `leadofficer`.
    """
    folded = fold_code(text)
    # People break a heading with Alt+Enter or end it with a colon; one may be a sign alone: `#`.
    return re.sub(r"[\W_]+", "", folded) or folded


@dataclass(frozen=True)
class SeenHeading:
    """What may head one column: that of a field, or of a field's earlier values (`point`).

    `spellings` begin with the mapping's first; `under` is what stands over several columns. An
    `optional` one may be lacking, and is read only where no published one fits.
    """

    field: str
    point: str
    spellings: tuple[str, ...]
    under: str = ""
    optional: bool = False

    @property
    def column_field(self) -> str:
        """`rag`, or `rag:initial` for a history column."""
        return f"{self.field}:{self.point}" if self.point else self.field

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Its spellings, folded."""
        return tuple(map(fold_heading, self.spellings))

    @cached_property
    def folded_under(self) -> str:
        """What stands over it, folded; "" when nothing needs to."""
        return fold_heading(self.under)

    def place(self, folded: str) -> int:
        """The place of a folded text among the spellings; 0, the best, too when it is none."""
        return self.folded.index(folded) if folded in self.folded else 0


class TableHeadings:
    """Every heading that a table may have, each spelling folded once.

    `published` are those that the mapping says it has.
    """

    def __init__(self, headings: Iterable[SeenHeading]) -> None:
        # A column of the workbook comes before a field that only may have one, under its display
        # name: a column `Rating` of the office's own is no column of ours.
        self._all = sorted(headings, key=lambda heading: heading.optional)
        self.published = tuple(heading for heading in self._all if not heading.optional)
        self.groups = frozenset(heading.folded_under for heading in self._all) - {""}
        self._by_spelling: dict[str, list[SeenHeading]] = {}
        for heading in self._all:
            for folded in dict.fromkeys(heading.folded):
                self._by_spelling.setdefault(folded, []).append(heading)

    @classmethod
    def of_table(
        cls, mapping: PlanMapping, table: TableSpec, *, ours: bool = False
    ) -> TableHeadings:
        """Those published, and those that a master adds.

        A field without headings may stand in any table. Where the sheet is `ours`, so may a field
        that has headings: in an office's own sheet, a column with the heading of a field that the
        table's list leaves out is something else.
        """
        return cls([*_published(mapping, table), *_added(mapping, ours=ours)])

    def named(self, heading: str, under: str = "") -> SeenHeading | None:
        """The first that a heading, with what stands over it, can be; both folded."""
        fitting = self._by_spelling.get(heading, ())
        return next(
            (candidate for candidate in fitting if candidate.folded_under in {"", under}), None
        )

    def of_column(self, column_field: str) -> Iterator[SeenHeading]:
        """Those that may head the column of a field, or of a point of its history."""
        return (heading for heading in self._all if heading.column_field == column_field)

    def added(self, field: str, printed: Collection[str]) -> bool:
        """Whether a master may add a column for a field under one of the headings `printed`."""
        return any(
            candidate.optional and not candidate.point and candidate.folded[-1] in printed
            for candidate in self.of_column(field)
        )

    def for_added(self, field: str, printed: Collection[str]) -> str:
        """What heads a column that a master adds for a field: its name, with its key where the name
        is another's too. `printed` are the headings, folded, that the table shows already.
        """
        added = {
            candidate.field: candidate
            for candidate in self._all
            if candidate.optional and not candidate.point
        }
        with_key, name = added[field].spellings
        folded = added[field].folded[-1]
        taken = folded in printed or any(
            folded in candidate.folded
            for candidate in self.published
            if candidate.column_field != field
        )
        names = (other.folded[-1] for key, other in added.items() if key != field)
        return with_key if taken or folded in names else name


def _published(mapping: PlanMapping, table: TableSpec) -> Iterator[SeenHeading]:
    for key, spec in fields_of(mapping, table).items():
        if spec.headings:
            yield SeenHeading(key, "", tuple(spec.headings), spec.under)
        # Offices that move completed actions to a sheet of their own drop earlier ratings there.
        for point, spellings in spec.history.items():
            yield SeenHeading(key, point, tuple(spellings), optional=table.status == "completed")


def _added(mapping: PlanMapping, *, ours: bool) -> Iterator[SeenHeading]:
    for key, spec in mapping.fields.items():
        if ours or not spec.headings:
            yield SeenHeading(key, "", added_headings(mapping, key), optional=True)


_BELOW = " > "


def listed_heading(field: str, spellings: Sequence[str]) -> SeenHeading:
    """A heading as a mapping lists it for a plain list: `Red > Current` stands below `Red`."""
    # Sunderland's totals have `Current` five times, once below each colour.
    under, below, _ = spellings[0].partition(_BELOW)
    if not below:
        return SeenHeading(field, "", tuple(spellings))
    return SeenHeading(field, "", tuple(name.partition(_BELOW)[2] for name in spellings), under)


def shown_heading(heading: str, under: str) -> str:
    """A heading as people are shown it: `References > Action No.`."""
    return f"{under}{_BELOW}{heading}" if under else heading


def header_text(headings: Iterable[tuple[str, str]]) -> str:
    """A header as the plan keeps it, from (heading, under): a tab between columns, and what stands
    over a heading on a line of its own.
    """
    return "\t".join(f"{under}\n{heading}" if under else heading for heading, under in headings)


def headings_in(text: str, unders: Sequence[str]) -> list[str] | None:
    """The headings of a header's text, where it has a heading for each of `unders`; else None."""
    parts = text.split("\t")
    if len(parts) != len(unders):
        return None
    return [
        part.removeprefix(f"{under}\n") if under else part
        for part, under in zip(parts, unders, strict=True)
    ]

"""Write a change report in the format that its file name asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xlplan.plan.figures.figures import Figures

SUFFIXES = (".xlsx", ".html", ".docx", ".md", ".json")
"""Formats of a change report."""


class UnknownFormat(ValueError):
    """A file name that asks for no format of ours; the message lists those that there are."""


def write_change_report(figures: Figures, path: Path, *, created: datetime) -> None:
    """Write the report to `path`; its suffix chooses the format.

    Raises:
        UnknownFormat: the suffix is none of SUFFIXES.
    """
    writers: dict[str, Callable[[Figures, Path, datetime], None]] = {
        ".xlsx": _xlsx,
        ".html": _html,
        # Older programs on Windows call a page so.
        ".htm": _html,
        ".docx": _word,
        ".md": _markdown,
        ".json": _json,
    }
    # Windows takes `Report.DOCX` and `report.docx` for the same name.
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        raise UnknownFormat(
            f"A report is written as {', '.join(SUFFIXES)}, not as '{path.suffix}'."
        )
    writer(figures, path, created)


def _xlsx(figures: Figures, path: Path, created: datetime) -> None:
    from xlplan.reports.chapters.content import chapters, report_title
    from xlplan.workbook.pages.sheet import write_report

    heading = figures.heading
    write_report(
        path,
        chapters(figures),
        title=report_title(figures),
        author=heading.organisation,
        created=created,
        marking=heading.marking,
        draft=heading.draft,
    )


def _html(figures: Figures, path: Path, created: datetime) -> None:
    from xlplan.reports.formats.html import write_html

    write_html(figures, path)


def _word(figures: Figures, path: Path, created: datetime) -> None:
    from xlplan.reports.formats.word import write_word

    write_word(figures, path, created=created)


def _markdown(figures: Figures, path: Path, created: datetime) -> None:
    from xlplan.reports.formats.markdown import markdown

    # Windows would end lines in CR LF: the same report would be other bytes there.
    path.write_text(markdown(figures), encoding="utf-8", newline="\n")


def _json(figures: Figures, path: Path, created: datetime) -> None:
    from xlplan.reports.formats.as_json import as_json

    path.write_text(as_json(figures), encoding="utf-8", newline="\n")

"""The change report as chapters of neutral blocks: every format prints these and adds nothing."""

from __future__ import annotations

from xlplan.plan.figures.figures import Figures
from xlplan.reports.chapters import actions as figure_actions
from xlplan.reports.chapters import further as figure_further
from xlplan.reports.chapters import record as figure_record
from xlplan.reports.chapters.charts import due_chart, movement_chart, sections_chart, whole_chart
from xlplan.reports.chapters.sentences import sentences, subtitle
from xlplan.reports.chapters.totals import remaining_title, tiles, totals_table
from xlplan.workbook.pages.blocks import Block, Chapter, Chart, Paragraph


def report_title(figures: Figures) -> str:
    """The report's title: the plan's, after what it is."""
    return f"Change report: {figures.heading.title}"


def chapters(figures: Figures) -> list[Chapter]:
    """All chapters in reading order; the first is the page that a board member reads."""
    return [
        # Board members read the first half page; what stands behind it is the record.
        _summary(figures),
        # The first name is a sheet's: Excel takes 31 characters and no colon.
        Chapter("Totals", "Totals by section", _totals(figures)),
        Chapter(
            "Movements",
            "Ratings that moved",
            _charted(movement_chart(figures), figure_actions.movements(figures)),
        ),
        Chapter("Remaining", remaining_title(figures), (figure_actions.remaining(figures),)),
        Chapter(
            "Completed and new",
            "Completed, new and withdrawn",
            figure_actions.came_and_went(figures),
        ),
        Chapter(
            "Dates",
            "Dates: slipped and overdue",
            _charted(due_chart(figures), *figure_actions.dates(figures)),
        ),
        Chapter("Rewritten", "Reassigned and reworded", figure_record.rewritten(figures)),
        Chapter("Decisions", "Questions and decisions", figure_record.decisions(figures)),
        Chapter("Returns", "Who has returned", (figure_record.returns(figures),)),
        Chapter("Findings", "Findings in what came back", (figure_record.findings(figures),)),
        # Papers are printed: the longest list comes last, where it can be left out.
        Chapter("Changes", "Every cell that changed", (figure_record.changes(figures),)),
    ]


def _totals(figures: Figures) -> tuple[Block, ...]:
    return _charted(
        sections_chart(figures), totals_table(figures), *figure_further.published(figures)
    )


def _charted(chart: Chart | None, *blocks: Block) -> tuple[Block, ...]:
    """Blocks after their chart, where there is one."""
    return (chart, *blocks) if chart else blocks


def _summary(figures: Figures) -> Chapter:
    opening = [Paragraph(text, "lead") for text in sentences(figures)]
    return Chapter(
        "Summary",
        "In short",
        (
            Paragraph(subtitle(figures), "muted"),
            *opening,
            tiles(figures),
            *_charted(whole_chart(figures)),
        ),
    )

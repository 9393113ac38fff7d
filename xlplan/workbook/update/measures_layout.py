"""The columns of the sheet of measures, described once for its writer and its reader."""

from __future__ import annotations

from collections.abc import Collection

from xlplan.workbook.kit.sentences import say
from xlplan.workbook.update.layout import UpdateColumn

MEASURE_COLUMNS = (
    UpdateColumn("token", "", say("table.code"), "token", "text", 4, hidden=True),
    UpdateColumn("no", "no", "No", "locked", "ref", 8),
    UpdateColumn("measure", "measure", "Measure", "locked", "text", 60),
    UpdateColumn("unit", "unit", "Unit", "locked", "text", 14),
    UpdateColumn("target", "target", "Target", "locked", "text", 22),
    UpdateColumn("last.reading", "reading", say("measures.last"), "last", "text", 14),
    # To the left of the readings: it travels when somebody sorts all that they see.
    UpdateColumn("token2", "", say("table.code.copy"), "token2", "text", 4, hidden=True),
    UpdateColumn(
        "reading",
        "reading",
        say("measures.now"),
        "input",
        "text",
        18,
        say("measures.prompt"),
        fresh=True,
    ),
)
MEASURE_PROBLEM = UpdateColumn("problem", "", say("problem"), "problem", "text", 34)
"""The column of a query workbook that says what is to be mended."""

_OF_MEASURES = {"no", "measure", "reading"}
_OF_ACTIONS = {"ref", "action", "done"}


def of_measures(columns: Collection[str]) -> bool:
    """Whether a table with these columns is the one of measures, not the one of actions."""
    return bool(_OF_MEASURES & set(columns)) and not _OF_ACTIONS & set(columns)

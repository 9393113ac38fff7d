"""Open a file that arrived: its sheets by the format that its bytes tell, and its rows."""

from __future__ import annotations

from xlplan.mapping.model import PlanMapping
from xlplan.rounds.arrivals.gathering import Arrived
from xlplan.rounds.intake.account import Opened
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.returned.reading import read_returned


def open_file(arrived: Arrived, mapping: PlanMapping) -> Opened:
    """Open one file; `mapping` tells columns whose headings were retyped.

    Raises:
        Unreadable: no spreadsheet, locked with a password, or damaged; the message says which.
    """
    sheets = open_spreadsheet(arrived.path)
    return Opened(arrived, sheets, read_returned(sheets, mapping))

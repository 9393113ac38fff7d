"""The columns of a decisions workbook, described once for its writer and its reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecisionColumn:
    """One column: id in the key row, heading, width in characters (0 is hidden), and the prompt of an input."""

    id: str
    heading: str
    width: float
    prompt: str = ""


COLUMNS = (
    DecisionColumn("fingerprint", "Row code", 0),
    DecisionColumn("id", "No", 6),
    DecisionColumn("ref", "Ref", 8),
    DecisionColumn("action", "Action", 34),
    DecisionColumn("field", "What", 14),
    DecisionColumn("reason", "Why it waits for you", 26),
    DecisionColumn("base", "When issued", 20),
    DecisionColumn("master", "Master now", 20),
    DecisionColumn("said", "What came back", 46),
    DecisionColumn("choice", "Your decision", 20, "Choose from the list. A line left empty stays open."),
    DecisionColumn("value", "Value, or ref", 20, "With 'Another value': the value. With 'Same as': the other ref."),
    DecisionColumn("why", "Your reason", 26, "Why. It is kept with the decision and may be sent to the leads."),
)
PLACES = {column.id: place for place, column in enumerate(COLUMNS)}

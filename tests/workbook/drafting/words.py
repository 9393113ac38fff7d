"""Words that offices use, for made-up layouts. The drafting of mappings does not read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": ("Ref", "Action No.", "No", "Reference", "ID", "Action ref", "#", "Ref no."),
    "action": (
        "What are we going to do?",
        "Improvement action",
        "Key actions",
        "Tasks",
        "Activity",
        "Actions to be taken",
        "How we will do it",
        "Specific action",
        "Steps",
        "Commitment",
        "Deliverable",
        "What needs to change",
    ),
    "leads": (
        "Who",
        "Lead officer",
        "Owner",
        "By whom?",
        "Action owner",
        "Responsible",
        "Lead",
        "Named person",
        "SRO",
        "Post holder",
        "Delivered by",
    ),
    "due": (
        "By when",
        "Deadline",
        "Target date",
        "Completion date",
        "When?",
        "Timeframe",
        "Due by",
        "Date to be completed",
        "Milestone date",
        "End",
        "Expected by",
        "Finish",
    ),
    "rag": (
        "RAG",
        "Status",
        "BRAG rating",
        "RAG status",
        "Current position",
        "Delivery status",
        "Progress RAG",
        "Delivery confidence",
        "Rating",
    ),
    "progress": (
        "Update",
        "Progress",
        "Latest position",
        "Commentary",
        "Progress since last meeting",
        "What have we done?",
        "Comments",
        "Where are we now?",
        "What has happened",
    ),
    "measures": (
        "Success criteria",
        "Impact measure",
        "How will we know?",
        "Outcome measures",
        "KPI",
        "What will success look like?",
        "Intended impact",
        "Evidence of difference",
        "Measured by",
    ),
    "section": (
        "Theme",
        "Priority area",
        "Workstream",
        "Objective",
        "Strand",
        "Area for improvement",
        "Domain",
        "Pillar",
        "Recommendation",
    ),
}

RATINGS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("R", "graded"), ("A", "graded"), ("G", "graded"), ("B", "closed")),
    (("Red", "graded"), ("Amber", "graded"), ("Green", "graded"), ("Complete", "closed")),
    (
        ("Off track", "graded"),
        ("At risk", "graded"),
        ("On track", "graded"),
        ("Completed", "closed"),
    ),
    (("Not started", "not-started"), ("In progress", "graded"), ("Done", "closed")),
    (
        ("Overdue", "graded"),
        ("Slipping", "graded"),
        ("On target", "graded"),
        ("Achieved", "closed"),
    ),
    (
        ("Grey", "not-started"),
        ("Red", "graded"),
        ("Amber", "graded"),
        ("Green", "graded"),
        ("Blue", "closed"),
    ),
    (("RED", "graded"), ("AMBER/GREEN", "graded"), ("GREEN", "graded"), ("CLOSED", "closed")),
    (("Behind", "graded"), ("Okay", "graded"), ("Ahead", "graded"), ("Signed off", "closed")),
    (("1", "graded"), ("2", "graded"), ("3", "graded"), ("4", "graded")),
)
"""Scales: words with their kinds, graded ones worst first."""

DATES: tuple[Callable[[date], str | date], ...] = (
    lambda day: f"{day:%b} {day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: day,
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"End of {day:%B} {day.year}",
    lambda day: f"{day:%m/%y}",
    lambda day: f"Q{(day.month - 1) // 3 + 1} {day.year}",
)
LINES: tuple[Callable[[int, str], str], ...] = (
    lambda number, name: f"Theme {number}: {name}",
    lambda number, name: f"PRIORITY {number} - {name}",
    lambda number, name: f"{number}. {name}",
    lambda number, name: f"Workstream {chr(64 + number)} – {name}",
    lambda number, name: name,
    lambda number, name: f"Objective {number} {name}",
)
OTHERS: tuple[tuple[str, str], ...] = (
    ("Budget code", "GX-100"),
    ("Board", "Quality and Performance Board"),
    ("Ward", "Central"),
)
"""Columns of an office's own, with what stands in them."""

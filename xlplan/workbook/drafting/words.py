"""What offices call their columns: words by which a heading tells a field, strong ones and weak
ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xlplan.plan.text.text import fold_code

HEADINGS: dict[str, tuple[str, str]] = {
    "ref": (
        r"^(?:(?:action|task|item|unique|plan)\s)?"
        r"(?:ref(?:erence)?s?|no|nos|number|id|code|#)(?:\s(?:no|number|id))?$",
        r"\bref\b|\bno\b|\bid\b|number",
    ),
    # Leicestershire has `Early Actions`, Kent `Actions in response`, West Sussex `Action Required`.
    "action": (
        r"^(?:key |early |improvement |agreed |specific )?actions?\b|\btasks?\b|"
        r"what (?:we (?:will|need|plan)|are we|needs? to|is going|must|should|will (?:we|be done))|"
        r"activit(?:y|ies)|^steps?\b",
        r"action|step|intervention|commitment|deliverable|respon[sc]e|how "
        r"(?:we|will|are)|milestone|work to|doing|"
        r"remed|undertaking|to be taken|mitigation|treatment",
    ),
    # Walsall has `Lead Person(s)`, Leicestershire `Key Lead`.
    "leads": (
        r"\bleads?\b|\bowners?\b|\bwho\b|by whom|responsib|\bofficers?\b|allocated|assigned",
        r"person|account|sponsor|name|manager|champion|post",
    ),
    "accountable": (r"accountable|\bsro\b|executive|sponsor|^a$", r"strategic|senior"),
    "responsible": (r"responsible|delivery lead|operational|^r$", r"support"),
    # Kent has `End`, Sunderland `Time`, West Sussex `Due`, Walsall and Leicestershire `Timescale`.
    "due": (
        r"\bdue\b|by when|^when|deadline|timescale|target date|complet\w+ (?:date|by)|\bend(?: "
        r"date)?\b|finish|^time$|"
        r"time\s?(?:frame|line)|to be (?:done|completed)",
        r"\bdate|\bby\b|month|time|until",
    ),
    "start": (r"\bstart|commenc|\bbegin", r"from"),
    "rag": (
        r"\bb?rag\w*\b|traffic light|\brating\b|colour",
        r"status|position|assessment|standing|on track|health|state|grade|judge|score",
    ),
    # Walsall has `Review note for this period`.
    "progress": (
        r"\bprogress\b|\bupdates?\b|comment|narrative|review note|latest|what "
        r"(?:has|have|s)\b|done so far|since last",
        r"position|report|done so far|note|review|to date|achiev",
    ),
    "evidence": (r"evidence|proof|verif", r"assur|demonstrat|supporting|show"),
    # Sunderland has `Success measure(s)`, Leicestershire `Smart Targets`.
    "measures": (
        r"\bmeasures?\b|\bkpis?\b|indicator|success|smart target|metric|(?:how (?:will|do)|we "
        r"will) (?:we )?know|"
        r"difference|what (?:will )?(?:good|success)",
        r"outcome|target|impact|measur|criteria|result|benefit|intended|expected|desired|look like",
    ),
    # West Sussex has `Ofsted Ref`, Walsall `Reference to:`.
    "links": (
        r"ofsted|recommendation|\blinks?\b|inspection|cross.?ref",
        r"reference|source|finding|report|para",
    ),
    "requirement": (
        r"requirement|finding|area for improvement|\bissue|recommendation",
        r"needs to improve|improve|expectation|problem|concern|gap",
    ),
    # West Sussex has `Objectives/what needs to improve`.
    "section": (
        r"theme|priorit|objective|work\s?stream|domain|pillar|strand|\bsection|programme|chapter",
        r"area|goal|aim|standard|heading|group|part",
    ),
    "completion": (r"date complet|complet(?:ed|ion) (?:on|date)|completion", r"closed|complet"),
    "notes": (r"^notes?$|remarks?", r"note|other|info"),
    "governance": (r"governance|board|oversight", r"monitor|forum|committee"),
}
"""By field: what says it outright, and what may say it."""

EARLIER = {
    "initial": re.compile(r"initial|original|baseline|first|start|opening"),
    "previous": re.compile(r"previous|\blast\b|prior|earlier|before"),
}
"""Words that make a column of ratings one of an earlier point."""

_ORIGIN = re.compile(r"\b(?:raised|reported|logged|created|submitted|identified)\b")

SHEET_DONE = re.compile(r"complete|closed|\bdone\b|finished|archive", re.IGNORECASE)
"""Sheet names that say their actions are completed."""


def heading_says(field: str, heading: str) -> float:
    """How far a heading speaks for a field: 1 outright, 0.5 maybe, 0 not at all."""
    words = _words(heading)
    strong, weak = HEADINGS[field]
    if re.search(strong, words):
        return 1.0
    return 0.5 if re.search(weak, words) else 0.0


def says_origin(heading: str) -> bool:
    """Whether a heading tells where a thing came from: `Date raised`, `Reported by`."""
    return _ORIGIN.search(_words(heading)) is not None


@lru_cache(maxsize=1024)
def _words(heading: str) -> str:
    """A heading as plain words; every field asks for those of the same few dozen."""
    return " ".join(re.sub(r"[^\w# ]+", " ", fold_code(heading)).split())


def known_heading(heading: str) -> bool:
    """Whether any field is told by this heading."""
    return any(heading_says(field, heading) for field in HEADINGS)

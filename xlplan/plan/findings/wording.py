"""How a finding is worded: its severity, what is wrong, and what to do."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Wording(NamedTuple):
    """Severity as a rule, the sentence that says what is wrong, and the one that says what
    to do.
    """

    severity: Literal["error", "warning", "notice"]
    message: str
    hint: str


ERROR: Literal["error"] = "error"
WARNING: Literal["warning"] = "warning"
NOTICE: Literal["notice"] = "notice"

"""Lists of entries in an edition: notes are added to, never replaced."""

from __future__ import annotations

from xlplan.plan.values import Value


def entries(text: str) -> list[str]:
    """The entries of a list, as they are written below each other.

    >>> entries("Jan: started.\\n\\nFeb: half done.")
    ['Jan: started.', 'Feb: half done.']
    """
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def added(value: Value, before: Value) -> Value:
    """What an edited list of entries says that it had not said: the office's entry."""
    # Offices write the newest entry on top or at the bottom: wherever it stands, it is new.
    old = entries(before.text)
    new = "\n\n".join(part for part in entries(value.text) if part not in old)
    return Value(new, new) if new else before

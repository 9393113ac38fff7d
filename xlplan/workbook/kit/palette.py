"""The colours of every workbook we write: calm, and never below WCAG AA where text stands on
them.
"""

from __future__ import annotations

INK = "#1F2933"
MUTED = "#52606D"
PAPER = "#FFFFFF"
LINE = "#CBD2D9"
EDGE = "#9AA5B1"
"""The line around a colour of a painted chart, since some are hardly darker than paper."""
LOCKED = "#F5F7FA"
HEADER = "#334E68"
LINK = "#1C5A99"
SECTION = "#243B53"
SECTION_NOTE = "#E4EAF1"
REQUIREMENT = "#EEF1F4"
NO_RATING = "#C5CED8"
"""Actions without a rating, in a chart."""
INPUT = "#FFFBE8"
INPUT_LINE = "#DCC57A"
INPUT_HEADER = "#FFE08A"
INPUT_INK = "#4A3B00"
CHANGED = "#DCEEFB"
CHANGED_INK = "#0B3C66"
FAULT = "#FDE2E1"
FAULT_INK = "#7A1610"
FAULT_LINE = "#B42318"
TONES = {"plain": "#9FB3C8", "good": "#3A8A5C", "watch": "#C98A1B", "bad": FAULT_LINE}
"""The edge of a headline number, by whether somebody should look."""
STEPS = {
    "improved": "#5FA97C",
    "completed": "#4F86B8",
    "started": "#A9D3B8",
    "newly rated": "#C9D6E3",
    "re-opened": "#F0D08A",
    "put back": "#E3B062",
    "no longer rated": NO_RATING,
    "worsened": "#D9685F",
}
"""What a step from one rating to another is called, in the order and colours of charts."""


def contrast(ink: str, fill: str) -> float:
    """WCAG contrast of two #RRGGBB colours, from 1 to 21; text needs 4.5."""
    lighter, darker = sorted((_luminance(ink), _luminance(fill)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(fill: str) -> str:
    """Ink or white, whichever reads better on a fill."""
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, fill))


def tint(colour: str, share: float = 0.45) -> str:
    """A colour thinned with white: `share` of it is left."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in channels)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

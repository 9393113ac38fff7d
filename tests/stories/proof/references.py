"""What an action answers, read without the program: the forms of references that occur in the five
plans.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"(?P<name>pg \d+ para|in|ois)\b"
    r"|(?P<first>\d+) ?[-–] ?(?P<last>\d+)"
    r"|(?P<one>\d+(?:\.\d+)?(?: ?\([a-z0-9]+\))?)"
)


def references(text: str) -> set[str]:
    """`IN 1.7, 3.1; OIS 2012` is in 1.7, in 3.1 and ois 2012; `1 – 3` is 1, 2 and 3. In small
    letters.
    """
    found = set()
    for group in re.split(r"[;\n]", text.casefold()):
        name = ""
        for piece in _PIECE.finditer(group):
            if piece["name"]:
                name = f"{piece['name']} "
            elif piece["first"]:
                found |= {
                    f"{name}{number}"
                    for number in range(int(piece["first"]), int(piece["last"]) + 1)
                }
            else:
                found.add(f"{name}{piece['one']}")
    return found

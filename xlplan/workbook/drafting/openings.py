"""Find refs that open the actions' text: what they look like, and what stands between them and the
text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xlplan.plan.text.shapes import parse
from xlplan.plan.text.text import DASHES, mend_lookalikes, same_text

_OPENS = re.compile(
    rf"(?P<ref>(?:[A-Za-z]{{1,5}}[ "
    rf".]?)?[0-9]+(?:\.[0-9]+)*[a-z]?)(?P<sign>\s*[:.)]|\s*[{re.escape(DASHES)}]|)\s+(?=\S)"
)
_LINKS = re.compile(
    rf"\s*(?:[{re.escape(DASHES)}]\s*)?(?P<word>[A-Z][a-z]+) "
    rf"(?P<link>[0-9]+(?:\s?\([a-z]\))?)(?=\s)"
)
# West Sussex's 12.5 to 12.7 have lost the ref that opens the others' text.
_SHARE = 0.6


def refs_that_open(texts: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Shapes of the refs, patterns that take them off, and shapes of refs of new actions; empty
    when texts have none.

    A ref must tell actions apart. `A1.1 Recruit ...` has the shape `A9.9` and the pattern
    `{ref} {text}`.
    """
    found = [match for text in texts if (match := _OPENS.match(mend_lookalikes(same_text(text))))]
    # `3 new workers` opens like a ref; refs differ from one another.
    refs = {match["ref"].casefold() for match in found}
    if not texts or len(found) < _SHARE * len(texts) or len(refs) < 0.9 * len(found):
        return [], [], []
    counts = Counter(_shape(match["ref"]) for match in found)
    shapes = [shape for shape, count in counts.most_common() if count >= 2 or "." in shape]
    # Sunderland numbers the actions that a round has added: `NEW 1: Recruit ...`.
    new = [shape for shape in shapes if re.match("new", shape, re.IGNORECASE)]
    signs = dict.fromkeys(_sign(match["sign"]) for match in found if _shape(match["ref"]) in shapes)
    patterns = sorted((f"{{ref}}{sign} {{text}}" for sign in signs), key=len, reverse=True)
    if not patterns:
        return [], [], []
    return shapes, patterns, new


def links_that_open(texts: Sequence[str], shapes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Patterns with a reference after the ref (`{ref} - Ofsted {links} {text}`), and the shapes of
    those references.
    """
    words: Counter[tuple[str, str]] = Counter()
    links: dict[str, None] = {}
    for text in texts:
        line = mend_lookalikes(same_text(text))
        # Sunderland: `1.1 - Ofsted 12 Review ...`, here and there without the dash.
        for between in (" -", ""):
            rest = parse(f"{{ref}}{between} {{text}}", line, {"ref": shapes})
            if rest and (match := _LINKS.match(rest["text"])):
                words[match["word"], between] += 1
                links[re.sub("[0-9]+", "9", match["link"])] = None
                break
    found = [(word, between) for (word, between), count in words.items() if count >= 2]
    patterns = [f"{{ref}}{between} {word} {{links}} {{text}}" for word, between in found]
    return patterns, [*links] if patterns else []


def _shape(ref: str) -> str:
    """`A1.12` has the shape `A9.9`; a word keeps its letters, `NEW 9`."""
    figures = re.sub("[0-9]+", "9", ref)
    return re.sub(r"^[A-Za-z](?=9)", "A", re.sub(r"(?<=9)[a-z]$", "a", figures))


def _sign(sign: str) -> str:
    bare = sign.strip()
    return " -" if bare and bare in DASHES else bare

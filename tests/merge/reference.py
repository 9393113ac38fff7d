"""The merge once more: plain, slow, one cell at a time, and obviously right. Shares nothing with
the core but equality.

It takes the situations of `tests.strategies`. Meanings (canonical texts) stand for values
everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.strategies import ROUNDS, SCALE, Situation
from xlplan.merge import Merged, Return, ReturnedRow
from xlplan.plan.grounds import ROW

Said = frozenset[tuple[str, str]]


@dataclass
class Expected:
    """What a merge comes to, without the wording. The values of a question are (lead, meaning)."""

    merged: dict[str, dict[str, str]] = field(default_factory=dict)
    credits: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    asked: dict[tuple[str, str], tuple[str, Said]] = field(default_factory=dict)
    apart: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)
    superseded: set[tuple[str, str, str, str]] = field(default_factory=set)
    outranked: set[tuple[str, str, str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)
    proposed: set[tuple[frozenset[tuple[str, str]], frozenset[str]]] = field(default_factory=set)


@dataclass
class Word:
    """What a lead says now about a cell, in one issue."""

    lead: str
    label: str
    base: str | None
    values: list[str]
    texts: list[str]
    reason: str
    back: str | None


def seen(merged: Merged) -> Expected:
    """The core's result in the same form."""
    return Expected(
        {
            key: {name: value.canonical for name, value in row.items()}
            for key, row in merged.merged.items()
        },
        {
            (one.key, one.field): frozenset(source.lead for source in one.sources)
            for one in merged.changes
        },
        {
            (one.key, one.field): (
                one.reason,
                frozenset(
                    (each.source.lead, "" if one.field == ROW else each.value.canonical)
                    for each in one.candidates
                ),
            )
            for one in merged.questions
            if one.reason != "detached"
        },
        sorted(
            (one.key, sorted((each.source.lead, each.stands, each.to) for each in one.candidates))
            for one in merged.questions
            if one.reason == "detached"
        ),
        {(one.lead, one.key, one.field, one.value.canonical) for one in merged.superseded},
        {(one.lead, one.key, one.field, one.value.canonical) for one in merged.outranked},
        {(one.lead, one.key) for one in merged.refused},
        {
            (
                frozenset((name, value.canonical) for name, value in one.values.items()),
                frozenset(source.lead for source in one.sources),
            )
            for one in merged.proposals
        },
    )


def reference(one: Situation) -> Expected:
    """The merge of a situation without decisions."""
    out = Expected()
    for key, row in one.master.items():
        out.merged[key] = {}
        held_edits: set[str] = set()
        for name in row:
            words = one_a_lead(
                one,
                name,
                key,
                [
                    word
                    for lead, label in issues(one)
                    if (word := word_of(one, lead, label, key, name, out))
                ],
                out,
            )
            master = meaning(one, name, row[name])
            out.merged[key][name] = master
            if key in one.withdrawn:
                held_edits |= {
                    word.lead for word in words if {*word.values, *backs(word)} != {master}
                }
            else:
                weigh(one, key, name, words, out)
        if held_edits:
            out.asked[key, ROW] = ("withdrawn", frozenset((lead, "") for lead in held_edits))
    detached(one, out)
    proposals(one, out)
    out.refused = refused(one)
    return out


def one_a_lead(one: Situation, name: str, key: str, words: list[Word], out: Expected) -> list[Word]:
    """Of a lead's words in January's and in February's workbook the later stands; a list of entries
    has both.
    """
    if one.fields[name].rule == "append":
        return words
    february = {word.lead: word for word in words if word.label == "Feb"}
    standing = []
    for word in words:
        later = february.get(word.lead, word)
        if later is word:
            standing.append(word)
            continue
        out.superseded |= {
            (word.lead, key, name, value) for value in word.values if value not in later.values
        }
    return standing


def backs(word: Word) -> list[str]:
    return [] if word.back is None else [word.back]


def meaning(one: Situation, name: str, text: Any) -> str:
    return one.fields[name].read(text).canonical


def issues(one: Situation) -> list[tuple[str, str]]:
    return sorted({(each.lead, each.round) for each in one.returns})


def of_issue(one: Situation, lead: str, label: str) -> list[Return]:
    mine = [each for each in one.returns if (each.lead, each.round) == (lead, label)]
    return sorted(mine, key=lambda each: each.arrival)


def in_scope(each: Return, key: str) -> bool:
    return each.scope is None or key in each.scope


# The reference says each rule in one piece, top to bottom, so that a person can hold it against
# the design, and shares no helper with the merge that it judges.
def word_of(  # noqa: C901 - see above
    one: Situation, lead: str, label: str, key: str, name: str, out: Expected
) -> Word | None:
    """The lead's latest value that differs from the issue; the ones before are superseded."""
    mine = of_issue(one, lead, label)
    base = None
    if key in mine[0].base:
        base = meaning(one, name, mine[0].base[key][name])
    master = meaning(one, name, one.master[key][name])
    fresh = one.fields[name].fresh
    answers: list[list[str]] = []
    waits: list[bool] = []
    texts: dict[str, str] = {}
    for each in mine:
        if not in_scope(each, key):
            continue
        straight = [row for row in each.rows if row.key == key and not row.detached]
        values: list[str] = []
        for row in straight or [row for row, target in apart(one, each) if target == key]:
            if name in row.values:
                value = meaning(one, name, row.values[name])
                if value not in values:
                    values.append(value)
                    texts[value] = str(row.values[name])
        if values:
            answers.append(values)
            waits.append(not straight)

    def differs(value: str) -> bool:
        if fresh and base is not None:
            return value != ""
        if fresh:
            return value not in ("", master)
        return value != (master if base is None else base)

    moved = [
        number for number, values in enumerate(answers) if any(differs(value) for value in values)
    ]
    if not moved:
        gave_it = lead in one.origins.get((key, name), frozenset())
        if answers and gave_it and base is not None and base != master:
            return Word(lead, label, base, [master], [one.master[key][name]], "taken-back", base)
        return None
    latest = answers[moved[-1]]
    for number in moved[:-1]:
        for value in answers[number]:
            if differs(value) and value not in latest:
                out.superseded.add((lead, key, name, value))
    if waits[moved[-1]]:
        in_place = [answers[number] for number in moved if not waits[number]]
        if not in_place or [value for value in in_place[-1] if value not in latest]:
            return None
        latest = in_place[-1]
    back = None
    if moved[-1] < len(answers) - 1:
        back = answers[-1][0] if base is None else base
    if len(latest) > 1:
        reason = "repeated-row"
    elif base is None:
        reason = "no-base"
    elif back is not None:
        reason = "taken-back"
    elif latest == [""]:
        reason = "cleared"
    else:
        reason = ""
    return Word(lead, label, base, latest, [texts[value] for value in latest], reason, back)


def weigh(  # noqa: C901 - as word_of: the rule in one piece
    one: Situation, key: str, name: str, words: list[Word], out: Expected
) -> None:
    master = meaning(one, name, one.master[key][name])
    rule = one.fields[name].rule
    if all(
        all(stands(one, key, name, text, words) for text in word.texts)
        and {*backs(word)} <= {master}
        for word in words
    ):
        return
    if rule == "append":
        append(one, key, name, words, out)
        return
    gave = one.origins.get((key, name), frozenset())
    master_moved = any(word.base not in (None, master) for word in words)
    if gave and all(lead in [word.lead for word in words] for lead in gave):
        master_moved = False
    everything = {value for word in words for value in word.values}
    if master_moved:
        everything.add(master)
    reasons = [word.reason for word in words]
    for reason in ("repeated-row", "no-base"):
        if reason in reasons:
            ask(key, name, reason, words, master, out)
            return
    if len(everything) > 1:
        best = worst_of(everything) if rule == "worst" and not any(reasons) else None
        if best is None:
            ask(key, name, "both-moved" if master_moved else "leads-disagree", words, master, out)
            return
        take(key, name, best, words, master, out)
        for word in words:
            if word.values != [best]:
                out.outranked.add((word.lead, key, name, word.values[0]))
        return
    for reason in ("taken-back", "cleared"):
        if reason in reasons:
            ask(key, name, reason, words, master, out)
            return
    (value,) = everything
    if rule == "approve" and value != master:
        ask(key, name, "needs-approval", words, master, out)
    else:
        take(key, name, value, words, master, out)


def worst_of(meanings: set[str]) -> str | None:
    graded = [rating.code for rating in SCALE.ratings if rating.kind == "graded"]
    if not all(each in graded for each in meanings):
        return None
    return next(each for each in graded if each in meanings)


def take(key: str, name: str, value: str, words: list[Word], master: str, out: Expected) -> None:
    if value != master:
        out.merged[key][name] = value
        out.credits[key, name] = frozenset(word.lead for word in words if value in word.values)


def ask(key: str, name: str, reason: str, words: list[Word], master: str, out: Expected) -> None:
    said = set()
    for word in words:
        for value in [*word.values, *backs(word)]:
            if not (word.back is not None and value == master):
                said.add((word.lead, value))
    out.asked[key, name] = (reason, frozenset(said))


def stands(one: Situation, key: str, name: str, text: str, words: list[Word]) -> bool:
    """Whether the plan says it already: in an appended cell, as a paragraph that nobody replaces
    now.
    """
    held = [one.master[key][name]]
    if one.fields[name].rule == "append":
        heads = [f"{word.lead} ({word.label}): " for word in words if not word.reason]
        held = [
            each
            for each in held[0].split("\n\n")
            if not any(each.startswith(head) for head in heads)
        ]
    return meaning(one, name, text) in [meaning(one, name, each) for each in held]


def append(one: Situation, key: str, name: str, words: list[Word], out: Expected) -> None:
    """The entries of all who say something plain, each in place of their own of that round."""
    doubtful = [word for word in words if word.reason]
    master = meaning(one, name, one.master[key][name])
    for reason in ("repeated-row", "no-base", "taken-back", "cleared"):
        if reason in [word.reason for word in doubtful]:
            ask(key, name, reason, doubtful, master, out)
            break
    plain = [
        word
        for word in words
        if not word.reason and not stands(one, key, name, word.texts[0], words)
    ]
    if not plain:
        return
    text = one.master[key][name].replace("\r\n", "\n").rstrip()
    paragraphs = [] if not text else text.split("\n\n")
    for word in plain:
        head = f"{word.lead} ({word.label}): "
        base = (
            ""
            if one.fields[name].fresh
            else str(next(each.base[key][name] for each in of_issue(one, word.lead, word.label)))
        )
        typed = word.texts[0].replace("\r\n", "\n")
        added = typed[len(base) :].strip() if base and typed.startswith(base) else ""
        paragraphs = [each for each in paragraphs if not each.startswith(head)]
        paragraphs.append(head + (added or typed).strip("\n"))
    order = {
        f"{lead} ({label}): ": (ROUNDS.index(label), lead)
        for label in ROUNDS
        for lead in ("Asha", "Ben", "Cai")
    }
    paragraphs.sort(
        key=lambda each: next(
            (place for head, place in order.items() if each.startswith(head)), (-1, "")
        )
    )
    composed = meaning(one, name, "\n\n".join(paragraphs))
    if composed != master:
        out.merged[key][name] = composed
        out.credits[key, name] = frozenset(word.lead for word in plain)


def target_of(one: Situation, row_key: str, named: str) -> str:
    return named if named in one.master else row_key


def detached(one: Situation, out: Expected) -> None:
    """Of every file one question about the rows that came apart, but for what a newer file of that
    issue says anew.
    """
    order = [
        *one.master,
        *sorted({row.key for each in one.returns for row in each.rows if row.key} - {*one.master}),
    ]
    for each in one.returns:
        asked = []
        for row, target in apart(one, each):
            moved = {
                name: text
                for name, text in row.values.items()
                if differs_from_issue(one, each, target, name, text)
            }
            if [
                name
                for name, text in moved.items()
                if not said_anew(one, each, target, name, out, text)
            ]:
                known = row.key in one.master or row.key in each.base
                named = row.key if known else target
                over = next((key for key in (target, named) if key in one.withdrawn), "")
                if over:
                    _, edits = out.asked.get((over, ROW), ("", frozenset()))
                    out.asked[over, ROW] = ("withdrawn", edits | {(each.lead, "")})
                else:
                    asked.append((each.lead, str(named), target))
        if asked:
            first = min((stands for _, stands, _ in asked), key=order.index)
            out.apart.append((first, sorted(set(asked))))
    out.apart.sort()


def apart(one: Situation, each: Return) -> list[tuple[ReturnedRow, str]]:
    """The rows of a return whose answers came apart and that may speak, with the row that they
    name.
    """
    found = []
    for row in each.rows:
        if row.detached and row.key:
            target = target_of(one, row.key, row.detached)
            if (
                in_scope(each, row.key)
                and in_scope(each, target)
                and target in {*one.master, *each.base}
            ):
                found.append((row, target))
    return found


def said_anew(
    one: Situation, each: Return, key: str, name: str, out: Expected, text: object
) -> bool:
    """Whether a newer file of the same issue says something of a cell; what it replaces is
    superseded.
    """
    newer = [
        other for other in of_issue(one, each.lead, each.round) if other.arrival > each.arrival
    ]
    said = set()
    for other in newer:
        rows = [
            row
            for row in other.rows
            if row.key == key and not row.detached and in_scope(other, key)
        ]
        rows += [row for row, target in apart(one, other) if target == key]
        values = [row.values[name] for row in rows if name in row.values]
        said |= {
            meaning(one, name, value)
            for value in values
            if differs_from_issue(one, other, key, name, value)
        }
    if said and meaning(one, name, text) not in said:
        out.superseded.add((each.lead, key, name, meaning(one, name, text)))
    return bool(said)


def differs_from_issue(one: Situation, each: Return, key: str, name: str, text: object) -> bool:
    value = meaning(one, name, text)
    if one.fields[name].fresh and (key in each.base or value == ""):
        return value != ""
    shown = each.base[key][name] if key in each.base else one.master.get(key, {}).get(name)
    return value != meaning(one, name, shown)


def refused(one: Situation) -> set[tuple[str, str]]:
    found = set()
    for each in one.returns:
        for row in each.rows:
            if row.key:
                target = target_of(one, row.key, row.detached)
                known = target in one.master or target in each.base
                if not in_scope(each, row.key) or not in_scope(each, target) or not known:
                    found.add((each.lead, row.key))
    return found


def proposals(one: Situation, out: Expected) -> None:
    """Every row without a key; of one lead, issue and ref only those of the newest return."""
    kept: dict[frozenset[tuple[str, str]], set[str]] = {}
    refs: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for lead, label in issues(one):
        mine = of_issue(one, lead, label)
        rows = [(age, values) for age, each in enumerate(mine) for values in _proposed(one, each)]
        for age, values in rows:
            ref = dict(values).get("ref")
            newest = max(other for other, others in rows if dict(others).get("ref") == ref)
            if ref and age < newest:
                now = {
                    cell
                    for other, others in rows
                    if other == newest and dict(others).get("ref") == ref
                    for cell in others
                }
                out.superseded |= {
                    (lead, f"new:{ref}", name, value) for name, value in values - now
                }
            else:
                kept.setdefault(values, set()).add(lead)
                if ref:
                    refs.setdefault(ref, set()).add(values)
    out.proposed = {(values, frozenset(leads)) for values, leads in kept.items()}
    for ref, several in refs.items():
        if len(several) > 1:
            said = {(lead, "") for values in several for lead in kept[values]}
            out.asked[f"new:{ref}", ROW] = ("same-new-ref", frozenset(said))


def _proposed(one: Situation, each: Return) -> list[frozenset[tuple[str, str]]]:
    found = []
    for row in each.rows:
        if not row.key and not row.detached:
            ref = " ".join(str(row.values.get("ref", "")).lower().split())
            cells = {"ref": ref} | {
                name: meaning(one, name, text)
                for name, text in row.values.items()
                if name in one.fields
            }
            values = frozenset((name, value) for name, value in cells.items() if value)
            if values:
                found.append(values)
    return found

"""What happens in the two rounds of a story, and the files that they leave."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from tests.stories.office import type_into
from tests.stories.proof.story import FORMATS, Story, at_work, new_story


def play(plan: str, folder: Path) -> Story:
    """The whole story; afterwards `folder` holds the report in every format and the master."""
    story = new_story(plan, folder)
    with at_work(folder):
        story.clock("05-02")
        story.begin()
        _first_round(story)
        _second_round(story)
        story.revisions = story.run("log")["revisions"]
        story.now = story.revisions[-1]["revision"]
        _leave_everything(story)
    return story


def _first_round(story: Story) -> None:
    """What the report of the next round must leave out, and what moved at random."""
    story.export("May Board", "05-20")
    lead = max(story.sent, key=lambda one: len(story.sent[one]))
    least = min(story.sent, key=lambda one: len(story.sent[one]))
    ended, done, asked, story.twice = [
        ref for ref in story.sent[lead] if ref not in story.sent[least]
    ][-4:]
    path = _copy(story, least)
    type_into(path, {story.sent[least][0]: {"rag": "Purple"}})
    story.run("import", path)
    story.run("withdraw", ended, "--reason", "no longer needed")
    story.run("set", done, "rag", story.closed)
    _disagree(story, lead, asked)
    story.run("decide", story.run("decisions")["questions"][0]["id"], "--take", "master")
    story.run("set", story.twice, "due", f"3 Jul {story.year}", "--reason", "agreed early")
    kept = {ended, done, asked, story.twice}
    rows = [
        (one, ref)
        for one, refs in story.sent.items()
        for ref in refs
        if one != least and ref not in kept
    ]
    for one, ref in story.chance.sample(rows, 7):
        _answer(story, one, ref)
    story.run("merge")
    story.run("close")
    story.before = story.run("log")["revisions"][-1]["revision"]


def _second_round(story: Story) -> None:
    story.clock("06-03")
    story.export("June Board", "06-20")
    first, second, third, fourth, *others = sorted(
        story.sent, key=lambda lead: (-len(story.sent[lead]), lead)
    )
    story.touched.add(story.twice)
    _questions(story, third)
    _import(story, _filled(story, fourth), fourth, ("returned", False, 0))
    for lead in (first, second):
        for ref in _free(story, lead, 3):
            _answer(story, lead, ref)
        story.returned[lead] = ("returned", False, 0)
    _office(story, first)
    _edges(story)
    _import(story, _copy(story, others[0]), others[0], ("returned", True, 0))
    story.run("received", others[1], "--nil")
    story.returned[others[1]] = ("returned", True, 0)
    _decide(story)
    story.merged = story.run("merge")
    story.run("set", story.merged["new_actions"][0]["ref"], "rag", story.worst)
    story.clock("06-24")
    path = _copy(story, others[2])
    type_into(path, {})  # saved again: a file that nobody saved is dated by its issue
    _import(story, path, others[2], ("late", True, 4))


def _free(story: Story, lead: str, count: int) -> list[str]:
    """Refs that a lead was sent and that nothing has happened to in this round: what happens is
    told apart.
    """
    found = [ref for ref in story.sent[lead] if ref not in story.touched][:count]
    story.touched.update(found)
    return found


def _answer(story: Story, lead: str, ref: str) -> None:
    """One cell said by a lead in an e-mail: what, and which field, is left to chance."""
    field, said = story.chance.choice(
        [
            ("rag", _rating(story)),
            ("rag", _rating(story)),
            ("due", _due(story)),
            ("progress", _text(story)),
        ]
    )
    story.run("set", ref, field, said, "--for", lead, "--reason", "as agreed")


def _rating(story: Story) -> str:
    return str(story.chance.choice(story.codes))


def _due(story: Story) -> str:
    """A due text in one of the forms that `due_texts` reads."""
    named = date(story.year, story.chance.randint(1, 12), story.chance.randint(1, 28))
    forms = (
        f"{named.day}/{named:%m/%Y}",
        f"{named:%b %Y}",
        f"{named.day} {named:%B %Y}",
        f"{named:%B} {story.year + 1}",
    )
    return story.chance.choice([*forms, "Ongoing"])


def _text(story: Story) -> str:
    return f"Said {story.chance.randint(100, 999)}"


def _questions(story: Story, lead: str) -> None:
    """The office and a lead say different things of two ratings."""
    for ref in _free(story, lead, 2):
        _disagree(story, lead, ref)
    story.returned[lead] = ("returned", False, 0)


def _disagree(story: Story, lead: str, ref: str) -> None:
    was = story.run("log", ref, "rag")["history"]
    one, other, *_ = (code for code in story.codes if not was or code != was[-1]["new"])
    story.run("set", ref, "rag", one)
    story.run("set", ref, "rag", other, "--for", lead)


def _office(story: Story, lead: str) -> None:
    """What the office does itself: two actions end, one moves to another lead, one is reworded, one
    date is undone.
    """
    refs = dict.fromkeys(
        ref for refs in story.sent.values() for ref in refs if ref not in story.sent[lead]
    )
    ended, merged, heir, moved, redated = [ref for ref in refs if ref not in story.touched][:5]
    story.touched |= {ended, merged, heir, moved, redated}
    story.run("set", story.twice, "due", f"4 Jul {story.year}", "--reason", "agreed again")
    story.run("withdraw", ended, "--reason", "no longer needed")
    story.run("withdraw", merged, "--reason", "the same work", "--into", heir)
    story.run("reassign", moved, "--to", lead)
    story.run("set", heir, "action", "Do the work of two actions", "--reason", "merged")
    story.run("set", redated, "due", f"1/02/{story.year}", "--reason", "a slip of the pen")
    story.run("undo", str(story.run("log")["revisions"][-1]["revision"]))
    story.run(
        "set", redated, "due", f"14 March {story.year + 1}", "--reason", "agreed at the Board"
    )


def _edges(story: Story) -> None:
    """Dates on either side of every line that a figure draws: overdue, and the next 30, 60 and 90
    days.
    """
    free = (ref for lead in story.sent for ref in story.sent[lead] if ref not in story.touched)
    last = date(story.year, 6, 24)
    for ref, ahead in zip(dict.fromkeys(free), (-1, 0, 30, 31, 60, 61, 90, 91), strict=False):
        story.run(
            "set",
            ref,
            "due",
            f"{last + timedelta(ahead):%d %b %Y}",
            "--reason",
            "agreed at the Board",
        )


def _copy(story: Story, lead: str) -> Path:
    """A lead's workbook as it comes back."""
    path = story.folder / f"back {list(story.sent).index(lead)}.xlsx"
    shutil.copy(story.issued[lead], path)
    return path


def _filled(story: Story, lead: str) -> Path:
    """A workbook with a rating, a text, a rating that is none, and two proposed actions."""
    path = _copy(story, lead)
    one, *others = _free(story, lead, 2)
    answers = {one: {"rag": _rating(story), "progress": _text(story)}} | {
        ref: {"rag": "Purple"} for ref in others
    }
    type_into(path, answers)
    book = openpyxl.load_workbook(path)
    cells = (cell for row in book["Update"].iter_rows() for cell in row)
    key = next(cell for cell in cells if cell.value == "xlplan:new.action")
    key.offset(row=2).value = "Publish a yearly report for parents and carers"
    key.offset(row=3).value = "Buy a second minibus"
    book.save(path)
    return path


def _import(story: Story, path: Path, lead: str, standing: tuple[str, bool, int]) -> None:
    story.findings += story.run("import", path)["findings"]
    story.returned[lead] = standing


def _decide(story: Story) -> None:
    """Take one answer, accept one proposal; the others stay open."""
    waiting = story.run("decisions")
    question, proposal = waiting["questions"][0], waiting["proposed"][0]
    story.run("decide", question["id"], "--take", question["candidates"][0]["lead"])
    place = proposal["places"][0]
    story.run("decide", proposal["id"], "--accept", "--section", place)
    story.decided = {question["id"]: question, proposal["id"]: proposal | {"place": place}}


def _leave_everything(story: Story) -> None:
    """The logs of all actions, what waits, the report in every format, the master."""
    refs = [*story.refs, *(row["ref"] for row in story.merged["new_actions"])]
    told = [story.run("log", ref) for ref in refs]
    story.logs = {one["key"]: one for one in told}
    story.waiting = story.run("decisions")
    story.led = story.run("leads")["leads"]
    for name in FORMATS:
        story.run("report", "--out", f"report.{name}")
    story.run("master", "--out", "master.xlsx")

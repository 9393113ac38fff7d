"""What becomes of one cell, in the officer's notation. `.` means that the lead's row did not come
back.
"""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import get_args

import pytest

from tests.merge.tables import rows
from tests.strategies import a_field
from xlplan.mapping.model import MergeRule
from xlplan.merge import Merged, Return, ReturnedRow, three_way
from xlplan.plan.changes import Source

RULES: dict[str, MergeRule] = {rule: rule for rule in get_args(MergeRule)}
CASES = rows("""
    | says                                        | field    | rule     | base       | master     | Asha       | Ben        | outcome                               |
    | nobody says anything                        | rag      | conflict | A          | A          | .          | .          | A                                     |
    | sent back as it was                         | rag      | conflict | A          | A          | A          | A          | A                                     |
    | the lead re-rated it                        | rag      | conflict | A          | A          | G          | .          | G by Asha                             |
    | both leads say the same                     | rag      | conflict | A          | A          | G          | g          | G by Asha, Ben                        |
    | the leads disagree                          | rag      | conflict | A          | A          | G          | R          | A ? leads-disagree: Asha G, Ben R     |
    | the office moved it first                   | rag      | conflict | A          | R          | A          | .          | R                                     |
    | office and lead moved it alike              | rag      | conflict | A          | G          | Green      | .          | G = Asha                              |
    | office and lead moved it differently        | rag      | conflict | A          | R          | G          | .          | R ? both-moved: Asha G                |
    | one lead agrees with the office, one not    | rag      | conflict | A          | R          | R          | G          | R ? both-moved: Asha R, Ben G         |
    | the lead emptied it                         | evidence | conflict | Minutes    | Minutes    |            | .          | Minutes ? cleared: Asha               |
    | both emptied it                             | evidence | conflict | Minutes    | Minutes    |            | \\xa0       | Minutes ? cleared: Asha, Ben          |
    | one emptied it, the other wrote             | evidence | conflict | Minutes    | Minutes    |            | 0          | Minutes ? leads-disagree: Asha , Ben 0 |
    | emptied, and the office had emptied it      | evidence | conflict | Minutes    |            |            | .          | = Asha                                |
    | filled for the first time                   | evidence | conflict |            |            | n/a        | .          | n/a by Asha                           |
    | zero is a value                             | evidence | conflict |            |            | 0          | .          | 0 by Asha                             |
    | a dash is a value                           | evidence | conflict | Minutes    | Minutes    | -          | .          | - by Asha                             |
    | only the spaces differ                      | evidence | conflict | The minutes | The minutes | The\\xa0 minutes | . | The minutes                           |
    | case matters in a text                      | evidence | conflict | Minutes    | Minutes    | minutes    | .          | minutes by Asha                       |
    | case does not matter in a rating            | rag      | conflict | G          | G          | g          | .          | G                                     |
    | a Greek Alpha is an A                       | rag      | conflict | A          | A          | \\u0391    | .          | A                                     |
    | a date in another form                      | due      | conflict | 31/03/2013 | 31/03/2013 | 31 March 2013 | 2013-03-31 | 31/03/2013                         |
    | a fresh cell left empty                     | progress | conflict | Begun      | Begun      |            | .          | Begun                                 |
    | a fresh cell filled in                      | progress | conflict | Begun      | Begun      | Done       |            | Done by Asha                          |
    | a fresh cell, and the office wrote too      | progress | conflict | Begun      | Stalled    | Done       | .          | Stalled ? both-moved: Asha Done       |
    | a fresh cell says again what stands         | progress | conflict | Begun      | Begun      | Begun      | .          | Begun = Asha                          |
    | the worse of two ratings                    | rag      | worst    | A          | A          | G          | R          | R by Ben (rule:worst)                      |
    | the office's rating is the worst            | rag      | worst    | A          | R          | G          | .          | R =                                   |
    | the lead's is worse than the office's       | rag      | worst    | A          | G          | R          | .          | R by Asha (rule:worst)                     |
    | a lone better rating is taken               | rag      | worst    | A          | A          | G          | .          | G by Asha                             |
    | closed against open                         | rag      | worst    | A          | A          | B          | R          | A ? leads-disagree: Asha B, Ben R     |
    | not begun against under way                 | rag      | worst    | A          | A          | Gr         | R          | A ? leads-disagree: Asha Gr, Ben R    |
    | emptied against rated                       | rag      | worst    | A          | A          |            | R          | A ? leads-disagree: Asha , Ben R      |
    | a move that needs approval                  | due      | approve  | 31/03/2013 | 31/03/2013 | 30/06/2013 | .          | 31/03/2013 ? needs-approval: Asha 30/06/2013 |
    | approval of what stands already             | due      | approve  | TBC        | 31/03/2013 | 31 March 2013 | .       | 31/03/2013 = Asha                     |
    | two different moves to approve              | due      | approve  | TBC        | TBC        | 31/03/2013 | 30/06/2013 | TBC ? leads-disagree: Asha 31/03/2013, Ben 30/06/2013 |
    | notes are kept side by side                 | progress | append   | Begun      | Begun      | Done       | Late       | Begun\\n\\nAsha (Jan): Done\\n\\nBen (Jan): Late by Asha, Ben (rule:append) |
    | a note beside what the office wrote         | progress | append   | Begun      | Stalled    | Done       | .          | Stalled\\n\\nAsha (Jan): Done by Asha (rule:append) |
    | a note replaces the same lead's of that round | progress | append |            | Asha (Jan): Begun\\n\\nBen (Jan): Late | Done | . | Asha (Jan): Done\\n\\nBen (Jan): Late by Asha (rule:append) |
    | a copy of an entry that is replaced meanwhile | progress | append |             | Asha (Jan): Begun | Done    | Asha (Jan): Begun | Asha (Jan): Done\\n\\nBen (Jan): Asha (Jan): Begun by Asha, Ben (rule:append) |
    | only what was added to a text is an entry   | evidence | append   | Minutes    | Minutes    | Minutes and photo | .   | Minutes\\n\\nAsha (Jan): and photo by Asha (rule:append) |
    | an appended text emptied                    | evidence | append   | Minutes    | Minutes    |            | Photo      | Minutes\\n\\nBen (Jan): Photo by Ben (rule:append) ? cleared: Asha |
""")


@pytest.mark.parametrize("case", CASES, ids=itemgetter("says"))
def test_what_becomes_of_a_cell(case: dict[str, str]) -> None:
    name = case["field"]
    base = {"a1": {name: case["base"]}}
    returns = [
        Return(lead, base, [ReturnedRow("a1", {name: case[lead]})], frozenset(base), round="Jan")
        for lead in ("Asha", "Ben")
        if case[lead] != "."
    ]
    merged = three_way(
        {"a1": {name: case["master"]}},
        returns,
        [a_field(name, RULES[case["rule"]])],
        rounds=["Jan"],
    )
    assert told(merged, name) == case["outcome"]


def told(merged: Merged, name: str) -> str:
    """What became of the cell, as the table writes it."""
    parts = [merged.merged["a1"][name].text]
    for change in merged.changes:
        reason = f" ({change.reason})" if change.reason else ""
        parts.append(f"by {_leads(change.sources)}{reason}")
    parts += [f"= {_leads(change.sources)}".strip() for change in merged.agreed]
    for question in merged.questions:
        said = [
            f"{one.source.lead} {one.value.text}"
            if question.reason != "cleared"
            else one.source.lead
            for one in question.candidates
        ]
        parts.append(f"? {question.reason}: {', '.join(said)}")
    return " ".join(part for part in parts if part)


def _leads(sources: Iterable[Source]) -> str:
    return ", ".join(source.lead for source in sources)

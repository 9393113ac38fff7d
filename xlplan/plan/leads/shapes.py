"""What a name that no key knows looks like: a person, a code or a post. Only to split a cell, never
to resolve.
"""

from __future__ import annotations

import re
from typing import Literal

_CODE = re.compile(r"(?:[A-Z][A-Za-z]?[A-Z]{1,4}|[A-Z]{2,6})(?:'?s)?")
# Councillors and doctors are named with their title: `Cllr A Mehta`.
_PERSON = re.compile(
    r"(?:(?:Cllr|Councillor|Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Rev)\.? "
    r")?[A-Z][\w'-]*\.?(?: [A-Z][\w'.-]*){1,3}"
)
# Words of posts and of services as the published plans and their like name them.
_POSTS = re.compile(
    r"\b(?:heads?|directors?|managers?|officers?|leads?|leaders?|chairs?|consultants?|workers?|"
    r"co-?ordinators?|principals?|chiefs?|executives?|advis[eo]rs?|nurses?|governors?|"
    r"(?:head)?teachers?|inspectors?|superintendents?|commissioners?|secretary|secretaries|"
    r"deputy|deputies|assistants?|teams?|boards?|partnerships?|"
    r"groups?|members?)\b",
    re.IGNORECASE,
)
_SERVICES = re.compile(
    r"\b(?:children'?s?|services?|care|social|support|fostering|adoption|education|health|"
    r"housing|learning|development|resources|commissioning|partners|sufficiency|safeguarding|"
    r"assurance|quality|performance|strategy|finance|human|youth|community|communities|family|"
    r"families|early|help|police|schools?|training|inclusion|corporate|parenting|protection|"
    r"prevention|planning|policy|improvement|business|skills|"
    r"employment|transport)\b",
    re.IGNORECASE,
)

Look = Literal["person", "code", "post", ""]


def look_of(name: str) -> Look:
    """What a name looks like; "" when it could be a part of another one (`Sufficiency`, `Children's
    Social Care`).
    """
    text = " ".join(name.split()).strip(" .")
    if is_code(text):
        return "code"
    # Leicestershire shortens a post to its first letters, `AD, Children's Social Care`.
    if _POSTS.search(text) or re.match(rf"{_CODE.pattern},", text):
        return "post"
    return "person" if _PERSON.fullmatch(text) and not _SERVICES.search(text) else ""


def is_code(word: str) -> bool:
    """Whether a word looks like initials or another code: JW, DMs, HoS."""
    return _CODE.fullmatch(word) is not None


def parted(left: str, separator: str, right: str) -> bool:
    """Whether a comma, `&` or `and` stands between two leads, and not within the name of one
    post.
    """
    looks = {look_of(left), look_of(right)}
    if "" in looks:
        return False
    # `Asha Mehta, JW`: two leads; `Head of Service, Children in Care`: one post.
    if looks <= {"person", "code"}:
        return True
    return separator != "," and looks <= {"post", "code"}

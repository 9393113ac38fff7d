"""What an action is: open, new or completed."""

from __future__ import annotations

from collections.abc import Sequence

from xlplan.plan.model import Status
from xlplan.plan.rag import RagScale
from xlplan.plan.text.shapes import matches


def settle(
    ref: str, rag: str, table_status: str, scale: RagScale, new_shapes: Sequence[str]
) -> Status:
    """The status of an action that nobody has withdrawn.

    A rating says more than the table: closed means completed, any other means open (an action in
    the table of completed ones was re-opened). Unrated, it is what its table is; or new, when its
    ref has the shape of new ones.

    E.g. an action rated Complete is completed on whatever sheet it stands; `NEW 3` without a rating
    is new where the mapping's shape of new refs is `NEW 9`.
    """
    kind = scale.kind(rag)
    if kind == "closed":
        return "completed"
    if kind is not None:
        return "open"
    # Offices move what is done to a sheet of its own, often without its rating.
    if table_status == "completed":
        return "completed"
    return "new" if matches(ref, new_shapes) and not rag else "open"

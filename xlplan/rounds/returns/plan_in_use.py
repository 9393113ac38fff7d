"""The plan that returns are read against: its mapping, layout and key to leads, looked up once an
import.
"""

from __future__ import annotations

from xlplan.mapping.checking import Context
from xlplan.rounds.compared.comparing import Comparison
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import Session
from xlplan.store import Store
from xlplan.workbook.update.layout import UpdateLayout


class PlanInUse:
    """The plan as it is now, with all that reading a return asks of it."""

    def __init__(self, session: Session, store: Store) -> None:
        self.session = session
        self.store = store
        comparison = Comparison(store)
        self.plan, self.mapping = comparison.plan, comparison.mapping
        self.layout = UpdateLayout.of(self.mapping)
        self.context = Context(key_to_leads(self.plan, self.mapping))

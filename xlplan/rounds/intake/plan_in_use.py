"""The plan that files are read against: its mapping, layout and key to leads, looked up once an
import.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.mapping.checking import Context
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Plan
from xlplan.rounds.compared.comparing import Comparison
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import Session
from xlplan.store import Store
from xlplan.workbook.update.layout import UpdateLayout


@dataclass(frozen=True, slots=True)
class PlanInUse:
    """The plan as it is now, with all that reading a file asks of it."""

    session: Session
    store: Store
    plan: Plan
    mapping: PlanMapping
    layout: UpdateLayout
    context: Context

    @classmethod
    def of(cls, session: Session, store: Store) -> PlanInUse:
        """The plan of a store."""
        comparison = Comparison(store)
        plan, mapping = comparison.plan, comparison.mapping
        context = Context(key_to_leads(plan, mapping))
        return cls(session, store, plan, mapping, UpdateLayout.of(mapping), context)

    def called(self, key: str | None) -> str:
        """What people call an item; "" of what the plan does not have."""
        item = self.plan.items.get(key or "")
        return item.called if item else ""

    def round_name(self, number: int | None) -> str:
        """The name of a round; "" of none."""
        return next((each.name for each in self.store.rounds() if each.id == number), "")

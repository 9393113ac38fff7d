"""Every finding's wording: what is wrong, and what to do. Codes are stable; scripts rely on them."""

from __future__ import annotations

from xlplan.plan.catalogue_files import FILES
from xlplan.plan.catalogue_office import OFFICE
from xlplan.plan.catalogue_rows import ROWS
from xlplan.plan.catalogue_values import VALUES
from xlplan.plan.wording import Wording

CATALOGUE: dict[str, Wording] = {**VALUES, **OFFICE, **FILES, **ROWS}

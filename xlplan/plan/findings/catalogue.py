"""Every finding's wording: what is wrong, and what to do. Codes are stable; scripts rely on
them.
"""

from __future__ import annotations

from xlplan.plan.findings.of_files import FILES
from xlplan.plan.findings.of_office import OFFICE
from xlplan.plan.findings.of_rows import ROWS
from xlplan.plan.findings.of_values import VALUES
from xlplan.plan.findings.wording import Wording

CATALOGUE: dict[str, Wording] = {**VALUES, **OFFICE, **FILES, **ROWS}

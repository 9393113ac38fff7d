"""How hypothesis draws while mutants are tried: the same every time, and a failure is not made
smaller. A plugin of pytest, named in `[tool.mutmut]`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")

"""How hypothesis looks for counterexamples: the same ones in every run of the gates, new ones in a campaign."""

from hypothesis import HealthCheck, settings

_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # the first call compiles the rules

settings.register_profile("gates", derandomize=True, database=None, **_UNHURRIED)
settings.register_profile("campaign", max_examples=3_000, **_UNHURRIED)
settings.load_profile("gates")

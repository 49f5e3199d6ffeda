"""How hypothesis looks for counterexamples (the same ones in every run of the gates, new ones in a campaign), and web sites."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from loopback import PatientClock, Site

_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # the first call compiles the rules

settings.register_profile("gates", derandomize=True, database=None, **_UNHURRIED)
settings.register_profile("campaign", max_examples=3_000, **_UNHURRIED)
settings.load_profile("gates")


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on the loopback interface that answers as it is told (tests/support/loopback.py)."""
    with Site() as site:
        yield site


@pytest.fixture
def clock() -> PatientClock:
    """A clock in which waiting takes no time."""
    return PatientClock()

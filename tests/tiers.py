"""The two tiers of the suite: `make test` is quick, `make test-long` tries far more.

What meets many inputs runs in both: with few examples on every change, with many before a release.
"""

import os

VARIABLE = "ROUTEKAART_LONG_TESTS"
LONG = os.environ.get(VARIABLE) == "1"


def examples(quick: int, long: int) -> int:
    """How many examples a property is tried on in this run."""
    return long if LONG else quick

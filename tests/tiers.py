"""The two tiers of the suite: `make test` is quick, `make test-long` tries far more.

What meets many inputs runs in both: with few examples on every change, with many before a release.
"""

import os

VARIABLE = "ROUTEKAART_LONG_TESTS"
# The folder for the counts of cases of schemathesis.
COUNTS = "ROUTEKAART_FUZZ_COUNTS"
LONG = os.environ.get(VARIABLE) == "1"


# `make fuzz`: how many cases the API gets in all, from which seed, and where the counts go.
FUZZ_CASES = int(os.environ.get("ROUTEKAART_FUZZ_CASES") or 0)
FUZZ_SEED = int(os.environ.get("ROUTEKAART_FUZZ_SEED") or 20260801)
FUZZ_COUNTS = os.environ.get(COUNTS, "")


def examples(quick: int, long: int) -> int:
    """How many examples a property is tried on in this run."""
    return long if LONG else quick

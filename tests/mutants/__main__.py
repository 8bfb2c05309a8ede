"""`python -m tests.mutants [part/of]`: hunts, and tells which switches nobody noticed.

Two parts can run at once: `0/2` and `1/2`; whoever ends last tells it all. What was caught is kept,
so it goes on where it stopped; remove the file to begin anew.
"""

import os
import subprocess
import sys
from collections import Counter

from tests.mutants.expected import EXPECTED
from tests.mutants.report import PLACE, Report
from tests.mutants.sites import sites

# What the matrices do not come by: asked in this order, the quick ones first.
OTHER_TESTS = (
    "tests/routekaart/test_access.py",
    "tests/routekaart/test_two_schools.py",
    "tests/routekaart/queries",
    "tests/routekaart/actions",
    "tests/worker",
    "tests/routekaart/web",
    "tests/routekaart/api",
    "tests/routekaart/management",
)
# Start processes of their own, which have no switches, or ask all of the matrices at once.
_NOT = (
    "test_postgres.py",
    "test_redis.py",
    "test_embedded.py",
    "test_matrix.py",
    "test_id_positions.py",
    "test_every_page.py",
    "test_every_place.py",
    "test_schemathesis.py",
)


def main(part: str) -> int:
    """Gives 1 when something was not noticed, by this part or those before it."""
    with_switches = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.plugin"]
    hunting = os.environ | {"ROUTEKAART_MUTANTS_PART": part}
    hunt = subprocess.run([*with_switches, "tests/mutants/hunt.py"], env=hunting, check=False)
    left_out = [f"--ignore-glob=*/{name}" for name in _NOT]
    other = [*with_switches, "-p", "tests.mutants.left", *left_out]
    number, of = (int(one) for one in part.split("/"))
    for tests in OTHER_TESTS[number::of]:
        subprocess.run([*other, tests], check=False)
    return max(tell(), hunt.returncode)


def tell() -> int:
    """Prints how many of each kind were caught, and the others with what stands there."""
    report, every = Report(), sites()
    known = {
        "caught": report.caught(),
        "a second line": report.second(),
        "explained": EXPECTED.keys() - report.caught() - report.second(),
    }
    unnoticed = [one for one in every if not any(one.key in keys for keys in known.values())]
    for one in unnoticed:
        print(f"NOT NOTICED {one.key} (line {one.line}): {one.source}")
    for kind, count in Counter(_kind(one.key) for one in every).items():
        found = [
            f"{sum(_kind(one.key) == kind and one.key in keys for one in every)} {how}"
            for how, keys in known.items()
        ]
        print(f"{kind}: of {count} {', '.join(found)}")
    found = [f"{sum(one.key in keys for one in every)} {how}" for how, keys in known.items()]
    print(f"in all of {len(every)} {', '.join(found)} ({PLACE})")
    return 1 if unnoticed else 0


def _kind(key: str) -> str:
    return key.split("::")[2]


if __name__ == "__main__":
    if sys.argv[1:] == ["tell"]:
        sys.exit(tell())
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "0/1"))

"""Asks the API tens of thousands of right and wrong things, and holds it to its OpenAPI file.

All checks of schemathesis, one process per core, every case from one seed. Prints how many cases
ran; an answer that the file does not name, or a server error, fails it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST = "tests/routekaart/api/test_schemathesis.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000, help="at least so many")
    parser.add_argument("--seed", type=int, default=20_260_801)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("pytest", nargs="*", help="more for pytest, after --")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="routekaart-fuzz-") as counts:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL"} and not name.startswith("ROUTEKAART_")
        } | {
            "ROUTEKAART_FUZZ_CASES": str(asked.cases),
            "ROUTEKAART_FUZZ_SEED": str(asked.seed),
            "ROUTEKAART_FUZZ_COUNTS": counts,
        }
        spread = ["-n", str(asked.processes), "--dist", "worksteal"]
        command = [sys.executable, "-m", "pytest", "-q", *spread, TEST, *asked.pytest]
        result = subprocess.call(command, cwd=ROOT, env=environment)
        cases = sum(int(file.read_text()) for file in Path(counts).iterdir())
    seconds = time.monotonic() - begun
    print(f"{cases} gevallen uit zaad {asked.seed} in {seconds:.0f} s", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())

"""Runs the suite twice: as one machine has it, and as production has it.

First on SQLite with the embedded broker, then, for everything that touches tables or the broker,
on a real PostgreSQL and a real Redis. A service that is missing is reported; where CI is set, that
is a failure. `--long` runs what takes long instead: far more examples, and every part of the API on
PostgreSQL too. Other arguments go to pytest, for both parts.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.services import ServiceMissingError, start_postgres, start_redis  # noqa: E402 - needs the path
from tests.tiers import COUNTS, VARIABLE  # noqa: E402 - the same

# Once is enough: pure code knows no database, the shape of the API is the same on both, and some
# start processes of their own on the embedded default.
ONLY_EMBEDDED = (
    "tests/browser",
    "tests/production/test_settings.py",
    "tests/routekaart/domain",
    "tests/routekaart/formats",
    "tests/routekaart/logs",
    "tests/scripts",
    "tests/courses/test_any_data_file.py",
    "tests/courses/test_matching.py",
    "tests/courses/test_matching_real_catalogue.py",
    "tests/courses/test_schema.py",
    "tests/courses/test_smallest_set.py",
    "tests/routekaart/api/test_openapi.py",
    "tests/routekaart/api/test_schemathesis.py",
    "tests/routekaart/backup/test_refusing.py",
    "tests/routekaart/test_env.py",
    "tests/routekaart/test_serve.py",
    "tests/routekaart/test_storage.py",
    "tests/worker/test_embedded.py",
    "tests/test_compose.py",
    "tests/test_readme.py",
)
# On PostgreSQL every operation runs in the matrix and every page is asked as every role; what they
# stand on runs in the tests of actions and queries. The rest of these folders only runs there with
# `--long`.
ON_POSTGRES = {
    ROOT / "tests/routekaart/api": frozenset(
        {
            "test_at_once.py",
            "documents/test_documents.py",
            "test_idempotency.py",
            "test_limits.py",
            "test_matrix.py",
            "test_problems.py",
            "test_story.py",
        }
    ),
    ROOT / "tests/routekaart/web": frozenset({"test_every_page.py"}),
}
# What tries more in the long tier.
LONG = (
    "tests/courses/test_any_data_file.py",
    "tests/routekaart/api/test_parser.py",
    "tests/routekaart/api/test_schemathesis.py",
    "tests/routekaart/api/test_shapes.py",
    "tests/routekaart/backup/test_killed.py",
    "tests/routekaart/domain/people_import",
    "tests/routekaart/domain/rules",
    "tests/routekaart/domain/test_federated.py",
    "tests/routekaart/domain/test_written_dates.py",
    "tests/routekaart/formats",
    "tests/routekaart/queries/test_any_token.py",
    "tests/routekaart/test_env.py",
    "tests/routekaart/test_every_door.py",
    "tests/routekaart/test_school_year.py",
    "tests/routekaart/test_sign_in_providers.py",
    "tests/routekaart/web/office/test_hostile_uploads.py",
    "tests/routekaart/web/test_hostile_forms.py",
    "tests/test_canaries.py",
    "tests/test_elsewhere.py",
    "tests/worker/test_hostile_strings.py",
)


def run(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"\n=== {title} ===", flush=True)
    workers = str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", *arguments]
    return subprocess.call(command, cwd=ROOT, env=environment)


def only_sometimes(*, long: bool) -> list[str]:
    """The tests of API and pages that run on PostgreSQL in one of the two tiers only."""
    return [
        str(file.relative_to(ROOT))
        for folder, always in ON_POSTGRES.items()
        for file in sorted(folder.rglob("test_*.py"))
        if str(file.relative_to(folder)) not in always
        and (not long or str(file.relative_to(ROOT)) not in ONLY_EMBEDDED)
    ]


def main(arguments: list[str]) -> int:
    long = "--long" in arguments
    given = [argument for argument in arguments if argument != "--long"]
    plain = {
        name: value
        for name, value in os.environ.items()
        if name == COUNTS
        or (name not in {"DATABASE_URL", "REDIS_URL"} and not name.startswith("ROUTEKAART_"))
    }
    if long:
        plain[VARIABLE] = "1"
    here = ["-m", "not postgres and not redis", *(LONG if long else ()), *given]
    result = run("SQLite en de ingebouwde broker", here, plain)
    if result != 0:
        return result
    with ExitStack() as stack:
        try:
            database = stack.enter_context(start_postgres())
            redis = stack.enter_context(start_redis())
        except ServiceMissingError as missing:
            print(f"\nOvergeslagen: PostgreSQL en Redis ({missing})", flush=True)
            return 1 if os.environ.get("CI") else 0
        servers = {"DATABASE_URL": database.url, "REDIS_URL": redis.url, "PATH": database.path}
        served = plain | servers
        if long:
            wanted = only_sometimes(long=True)
        else:
            wanted = [f"--ignore={path}" for path in (*ONLY_EMBEDDED, *only_sometimes(long=False))]
        return run("PostgreSQL en Redis", [*wanted, *given], served)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

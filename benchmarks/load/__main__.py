"""People at work on PostgreSQL and Redis: pages read, steps saved, documents asked for.

`python benchmarks/load [--users N] [--minutes N] [--restarts N]`. Each of the users (half of them
team leads, half members, two per team) thinks for two to eight seconds between two clicks. Two
documents a second are asked for beside that. Two web servers share the work as behind our proxy:
what one refuses goes to the other, and a POST that got lost is not sent again. Nothing is away, so
nothing may be asked twice either.

With `--restarts` both web servers and the worker are restarted so often, one after the other,
while all this goes on. Then each request may be asked once more; `failed` counts what a person
would have seen.

The last line is JSON; the exit code is 1 when a bar is missed.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.load.servers import Servers  # noqa: E402  (after the path is set)
from benchmarks.load.users import Answers, Users  # noqa: E402  (as above)

# Seconds. Until then processes still load what they need once.
_WARM = 60.0
_PDFS_PER_SECOND = 2
# A restart takes time, so with `--restarts` only failures count.
_BARS = {
    "failed": 0, "retried": 0, "documents_failed": 0, "p95_ms": 300, "p99_ms": 800, "memory": 1.05,
}  # fmt: skip
_BARS_WITH_RESTARTS = {"failed": 0, "documents_failed": 0}


def main() -> int:
    from tests.services import start_postgres, start_redis  # noqa: PLC0415  (after the path is set)

    wanted = _arguments()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="routekaart-load-"))
        database = stack.enter_context(start_postgres(durable=True))
        broker = stack.enter_context(start_redis())
        os.environ.update(
            ROUTEKAART_VAR=folder,
            DATABASE_URL=database.url,
            REDIS_URL=broker.url,
            DJANGO_SETTINGS_MODULE="routekaart.settings",
            LOG_LEVEL="ERROR",
        )
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "prepare", "--demo"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = measured(wanted, Path(folder))
    bars = bars_of(restarts=wanted.restarts)
    missed = [f"{name} {found[name]} > {most}" for name, most in bars.items() if found[name] > most]
    print("\n".join((*missed, json.dumps(found))))
    return 1 if missed else 0


def bars_of(*, restarts: int) -> Mapping[str, float]:
    """The most of each that may be."""
    return _BARS_WITH_RESTARTS if restarts else _BARS


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="load", description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--restarts", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


def measured(wanted: argparse.Namespace, folder: Path) -> dict[str, Any]:
    import django  # noqa: PLC0415  (needs the environment that `main` sets)

    django.setup()
    from benchmarks.load.world import build_world  # noqa: PLC0415  (as above)

    world = build_world(users=wanted.users)
    answers = Answers()
    with Servers(ROOT, folder) as servers:
        users = Users(world, servers.addresses, answers, seed=wanted.seed)
        users.start(pdfs_per_second=_PDFS_PER_SECOND)
        end = time.monotonic() + wanted.minutes * 60
        try:
            _until(time.monotonic() + min(_WARM, wanted.minutes * 30))
            warm = servers.memory()
            answers.forget()
            _restarts(wanted.restarts, servers.restart, end)
            _until(end)
            last = servers.memory()
        finally:
            users.stop()
    if answers.failures:
        print("\n".join(answers.failures[:20]))
    return {
        "name": "load",
        "users": wanted.users,
        "minutes": wanted.minutes,
        "restarts": wanted.restarts,
        "requests": answers.count,
        "failed": len(answers.failures),
        "retried": answers.retried,
        "p50_ms": answers.percentile(0.5),
        "p95_ms": answers.percentile(0.95),
        "p99_ms": answers.percentile(0.99),
        "documents": world.documents_done(),
        "documents_failed": world.documents_failed(),
        "memory": round(last / warm, 3),
        "slowest_kinds_p95_ms": answers.slowest(),
    }


def _restarts(times: int, restart: Callable[[], None], end: float) -> None:
    """Spread over the time that is left."""
    for number in range(times):
        _until(time.monotonic() + (end - time.monotonic()) / (times - number + 1))
        restart()


def _until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


if __name__ == "__main__":
    sys.exit(main())

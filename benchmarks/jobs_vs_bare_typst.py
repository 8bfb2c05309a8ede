"""Documents a second: through the job runner on Redis, and straight from Typst.

Both with two processes and the same contents, in alternating batches; the median of the
ratios of neighbouring batches counts.
Ours is the whole way from the commit of the requests: wake-ups, claim, rights, reading the tables,
building the content, Typst, storing the file, finishing, until every job of the batch is done. The
peer only turns ready-made content into bytes. Every batch has other content, since Typst keeps what
it has seen.

The database is the embedded one, which waits for the disk: on two cores a PostgreSQL would compete
with the two processes that are measured, where in production it has cores of its own.
`--postgresql` measures it so all the same; `-v` shows every batch.
"""

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS = 7
BATCH = 16
PROCESSES = 2
_PATIENCE = 120.0


def main() -> None:
    from tests.services import start_postgres, start_redis  # noqa: PLC0415  (after the path is set)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        broker = stack.enter_context(start_redis())
        database = ""
        if "--postgresql" in sys.argv:
            database = stack.enter_context(start_postgres(durable=True)).url
        os.environ.update(
            ROUTEKAART_VAR=folder,
            DATABASE_URL=database,
            REDIS_URL=broker.url,
            DJANGO_SETTINGS_MODULE="routekaart.settings",
        )
        # The demo school with its routekaart and plan is what the copies are made of.
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", "prepare", "--demo"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print(json.dumps(measured()))


def measured() -> dict[str, object]:
    import django  # noqa: PLC0415  (needs the environment that `main` sets)

    django.setup()
    from tests.copied_plans import copy_demo_plan  # noqa: PLC0415

    # The first batch only warms both up.
    plans = copy_demo_plan((ROUNDS + 1) * BATCH)
    batches = [plans[start : start + BATCH] for start in range(0, len(plans), BATCH)]
    rates: dict[str, list[float]] = {"ours": [], "peer": []}
    with working() as worker, multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for number, batch in enumerate(batches):
            contents = contents_of(batch)
            sides: list[tuple[str, Callable[[], float]]] = [
                ("ours", lambda: through_the_runner(batch, worker)),  # noqa: B023  (run at once)
                ("peer", lambda: bare(pool, contents)),  # noqa: B023
            ]
            # Who goes first changes, so that neither always finds a rested machine.
            for name, run in sides if number % 2 else reversed(sides):
                rates[name].append(BATCH / run())
    if "-v" in sys.argv:
        print(rates)
    # Two neighbouring batches see the same machine, whatever else it is doing by then.
    ratios = [ours / peer for ours, peer in zip(rates["ours"], rates["peer"], strict=True)]
    return {
        "name": "jobs_vs_bare_typst",
        "ours": round(statistics.median(rates["ours"][1:]), 2),
        "peer": round(statistics.median(rates["peer"][1:]), 2),
        "ratio": round(statistics.median(ratios[1:]), 3),
        "unit": "documents/s",
    }


# --- Ours --------------------------------------------------------------------------------------
@contextmanager
def working() -> "Iterator[subprocess.Popen[bytes]]":
    """The worker as `serve` starts it, with two processes."""
    from routekaart.management.commands.serve import worker_program  # noqa: PLC0415

    process = subprocess.Popen(worker_program(PROCESSES).command, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def through_the_runner(plans: Sequence[Any], worker: "subprocess.Popen[bytes]") -> float:
    """Seconds from the commit of the requests until every document can be downloaded."""
    from django.db import connection, transaction  # noqa: PLC0415

    from routekaart.access import Role, access_of  # noqa: PLC0415
    from routekaart.actions.documents.jobs import request_job  # noqa: PLC0415
    from routekaart.models import Job, Person  # noqa: PLC0415
    from routekaart.models.jobs import DocumentKind, JobKind, JobState  # noqa: PLC0415
    from routekaart.queries.documents.offered import Wanted  # noqa: PLC0415

    trainer = access_of(Person.objects.filter(role_grants__role=Role.TRAINER)[0])
    with transaction.atomic():
        for plan in plans:
            request_job(
                by=trainer,
                school=trainer.schools[0],
                kind=JobKind.DOCUMENT,
                payload=Wanted(DocumentKind.TEAM).payload | {"plan": str(plan.pk)},
                routekaart=plan.routekaart,
                holds_persons=True,
            )
        start = time.perf_counter()
    end = time.monotonic() + _PATIENCE
    while True:
        # By hand, because looking must not slow down what it looks at.
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT state FROM routekaart_job")
            states = {state for (state,) in cursor.fetchall()}
        if states == {JobState.DONE}:
            return time.perf_counter() - start
        if JobState.FAILED in states or worker.poll() is not None or time.monotonic() > end:
            failures = Job.objects.values_list("state", "failure_code").distinct()
            raise SystemExit(f"Not every job was done: {sorted(failures)}")
        time.sleep(0.02)


# --- The peer ----------------------------------------------------------------------------------
def contents_of(plans: Sequence[Any]) -> list[Any]:
    """What the worker will build of the same rows."""
    from routekaart.domain.content.plan_blocks import plan_document  # noqa: PLC0415
    from routekaart.domain.content.scholingsplan import build_scholingsplan  # noqa: PLC0415
    from routekaart.queries.documents.content import scholingsplan_input  # noqa: PLC0415

    return [
        plan_document(
            build_scholingsplan(
                scholingsplan_input(
                    plan=plan, schools=(plan.routekaart.team.school_id,), with_persons=True
                )
            )
        )
        for plan in plans
    ]


def bare(pool: Pool, contents: Sequence[Any]) -> float:
    """Seconds until all contents are bytes."""
    start = time.perf_counter()
    for size in pool.imap_unordered(rendered, contents):
        if not size:
            raise SystemExit("Typst gave no bytes.")
    return time.perf_counter() - start


def rendered(content: Any) -> int:
    from routekaart.formats.typst_pdf import render_pdf  # noqa: PLC0415

    return len(render_pdf(content))


if __name__ == "__main__":
    main()

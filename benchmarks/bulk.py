"""A bundle of the 200 teams of a board as PDF, beside bare Typst in as many processes.

The whole way: one request, wake-ups, claims, rights, tables, content, Typst, storage, and the ZIP
with everything. The peer only turns ready-made content into bytes, half of it before and half
after, so that both meet the same machine. Every team has other texts, since Typst keeps what it has
seen.

`ratio`: documents a second against the peer's (bar: at least 0.8). `per_team`: seconds per team of
the bundle of 200 against the median of three of 20 (at most 1.15). `memory`: resident memory of a
lone process after document 500 against after document 50 (at most 1.3). `-v` shows what is behind,
`-q` leaves `memory` out. `--later`: each plan is a second version, which tells what it changes.
`--approved`: each was approved, and is made of what was frozen then.
"""

import gc
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from routekaart.models import Plan

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PROCESSES = 2
MANY = 200
FEW = 20
# As many as a large school has.
PER_SCHOOL = 10
ROUNDS = 3
FIRST, LAST = 50, 500
_PATIENCE = 1200.0
# A year without anything else in it.
PARKED = 2001


def main() -> None:
    from tests.services import start_redis  # noqa: PLC0415  (after the path is set)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        broker = stack.enter_context(start_redis())
        os.environ.update(
            ROUTEKAART_VAR=folder,
            DATABASE_URL="",
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
    teams = Teams(FEW * (ROUNDS + 1) + MANY + LAST)
    with working(PROCESSES) as worker:
        teams.bundle(FEW, worker)  # only warms up
        few = [teams.bundle(FEW, worker).seconds / FEW for _ in range(ROUNDS)]
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            contents = teams.contents(MANY)
            half = MANY // 2
            # Each process reads templates and fonts once, as the workers did.
            list(pool.imap_unordered(rendered, teams.contents(2 * PROCESSES, skip=MANY)))
            start = time.perf_counter()
            list(pool.imap_unordered(rendered, contents[:half]))
            peer = time.perf_counter() - start
            # What is kept here for the peer is nothing that a web process would look through.
            gc.freeze()
            many = teams.bundle(MANY, worker)
            start = time.perf_counter()
            list(pool.imap_unordered(rendered, contents[half:]))
            peer += time.perf_counter() - start
    found: dict[str, object] = {
        "name": "bulk",
        "ours": round(MANY / many.seconds, 2),
        "peer": round(MANY / peer, 2),
        "ratio": round(peer / many.seconds, 3),
        "unit": "documents/s",
        "per_team": round(many.seconds / MANY / statistics.median(few), 3),
    }
    if "-q" in sys.argv:
        return found
    with working(1) as worker:
        alone = teams.bundle(LAST, worker)
    if "-v" in sys.argv:
        print({"few": few, "many": many.seconds, "peer": peer, "memory": alone.memory})
        print({"until": many.until})
    return found | {"memory": round(alone.memory[LAST] / alone.memory[FIRST], 3)}


class Run:
    """One bundle. `memory`: number of documents done → largest resident size of a worker, in kB.

    `until`: seconds until the request was answered, and until all documents were there.
    """

    def __init__(self, seconds: float, memory: dict[int, int], until: dict[str, float]) -> None:
        self.seconds = seconds
        self.memory = memory
        self.until = until


class Teams:
    """A board with so many teams, of which each bundle takes new ones."""

    def __init__(self, count: int) -> None:
        from django_scopes import scopes_disabled  # noqa: PLC0415  (as above)

        from routekaart.access import Role, access_of  # noqa: PLC0415  (as above)
        from routekaart.models import Person, Routekaart  # noqa: PLC0415  (as above)
        from tests.copied_plans import copy_demo_plan  # noqa: PLC0415  (as above)

        self.plans = copy_demo_plan(count, per_school=PER_SCHOOL)
        # After the schools: those of the board are what this person reaches.
        self.by = access_of(Person.objects.filter(role_grants__role=Role.BOARD)[0])
        if "--later" in sys.argv:
            self.plans = second_versions(self.plans)
        if "--approved" in sys.argv:
            approve(self.plans)
        with scopes_disabled():
            self.board = self.plans[0].routekaart.team.school.board_id
        self.year = self.plans[0].routekaart.school_year
        with scopes_disabled():
            Routekaart.objects.filter(school_year=self.year).update(school_year=PARKED)

    def contents(self, count: int, skip: int = 0) -> list[Any]:
        """What the worker will build for the next `count` teams after `skip`."""
        from routekaart.domain.content.plan_blocks import Length, plan_document  # noqa: PLC0415  (as above)
        from routekaart.domain.content.scholingsplan import build_scholingsplan  # noqa: PLC0415  (as above)
        from routekaart.queries.documents.content import scholingsplan_input  # noqa: PLC0415  (as above)

        made = []
        for plan in self.plans[skip : skip + count]:
            # As it will stand when it is unparked.
            plan.routekaart.school_year = self.year
            schools = (plan.routekaart.team.school_id,)
            given = scholingsplan_input(plan=plan, schools=schools, with_persons=False)
            made.append(plan_document(build_scholingsplan(given), Length.FULL))
        return made

    def bundle(self, count: int, worker: "subprocess.Popen[bytes]") -> Run:
        """A bundle of the next `count` teams, until its ZIP can be downloaded."""
        from django_scopes import scopes_disabled  # noqa: PLC0415  (as above)

        from routekaart.actions.documents.bundles import request_bundle  # noqa: PLC0415  (as above)
        from routekaart.models import Routekaart  # noqa: PLC0415  (as above)

        taken, self.plans = self.plans[:count], self.plans[count:]
        rows = [plan.routekaart_id for plan in taken]
        with scopes_disabled():
            Routekaart.objects.filter(pk__in=rows).update(school_year=self.year)
        start = time.perf_counter()
        bundle = request_bundle(by=self.by, board_id=self.board, school_year=self.year)
        asked = time.perf_counter() - start
        memory, documents = until_done(bundle.pk.hex, count, worker)
        seconds = time.perf_counter() - start
        with scopes_disabled():
            Routekaart.objects.filter(pk__in=rows).update(school_year=PARKED)
        return Run(seconds, memory, {"asked": asked, "documents": documents - start})


def second_versions(plans: "list[Plan]") -> "list[Plan]":
    """A version of each that lacks the last meeting."""
    from django.db import transaction  # noqa: PLC0415  (as above)
    from django_scopes import scopes_disabled  # noqa: PLC0415  (as above)

    from routekaart.models import Plan  # noqa: PLC0415  (as above)

    with scopes_disabled(), transaction.atomic():
        for plan in plans:
            content = plan.content | {"plg_meetings": plan.content["plg_meetings"][:-1]}
            Plan.objects.create(
                routekaart=plan.routekaart,
                version=2,
                content=content,
                input_hash="0",
                catalogue_version=plan.catalogue_version,
            )
        rows = Plan.objects.filter(version=2, routekaart__in=[one.routekaart for one in plans])
        return list(rows.select_related("routekaart__team"))


def approve(plans: "list[Plan]") -> None:
    from django.db import transaction  # noqa: PLC0415  (as above)
    from django.utils import timezone  # noqa: PLC0415  (as above)
    from django_scopes import scopes_disabled  # noqa: PLC0415  (as above)

    from routekaart.actions.documents.freezing import freeze  # noqa: PLC0415  (as above)
    from routekaart.models import Plan, Routekaart  # noqa: PLC0415  (as above)
    from routekaart.models.routekaarten import State  # noqa: PLC0415  (as above)

    with scopes_disabled(), transaction.atomic():
        now = timezone.now()
        Plan.objects.filter(pk__in=[plan.pk for plan in plans]).update(approved_at=now)
        rows = [plan.routekaart_id for plan in plans]
        Routekaart.objects.filter(pk__in=rows).update(state=State.APPROVED, approved_on=now.date())
        for plan in plans:
            freeze(plan_id=plan.pk, now=now)


def until_done(
    bundle: str, count: int, worker: "subprocess.Popen[bytes]"
) -> tuple[dict[int, int], float]:
    """Waits for the bundle; gives the memory when 50 documents were there, and at the end.

    And the moment when all documents were there, of which the ZIP is made then.
    """
    from django.db import connection  # noqa: PLC0415  (as above)

    memory: dict[int, int] = {}
    all_there = 0.0
    end = time.monotonic() + _PATIENCE
    while True:
        # By hand, because looking must not slow down what it looks at.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT state, COUNT(*) FROM routekaart_job WHERE parent_id = %s GROUP BY state",
                [bundle],
            )
            states = dict(cursor.fetchall())
            cursor.execute("SELECT state FROM routekaart_job WHERE id = %s", [bundle])
            (whole,) = cursor.fetchone()
        done = states.get("done", 0)
        if done >= FIRST and FIRST not in memory:
            memory[FIRST] = resident(worker)
        if done == count and count not in memory:
            all_there = time.perf_counter()
            memory[count] = resident(worker)
        if whole == "done" and done == count:
            return memory, all_there
        if whole == "failed" or "failed" in states or worker.poll() is not None:
            raise SystemExit(f"Not every job was done: {states}, {whole}")
        if time.monotonic() > end:
            raise SystemExit(f"It took too long: {states}, {whole}")
        time.sleep(0.05)


def resident(worker: "subprocess.Popen[bytes]") -> int:
    """The resident memory of the largest child, in kB."""
    listed = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return max(resident_of(pid) for pid in listed)


def resident_of(pid: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


@contextmanager
def working(processes: int) -> "Iterator[subprocess.Popen[bytes]]":
    """The worker as `serve` starts it."""
    from routekaart.management.commands.serve import worker_program  # noqa: PLC0415  (as above)

    process = subprocess.Popen(worker_program(processes).command, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def rendered(content: Any) -> int:
    from routekaart.formats.typst_pdf import render_pdf  # noqa: PLC0415  (as above)

    return len(render_pdf(content))


if __name__ == "__main__":
    main()

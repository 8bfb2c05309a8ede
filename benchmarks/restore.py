"""Backup and restore of a board: 40 schools, 2,000 people, 2,000 documents, on both databases.

As an operator does it: `manage.py backup` while the product could run; then some people are erased
and the machine is lost: database and files are gone, the list of erased people was kept. Prints
one line of JSON per stack; `restore_seconds` is the bar: at most 600, every hash right, and
everybody who was erased still erased. `-v` shows the steps with their moments; with the name of a
stack first only that one is measured.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SCHOOLS, TEAMS_PER_SCHOOL = 40, 5
PEOPLE, DOCUMENTS, ERASED = 2000, 2000, 20
# Lines in the log and messages of a year.
LOG, MAILS = 100_000, 40_000
# Bytes: a document of the demo school is some 150 kB.
SIZE = 150_000
BAR_SECONDS = 600.0
STACKS = ("sqlite", "postgresql")


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] in STACKS:
        print(json.dumps(measured(sys.argv[1])), flush=True)
        return 0
    # Each in a process of its own: settings are read once per process.
    return max(
        subprocess.run([sys.executable, __file__, stack, *sys.argv[1:]], check=False).returncode
        for stack in STACKS
    )


@contextmanager
def _database(stack: str) -> Iterator[str]:
    from tests.services import start_postgres  # noqa: PLC0415  (after the path is set)

    with start_postgres(durable=True) if stack == "postgresql" else nullcontext() as server:
        if server:
            os.environ["PATH"] = server.path
        yield server.url if server else ""


def measured(stack: str) -> dict[str, Any]:
    """What it takes, and whether all came back. Raises where it did not."""
    with tempfile.TemporaryDirectory() as name, _database(stack) as url:
        folder = Path(name)
        os.environ.update(
            ROUTEKAART_VAR=str(folder / "var"),
            ROUTEKAART_STORAGE=str(folder / "files"),
            ROUTEKAART_ERASURES=str(folder / "erasures.txt"),
            DATABASE_URL=url,
            REDIS_URL="",
            DJANGO_SETTINGS_MODULE="routekaart.settings",
        )
        manage("prepare", "--demo")
        fill()
        seconds = manage("backup", str(folder / "board.zip"))
        erased = erase()
        lose(folder, url)
        restoring = manage("restore", str(folder / "board.zip"))
        checking = manage("check_storage")
        names = names_of(erased)
        if restoring > BAR_SECONDS or names != {"Oud-medewerker"}:
            raise SystemExit(f"not as it should be: {restoring} s, {names}")
        return {
            "stack": stack,
            "schools": SCHOOLS,
            "people": PEOPLE,
            "documents": DOCUMENTS,
            "rows": rows(),
            "archive_mb": round((folder / "board.zip").stat().st_size / 1e6),
            "backup_seconds": round(seconds, 1),
            "restore_seconds": round(restoring, 1),
            "check_seconds": round(checking, 1),
            "erased_again": len(erased),
        }


def manage(*command: str) -> float:
    """How many seconds a command of the product takes, its start-up included."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stdout or ():
            if "-v" in sys.argv:
                print(f"{time.perf_counter() - began:7.1f} s  {line}", end="", flush=True)
    if process.returncode:
        raise SystemExit(f"manage.py {command[0]} failed")
    return time.perf_counter() - began


def fill() -> None:
    """A board in the middle of its year."""
    import django  # noqa: PLC0415  (needs the environment of `measured`)

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415  (as above)
    from django_scopes import scopes_disabled  # noqa: PLC0415  (as above)

    from routekaart.models import Person  # noqa: PLC0415  (as above)
    from tests.copied_plans import copy_demo_plan  # noqa: PLC0415  (as above)
    from tests.makers import make_colleague  # noqa: PLC0415  (as above)

    plans = copy_demo_plan(SCHOOLS * TEAMS_PER_SCHOOL, per_school=TEAMS_PER_SCHOOL)
    teams = [plan.routekaart.team for plan in plans]
    with scopes_disabled(), transaction.atomic():
        for number in range(PEOPLE - Person.objects.count()):
            make_colleague(teams[number % len(teams)], name=f"Collega Nummer{number} van Bestuur")
        add_documents(plans)
        add_year(plans)
    connection.close()


def add_documents(plans: list[Any]) -> None:
    """Files that no packing makes smaller, as PDFs are."""
    from django.conf import settings  # noqa: PLC0415  (as above)

    from routekaart.models import Document  # noqa: PLC0415  (as above)
    from routekaart.storage import Storage  # noqa: PLC0415  (as above)

    storage = Storage(Path(settings.STORAGE_DIR))
    for number in range(DOCUMENTS):
        plan = plans[number % len(plans)]
        stored = storage.put(os.urandom(SIZE))
        Document.objects.create(
            school_id=plan.routekaart.team.school_id,
            routekaart=plan.routekaart,
            plan=plan,
            kind="team",
            format="pdf",
            length="full",
            input_hash=stored.content_hash,
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name="plan.pdf",
        )


def add_year(plans: list[Any]) -> None:
    """The lines in the log and the messages of a year, each at a school where the person works."""
    from routekaart.models import AuditEntry, Employment, Mail  # noqa: PLC0415  (as above)

    places = list(Employment.objects.values_list("person_id", "school_id"))
    log = (
        AuditEntry(
            school_id=places[number % len(places)][1],
            person_id=places[number % len(places)][0],
            action="change",
            object_kind="Routekaart",
            object_id=str(plans[number % len(plans)].routekaart_id),
        )
        for number in range(LOG)
    )
    mails = (
        Mail(
            school_id=places[number % len(places)][1],
            person_id=places[number % len(places)][0],
            kind="digest",
            key=f"digest:{number}",
            subject="Wat er voor je staat",
            body="- Een cursus die op een dag af moet zijn.\n" * 10,
            state="sent",
        )
        for number in range(MAILS)
    )
    AuditEntry.objects.bulk_create(log, batch_size=5000)
    Mail.objects.bulk_create(mails, batch_size=5000)


def erase() -> list[Any]:
    from django.db import connection  # noqa: PLC0415  (as above)

    from routekaart.actions.privacy.account import erase_account  # noqa: PLC0415  (as above)
    from routekaart.clock import now  # noqa: PLC0415  (as above)
    from routekaart.models import Person  # noqa: PLC0415  (as above)

    found = Person.objects.filter(name__startswith="Collega Nummer").values_list("pk", flat=True)
    people = list(found[:ERASED])
    for person in people:
        erase_account(person, at=now())
    connection.close()
    return people


def lose(folder: Path, url: str) -> None:
    """Database and documents are gone; there is a new machine, with nothing on it."""
    shutil.rmtree(folder / "files")
    shutil.rmtree(folder / "var")
    if not url:
        return
    import psycopg  # noqa: PLC0415  (only where it is used)

    host = parse_qs(urlsplit(url).query)["host"][0]
    with psycopg.connect(
        host=host, user="routekaart", dbname="postgres", autocommit=True
    ) as server:
        server.execute("DROP DATABASE routekaart WITH (FORCE)")
        server.execute("CREATE DATABASE routekaart")


def names_of(people: list[Any]) -> set[str]:
    from routekaart.models import Person  # noqa: PLC0415  (as above)

    return set(Person.objects.filter(pk__in=people).values_list("name", flat=True))


def rows() -> int:
    from routekaart.backup.database import row_counts  # noqa: PLC0415  (as above)

    return sum(row_counts().values())


if __name__ == "__main__":
    sys.exit(main())

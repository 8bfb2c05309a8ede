"""Assigning three courses to two hundred people in one request, on SQLite.

Each round assigns to the same team and empties the table again. Prints one line of JSON;
`median_seconds` is the bar: at most 1.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
ROUNDS = 9
PEOPLE = 200
COURSES = (
    "de-mindset-theorie-van-carol-dweck",
    "complimenten-geven-en-corrigeren",
    "het-zelfvertrouwen-van-je-leerlingen-bevorderen",
)
CREATED = 201


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        os.environ["ROUTEKAART_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "routekaart.settings"
        print(json.dumps(measured()))


def measured() -> dict[str, Any]:
    """The whole request, from the client's call to its answer."""
    import django  # noqa: PLC0415  (needs the environment that `main` sets)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django_scopes import scopes_disabled  # noqa: PLC0415

    from courses.load import load_catalogue  # noqa: PLC0415
    from routekaart.models import AssignmentBatch  # noqa: PLC0415
    from tests.makers import client_for, make_colleague  # noqa: PLC0415
    from tests.stages import Stage  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load_catalogue()
    stage = Stage().accepted()
    # The lead and the member are there already.
    for number in range(PEOPLE - 2):
        make_colleague(stage.team, name=f"Collega {number}")
    client = client_for(stage.lead)
    client.defaults["HTTP_HOST"] = "localhost"
    body = {
        "courses": [{"course": course, "goals": [str(stage.goal.pk)]} for course in COURSES],
        "target": {"kind": "team"},
        "mandatory": True,
        "reason": "omdat: past bij dit doel",
    }
    path = f"/routekaarten/{stage.routekaart.pk}/assignment-batches"
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        response = client.call("post", path, body)
        seconds.append(time.perf_counter() - began)
        if response.status_code != CREATED or response.json()["created"] != PEOPLE * len(COURSES):
            raise SystemExit(f"not assigned: {response.status_code} {response.content[:500]!r}")
        with scopes_disabled():
            stage.routekaart.assignments.all().delete()
            AssignmentBatch.objects.all().delete()
    return {
        "people": PEOPLE,
        "courses": len(COURSES),
        "rounds": ROUNDS,
        "database": connection.vendor,
        "median_seconds": round(statistics.median(seconds), 4),
        "slowest_seconds": round(max(seconds), 4),
    }


if __name__ == "__main__":
    main()

"""What there is to ask for: the demo school, with many teams that each have a plan.

Imported once Django is set up with the environment of the stage.
"""

import json
import subprocess
import sys
from uuid import UUID

from django.db import DatabaseError, connection
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.tokens import issue_token
from routekaart.models import Job, Person
from tests.chaos.clients import World
from tests.chaos.stage import ROOT, Stage
from tests.copied_plans import copy_demo_plan


def prepare_tables() -> None:
    """Tables, catalogue and demo school, as the README has it."""
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "prepare", "--demo"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def build_world(stage: Stage, *, teams: int) -> World:
    """So many teams with a plan, one more whose plan is broken, and the keys of two people."""
    plans = copy_demo_plan(teams + 1)
    broken = plans.pop()
    with scopes_disabled():
        school = plans[0].routekaart.team.school_id
        roles = Person.objects.filter(role_grants__school=school)
        trainer = roles.filter(role_grants__role=Role.TRAINER)[0]
        admin = roles.filter(role_grants__role=Role.SCHOOL_ADMIN)[0]
        tokens = [issue_token(person, "proef", [])[1] for person in (trainer, admin)]
    _break(broken.pk)
    return World(
        address=stage.address,
        lead=tokens[0],
        admin=tokens[1],
        school=str(school),
        routekaarten=[str(plan.routekaart_id) for plan in plans],
        poisoned=str(broken.routekaart_id),
    )


def _break(plan: UUID) -> None:
    # By hand, because a plan refuses to be changed.
    with connection.cursor() as cursor:
        value = plan if connection.vendor == "postgresql" else plan.hex
        cursor.execute(
            "UPDATE routekaart_plan SET content = %s WHERE id = %s",
            [json.dumps({"broken": True}), value],
        )
        if cursor.rowcount != 1:
            raise AssertionError("There is no plan to break.")


def known_jobs() -> frozenset[str]:
    """The jobs that there are now: before any client, those of the demo itself."""
    return frozenset(str(one) for one in Job.objects.values_list("pk", flat=True))


def open_jobs() -> int:
    """How many jobs are not at their end, as far as can be seen at this moment."""
    try:
        return Job.objects.filter(state__in=("queued", "running")).count()
    except DatabaseError:
        # The database is away, as it should be now and then. Nobody asks for more meanwhile.
        connection.close()
        return 10**6

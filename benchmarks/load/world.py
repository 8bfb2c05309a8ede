"""A board at work: teams with a running plan, and with next year's routekaart to fill in.

Imported once Django is set up.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.tokens import issue_token
from routekaart.models import Job, Person, Routekaart
from tests.copied_plans import copy_demo_plan
from tests.makers import employ, grant, join, make_person, make_routekaart

_TEAMS_PER_SCHOOL = 5


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a session. `draft`: the routekaart that a team lead fills in; else empty."""

    session: str
    routekaart: str
    draft: str


@dataclass(frozen=True, slots=True)
class World:
    """`writers`: per routekaart a token that may ask for its documents."""

    users: tuple[User, ...]
    writers: tuple[tuple[str, str], ...]

    def documents_done(self) -> int:
        """How many documents were made."""
        return _states()["done"]

    def documents_failed(self) -> int:
        """How many were not, and never will be."""
        return _states()["failed"]


def build_world(*, users: int) -> World:
    """So many users, two per team."""
    plans = copy_demo_plan((users + 1) // 2, per_school=_TEAMS_PER_SCHOOL)
    found: list[User] = []
    writers: list[tuple[str, str]] = []
    with scopes_disabled():
        for number, plan in enumerate(plans):
            routekaart = plan.routekaart
            lead, member = (
                _colleague(routekaart, role, number) for role in (Role.TEAM_LEAD, Role.MEMBER)
            )
            draft = make_routekaart(routekaart.team, school_year=routekaart.school_year + 1)
            _, token = issue_token(lead, "drukte", [])
            writers.append((str(routekaart.pk), token))
            found.append(User(_session(lead), str(routekaart.pk), str(draft.pk)))
            found.append(User(_session(member), str(routekaart.pk), ""))
    return World(tuple(found[:users]), tuple(writers))


def _colleague(routekaart: Routekaart, role: Role, number: int) -> Person:
    team = routekaart.team
    person = make_person(f"{role.label.capitalize()} {number}")
    grant(person, role, school=team.school)
    employ(person, team.school, ("leerkracht",))
    join(person, team)
    return person


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _states() -> Counter[str]:
    with scopes_disabled():
        return Counter(Job.objects.values_list("state", flat=True))

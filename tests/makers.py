"""Makers of rows for tests: each gives a saved object with sensible values.

`from makers import make_school, …` works in every test: `tests` is on the path. Names and
e-mail addresses are made up and unique per process.
"""

import itertools
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Access, Role, access_of
from routekaart.actions.organisation.tokens import issue_token
from routekaart.models import (
    Board,
    Document,
    DocumentLink,
    Employment,
    Person,
    RoleGrant,
    Routekaart,
    School,
    Team,
    TeamMembership,
)

_number = itertools.count(1)


def make_board(name: str = "Stichting De Proef") -> Board:
    return Board.objects.create(name=name, number=f"{10_000 + next(_number):05d}")


def make_school(board: Board | None = None, name: str = "De Proefschool", **values: Any) -> School:
    number = next(_number)
    letters = chr(65 + number // 26 % 26) + chr(65 + number % 26)
    fields: dict[str, Any] = {
        "brin": f"{number // 676 % 100:02d}{letters}00",
        "sector": "po",
        "region": "Noord",
    }
    with scopes_disabled():
        return School.objects.create(board=board or make_board(), name=name, **fields | values)


def make_team(school: School | None = None, name: str = "Onderbouw") -> Team:
    with scopes_disabled():
        return Team.objects.create(school=school or make_school(), name=name)


def make_person(name: str = "Robin Voorbeeld", *, password: str | None = None) -> Person:
    return Person.objects.create_user(
        f"persoon{next(_number)}@voorbeeld.test", name, password=password
    )


def employ(
    person: Person, school: School, functions: Iterable[str] = ("leerkracht",), **values: Any
) -> Employment:
    with scopes_disabled():
        return Employment.objects.create(
            person=person, school=school, functions=list(functions), **values
        )


def join(person: Person, team: Team, joined_on: date = date(2026, 8, 1)) -> TeamMembership:
    with scopes_disabled():
        return TeamMembership.objects.create(person=person, team=team, joined_on=joined_on)


def grant(
    person: Person, role: Role, *, school: School | None = None, board: Board | None = None
) -> RoleGrant:
    return RoleGrant.objects.create(person=person, role=role.value, school=school, board=board)


def make_colleague(
    team: Team,
    role: Role = Role.MEMBER,
    *,
    name: str = "Robin Voorbeeld",
    functions: Iterable[str] = ("leerkracht",),
    password: str | None = None,
) -> Person:
    """Someone with `role` who works at the team's school and belongs to the team.

    A board's role is granted at the school's board; board, trainer and MR do not work there.
    """
    person = make_person(name, password=password)
    if role is Role.BOARD:
        with scopes_disabled():
            grant(person, role, board=team.school.board)
        return person
    grant(person, role, school=team.school)
    if role in {Role.MEMBER, Role.TEAM_LEAD}:
        employ(person, team.school, functions)
        join(person, team)
    elif role in {Role.DIRECTOR, Role.SCHOOL_ADMIN}:
        employ(person, team.school, ("schoolleider",) if role is Role.DIRECTOR else ())
    return person


def make_routekaart(team: Team | None = None, **values: Any) -> Routekaart:
    fields: dict[str, Any] = {"school_year": 2026}
    with scopes_disabled():
        return Routekaart.objects.create(team=team or make_team(), **fields | values)


def make_link(document: Document, *, recipient: Person, made_by: Person) -> DocumentLink:
    """A link that works for a fortnight, without a mail."""
    now = clock.now()
    with scopes_disabled():
        return DocumentLink.objects.create(
            document=document,
            recipient=recipient,
            made_by=made_by,
            made_at=now,
            expires_at=now + timedelta(days=14),
        )


def access_for(person: Person) -> Access:
    """What this person reaches now: for actions and queries that ask `by=`."""
    return access_of(person)


class ApiClient(Client):
    """A client that signs in by token, sends and reads JSON, and starts paths at `/api/v1`."""

    def __init__(self, token: str = "", **options: Any) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else None
        super().__init__(headers=headers, **options)

    def call(self, method: str, path: str, body: Any = None, **extra: Any) -> Any:
        """The response; `.json()` reads its body."""
        address = path if path.startswith("/api/") else f"/api/v1{path}"
        if body is None:
            return self.generic(method.upper(), address, **extra)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.generic(
            method.upper(), address, content, content_type="application/json", **extra
        )


def client_for(person: Person, schools: Iterable[School] = ()) -> ApiClient:
    """A client with a fresh token of this person, narrowed to `schools` where given."""
    _, plain = issue_token(person, "test", schools)
    return ApiClient(plain)

"""A token never reaches further than its maker, its schools and its right to write."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.tokens import issue_token
from routekaart.actions.privacy.exports import request_own_data
from routekaart.api.root import api
from routekaart.models import AuditEntry, Person, RoleGrant, Routekaart, School
from routekaart.storage import Storage
from tests.makers import (
    ApiClient,
    access_for,
    employ,
    grant,
    make_colleague,
    make_person,
    make_school,
)
from tests.matrix_table import TABLE
from tests.matrix_world import Place, World
from worker import runner

PUBLIC = {"list_interventions", "get_intervention", "list_courses", "advise_on_selection"}


@pytest.fixture
def world(settings: Settings, catalogue: Any) -> World:  # noqa: ARG001  (loads the tables)
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    return World(Storage(settings.STORAGE_DIR))


@pytest.fixture
def person(world: World) -> Person:
    """Somebody with every role, at the own school and at one of another board."""
    own, stranger = world.places["own"].stage, world.places["stranger"].stage
    made = make_colleague(own.team, Role.TEAM_LEAD)
    for school in (own.school, stranger.school):
        for role in (Role.TRAINER, Role.DIRECTOR, Role.SCHOOL_ADMIN, Role.CATALOGUE_MANAGER):
            grant(made, role, school=school)
    return made


def operations() -> list[tuple[str, str, str]]:
    """Name, method and path of every operation that needs a token."""
    document: Any = api.get_openapi_schema()
    return [
        (operation["operationId"], method, path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation["operationId"] not in PUBLIC
    ]


def ask(client: ApiClient, place: Place, name: str, method: str, path: str) -> Any:
    """The answer, after which everything is as it was."""
    row = TABLE[name]
    address = path.format(**place.ids) + ("?" + row.query.format(**place.ids) if row.query else "")
    with transaction.atomic():
        with scopes_disabled():
            Routekaart.objects.filter(pk=place.ids["routekaart_id"]).update(state=row.state)
        response = client.call(method, address, row.body(place) if row.body else None)
        if response.streaming:
            response.getvalue()
        response.noted = AuditEntry._base_manager.filter(person__isnull=False).count()
        transaction.set_rollback(True)
    return response


@pytest.mark.django_db
def test_outside_its_schools_a_token_sees_nothing(world: World, person: Person) -> None:
    own, stranger = world.places["own"], world.places["stranger"]
    narrow = ApiClient(issue_token(person, "one school", [stranger.stage.school])[1])
    wide = ApiClient(issue_token(person, "all")[1])
    wrong, seen = [], 0
    for name, method, path in operations():
        if "{" not in path and not TABLE[name].query:
            continue
        response = ask(narrow, own, name, method, path)
        if response.status_code != 404:
            wrong.append(f"{name}: {response.status_code}")
        if method == "get":
            seen += ask(wide, own, name, method, path).status_code == 200
    assert wrong == []
    # The maker does see them.
    assert seen >= 60


@pytest.mark.django_db
def test_a_token_that_only_reads_changes_nothing(world: World, person: Person) -> None:
    own = world.places["own"]
    wide = ApiClient(issue_token(person, "all")[1])
    readers = {
        "read_only_token": ApiClient(issue_token(person, "reads", may_write=False)[1]),
        # Elsewhere it may write, so sign-in lets it through.
        "forbidden": ApiClient(
            issue_token(
                person,
                "reads here",
                [world.places["stranger"].stage.school],
                reading=[own.stage.school],
            )[1]
        ),
    }
    wrong = []
    with scopes_disabled():
        noted = AuditEntry._base_manager.filter(person__isnull=False).count()
    for name, method, path in operations():
        for code, reader in readers.items():
            if code == "forbidden" and "{" not in path and not TABLE[name].query:
                # About the person, and no school.
                continue
            response = ask(reader, own, name, method, path)
            allowed = ask(wide, own, name, method, path)
            if method == "get":
                same = response.status_code == allowed.status_code
            elif allowed.status_code == 404:
                same = response.status_code in {403, 404}
            else:
                same = (response.status_code, response.json()["code"]) == (403, code)
                same = same and response.noted == noted
            if not same:
                wrong.append(f"{name}: {response.status_code}, wide {allowed.status_code}")
    assert wrong == []


@pytest.mark.django_db
def test_at_its_other_school_it_writes(world: World, person: Person) -> None:
    own, stranger = world.places["own"].stage, world.places["stranger"].stage
    mixed = ApiClient(issue_token(person, "mixed", [stranger.school], reading=[own.school])[1])
    answers = [
        mixed.call("patch", f"/teams/{stage.team.pk}", {"name": "Anders"}).status_code
        for stage in (own, stranger)
    ]
    assert answers == [403, 200]


@pytest.mark.django_db
def test_what_its_maker_loses_the_token_loses(world: World, person: Person) -> None:
    stranger = world.places["stranger"].stage
    token = ApiClient(issue_token(person, "named", [stranger.school])[1])
    team = f"/teams/{stranger.team.pk}"
    assert token.call("patch", team, {"name": "Anders"}).status_code == 200
    with scopes_disabled():
        rights = RoleGrant.objects.filter(person=person, school=stranger.school)
        rights.exclude(role=Role.CATALOGUE_MANAGER).delete()
    assert token.call("patch", team, {"name": "Weer"}).status_code in {403, 404}
    rights.delete()
    assert token.call("get", team).status_code == 404
    assert token.call("get", "/me").json()["schools"] == []


def at_two_schools() -> tuple[Person, School, School]:
    """A member of both; what is made for the person alone stands at the first."""
    first, second = sorted((make_school(), make_school()), key=lambda school: str(school.pk))
    person = make_person()
    for school in (first, second):
        employ(person, school)
        grant(person, Role.MEMBER, school=school)
    return person, first, second


@pytest.mark.django_db
def test_all_own_data_are_not_for_a_key_of_one_school(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    person, first, second = at_two_schools()
    job = request_own_data(by=access_for(person))
    assert runner.run(job.pk)
    job.refresh_from_db()
    assert job.school_id == first.pk

    def seen(client: ApiClient) -> tuple[int, list[str], int]:
        listed = client.call("get", f"/jobs?school={first.pk}").json()["items"]
        content = client.call("get", f"/documents/{job.document_id}/content")
        content.getvalue()
        return (
            client.call("get", f"/jobs/{job.pk}").status_code,
            [one["id"] for one in listed],
            content.status_code,
        )

    narrow = ApiClient(issue_token(person, "one", reading=[first])[1])
    assert seen(narrow) == (404, [], 404)
    assert narrow.call("post", f"/jobs/{job.pk}/cancel").status_code == 404
    both = ApiClient(issue_token(person, "both", [first, second])[1])
    assert seen(both) == (200, [str(job.pk)], 200)


@pytest.mark.django_db
def test_a_job_of_ones_own_is_not_cancelled_where_the_key_only_reads() -> None:
    person, first, second = at_two_schools()
    job = request_own_data(by=access_for(person))
    key = ApiClient(issue_token(person, "writes elsewhere", [second], reading=[first])[1])
    assert key.call("get", f"/jobs/{job.pk}").status_code == 200
    for step in ("cancel", "retry"):
        assert key.call("post", f"/jobs/{job.pk}/{step}").status_code == 403
    job.refresh_from_db()
    assert job.state == "queued"

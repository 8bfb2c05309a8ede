"""ETag, If-None-Match and If-Match on every address that is read and changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.holding import HELD
from routekaart.api.root import api
from routekaart.api.versions import OBJECTS, WEIGHED_AT, WRITES, names
from routekaart.models import ChosenIntervention, Routekaart
from routekaart.storage import Storage
from tests.makers import ApiClient, client_for, make_colleague, make_school, make_team
from tests.matrix_table import TABLE
from tests.matrix_world import ROLES, World

ROOT = "/api/v1"
# What is changed without a version, and why one would protect nothing.
WITHOUT_VERSION = {
    "delete_membership": "goes as a whole, and is never changed",
    "delete_calendar_override": "goes as a whole, and is never changed",
    "set_topic_notes": "its body names the revision that was read",
    "remove_assignment_rule": "goes as a whole, and is never changed",
    "stop_calendar_feed": "goes as a whole, and is never changed",
    "withdraw_role_grant": "goes as a whole; its days are set by giving the role again",
    "remove_budget_line": "goes as a whole, and is never changed",
    "settle_budget_year": "closes a year; a repeat changes nothing",
}


def _answers(text: str) -> Any:
    return {"answers": [{"intervention": "feedback", "point": "benodigde-training", "text": text}]}


# Bodies that write twice what one reads once, by operation.
TWICE: dict[str, tuple[Any, Any]] = {
    "save_answers": (_answers("Van Mo."), _answers("Van mij.")),
    "set_study_day_moments": ({"follow_up_on": "2027-06-01"}, {"follow_up_on": "2027-06-02"}),
    "override_completion": (
        {"counts": True, "reason": "Gezien."},
        {"counts": False, "reason": "Te lang geleden."},
    ),
    "record_hours_agreement": ({"agreed_on": "2026-08-20"}, {"agreed_on": "2026-08-21"}),
    # Of a year that is over: it stands in the same answer.
    "state_budget_grant": (
        {"school_year": "2024-2025", "cents": 100},
        {"school_year": "2024-2025", "cents": 200},
    ),
}


def codes(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"] if response.status_code >= 400 else ""


@dataclass(frozen=True)
class Known:
    name: str
    method: str
    path: str
    # The address of which it weighs the version: its own, or that of what it is a part of.
    read: str | None


def operations() -> Iterator[Known]:
    document: Any = api.get_openapi_schema()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            of = path if "get" in methods else WEIGHED_AT.get(path.removeprefix(ROOT))
            read = of if of is None or of.startswith(ROOT) else ROOT + of
            yield Known(operation["operationId"], method.upper(), path, read)


def able(name: str) -> Role | None:
    row = TABLE[name]
    for role, status in zip(ROLES, row.own.split(), strict=True):
        if status.startswith("2"):
            return role
    return None


def test_every_change_has_a_version_or_needs_none() -> None:
    changes = [one for one in operations() if one.method in WRITES]
    assert {one.name for one in changes if one.read is None} == set(WITHOUT_VERSION)
    reads = {one.path for one in operations() if one.method == "GET"}
    for one in changes:
        if one.read is not None:
            parameter = one.path.split("{", 1)[1].split("}", 1)[0]
            assert OBJECTS[parameter] in HELD, one.name
            # About the same object.
            assert one.read in reads
            assert one.read.split("}", 1)[0] == one.path.split("}", 1)[0]


def test_the_file_says_whose_version_is_weighed() -> None:
    document: Any = api.get_openapi_schema()
    for path, of in WEIGHED_AT.items():
        written = [one for name, one in document["paths"][ROOT + path].items() if name != "get"]
        assert written
        for operation in written:
            [header] = [one for one in operation["parameters"] if one["name"] == "If-Match"]
            assert header["description"].endswith(f" Het is de ETag van {of}.")
            assert {412, 428} <= set(operation["responses"])


@pytest.fixture
def world(settings: Settings, catalogue: Any) -> World:  # noqa: ARG001  (loads the tables)
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    return World(Storage(settings.STORAGE_DIR))


@pytest.mark.django_db
def test_every_answer_names_its_version_and_is_not_sent_twice(world: World) -> None:
    ids, wrong = world.places["own"].ids, []
    for one in operations():
        role = able(one.name)
        if one.method != "GET" or role is None:
            continue
        address = one.path.format(**ids) + (
            "?" + TABLE[one.name].query.format(**ids) if TABLE[one.name].query else ""
        )
        client = world.clients[role.value]
        # In one: closing a file ends connections that are in no transaction.
        with transaction.atomic():
            first, second = client.call("get", address), client.call("get", address)
            for file in (first, second):
                if file.streaming:
                    file.getvalue()
        tag = first.get("ETag")
        unchanged = client.call("get", address, headers={"If-None-Match": tag or ""})
        if (tag, unchanged.status_code) != (second.get("ETag"), 304) or unchanged.content:
            wrong.append(f"{one.name}: {tag}, {second.get('ETag')}, {unchanged.status_code}")
    assert wrong == []


@pytest.mark.django_db
def test_every_change_is_made_on_the_version_that_it_names(world: World) -> None:
    place, wrong, asked = world.places["own"], [], []
    for one in operations():
        role = able(one.name)
        if one.method not in WRITES or one.read is None or role is None:
            continue
        asked.append(one.name)
        row, address = TABLE[one.name], one.path.format(**place.ids)
        read = one.read.format(**place.ids)
        body, client = row.body(place) if row.body else None, world.clients[role.value]
        with transaction.atomic():
            with scopes_disabled():
                Routekaart.objects.filter(pk=place.ids["routekaart_id"]).update(state=row.state)
            tag = client.call("get", read)["ETag"]
            stale = client.call(one.method, address, body, headers={"If-Match": '"old"'})
            untouched = client.call("get", read)["ETag"]
            fresh = client.call(one.method, address, body, headers={"If-Match": f'"old", {tag}'})
            if (codes(stale), untouched) != ((412, "version_changed"), tag):
                wrong.append(f"{one.name}: stale gives {codes(stale)}")
            if stale["ETag"] != tag:
                wrong.append(f"{one.name}: the refusal does not name the version of now")
            if fresh.status_code >= 300:
                wrong.append(f"{one.name}: {fresh.status_code} {fresh.content.decode()}")
            elif "ETag" in fresh and fresh["ETag"] != client.call("get", read)["ETag"]:
                wrong.append(f"{one.name}: its ETag is not that of a GET")
            transaction.set_rollback(True)
    assert wrong == []
    assert len(asked) >= 20


@pytest.mark.django_db
@pytest.mark.parametrize("name", TWICE)
def test_what_somebody_else_wrote_meanwhile_is_not_lost(world: World, name: str) -> None:
    (one,) = [each for each in operations() if each.name == name]
    place, role = world.places["own"], able(name)
    assert one.read is not None
    assert role is not None
    address, read = one.path.format(**place.ids), one.read.format(**place.ids)
    with scopes_disabled():
        Routekaart.objects.filter(pk=place.ids["routekaart_id"]).update(state=TABLE[name].state)
        ChosenIntervention.objects.get_or_create(
            routekaart_id=place.ids["routekaart_id"], intervention_id="feedback"
        )
    theirs, mine = TWICE[name]
    client = world.clients[role.value]
    seen = client.call("get", read)
    assert client.call(one.method, address, theirs).status_code == 200
    now = client.call("get", read)
    refused = client.call(one.method, address, mine, headers={"If-Match": seen["ETag"]})
    assert codes(refused) == (412, "version_changed")
    assert client.call("get", read).json() == now.json() != seen.json()
    again = client.call(one.method, address, mine, headers={"If-Match": refused["ETag"]})
    assert again.status_code == 200
    assert client.call("get", read).json() != now.json()


@pytest.fixture
def admin() -> tuple[ApiClient, str]:
    """A school admin, and the address of a team."""
    team = make_team(make_school(), "Onderbouw")
    return client_for(make_colleague(team, Role.SCHOOL_ADMIN)), f"/teams/{team.pk}"


@pytest.mark.django_db
def test_the_refusal_says_what_to_do(admin: tuple[ApiClient, str]) -> None:
    client, team = admin
    seen = client.call("get", team)
    client.call("patch", team, {"name": "Bovenbouw"})
    refused = client.call("patch", team, {"name": "Mijn"}, headers={"If-Match": seen["ETag"]})
    assert codes(refused) == (412, "version_changed")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"] == (
        "Dit is intussen gewijzigd. Haal het opnieuw op (GET), voer je wijziging daarop door "
        "en stuur die met de nieuwe ETag in If-Match. Er is niets opgeslagen."
    )
    again = client.call("patch", team, {"name": "Mijn"}, headers={"If-Match": refused["ETag"]})
    assert again.json()["name"] == "Mijn"
    assert client.call("get", team, headers={"If-None-Match": again["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_a_version_that_was_compressed_underway_still_counts(admin: tuple[ApiClient, str]) -> None:
    client, team = admin
    # Longer than what is worth compressing.
    client.call("patch", team, {"name": "Onderbouw" * 20})
    packed = client.call("get", team, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    weak = packed["ETag"]
    assert weak.startswith("W/")
    assert client.call("get", team, headers={"If-None-Match": weak}).status_code == 304
    changed = client.call("patch", team, {"name": "Mijn"}, headers={"If-Match": weak})
    assert changed.status_code == 200


@pytest.mark.django_db
def test_any_version_will_do_for_a_star(admin: tuple[ApiClient, str]) -> None:
    client, team = admin
    star = {"headers": {"If-Match": "*"}}
    assert client.call("patch", team, {"name": "Mijn"}, **star).status_code == 200
    gone = "/teams/00000000-0000-4000-8000-000000000000"
    assert client.call("patch", gone, {"name": "Mijn"}, **star).status_code == 404
    old = {"headers": {"If-Match": '"old"'}}
    assert client.call("patch", gone, {"name": "Mijn"}, **old).status_code == 404


@pytest.mark.django_db
def test_where_there_is_no_version_none_is_believed(world: World) -> None:
    membership = f"/memberships/{world.places['own'].ids['membership_id']}"
    client = world.clients[Role.SCHOOL_ADMIN.value]
    refused = client.call("delete", membership, headers={"If-Match": '"one"'})
    assert codes(refused) == (412, "no_version")
    assert client.call("delete", membership).status_code == 204


@pytest.mark.django_db
def test_a_server_may_demand_the_version(admin: tuple[ApiClient, str], settings: Settings) -> None:
    client, team = admin
    settings.API_DEMANDS_VERSION = True
    assert codes(client.call("patch", team, {"name": "Mijn"})) == (428, "version_missing")
    tag = client.call("get", team)["ETag"]
    named = client.call("patch", team, {"name": "Mijn"}, headers={"If-Match": tag})
    assert named.status_code == 200


@pytest.mark.django_db
def test_answers_behind_sign_in_are_kept_by_nobody_else(admin: tuple[ApiClient, str]) -> None:
    client, team = admin
    seen = client.call("get", team)
    assert seen["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(seen["Vary"].split(", "))


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_which_versions_a_header_names(header: str, named: bool) -> None:
    assert names(header, '"a"') is named


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["no-quotes", "", 'W"a"', "null"])
def test_what_is_no_version_is_refused(admin: tuple[ApiClient, str], header: str) -> None:
    client, team = admin
    read = client.call("get", team, headers={"If-None-Match": header})
    changed = client.call("patch", team, {"name": "Mijn"}, headers={"If-Match": header})
    for refused in (read, changed):
        assert codes(refused) == (422, "bad_version")
    assert client.call("get", team).json()["name"] == "Onderbouw"

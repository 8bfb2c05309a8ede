"""Documents for all teams over HTTP: asking, following, and for whom."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import AuditEntry, Board, Job, Person, Plan, Routekaart, School, Team
from routekaart.models.jobs import JobKind, JobState
from tests.makers import (
    client_for,
    grant,
    make_board,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db
YEAR = "2026-2027"


def plan_of(routekaart: Routekaart, version: int = 1) -> Plan:
    with scopes_disabled():
        return Plan.objects.create(
            routekaart=routekaart,
            version=version,
            content={},
            input_hash=str(version),
            catalogue_version="0",
        )


@dataclass(frozen=True)
class World:
    """Two schools of a board. Of the first: two teams with a plan, one without, and one without
    a routekaart; the other has one team with a plan."""

    board: Board
    school: School
    other: School
    plans: tuple[Plan, Plan]
    draft: Team
    empty: Team
    elsewhere: Plan
    director: Person


@pytest.fixture
def world() -> World:
    board = make_board()
    school, other = make_school(board, "De Wilg"), make_school(board, "De Eik")
    teams = [make_team(school, name) for name in ("Bovenbouw", "Onderbouw", "Kleuters", "Zorg")]
    routekaarten = [make_routekaart(team, school_year=2026) for team in teams[:3]]
    plan_of(routekaarten[0])
    return World(
        board=board,
        school=school,
        other=other,
        plans=(plan_of(routekaarten[0], 2), plan_of(routekaarten[1])),
        draft=teams[2],
        empty=teams[3],
        elsewhere=plan_of(make_routekaart(make_team(other), school_year=2026)),
        director=make_colleague(teams[0], Role.DIRECTOR),
    )


def at_school(person: Person, school: School, body: Any = None, **extra: Any) -> Any:
    body = {"school_year": YEAR} | (body or {})
    return client_for(person).call("POST", f"/schools/{school.pk}/bundles", body, **extra)


def get(person: Person, path: str) -> Any:
    answer = client_for(person).call("GET", path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def manager(board: Board) -> Person:
    person = make_person("Bea Bestuurder")
    grant(person, Role.BOARD, board=board)
    return person


def test_a_bundle_has_a_job_for_every_plan_and_format(world: World) -> None:
    answer = at_school(world.director, world.school, {"formats": ["json", "pdf", "pdf"]})
    shown = answer.json()
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/v1/jobs/{shown['id']}"
    assert {name: shown[name] for name in ("kind", "state", "progress", "document_kind")} == {
        "kind": "bundle",
        "state": "queued",
        "progress": 0,
        "document_kind": None,
    }
    assert shown["bundle"] == {
        "total": 4,
        "done": 0,
        "failed": 0,
        "cancelled": 0,
        "skipped": [
            {
                "team": str(world.draft.pk),
                "reason": "no_plan",
                "detail": "Dit team heeft nog geen plan. Maak eerst het plan; daarna kan het "
                "document.",
            },
            {
                "team": str(world.empty.pk),
                "reason": "no_routekaart",
                "detail": "Dit team heeft nog geen routekaart voor dit schooljaar.",
            },
        ],
    }
    # By team and format, of the latest plan, without persons.
    bovenbouw, onderbouw = (str(plan.pk) for plan in world.plans)
    children = get(world.director, f"/jobs?parent={shown['id']}")
    assert children["count"] == 4
    assert [(one["parent"], one["format"], one["persons"]) for one in children["items"]] == [
        (shown["id"], name, False) for name in ("json", "pdf") * 2
    ]
    payloads = [Job.objects.get(pk=one["id"]).payload["plan"] for one in children["items"]]
    assert payloads == [bovenbouw, bovenbouw, onderbouw, onderbouw]
    # The list of all jobs has the bundle and not its parts.
    assert [one["id"] for one in get(world.director, "/jobs")["items"]] == [shown["id"]]
    with scopes_disabled():
        assert AuditEntry.objects.filter(action="request_bundle").count() == 1


def test_progress_is_what_has_ended(world: World) -> None:
    bundle = at_school(world.director, world.school, {"formats": ["pdf", "json"]}).json()["id"]
    children = list(Job.objects.filter(parent=bundle))
    for child, state in zip(children, (JobState.DONE, JobState.FAILED), strict=False):
        Job.objects.filter(pk=child.pk).update(state=state)
    Job.objects.filter(pk=children[2].pk).update(state=JobState.RUNNING, progress=99)
    shown = get(world.director, f"/jobs/{bundle}")
    assert shown["progress"] == 50
    assert {name: shown["bundle"][name] for name in ("total", "done", "failed", "cancelled")} == {
        "total": 4,
        "done": 1,
        "failed": 1,
        "cancelled": 0,
    }


def test_the_same_bundle_that_has_not_ended_is_given_again(world: World) -> None:
    first = at_school(world.director, world.school).json()["id"]
    Job.objects.filter(pk=Job.objects.filter(parent=first)[0].pk).update(state=JobState.DONE)
    assert at_school(world.director, world.school).json()["id"] == first
    assert at_school(world.director, world.school, {"formats": ["json"]}).json()["id"] != first
    Job.objects.filter(pk=first).update(state=JobState.DONE)
    assert at_school(world.director, world.school).json()["id"] != first


def test_a_repeated_key_gives_the_first_bundle(world: World) -> None:
    key = {"headers": {"Idempotency-Key": "abc"}}
    client = client_for(world.director)
    path = f"/schools/{world.school.pk}/bundles"
    first = client.call("POST", path, {"school_year": YEAR}, **key)
    Job.objects.update(state=JobState.DONE)
    again = client.call("POST", path, {"school_year": YEAR}, **key)
    assert (again.status_code, again.json()) == (202, first.json())
    assert Job.objects.filter(kind=JobKind.BUNDLE).count() == 1


def test_a_board_has_the_teams_of_all_its_schools(world: World) -> None:
    person = manager(world.board)
    answer = client_for(person).call(
        "POST", f"/boards/{world.board.pk}/bundles", {"school_year": YEAR}
    )
    assert answer.status_code == 202
    bundle = answer.json()["id"]
    children = Job.objects.filter(parent=bundle).order_by("school__name", "routekaart__team__name")
    assert [child.payload["plan"] for child in children] == [
        str(plan.pk) for plan in (world.elsewhere, *world.plans)
    ]
    assert {child.school_id for child in children} == {world.school.pk, world.other.pk}
    # The director has no part in what is about the board, but finds the own team's document.
    assert client_for(world.director).call("GET", f"/jobs/{bundle}").status_code == 404
    own = get(world.director, "/jobs")
    assert own["count"] == 0
    mine = next(child for child in children if child.school_id == world.school.pk)
    assert get(world.director, f"/jobs/{mine.pk}")["parent"] == bundle
    # A token for one school of the board is no more than a director.
    narrowed = client_for(person, schools=[world.school])
    assert narrowed.call("GET", f"/jobs/{bundle}").status_code == 404
    path = f"/boards/{world.board.pk}/bundles"
    assert narrowed.call("POST", path, {"school_year": YEAR}).status_code == 404


def test_persons_only_for_who_may_see_them_everywhere(world: World) -> None:
    trainer = make_colleague(world.draft, Role.TRAINER)
    refused = at_school(world.director, world.school, {"persons": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert not Job.objects.exists()
    answer = at_school(trainer, world.school, {"persons": True}).json()
    assert (answer["persons"], answer["bundle"]["total"]) == (True, 2)
    assert all(Job.objects.values_list("holds_persons", flat=True))
    hidden = client_for(world.director).call("GET", f"/jobs/{answer['id']}")
    assert hidden.status_code == 404


def test_two_pages_of_each_team_hold_no_persons(world: World) -> None:
    trainer = make_colleague(world.plans[0].routekaart.team, Role.TRAINER)
    asked = {"persons": True, "length": "compact", "formats": ["pdf", "json"]}
    bundle = at_school(trainer, world.school, asked).json()["id"]
    children = Job.objects.filter(parent=bundle).values_list("payload__format", "holds_persons")
    assert set(children) == {("pdf", False), ("json", True)}


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"formats": ["xlsx"]}, "formats", "format_not_offered"),
        ({"formats": ["pdf", "xlsx"], "length": "full"}, "formats", "format_not_offered"),
        ({"kind": "board"}, "kind", "kind_not_offered"),
        ({"kind": "person"}, "kind", "kind_not_offered"),
    ],
)
def test_what_there_is_not_is_refused(
    world: World, body: dict[str, Any], field: str, code: str
) -> None:
    answer = at_school(world.director, world.school, body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert not Job.objects.exists()


def test_without_any_plan_there_is_nothing_to_make(world: World) -> None:
    answer = at_school(world.director, world.school, {"school_year": "2025-2026"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_plan")
    assert "2025-2026" in answer.json()["detail"]


def test_cancelling(world: World) -> None:
    bundle = at_school(world.director, world.school).json()["id"]
    client = client_for(world.director)
    for _ in range(2):
        answer = client.call("POST", f"/jobs/{bundle}/cancel")
        assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    assert answer["Location"] == f"/api/v1/jobs/{bundle}"
    assert (answer.json()["bundle"]["cancelled"], answer.json()["progress"]) == (2, 100)
    reader = make_colleague(world.draft, Role.MR_READER)
    assert client_for(reader).call("POST", f"/jobs/{bundle}/cancel").status_code == 404
    with scopes_disabled():
        assert AuditEntry.objects.filter(action="cancel_job").count() == 1


def test_a_single_job_that_waits_can_be_cancelled(world: World) -> None:
    client = client_for(world.director)
    path = f"/routekaarten/{world.plans[0].routekaart_id}/documents"
    job = client.call("POST", path, {}).json()["id"]
    assert client.call("POST", f"/jobs/{job}/cancel").json()["state"] == "cancelled"
    again = client.call("POST", path, {}).json()["id"]
    assert again != job
    Job.objects.filter(pk=again).update(state=JobState.RUNNING)
    assert client.call("POST", f"/jobs/{again}/cancel").json()["state"] == "running"


def test_asking_takes_as_many_queries_for_many_teams(world: World) -> None:
    def queries() -> int:
        client = client_for(world.director)
        with CaptureQueriesContext(connection) as found:
            path = f"/schools/{world.school.pk}/bundles"
            assert client.call("POST", path, {"school_year": YEAR}).status_code == 202
        return len(found)

    few = queries()
    Job.objects.all().delete()
    for number in range(30):
        plan_of(make_routekaart(make_team(world.school, f"Team {number}"), school_year=2026))
    assert queries() == few

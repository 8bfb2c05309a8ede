"""Documents for all teams on the pages: asking, following, trying again, cancelling."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Role
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Document, Job, Person, Plan, School, Team
from routekaart.models.jobs import JobKind, JobState
from tests.makers import (
    grant,
    make_board,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db
PAGE = "/documenten/alle-teams"
# What the form has chosen already.
PDF = {"kind": "team", "formats": ["pdf"], "length": "full"}


def team_with_plan(school: School, name: str) -> Team:
    team = make_team(school, name)
    routekaart = make_routekaart(team, school_year=this_year())
    with scopes_disabled():
        Plan.objects.create(
            routekaart=routekaart, version=1, content={}, input_hash="1", catalogue_version="0"
        )
    return team


def this_year() -> int:
    return SchoolYear.containing(clock.today()).start


@dataclass(frozen=True)
class World:
    school: School
    teams: list[Team]
    empty: Team
    director: Person


@pytest.fixture
def world() -> World:
    school = make_school(make_board(), "De Wilg")
    teams = [team_with_plan(school, name) for name in ("Bovenbouw", "Onderbouw")]
    return World(
        school, teams, make_team(school, "Kleuters"), make_colleague(teams[0], Role.DIRECTOR)
    )


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person: Person, address: str = PAGE, **extra: Any) -> str:
    response = client_of(person).get(address, **extra)
    assert response.status_code == 200
    html: str = response.content.decode()
    return html


def asked(world: World) -> Job:
    response = client_of(world.director).post(PAGE, PDF)
    bundle = Job.objects.get(kind=JobKind.BUNDLE)
    assert (response.status_code, response["Location"]) == (302, f"/klussen/{bundle.pk}")
    return bundle


def children(bundle: Job) -> list[Job]:
    return list(Job.objects.filter(parent=bundle).order_by("routekaart__team__name"))


def fail(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, failure_code="x", failure_text="Het plan bestaat niet meer."
    )


def made(world: World, job: Job) -> Document:
    with scopes_disabled():
        return Document.objects.create(
            school=world.school,
            routekaart=job.routekaart,
            kind="team",
            format="pdf",
            length="full",
            input_hash="1",
            content_hash="4f2a91c0" * 8,
            size=1,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )


def test_asking_for_all_teams_of_the_school(world: World) -> None:
    html = shown(world.director)
    assert "We maken een document voor elk team van De Wilg dat een plan heeft." in html
    # Nothing to choose, nothing asked.
    assert "Voor welke teams?" not in html
    assert "Welk document?" in html
    assert "mag leeg" not in html
    assert "Voor wie is het?" not in html
    bundle = asked(world)
    page = shown(world.director, f"/klussen/{bundle.pk}")
    for words in (
        "Scholingsplan van het team (PDF), alle teams van De Wilg, zonder namen",
        "0 van de 2 documenten klaar.",
        '<progress max="100" value="0" aria-label="Voortgang">',
        "<strong>Kleuters</strong>. Dit team heeft nog geen routekaart voor dit schooljaar.",
        "Annuleer wat nog wacht",
    ):
        assert words in page
    assert "opnieuw proberen" not in page


def test_formats_and_length_are_chosen(world: World) -> None:
    client = client_of(world.director)
    missing = client.post(PAGE, {"kind": "team", "length": "full"})
    assert missing.status_code == 422
    assert "Kies minstens één soort bestand." in missing.content.decode()
    assert (
        client.post(PAGE, PDF | {"formats": ["docx", "pdf"], "length": "compact"}).status_code
        == 302
    )
    bundle = Job.objects.get(kind=JobKind.BUNDLE)
    page = shown(world.director, f"/klussen/{bundle.pk}")
    assert "Scholingsplan van het team, kort (PDF en Word), alle teams van De Wilg" in page
    assert "0 van de 4 documenten klaar." in page


def test_a_summary_for_the_mr_has_one_length_whatever_was_chosen(world: World) -> None:
    client = client_of(world.director)
    assert client.post(PAGE, PDF | {"kind": "mr", "length": "compact"}).status_code == 302
    children = Job.objects.filter(kind=JobKind.DOCUMENT).values_list("payload__length", flat=True)
    assert set(children) == {"full"}


def test_who_may_make_for_more_places_chooses(world: World) -> None:
    other = make_school(world.school.board, "De Eik")
    team_with_plan(other, "Onderbouw")
    person = make_person("Bea Bestuurder")
    grant(person, Role.BOARD, board=world.school.board)
    html = shown(person)
    assert html.index("Alle scholen van Stichting De Proef") < html.index("De Eik")
    client = client_of(person)
    missing = client.post(PAGE, PDF)
    assert missing.status_code == 422
    assert "Kies voor welke teams." in missing.content.decode()
    assert client.post(PAGE, PDF | {"place": str(world.school.board_id)}).status_code == 302
    bundle = Job.objects.get(kind=JobKind.BUNDLE)
    assert bundle.board_id == world.school.board_id
    page = shown(person, f"/klussen/{bundle.pk}")
    assert "alle teams van Stichting De Proef" in page
    assert "<strong>Onderbouw, De Eik</strong>" in page


def test_a_trainer_may_have_persons_in_it(world: World) -> None:
    trainer = make_colleague(world.empty, Role.TRAINER)
    assert "Voor wie is het?" in shown(trainer)
    assert client_of(trainer).post(PAGE, PDF | {"persons": "met"}).status_code == 302
    bundle = Job.objects.get(kind=JobKind.BUNDLE)
    assert bundle.holds_persons
    assert client_of(world.director).get(f"/klussen/{bundle.pk}").status_code == 404


def test_without_any_plan(world: World) -> None:
    with scopes_disabled():
        Plan.objects.all().delete()
    response = client_of(world.director).post(PAGE, PDF)
    assert response.status_code == 422
    assert "Geen enkel team heeft een plan" in response.content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TEAM_LEAD, Role.MR_READER, Role.SCHOOL_ADMIN])
def test_for_nobody_else(world: World, role: Role) -> None:
    person = make_colleague(world.teams[0], role)
    assert client_of(person).get(PAGE).status_code == 403
    bundle = asked(world)
    address = f"/klussen/{bundle.pk}"
    assert client_of(person).post(address, {"doe": "annuleren"}).status_code == 404


def test_a_document_that_is_there_is_offered_at_once(world: World) -> None:
    bundle = asked(world)
    child = children(bundle)[0]
    document = made(world, child)
    Job.objects.filter(pk=child.pk).update(state=JobState.DONE, document=document)
    html = shown(world.director, f"/klussen/{bundle.pk}?keer=3", headers={"HX-Request": "true"})
    assert "<html" not in html
    assert f'hx-get="/klussen/{bundle.pk}?keer=4&amp;bladzijde=1"' in html
    assert "1 van de 2 documenten klaar." in html
    assert 'value="50"' in html
    assert f'<a href="/document/{document.pk}">Download<span' in html
    assert f'href="/document/{document.pk}"' in shown(
        world.director, f"/routekaart/{child.routekaart_id}/documenten"
    )


def test_a_failed_one_is_named_first_and_tried_again_alone(world: World) -> None:
    bundle = asked(world)
    good, bad = children(bundle)
    fail(bad)
    there = made(world, good)
    Job.objects.filter(pk__in=(good.pk, bundle.pk)).update(state=JobState.DONE, document=there)
    address = f"/klussen/{bundle.pk}"
    html = shown(world.director, address)
    assert "De ZIP met 1 document is klaar. 1 mislukt." in html
    assert html.index("PDF. Het plan bestaat niet meer.") < html.index("Bovenbouw")
    client = client_of(world.director)
    response = client.post(address, {"klus": str(bad.pk)})
    assert (response.status_code, response["Location"]) == (302, address)
    for job in (bad, bundle):
        job.refresh_from_db()
        assert job.state == JobState.QUEUED
    assert client.post(address, {"klus": "x"}).status_code == 404


def test_all_failed_ones_at_once(world: World) -> None:
    bundle = asked(world)
    for job in (*children(bundle), bundle):
        fail(job)
    address = f"/klussen/{bundle.pk}"
    assert "Alles wat mislukt is opnieuw proberen" in shown(world.director, address)
    assert client_of(world.director).post(address, {"doe": "opnieuw"}).status_code == 302
    assert set(Job.objects.values_list("state", flat=True)) == {"queued"}


def test_what_an_erasure_took_is_made_again(world: World) -> None:
    bundle = asked(world)
    Job.objects.update(state=JobState.DONE, finished_at=timezone.now())
    address = f"/klussen/{bundle.pk}"
    html = shown(world.director, address)
    assert "De ZIP is er niet meer. Laat de documenten opnieuw maken." in html
    assert "Alles opnieuw maken" in html
    assert html.count("Opnieuw proberen") == 2
    assert client_of(world.director).post(address, {"doe": "opnieuw"}).status_code == 302
    assert set(Job.objects.values_list("state", flat=True)) == {"queued"}
    assert "Alles opnieuw maken" not in shown(world.director, address)


def test_cancelling(world: World) -> None:
    bundle = asked(world)
    address = f"/klussen/{bundle.pk}"
    client = client_of(world.director)
    for _ in range(2):
        assert client.post(address, {"doe": "annuleren"}).status_code == 302
    html = shown(world.director, address)
    assert "Dit is geannuleerd. Klaar: 0 documenten; je vindt ze bij hun team." in html
    assert "hx-get" not in html
    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}


def test_in_the_list_of_all_that_is_made_it_is_one_line(world: World) -> None:
    bundle = asked(world)
    html = shown(world.director, "/klussen")
    assert html.count("Scholingsplan van het team") == 1
    assert f'<a href="/klussen/{bundle.pk}">Per team bekijken</a>' in html
    assert f'<a href="{PAGE}">' in html
    assert PAGE not in shown(make_colleague(world.teams[0], Role.TEAM_LEAD), "/klussen")


def test_as_many_queries_for_two_as_for_thirty(world: World) -> None:
    def queries(address: str) -> int:
        client = client_of(world.director)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = asked(world)
    one = queries(f"/klussen/{few.pk}"), queries("/klussen")
    Job.objects.all().delete()
    for number in range(28):
        team_with_plan(world.school, f"Team {number}")
        make_team(world.school, f"Nieuw {number}")
    many = asked(world)
    assert (queries(f"/klussen/{many.pk}"), queries("/klussen")) == one
    assert max(one) <= 15
    assert "Bladzijde 1 van 2" in shown(world.director, f"/klussen/{many.pk}")

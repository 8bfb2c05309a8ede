"""Asking on a page for the plan of a group, of a person, and the booklet of a day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.clock import standing_at
from routekaart.models import Document, Job, Person, Plan
from routekaart.models.jobs import JobState
from tests.makers import make_colleague
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(catalogue: Catalogue) -> Iterator[Stage]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 10, 5, 9, tzinfo=UTC)):
        yield Stage().planned()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, address: str) -> str:
    response = client_of(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def documents(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/documenten"


def posted(who: Person, address: str, **values: Any) -> Job:
    response = client_of(who).post(address, values)
    assert response.status_code == 302, response.content.decode()
    return Job.objects.latest("requested_at")


def test_a_group_is_chosen_by_function(stage: Stage) -> None:
    address = f"{documents(stage)}/groep"
    html = page(stage.lead, address)
    assert "Leerkrachten" in html
    assert "Onderwijsassistenten" not in html
    job = posted(stage.lead, address, functions=["leerkracht"], persons="met", format="pdf")
    assert (job.payload, job.holds_persons) == (
        {
            "kind": "group",
            "format": "pdf",
            "length": "full",
            "plan": str(stage.plan.pk),
            "functions": ["leerkracht"],
        },
        True,
    )
    few = client_of(stage.director).post(address, {"functions": ["leerkracht"], "format": "docx"})
    assert few.status_code == 422
    assert "Kies functies van samen minstens 5 mensen" in few.content.decode()
    for number in range(3):
        make_colleague(stage.team, name=f"Collega {number}")
    assert not posted(
        stage.director, address, functions=["leerkracht"], format="docx"
    ).holds_persons
    response = client_of(stage.lead).post(address, {"persons": "zonder", "format": "pdf"})
    assert response.status_code == 422
    assert "Kies minstens één functie" in response.content.decode()
    with scopes_disabled():
        Plan.objects.all().delete()
    assert "Er is nog geen plan." in page(stage.lead, address)


def test_one_s_own_plan_and_that_of_others(stage: Stage) -> None:
    address = f"{documents(stage)}/persoon"
    assert stage.lead.name not in page(stage.member, address)
    own = posted(stage.member, address, format="pdf")
    assert (own.private, own.payload["person"]) == (True, str(stage.member.pk))
    # An attempt for somebody else changes nothing: who may not choose gets the own plan.
    assert posted(stage.member, address, person=str(stage.lead.pk), format="pdf") == own
    assert "Mo Lid" in page(stage.lead, address)
    other = posted(stage.lead, address, person=str(stage.member.pk), format="pdf")
    assert (other.private, other.holds_persons, other.payload["person"]) == (
        False,
        True,
        str(stage.member.pk),
    )
    # A trainer who is not in the team has no own plan there.
    response = client_of(stage.trainer).post(address, {"format": "pdf"})
    assert response.status_code == 422
    assert "Kies van wie je het plan wilt." in response.content.decode()
    assert client_of(stage.director).get(address).status_code == 403


def test_a_booklet_with_persons_for_who_may_see_them(stage: Stage) -> None:
    address = f"/studiedag/{stage.study_day.pk}/boekje"
    assert "lijst met namen" in page(stage.trainer, address)
    assert "lijst met namen" not in page(stage.director, address)
    assert posted(stage.trainer, address, persons="met", format="pdf").holds_persons
    assert not posted(stage.director, address, format="pdf").holds_persons
    assert address in page(stage.lead, f"/studiedag/{stage.study_day.pk}")
    assert address in page(stage.lead, f"/studiedag/{stage.study_day.pk}/voorbereiding")
    assert address not in page(stage.member, f"/studiedag/{stage.study_day.pk}")


def test_ways_in_from_the_documents_and_from_my_week(stage: Stage) -> None:
    group, person = f"{documents(stage)}/groep", f"{documents(stage)}/persoon"
    shown = {
        who.name: [address in page(who, documents(stage)) for address in (group, person)]
        for who in (stage.lead, stage.member, stage.trainer, stage.director)
    }
    assert shown == {
        "Lies Leider": [True, True],
        "Mo Lid": [False, True],
        "Tess Trainer": [True, True],
        "Dirk Directeur": [True, False],
    }
    assert person in page(stage.member, "/mijn-week")


def test_lists_say_whose_and_for_whom(stage: Stage) -> None:
    def stored(**values: Any) -> None:
        with scopes_disabled():
            Document.objects.create(
                school=stage.school,
                routekaart=stage.routekaart,
                format="pdf",
                length="full",
                input_hash=str(values),
                content_hash=str(values),
                size=1,
                file_name="plan.pdf",
                **values,
            )

    stored(kind="person", person=stage.member, private=True)
    stored(kind="person", person=stage.member, holds_persons=True)
    stored(kind="group", subject="leerkrachten")
    stored(kind="study-day", subject="woensdag 4 november 2026", holds_persons=True)
    mine, leads = page(stage.member, documents(stage)), page(stage.lead, documents(stage))
    assert "Persoonlijk scholingsplan: van jou" in mine
    assert "Alleen voor jou." in mine
    assert "van jou" not in leads
    for text in (
        "Persoonlijk scholingsplan: Mo Lid",
        "Voor Mo Lid, de teamleider en de trainer.",
        "Scholingsplan van een groep: leerkrachten",
        "Zonder namen.",
        "Programmaboekje: woensdag 4 november 2026",
        "Met namen: voor de teamleider en de trainer.",
    ):
        assert text in leads


def test_one_s_own_job_can_be_tried_again(stage: Stage) -> None:
    job = posted(stage.member, f"{documents(stage)}/persoon", format="pdf")
    Job.objects.update(state=JobState.FAILED, failure_code="x", failure_text="Mislukt.")
    html = page(stage.member, documents(stage))
    assert "Persoonlijk scholingsplan (PDF), alleen voor jou" in html
    assert "Opnieuw proberen" in html
    assert "Mislukt." not in page(stage.lead, documents(stage))
    assert client_of(stage.lead).post(f"/klussen/{job.pk}").status_code == 404
    assert client_of(stage.member).post(f"/klussen/{job.pk}").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.requested_by) == (JobState.QUEUED, stage.member)

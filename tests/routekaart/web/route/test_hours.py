"""The hours of a plan: of everybody for who may see that, else of oneself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.models import Person
from tests.makers import make_colleague
from tests.routekaart.web.route.reading import client_of, html
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def hours(stage: Stage, person: Person) -> str:
    return html(client_of(person).get(f"/plan/{stage.plan.pk}/uren")).split("<main")[1]


def test_who_may_sees_everyones_hours_and_the_others_only_their_own() -> None:
    stage = Stage().planned()
    for person in (stage.lead, stage.trainer):
        page = hours(stage, person)
        assert "Lies Leider" in page
        assert "Mo Lid" in page
    own = hours(stage, stage.member)
    assert "Mo Lid" in own
    assert "Lies Leider" not in own
    assert "Wat versie 1 van jou vraagt." in own
    director = hours(stage, stage.director)
    assert "Je ziet hier geen uren van personen." in director
    assert "Mo Lid" not in director


def test_own_time_and_time_of_the_school_stand_apart_with_the_rule() -> None:
    stage = Stage().planned()
    page = " ".join(hours(stage, stage.member).split())
    assert (
        '<th scope="row">Studiedagen</th><td class="number">–</td><td class="number">7:00</td>'
        in page
    )
    assert "Eigen uren in een jaar: 83:00." in page
    assert "Waarvan aanname: " in page
    assert "CAO PO, artikel 9.3: 83 uur per jaar bij een volle baan, naar rato." in page


def test_hours_take_as_many_queries_for_a_large_team() -> None:
    counts = []
    for people in (0, 30):
        stage = Stage()
        for number in range(people):
            make_colleague(stage.team, Role.MEMBER, name=f"Sam {number:02}")
        stage.planned()
        client = client_of(stage.lead)
        client.get(f"/plan/{stage.plan.pk}/uren")
        with CaptureQueriesContext(connection) as queries:
            page = html(client.get(f"/plan/{stage.plan.pk}/uren"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    assert "Bladzijde 1 van 2" in page

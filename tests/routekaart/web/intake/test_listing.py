"""The list, beginning a routekaart, and what goes along from last year."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Agreement, Goal, Routekaart
from tests.makers import join, make_colleague, make_routekaart, make_team
from tests.stages import Stage

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def text(client: Client, address: str, status: int = 200) -> str:
    with standing_at(OCTOBER):
        response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def send(client: Client, address: str, form: Any) -> Any:
    with standing_at(OCTOBER):
        return client.post(address, form)


@pytest.mark.usefixtures("catalogue")
def test_the_list_says_the_one_next_thing_to_do(client: Client) -> None:
    stage = Stage().submitted()
    draft = Stage(stage.school, "Bovenbouw")
    client.force_login(stage.lead)
    page = text(client, "/routekaarten")
    assert "De trainer kijkt ernaar" in page
    assert "Bovenbouw" not in page
    client.force_login(stage.trainer)
    page = text(client, "/routekaarten")
    assert "Jij maakt het advies" in page
    assert "Het team vult de routekaart nog in" in page
    assert "Begin een routekaart" not in page
    client.force_login(draft.member)
    assert "Kies interventies." in text(client, "/routekaarten")
    draft.filled()
    assert "Kijk alles na en dien in." in text(client, "/routekaarten")
    client.force_login(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    text(client, "/routekaarten", 403)


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    team = make_team()
    client.force_login(make_colleague(team))
    page = text(client, "/routekaarten")
    assert 'action="/routekaarten/nieuw"' in page
    # Whose team has none yet lands here, and not on an empty week.
    assert client.get("/thuis")["Location"] == "/routekaarten"
    make_routekaart(team)
    assert client.get("/thuis")["Location"] == "/mijn-week"
    client.force_login(make_colleague(make_team(), Role.DIRECTOR))
    assert "Zodra een team er een begint" in text(client, "/routekaarten")


def test_the_list_takes_as_many_queries_for_many(client: Client) -> None:
    stage = Stage()
    client.force_login(stage.director)
    counts: list[int] = []
    for more in (0, 29):
        for number in range(more):
            make_routekaart(make_team(stage.school, f"Team {number}"))
        with CaptureQueriesContext(connection) as queries:
            page = text(client, "/routekaarten")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    assert "Bladzijde 1 van 2" in page


def test_there_is_only_a_choice_when_there_is_one(client: Client) -> None:
    team = make_team()
    person = make_colleague(team, Role.TEAM_LEAD)
    client.force_login(person)
    page = text(client, "/routekaarten/nieuw")
    assert page.count('type="radio"') == 2
    answer = send(client, "/routekaarten/nieuw", {"what": f"{team.pk}.2026"})
    with scopes_disabled():
        made = Routekaart.objects.get()
    assert (made.school_year, made.state) == (2026, "draft")
    assert answer["Location"] == f"/routekaart/{made.pk}/team"
    page = text(client, "/routekaarten/nieuw")
    assert 'type="radio"' not in page
    assert "schooljaar 2027-2028" in page
    # What was begun meanwhile, or is somebody else's, is no choice.
    for what in (f"{team.pk}.2026", f"{make_team(name='Elders').pk}.2027", ""):
        assert send(client, "/routekaarten/nieuw", {"what": what}).status_code == 422
    other = make_team(team.school, "Bovenbouw")
    join(person, other)
    assert text(client, "/routekaarten/nieuw").count('type="radio"') == 3


@pytest.mark.usefixtures("catalogue")
def test_each_open_goal_goes_along_when_somebody_says_so(client: Client) -> None:
    stage = Stage().running()
    with scopes_disabled():
        stays = Agreement.objects.create(
            routekaart=stage.routekaart,
            goal=stage.goal,
            what="Elke week.",
            owner=stage.lead,
            due_on=OCTOBER.date(),
            check_on=OCTOBER.date(),
        )
    client.force_login(stage.lead)
    answer = send(client, "/routekaarten/nieuw", {"what": f"{stage.team.pk}.2027"})
    address = answer["Location"]
    assert address.endswith("/meenemen")
    page = text(client, address)
    assert "Wij leren feedback geven." in page
    assert "Elke week." in page
    assert send(client, address, {"doel": "onbekend"}).status_code == 422
    assert send(client, address, {"doel": "geen"}).status_code == 422
    with scopes_disabled():
        assert Goal.objects.count() == 1
    for _ in range(2):
        send(client, address, {"doel": stage.goal.pk, "agreements": [stays.pk]})
    assert "meegenomen" in text(client, address)
    with scopes_disabled():
        carried = Goal.objects.get(carried_from=stage.goal)
        stays.refresh_from_db()
    assert (carried.routekaart.school_year, stays.goal_id) == (2027, carried.pk)
    with CaptureQueriesContext(connection) as queries:
        text(client, address)
    assert len(queries) <= 15
    # Who passed it by finds it again.
    assert f'href="{address}"' in text(client, address.replace("meenemen", "aanleiding"))


@pytest.mark.usefixtures("catalogue")
def test_without_a_year_before_there_is_nothing_to_take_along(client: Client) -> None:
    stage = Stage()
    client.force_login(stage.lead)
    answer = client.get(f"/routekaart/{stage.routekaart.pk}/meenemen")
    assert answer["Location"] == f"/routekaart/{stage.routekaart.pk}/team"

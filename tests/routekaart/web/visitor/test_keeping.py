"""From a tried advice to a routekaart."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from routekaart.access import Role, school_scope
from routekaart.clock import standing_at
from routekaart.models import Routekaart
from tests.makers import join, make_colleague, make_person, make_school, make_team
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
KEEP = "/probeer/bewaren?interventie=feedback&interventie=samenwerkend-leren"


def chosen(routekaart: Routekaart) -> list[str]:
    return list(routekaart.chosen.values_list("intervention_id", flat=True))


def test_a_visitor_signs_in_first_and_comes_back(pages: Client) -> None:
    answer = pages.get(KEEP)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/probeer/bewaren%3Finterventie")


def test_a_new_draft_holds_what_was_chosen(pages: Client) -> None:
    team = make_team(make_school())
    pages.force_login(make_colleague(team))
    with standing_at(MOMENT):
        html = pages.get(KEEP).content.decode()
        assert "2026-2027" in html
        answer = pages.post(KEEP, {"team": str(team.pk), "schooljaar": "2027"})
    with school_scope([team.school_id]):
        made = Routekaart.objects.get(team=team, school_year=2027)
        assert chosen(made) == ["feedback", "samenwerkend-leren"]
    assert (answer.status_code, answer["Location"]) == (302, f"/routekaart/{made.pk}")


def test_a_draft_keeps_what_it_had_and_twice_is_once(pages: Client) -> None:
    stage = Stage().filled()
    pages.force_login(stage.lead)
    with standing_at(MOMENT):
        for _ in range(2):
            pages.post(KEEP, {"team": str(stage.team.pk), "schooljaar": "2026"})
    with stage.as_lead.entered():
        assert chosen(stage.fresh()) == ["feedback", "samenwerkend-leren"]


def test_a_submitted_routekaart_is_not_changed(pages: Client) -> None:
    stage = Stage().submitted()
    pages.force_login(stage.lead)
    with standing_at(MOMENT):
        answer = pages.post(KEEP, {"team": str(stage.team.pk), "schooljaar": "2026"})
    assert answer.status_code == 422
    assert "Fout: Bewaar in een routekaart" in answer.content.decode()
    with stage.as_lead.entered():
        assert chosen(stage.fresh()) == ["feedback"]


def test_the_team_of_somebody_else_cannot_be_chosen(pages: Client) -> None:
    stage = Stage()
    pages.force_login(make_colleague(make_team(make_school(name="Elders"))))
    answer = pages.post(KEEP, {"team": str(stage.team.pk), "schooljaar": "2026"})
    assert answer.status_code == 422
    with stage.as_lead.entered():
        assert chosen(stage.fresh()) == []


def test_without_a_team_it_says_whom_to_ask(pages: Client) -> None:
    pages.force_login(make_person())
    assert "Vraag je schoolbeheerder" in pages.get(KEEP).content.decode()
    team = make_team(make_school())
    director = make_colleague(team, Role.DIRECTOR)
    pages.force_login(director)
    assert "Vraag je schoolbeheerder" in pages.get(KEEP).content.decode()
    # Being in a team as a director is not yet filling in.
    join(director, team)
    assert "Vraag je schoolbeheerder" in pages.get(KEEP).content.decode()

"""What is open for people at one school: of its own teams, its own people and nobody else.

Asked with two schools in reach: no narrower net hides what a query forgets.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import school_scope
from routekaart.models import CalendarOverride, Person, Plan, Routekaart, School, Team
from routekaart.queries.mail.reminders import open_days_around, plans_of_school, workplaces_of
from tests.makers import employ, join, make_person, make_routekaart, make_school, make_team

pytestmark = pytest.mark.django_db

# A Wednesday, with nothing closed for weeks around it.
TODAY = date(2026, 9, 23)
DAY = TODAY + timedelta(days=14)


class Place:
    """A team in a running year with an approved plan, and one person in it."""

    def __init__(self, name: str, school: School | None = None) -> None:
        self.school = school or make_school()
        self.team: Team = make_team(self.school, name)
        self.routekaart: Routekaart = make_routekaart(self.team, state="running")
        self.person: Person = make_person(name)
        employ(self.person, self.school)
        join(self.person, self.team)
        self.day = str(uuid4())
        content: dict[str, Any] = {
            "preparation_weeks": [
                {
                    "member_id": str(self.person.pk),
                    "course": "feedback",
                    "deadline": DAY.isoformat(),
                    "study_day_id": self.day,
                    "week": TODAY.isoformat(),
                }
            ],
            "study_days": [{"study_day_id": self.day, "date": DAY.isoformat(), "goal_ids": ["x"]}],
        }
        with scopes_disabled():
            Plan.objects.create(
                routekaart=self.routekaart, version=1, content=content, approved_at=timezone.now()
            )


def test_the_plans_of_a_school_are_those_of_its_teams() -> None:
    here, elsewhere = Place("Anna"), Place("Bram")
    beside = Place("Cor", here.school)
    # Works at the other school, and only visits here.
    join(elsewhere.person, here.team)
    schools = [here.school.pk, elsewhere.school.pk]
    with school_scope(schools):
        found = plans_of_school(school=here.school.pk, today=TODAY)
        of_one = plans_of_school(school=here.school.pk, today=TODAY, person=here.person.pk)
    places = (here, beside)
    assert found.teams == {one.routekaart.pk: one.team.pk for one in places}
    assert found.members == {one.team.pk: {one.person.pk} for one in places}
    assert found.deadlines.keys() == {one.routekaart.pk for one in places}
    assert found.days == {one.day for one in places}
    assert of_one.teams == {here.routekaart.pk: here.team.pk}
    assert of_one.members == {here.team.pk: {here.person.pk}}
    deadline = {(str(here.person.pk), "feedback"): DAY}
    assert of_one.deadlines == {here.routekaart.pk: deadline}
    assert of_one.days == {here.day}


def test_workplaces_are_of_who_is_asked_about() -> None:
    here, elsewhere = Place("Anna"), Place("Bram")
    beside = Place("Cor", here.school)
    employ(here.person, elsewhere.school, working_days=[1])

    def at_school(**asked: Any) -> set[str]:
        found = workplaces_of(school=here.school.pk, today=TODAY, **asked)
        return {name for name in ("Anna", "Bram", "Cor") if people[name] in found}

    people = {one.person.name: one.person.pk for one in (here, elsewhere, beside)}
    assert at_school() == {"Anna", "Cor"}
    assert at_school(persons=[here.person.pk]) == {"Anna"}


def test_a_day_off_at_another_school_is_none_here() -> None:
    here, elsewhere = make_school(), make_school()
    with scopes_disabled():
        for school, day in ((here, TODAY), (elsewhere, DAY)):
            CalendarOverride.objects.create(
                school=school, first_day=day, last_day=day, title="Vrij", closed=True
            )
    with school_scope([here.pk, elsewhere.pk]):
        found = open_days_around(here, TODAY)
    assert (TODAY in found, DAY in found) == (False, True)

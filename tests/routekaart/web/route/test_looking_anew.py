"""What looks at a routekaart anew takes as many queries however much is in it."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.actions.transitions import return_to_team
from routekaart.clock import standing_at
from routekaart.models import (
    Agreement,
    CalendarOverride,
    Goal,
    GoalCourse,
    GoalIntervention,
    GoalOrder,
    Leave,
    Person,
    Plan,
    StudyDay,
)
from tests.makers import employ, join, make_person
from tests.page_world import MOMENT
from tests.routekaart.web.route.reading import client_of, html
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


def crowded(people: int, goals: int) -> Stage:
    """A second version of a plan, in a school where another team has the same people and room."""
    stage = Stage(team_name="Bovenbouw")
    other = Stage(stage.school, "Onderbouw")
    join(stage.member, other.team)
    for one in (other, stage):
        one.assigned()
        with scopes_disabled():
            StudyDay.objects.filter(routekaart=one.routekaart).update(room="Aula")
        one.plan = one.make_plan()
    with scopes_disabled():
        for number in range(people):
            person = make_person(f"Collega {number}")
            work = employ(person, stage.school)
            for team in (stage.team, other.team):
                join(person, team)
            Leave.objects.create(
                employment=work, first_day=date(2026, 11, 2), last_day=date(2026, 11, 6)
            )
            CalendarOverride.objects.create(
                school=stage.school,
                first_day=date(2027, 3, 1) + timedelta(days=number),
                last_day=date(2027, 3, 1) + timedelta(days=number),
                title="Vrij",
                closed=True,
            )
            day = date(2027, 3, 1)
            Agreement.objects.create(
                routekaart=stage.routekaart, what="Oefenen", due_on=day, check_on=day
            )
        for number in range(goals):
            goal = Goal.objects.create(routekaart=stage.routekaart, wording=f"Wij leren {number}.")
            GoalIntervention.objects.create(goal=goal, intervention_id=INTERVENTION)
            GoalOrder.objects.create(goal=goal, earlier=stage.goal)
            GoalCourse.objects.create(goal=goal, course_id=_course(stage))
            StudyDay.objects.create(
                routekaart=stage.routekaart,
                date=date(2027, 1, 5) + timedelta(days=7 * number),
                starts_at=time(9),
                minutes=360,
            )
        Plan.objects.create(
            routekaart=stage.routekaart,
            version=2,
            content=stage.plan.content,
            input_hash="0" * 64,
            plan_from=stage.plan.plan_from,
            catalogue_version=stage.plan.catalogue_version,
        )
    return stage


def _course(stage: Stage) -> str:
    week: str = stage.plan.content["preparation_weeks"][0]["course"]
    return week


def taken(stage: Stage, person: Person, part: str) -> int:
    client = client_of(person)
    with CaptureQueriesContext(connection) as queries:
        html(client.get(f"/routekaart/{stage.routekaart.pk}/{part}"))
    # Whether the catalogue is still the same is asked once in a while, not by this page.
    return len([one for one in queries if "cataloguestate" not in one["sql"]])


def test_every_part_takes_as_many_queries_for_many() -> None:
    few, many = crowded(1, 1), crowded(30, 30)

    def counts(part: str) -> list[list[int]]:
        return [
            [taken(stage, who, part) for who in (stage.lead, stage.member)] for stage in (few, many)
        ]

    parts = ("besluit/controle", "besluit/actueel", "plan?controle=ja")
    found = [counts(part) for part in parts]
    # The page above reads the same goals; solving for thirty of them takes long.
    with scopes_disabled():
        kept = Goal.objects.filter(routekaart=many.routekaart)[:3]
        Goal.objects.filter(routekaart=many.routekaart).exclude(
            pk__in=[goal.pk for goal in kept]
        ).delete()
    found.append(counts("plan/past-het?zoek=ja"))
    assert [few for few, _ in found] == [many for _, many in found]
    assert max(count for few, _ in found for count in few) <= MOST_QUERIES


def test_a_plan_that_came_back_can_be_searched_in_as_few() -> None:
    stage = crowded(1, 1)
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Later?")
    assert taken(stage, stage.lead, "plan/past-het?zoek=ja") <= MOST_QUERIES

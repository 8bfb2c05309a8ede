"""One pool of hours for somebody in two teams of a school."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.domain.calendar import monday_of
from routekaart.domain.people import Booked
from routekaart.domain.planner.problem import Problem
from routekaart.models import Plan, Routekaart, TeamMembership
from routekaart.models.routekaarten import State
from routekaart.queries.planning.problems import plan_from_json, plan_is_outdated, problem_of
from tests.makers import employ, join, make_person
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def problem(stage: Stage, plan_from: date = TODAY, *others: Stage) -> Problem:
    return problem_of(
        routekaart_id=stage.routekaart.pk,
        schools=(stage.school.pk, *(other.school.pk for other in others)),
        plan_from=plan_from,
    )


def booked(found: Problem, person: Any) -> tuple[Booked, ...]:
    [member] = [member for member in found.members if member.id == str(person.pk)]
    return member.booked


def planned_weeks(stage: Stage, person: Any) -> tuple[Booked, ...]:
    with stage.as_lead.entered():
        latest = Plan.objects.filter(routekaart=stage.routekaart).first()
    assert latest is not None
    minutes: Counter[date] = Counter()
    for week in plan_from_json(latest.content).preparation_weeks:
        if week.member_id == str(person.pk):
            minutes[week.week] += week.minutes
    return tuple(Booked(week, minutes[week]) for week in sorted(minutes))


def two_teams() -> tuple[Stage, Stage]:
    """A planned team, whose member is also in a second team of the school."""
    first = Stage()
    second = Stage(first.school, "Bovenbouw")
    join(first.member, second.team)
    first.planned()
    return first, second


def rename_courses(stage: Stage) -> None:
    """The plan of this team asks for courses that no other team asks for."""
    with stage.as_lead.entered():
        plan = Plan.objects.filter(routekaart=stage.routekaart)[0]
        for row in plan.content["preparation_weeks"]:
            row["course"] = f"{row['course']}-{stage.team.name.lower()}"
        Plan._base_manager.filter(pk=plan.pk).update(content=plan.content)


def in_state(stage: Stage, state: State) -> None:
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)


def test_what_the_other_team_planned_is_booked() -> None:
    first, second = two_teams()
    weeks = planned_weeks(first, first.member)
    assert sum(week.minutes for week in weeks) > 0
    found = problem(second)
    assert booked(found, first.member) == weeks
    # Others of that team, and the planned team itself, have nothing of it.
    assert booked(found, second.member) == ()
    assert booked(problem(first), first.member) == ()


def test_only_the_latest_version_counts() -> None:
    first, second = two_teams()
    with first.as_lead.entered():
        plan = Plan.objects.get(routekaart=first.routekaart)
        content = plan.content | {"preparation_weeks": plan.content["preparation_weeks"][:0]}
        Plan.objects.create(
            routekaart=first.routekaart,
            version=2,
            content=content,
            input_hash="0" * 64,
            catalogue_version=plan.catalogue_version,
        )
    assert booked(problem(second), first.member) == ()


@pytest.mark.parametrize("state", State)
def test_a_plan_that_is_not_in_force_books_nothing(state: State) -> None:
    first, second = two_teams()
    in_state(first, state)
    counts = state in (State.PLANNED, State.APPROVED, State.RUNNING)
    assert (booked(problem(second), first.member) != ()) is counts


def test_another_year_books_nothing() -> None:
    first, second = two_teams()
    with first.as_lead.entered():
        Routekaart.objects.filter(pk=first.routekaart.pk).update(school_year=2027)
    assert booked(problem(second), first.member) == ()


def test_who_left_the_other_team_is_free_again() -> None:
    first, second = two_teams()
    with first.as_lead.entered():
        TeamMembership.objects.filter(person=first.member, team=first.team).delete()
    assert booked(problem(second), first.member) == ()


def test_what_lies_behind_us_is_left_out() -> None:
    first, second = two_teams()
    weeks = planned_weeks(first, first.member)
    start = weeks[0].week + timedelta(days=2)
    assert booked(problem(second, start), first.member) == weeks
    later = weeks[0].week + timedelta(days=7)
    assert booked(problem(second, later), first.member) == weeks[1:]


def test_hours_at_another_school_are_never_visible() -> None:
    first, elsewhere = Stage(), Stage()
    employ(first.member, elsewhere.school)
    join(first.member, elsewhere.team)
    elsewhere.planned()
    assert planned_weeks(elsewhere, first.member) != ()
    # Not even to somebody who reaches both schools.
    assert booked(problem(first, TODAY, elsewhere), first.member) == ()


def test_three_teams_add_up() -> None:
    first, second = two_teams()
    third = Stage(first.school, "Middenbouw")
    join(first.member, third.team)
    third.planned()
    rename_courses(third)
    total: Counter[date] = Counter()
    for stage in (first, third):
        for week in planned_weeks(stage, first.member):
            total[week.week] += week.minutes
    assert booked(problem(second), first.member) == tuple(
        Booked(week, total[week]) for week in sorted(total)
    )


def test_a_course_of_two_teams_counts_once_where_it_is_done_first() -> None:
    first, second = two_teams()
    third = Stage(first.school, "Middenbouw")
    join(first.member, third.team)
    third.planned()
    weeks = planned_weeks(first, first.member)
    assert planned_weeks(third, first.member) == weeks
    assert booked(problem(second), first.member) == weeks
    # The one that has it done later counts no more, not even in a week of its own.
    TestOutdated.move(third, lambda week: week + timedelta(weeks=20))
    assert booked(problem(second), first.member) == weeks


def test_a_course_that_this_team_asks_too_is_its_own_to_plan() -> None:
    first, second = two_teams()
    second.assigned()
    assert booked(problem(second), first.member) == ()


def test_as_many_queries_for_three_shared_people_and_teams_as_for_one() -> None:
    first, second = two_teams()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = problem(second)
        assert booked(found, first.member) != ()
        return len(captured)

    one = queries()
    for number in range(2):
        team = Stage(first.school, f"Team {number}")
        shared = make_person(f"Saar {number}")
        employ(shared, first.school)
        for joined in (first.team, second.team, team.team):
            join(shared, joined)
        join(first.member, team.team)
        team.planned()
    assert queries() == one


class TestOutdated:
    """Teams that share somebody do not send each other back for ever."""

    def outdated(self, stage: Stage) -> bool:
        with stage.as_lead.entered():
            plan = Plan.objects.filter(routekaart=stage.routekaart)[0]
        return plan_is_outdated(plan, school=stage.school.pk)

    def test_not_by_a_plan_that_leaves_room(self) -> None:
        first, second = self.two_planned_teams()
        assert booked(problem(first), first.member) != ()
        weeks = {week.week for week in planned_weeks(first, first.member)}
        shift = timedelta(weeks=30)
        self.move(second, lambda week: monday_of(week + shift))
        assert not weeks & {week.week for week in planned_weeks(second, first.member)}
        assert self.outdated(first) is False

    def test_by_one_that_asks_too_much_of_the_same_weeks(self) -> None:
        first, second = self.two_planned_teams()
        week = planned_weeks(first, first.member)[0].week
        self.move(second, lambda _: week)
        assert self.outdated(first) is True

    @staticmethod
    def two_planned_teams() -> tuple[Stage, Stage]:
        first, second = two_teams()
        # Room for both: the first team leaves nothing of an hour a week.
        with first.as_lead.entered():
            Routekaart.objects.filter(pk=second.routekaart.pk).update(weekly_minutes=600)
        second.planned()
        rename_courses(second)
        return first, second

    @staticmethod
    def move(stage: Stage, to: Any) -> None:
        with stage.as_lead.entered():
            plan = Plan.objects.filter(routekaart=stage.routekaart)[0]
            for row in plan.content["preparation_weeks"]:
                row["week"] = to(date.fromisoformat(row["week"])).isoformat()
                row["minutes"] = 60
            Plan._base_manager.filter(pk=plan.pk).update(content=plan.content)

"""What the date adviser gets to see: one team, and the days of other teams of its own school."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import Forbidden, NotFound, Role, school_scope
from routekaart.domain.dates import OtherTeam, Situation, TeamDay
from routekaart.domain.errors import BadInput
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.models import Leave, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.routekaarten.dates import (
    ConsideredDay,
    considered_day,
    date_situation,
    situation_with_sight,
    study_day_situation,
    study_day_warnings,
)
from routekaart.queries.routekaarten.rules import findings_of
from tests.makers import access_for, employ, join, make_colleague, make_person, make_school
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def read(stage: Stage, today: date = TODAY) -> Situation:
    with school_scope([stage.school.pk]):
        routekaart = Routekaart.objects.select_related("team__school").get(pk=stage.routekaart.pk)
        return date_situation(routekaart, today=today)


def next_door(stage: Stage, name: str, **values: Any) -> Stage:
    """Another team of the same school, with a study day."""
    other = Stage(stage.school, name, year=stage.year)
    other.add_study_day(**values)
    return other


class TestSituation:
    def test_everything_the_adviser_looks_at(self) -> None:
        stage = Stage(make_school(sector="sbo", region="Zuid"))
        own = stage.add_study_day(free_groups=[3, 4], room="Aula ", trainer=stage.trainer.pk)
        maybe = stage.add_study_day(date=date(2027, 2, 3), kind="afternoon", fixed=False)
        other = next_door(stage, "Bovenbouw", date=date(2026, 11, 5), free_groups=[7])
        join(stage.member, other.team)
        found = read(stage)
        with school_scope([stage.school.pk]):
            calendar = calendar_of(school=stage.school, year=2026)
            members = members_for_planning(
                employments_of(team_id=stage.team.pk, schools=[stage.school.pk])
            )
            [theirs] = other.routekaart.study_days.all()
        assert len(members) == 2
        start: dict[str, Any] = {"start": time(8, 30), "minutes": 420}
        assert found == Situation(
            calendar=calendar,
            sector="sbo",
            members=members,
            own_days=(
                TeamDay(
                    date(2026, 11, 4),
                    free_groups=(3, 4),
                    resources=("room:aula", f"trainer:{stage.trainer.pk}"),
                    id=str(own.pk),
                    **start,
                ),
                TeamDay(
                    date(2027, 2, 3),
                    StudyDayKind.AFTERNOON,
                    fixed=False,
                    id=str(maybe.pk),
                    **start,
                ),
            ),
            others=(
                OtherTeam(
                    "Bovenbouw",
                    (TeamDay(date(2026, 11, 5), free_groups=(7,), id=str(theirs.pk), **start),),
                    frozenset({str(stage.member.pk)}),
                ),
            ),
            today=TODAY,
        )

    def test_no_other_school_and_no_other_year(self) -> None:
        stage = Stage()
        stage.add_study_day()
        elsewhere = Stage(make_school(stage.school.board))
        elsewhere.add_study_day()
        join(stage.member, elsewhere.team)
        next_year = Stage(stage.school, "Kleuters", year=2027)
        next_year.add_study_day()
        employ(stage.member, elsewhere.school, working_days=[5], fte="0.2")
        with school_scope([stage.school.pk, elsewhere.school.pk]):
            routekaart = Routekaart.objects.get(pk=stage.routekaart.pk)
            found = date_situation(routekaart, today=TODAY)
        assert found.others == ()
        assert [day.date for day in found.own_days] == [date(2026, 11, 4)]
        assert {member.working_days for member in found.members} == {(1, 2, 3, 4, 5)}

    def test_people_come_with_their_leave(self) -> None:
        stage = Stage()
        with school_scope([stage.school.pk]):
            employment = stage.member.employments.get()
            Leave.objects.create(
                employment=employment, first_day=date(2026, 11, 2), last_day=date(2026, 11, 6)
            )
        assert [len(member.leave) for member in read(stage).members] == [0, 1]

    def test_as_many_queries_for_three_teams_and_days_as_for_one(self) -> None:
        stage = Stage()

        def add(number: int) -> None:
            other = next_door(stage, f"Team {number}", date=date(2026, 12, 1 + number))
            join(stage.member, other.team)
            stage.add_study_day(date=date(2027, 3, 1 + number))
            make_colleague(stage.team, name=f"Collega {number}")

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                read(stage)
            return len(captured)

        add(1)
        one = queries()
        add(2)
        add(3)
        assert queries() == one
        found = read(stage)
        assert (len(found.others), len(found.own_days), len(found.members)) == (3, 3, 5)
        assert all(team.shared == {str(stage.member.pk)} for team in found.others)


class TestSight:
    def test_readers_ask_and_only_some_see_persons(self) -> None:
        stage = Stage()
        board = access_for(make_colleague(stage.team, Role.BOARD))
        for by, sees in (
            (stage.as_lead, True),
            (stage.as_trainer, True),
            (stage.as_member, False),
            (stage.as_director, False),
            (board, False),
        ):
            _, seen = situation_with_sight(by=by, routekaart_id=stage.routekaart.pk, today=TODAY)
            assert seen is sees

    def test_nobody_from_elsewhere(self) -> None:
        stage = Stage()
        admin, mr = (
            access_for(make_colleague(stage.team, role))
            for role in (Role.SCHOOL_ADMIN, Role.MR_READER)
        )
        neighbour = Stage(stage.school, "Bovenbouw").as_member
        for by in (Stage().as_lead, neighbour, admin, mr):
            with pytest.raises((NotFound, Forbidden)):
                situation_with_sight(by=by, routekaart_id=stage.routekaart.pk, today=TODAY)

    def test_a_day_that_moves_is_one_of_this_routekaart(self) -> None:
        stage = Stage()
        other = next_door(stage, "Bovenbouw")
        with school_scope([stage.school.pk]):
            theirs = other.routekaart.study_days.get().pk
        for unknown in (uuid4(), theirs):
            with pytest.raises(BadInput) as caught:
                situation_with_sight(
                    by=stage.as_lead,
                    routekaart_id=stage.routekaart.pk,
                    today=TODAY,
                    instead_of=unknown,
                )
            assert (caught.value.field, caught.value.code) == ("instead_of", "unknown_study_day")


class TestConsideredDay:
    def test_what_was_left_open_is_that_of_the_day_it_replaces(self) -> None:
        stage = Stage()
        moving = stage.add_study_day(room="Aula")
        found = read(stage)
        day = ConsideredDay(date(2027, 2, 3), StudyDayKind.DAY, (3,))
        assert considered_day(found, day, moving.pk) == TeamDay(
            date(2027, 2, 3),
            free_groups=(3,),
            start=time(8, 30),
            minutes=420,
            resources=("room:aula",),
        )
        # The same goes for a date on which the team has a day already.
        there = ConsideredDay(date(2026, 11, 4), StudyDayKind.DAY, room="Hal", minutes=300)
        assert considered_day(found, there, None) == TeamDay(
            date(2026, 11, 4), start=time(8, 30), minutes=300, resources=("room:hal",)
        )
        # An afternoon does not last as long as the day that it replaces.
        afternoon = ConsideredDay(date(2027, 2, 3), StudyDayKind.AFTERNOON)
        assert considered_day(found, afternoon, moving.pk) == TeamDay(
            date(2027, 2, 3), StudyDayKind.AFTERNOON, resources=("room:aula",)
        )

    def test_a_new_date_has_what_was_said_of_it(self) -> None:
        stage = Stage()
        day = ConsideredDay(
            date(2027, 2, 3), StudyDayKind.DAY, starts_at=time(9), trainer=stage.trainer.pk
        )
        assert considered_day(read(stage), day, None) == TeamDay(
            date(2027, 2, 3), start=time(9), resources=(f"trainer:{stage.trainer.pk}",)
        )


class TestFindings:
    def test_they_are_among_those_of_the_routekaart(self) -> None:
        stage = Stage()
        stage.add_study_day(date=date(2026, 10, 14))
        stage.add_study_day(date=date(2026, 8, 20))
        with school_scope([stage.school.pk]):
            routekaart = Routekaart.objects.get()
            found = {
                today: {
                    (finding.code, finding.severity.value)
                    for finding in findings_of(routekaart, today=today)
                    if finding.field == "study_days"
                }
                for today in (date(2026, 8, 20), date(2026, 8, 21))
            }
        # 14 October is in the holiday; 20 August as well, and the day after it is past too.
        assert found == {
            date(2026, 8, 20): {("study_day_closed", "warning")},
            date(2026, 8, 21): {("study_day_closed", "warning"), ("study_day_in_past", "warning")},
        }

    def test_a_day_that_was_held_needs_no_warning(self) -> None:
        stage = Stage()
        stage.add_study_day()
        with school_scope([stage.school.pk]):
            routekaart = Routekaart.objects.get()
            for state in State:
                routekaart.state = state
                found = study_day_situation(routekaart, today=date(2026, 12, 1))
                adopted = state in {State.APPROVED, State.RUNNING, State.CLOSED}
                assert found.today == (None if adopted else date(2026, 12, 1))
                assert found.members == ()

    def test_of_one_day(self) -> None:
        stage = Stage()
        closed = stage.add_study_day(date=date(2026, 10, 14))
        sound = stage.add_study_day()
        with school_scope([stage.school.pk]):
            assert [item.code for item in study_day_warnings(closed, today=TODAY)] == [
                "study_day_closed"
            ]
            assert study_day_warnings(sound, today=TODAY) == ()


def test_a_visitor_without_employment_is_no_part_timer_of_the_team() -> None:
    stage = Stage()
    join(make_person("Vera Bezoek"), stage.team)
    assert len(read(stage).members) == 2

"""Reading routekaarten: as many queries for three as for one, and only what one may see."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Access, Forbidden, NotFound, Permission, Role
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.routekaarten.goals import GivenAnswer, PickedCourse, save_answers
from routekaart.actions.routekaarten.routekaarten import Choice, Link, change_routekaart
from routekaart.api.advice.rounds import _reply as advice_reply
from routekaart.api.assigning.assignments import assignment_reply
from routekaart.api.planning.plans import _summary as plan_summary
from routekaart.api.routekaarten.goal_shapes import day_reply, goal_reply
from routekaart.api.routekaarten.routekaart_shapes import routekaart_reply
from routekaart.domain.assigning import Selection
from routekaart.models import Assignment, Plan, School
from routekaart.queries.routekaarten.routekaarten import (
    advice_versions_of,
    assignment_detail,
    assignments_of,
    goal_detail,
    goals_of,
    listed_assignment,
    plan_with_sight,
    plans_of,
    routekaart_detail,
    routekaarten_of_team,
    study_days_of,
)
from tests.makers import access_for, employ, join, make_colleague, make_person, make_routekaart
from tests.progressed import assignment_of
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def queries_of(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def replies(by: Access, rows: "QuerySet[Any]", reply: Callable[[Any], object]) -> list[object]:
    with by.entered():
        return [reply(row) for row in rows]


def fill(stage: Stage, routekaart_id: UUID) -> None:
    """Two of everything that a routekaart shows."""
    change_routekaart(
        by=stage.as_lead,
        routekaart_id=routekaart_id,
        changes={
            "interventions": [
                Choice(INTERVENTION),
                Choice("directe-instructie"),
                Choice("professionalisering"),
            ],
            "facility_links": [
                Link("professionalisering", INTERVENTION, "a"),
                Link("professionalisering", "directe-instructie", "b"),
            ],
        },
    )
    points = current_catalogue().intervention_by_slug[INTERVENTION].attention_points
    save_answers(
        by=stage.as_lead,
        routekaart_id=routekaart_id,
        answers=[GivenAnswer(INTERVENTION, point.slug, "ja") for point in points[:2]],
    )


class TestNumberOfQueries:
    def test_routekaarten(self) -> None:
        stage = Stage()
        by = stage.as_lead
        fill(stage, stage.routekaart.pk)

        def read() -> list[object]:
            return replies(by, routekaarten_of_team(by=by, team_id=stage.team.pk), routekaart_reply)

        one = queries_of(read)
        for year in (2027, 2028):
            fill(stage, make_routekaart(stage.team, school_year=year).pk)
        assert (queries_of(read), len(read())) == (one, 3)

    def test_goals(self) -> None:
        stage = Stage()
        by = stage.as_lead
        stage.choose(INTERVENTION, "directe-instructie")
        courses = [PickedCourse(course.slug) for course in current_catalogue().courses[:2]]
        stage.add_goal(courses=courses)

        def read() -> list[object]:
            return replies(by, goals_of(by=by, routekaart_id=stage.routekaart.pk), goal_reply)

        one = queries_of(read)
        for _ in range(2):
            stage.add_goal(courses=courses, interventions=[INTERVENTION, "directe-instructie"])
        assert (queries_of(read), len(read())) == (one, 3)

    def test_study_days(self) -> None:
        stage = Stage()
        by = stage.as_lead
        stage.add_study_day()

        def read() -> list[object]:
            return replies(by, study_days_of(by=by, routekaart_id=stage.routekaart.pk), day_reply)

        one = queries_of(read)
        for days in (1, 2):
            stage.add_study_day(date=date(2027, 2, 10) + timedelta(days=days))
        assert (queries_of(read), len(read())) == (one, 3)

    def test_advice(self) -> None:
        stage = Stage().advised()
        by = stage.as_lead

        def read() -> list[object]:
            return replies(
                by, advice_versions_of(by=by, routekaart_id=stage.routekaart.pk), advice_reply
            )

        one = queries_of(read)
        for _ in range(2):
            stage.advise()
        assert (queries_of(read), len(read())) == (one, 3)

    def test_assignments(self) -> None:
        stage = Stage().assigned()
        by = stage.as_lead

        def read() -> list[object]:
            return replies(
                by, assignments_of(by=by, routekaart_id=stage.routekaart.pk), assignment_reply
            )

        few, number = queries_of(read), len(read())
        for name in ("Ans", "Bo", "Cor"):
            make_colleague(stage.team, name=name)
        stage.assign(Selection.ALL)
        assert queries_of(read) == few
        assert len(read()) > number

    def test_plans(self) -> None:
        stage = Stage().planned()
        by = stage.as_lead

        def read() -> list[object]:
            return replies(by, plans_of(by=by, routekaart_id=stage.routekaart.pk), plan_summary)

        one = queries_of(read)
        for days in (1, 2):
            stage.make_plan(TODAY + timedelta(days=days))
        assert (queries_of(read), len(read())) == (one, 3)


class TestSight:
    def test_a_list_is_only_of_the_team_that_was_asked(self) -> None:
        stage = Stage()
        make_routekaart(stage.team, school_year=2027)
        Stage(stage.school, "Bovenbouw")
        by = stage.as_director
        with by.entered():
            rows = routekaarten_of_team(by=by, team_id=stage.team.pk)
            assert [row.school_year for row in rows] == [2027, 2026]

    @pytest.mark.parametrize(
        "read",
        [
            lambda by, stage: routekaarten_of_team(by=by, team_id=stage.team.pk),
            lambda by, stage: routekaart_detail(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: goals_of(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: goal_detail(by=by, goal_id=stage.goal.pk),
            lambda by, stage: study_days_of(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: advice_versions_of(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: assignments_of(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: plans_of(by=by, routekaart_id=stage.routekaart.pk),
            lambda by, stage: plan_with_sight(by=by, plan_id=stage.plan.pk),
        ],
        ids=[
            "routekaarten",
            "routekaart",
            "goals",
            "goal",
            "study days",
            "advice",
            "assignments",
            "plans",
            "plan",
        ],
    )
    def test_a_stranger_finds_nothing(self, read: Callable[[Access, Stage], object]) -> None:
        stage = Stage().planned()
        read(stage.as_lead, stage)
        for by in (Stage().as_lead, access_for(make_person())):
            with pytest.raises(NotFound):
                read(by, stage)

    def test_a_member_sees_its_own_assignments_the_lead_and_trainer_all(self) -> None:
        stage = Stage().accepted()
        stage.assign(Selection.ALL)
        with stage.as_lead.entered():
            [first, *others] = Assignment.objects.filter(person=stage.member)
        withdraw_assignment(by=stage.as_lead, assignment_id=first.pk, at=first.assigned_at)

        def seen(by: Access) -> dict[str, int]:
            names: dict[str, int] = {}
            with by.entered():
                for row in assignments_of(by=by, routekaart_id=stage.routekaart.pk):
                    names[row.person.name] = names.get(row.person.name, 0) + 1
            return names

        everything = {"Lies Leider": len(others) + 1, "Mo Lid": len(others)}
        assert seen(stage.as_member) == {"Mo Lid": len(others)}
        assert seen(stage.as_lead) == everything
        assert seen(stage.as_trainer) == everything
        for person in (stage.director, make_colleague(stage.team, Role.BOARD)):
            with pytest.raises(Forbidden):
                assignments_of(by=access_for(person), routekaart_id=stage.routekaart.pk)

    def test_one_assignment_is_found_where_the_list_holds_it(self) -> None:
        stage = Stage().assigned()
        own, theirs = assignment_of(stage, stage.member), assignment_of(stage, stage.lead)

        def found(by: Access) -> list[bool]:
            there = []
            for row in (own, theirs):
                try:
                    listed_assignment(by=by, assignment_id=row.pk)
                except NotFound:
                    there.append(False)
                else:
                    there.append(True)
            return there

        assert found(stage.as_lead) == found(stage.as_trainer) == [True, True]
        assert found(stage.as_member) == [True, False]
        # What has not begun is not told to who has to do it.
        with scopes_disabled():
            Assignment.objects.update(starts_on=clock.today() + timedelta(days=1))
        assert found(stage.as_member) == [False, False]
        with scopes_disabled():
            Assignment.objects.update(state="withdrawn")
        assert found(stage.as_lead) == [False, False]

    def test_how_far_a_colleague_is_shows_to_who_guides_the_team_only(self) -> None:
        stage = Stage().assigned()
        with scopes_disabled():
            School.objects.filter(pk=stage.school.pk).update(progress_by_name_since=TODAY)
        theirs = assignment_of(stage, stage.lead)

        def shown(by: Access) -> Any:
            found: Any = assignment_detail(by=by, assignment_id=theirs.pk)
            return found.progress_shown

        assert shown(stage.as_trainer) is True
        assert shown(stage.as_member) is False
        with pytest.raises(Forbidden):
            assignment_detail(
                by=stage.as_member, assignment_id=theirs.pk, permission=Permission.ASSIGN
            )

    def test_the_mr_reads_the_plan_that_was_adopted_and_not_the_next_one(self) -> None:
        stage = Stage().approved()
        reader = access_for(make_colleague(stage.team, Role.MR_READER))
        with scopes_disabled():
            newer = Plan.objects.get(pk=stage.plan.pk)
            newer.pk, newer.version, newer.approved_at = uuid4(), 2, None
            newer._state.adding = True
            newer.save()
        versions = {}
        for name, by in (("MR", reader), ("team", stage.as_member)):
            found = plans_of(by=by, routekaart_id=stage.routekaart.pk)
            with by.entered():
                versions[name] = [plan.version for plan in found]
        assert versions == {"MR": [1], "team": [2, 1]}

    def test_who_sees_what_a_plan_asks_of_each_person(self) -> None:
        stage = Stage().planned()

        def sees(by: Access) -> bool:
            return plan_with_sight(by=by, plan_id=stage.plan.pk)[1]

        assert {
            "lead": sees(stage.as_lead),
            "trainer": sees(stage.as_trainer),
            "member": sees(stage.as_member),
            "director": sees(stage.as_director),
        } == {"lead": True, "trainer": True, "member": False, "director": False}

    def test_a_lead_elsewhere_is_no_lead_here(self) -> None:
        """A trainer's eyes at one school give nothing at the other."""
        here, there = Stage().planned(), Stage()
        person = make_colleague(here.team, Role.MEMBER)
        employ(person, there.school)
        join(person, there.team)
        by = access_for(make_colleague(there.team, Role.TEAM_LEAD))
        with pytest.raises(NotFound):
            plan_with_sight(by=by, plan_id=here.plan.pk)

    def test_another_permission_can_be_asked(self) -> None:
        stage = Stage()
        with pytest.raises(Forbidden):
            routekaart_detail(
                by=stage.as_director,
                routekaart_id=stage.routekaart.pk,
                permission=Permission.EDIT_ROUTEKAART,
            )


def test_the_versions_of_a_plan_come_without_their_content() -> None:
    stage = Stage().planned()
    by = stage.as_lead
    with by.entered():
        [plan] = plans_of(by=by, routekaart_id=stage.routekaart.pk)
    assert plan.get_deferred_fields() == {"content"}

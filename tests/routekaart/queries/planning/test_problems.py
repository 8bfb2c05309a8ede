"""From tables to a planner's problem, and a plan that reads back as what it was."""

import json
from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import models as tables
from courses.catalogue import current_catalogue, forget_catalogue
from courses.entities import DurationBasis
from routekaart.access import school_scope
from routekaart.actions.planning.hours_agreements import record_agreement
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.actions.transitions import return_to_team
from routekaart.clock import now
from routekaart.domain.assigning import Selection
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.people import Member
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.models import (
    Assignment,
    CalendarOverride,
    CourseOverride,
    Plan,
    Routekaart,
    TeamMembership,
)
from routekaart.queries.planning.problems import (
    calendar_of,
    plan_from_json,
    plan_is_outdated,
    plan_to_json,
    problem_hash,
    problem_of,
)
from tests.makers import employ, join, make_colleague, make_person, make_school
from tests.stages import INTERVENTION, STUDY_DAY, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def problem(stage: Stage, plan_from: date = TODAY) -> Problem:
    return problem_of(
        routekaart_id=stage.routekaart.pk, schools=(stage.school.pk,), plan_from=plan_from
    )


class TestCalendar:
    def test_a_school_has_its_own_days(self) -> None:
        school = make_school(region="Zuid", free_on_good_friday=False)
        with school_scope([school.pk]):
            for first, closed in ((date(2026, 9, 7), True), (date(2026, 10, 20), False)):
                CalendarOverride.objects.create(
                    school=school, title="Eigen", first_day=first, last_day=first, closed=closed
                )
        calendar = calendar_of(school=school, year=2026)
        assert (calendar.year, calendar.region) == (SchoolYear(2026), "Zuid")
        assert [
            calendar.is_open(day)
            for day in (date(2026, 9, 7), date(2026, 9, 8), date(2026, 10, 20), date(2026, 10, 21))
        ] == [False, True, True, False]
        assert calendar.is_open(date(2027, 3, 26)) is True

    def test_and_not_those_of_another(self) -> None:
        mine, theirs = make_school(), make_school()
        with school_scope([theirs.pk]):
            CalendarOverride.objects.create(
                school=theirs,
                title="Hun dag",
                first_day=date(2026, 9, 8),
                last_day=date(2026, 9, 8),
            )
        assert calendar_of(school=mine, year=2026).is_open(date(2026, 9, 8)) is True


class TestProblem:
    def test_everything_the_planner_needs(self) -> None:
        stage = Stage().assigned()
        found = problem(stage)
        assert found.calendar == calendar_of(school=stage.school, year=2026)
        assert found.members == (
            Member(str(stage.lead.pk), "Lies Leider", ("leerkracht",), Decimal("1.000")),
            Member(str(stage.member.pk), "Mo Lid", ("leerkracht",), Decimal("1.000")),
        )
        title = current_catalogue().intervention_by_slug[INTERVENTION].title
        assert found.goals == (Goal(str(stage.goal.pk), "Wij leren feedback geven.", 1, (title,)),)
        assert found.study_days == (
            StudyDay(
                id=str(stage.study_day.pk),
                date=STUDY_DAY["date"],
                kind=StudyDayKind.DAY,
                start=time(8, 30),
                minutes=420,
                title="Feedback",
            ),
        )
        assert found.settings == Settings(
            team_weekly_minutes=60,
            deadline_working_days=5,
            plg_rhythm_weeks=4,
            plg_minutes=90,
            goals_per_day=1,
        )
        assert (found.sector, found.plan_from) == ("po", TODAY)
        assert found.plg_questions == tuple(
            question.title for question in current_catalogue().plg.questions
        )
        assert len(found.plg_questions) == 4
        goal = (str(stage.goal.pk),)
        assert found.activities == (
            JointActivity(
                "feedback--actiegericht-leren-door-te-doen",
                "Actiegericht: leren door te doen",
                goal,
            ),
            JointActivity("feedback--peer-learning", "Leren van elkaar (peer learning)", goal),
        )
        with stage.as_lead.entered():
            assigned = {
                (str(row.person_id), row.course_id, row.mandatory)
                for row in Assignment.objects.all()
            }
        assert {
            (item.member_id, item.course, item.mandatory) for item in found.preparations
        } == assigned
        assert {item.goal_id for item in found.preparations} == {str(stage.goal.pk)}
        for item in found.preparations:
            course = current_catalogue().course_by_slug[item.course]
            assert (item.course_title, item.minutes, item.duration_basis) == (
                course.title,
                course.duration_minutes,
                course.duration_basis,
            )

    def test_only_an_agreement_lets_a_mandatory_course_draw_on_own_hours(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            one = Assignment.objects.filter(person=stage.member)[0]
        assert {item.on_individual_hours for item in problem(stage).preparations} == {False}
        record_agreement(by=stage.as_member, assignment_id=one.pk, agreed_on=TODAY, today=TODAY)
        found = problem(stage)
        agreed = {
            (item.member_id, item.course) for item in found.preparations if item.on_individual_hours
        }
        assert agreed == {(str(stage.member.pk), one.course_id)}
        hours = {item.member_id: item for item in plan_greedily(found).hours}
        assert hours[str(stage.member.pk)].individual_minutes > 0
        assert hours[str(stage.lead.pk)].individual_minutes == 0

    def test_the_team_says_how_it_plans(self) -> None:
        stage = Stage().filled()
        change_routekaart(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            changes={
                "weekly_minutes": 45,
                "window_weeks": 4,
                "deadline_workdays": 3,
                "goals_per_day": 3,
                "most_candidate_days": 2,
                "wait_for_all": True,
                "plg_rhythm_weeks": 5,
                "plg_minutes": 60,
                "plg_minimum_meetings": 2,
                "follow_up_weeks": 3,
                "evaluation_weeks": 12,
                "lesson_visits": True,
                "meeting_weekday": 4,
            },
        )
        assert problem(stage).settings == Settings(
            team_weekly_minutes=45,
            window_weeks=4,
            deadline_working_days=3,
            goals_per_day=3,
            plg_rhythm_weeks=5,
            plg_minutes=60,
            plg_minimum_meetings=2,
            follow_up_weeks=3,
            evaluation_weeks=12,
            most_candidate_days=2,
            wait_for_all=True,
            lesson_visits=True,
            meeting_weekday=4,
        )

    @pytest.mark.parametrize(
        ("most", "expected"),
        # One fixed day and one fixed afternoon; beside them two days and an afternoon to choose
        # from, whole days first.
        [(None, 2), (3, 2), (2, 2), (1, 3), (0, 6)],
    )
    def test_candidates_count_as_far_as_they_may_be_used(
        self, most: int | None, expected: int
    ) -> None:
        stage = Stage().filled()
        for number in range(6):
            stage.add_goal(wording=f"Doel {number}")
        for day, kind, fixed in (
            (1, "afternoon", True),
            (2, "afternoon", False),
            (3, "day", False),
            (4, "day", False),
        ):
            stage.add_study_day(date=date(2027, 2, day), kind=kind, fixed=fixed)
        change_routekaart(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            changes={"most_candidate_days": most},
        )
        assert problem(stage).settings.goals_per_day == expected

    def test_a_day_keeps_its_room_and_its_trainer_from_other_teams(self) -> None:
        stage = Stage()
        stage.add_study_day(room="  Grote \t Zaal ", trainer=stage.trainer.pk, fixed=False)
        stage.add_study_day(date=date(2027, 2, 3), room="grote zaal")
        stage.add_study_day(date=date(2027, 2, 4))
        assert [(day.fixed, day.resources) for day in problem(stage).study_days] == [
            (False, ("room:grote zaal", f"trainer:{stage.trainer.pk}")),
            (True, ("room:grote zaal",)),
            (True, ()),
        ]

    def test_goals_come_after_others(self) -> None:
        stage = Stage().filled()
        first = stage.goal
        second = stage.add_goal(wording="daarna", after=[first.pk])
        third = stage.add_goal(wording="laatst", after=[second.pk, first.pk])
        assert [goal.after for goal in problem(stage).goals] == [
            (),
            (str(first.pk),),
            tuple(sorted((str(first.pk), str(second.pk)))),
        ]
        assert third.priority == 3

    def test_the_course_that_a_source_puts_first_comes_first(self) -> None:
        stage = Stage()
        sequence = next(
            one
            for one in current_catalogue().interventions
            if any(mention.step == "start" for mention in one.mentions)
        )
        stage.choose(sequence.slug)
        stage.add_goal(interventions=[sequence.slug])
        with stage.as_lead.entered():
            Routekaart.objects.update(state="submitted")
        stage.advise()
        with stage.as_lead.entered():
            Routekaart.objects.update(state="accepted")
        stage.assign(Selection.ALL)
        found = problem(stage).preparations
        starts = {m.course for m in sequence.mentions if m.step == "start"}
        mine = [item for item in found if item.member_id == found[0].member_id]
        first = min(mine, key=lambda item: item.position)
        assert first.course in starts
        assert len({item.position for item in mine}) == len({item.course for item in mine})

    def test_who_left_needs_no_plan(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            TeamMembership.objects.filter(person=stage.member).delete()
        found = problem(stage)
        assert [member.id for member in found.members] == [str(stage.lead.pk)]
        assert {item.member_id for item in found.preparations} == {str(stage.lead.pk)}

    def test_who_works_at_two_schools_is_planned_by_the_hours_of_this_one(self) -> None:
        stage, other = Stage(), Stage()
        person = make_person("Aad Allebei")
        employ(person, stage.school, weekly_study_minutes=30, working_days=[1])
        employ(person, other.school, weekly_study_minutes=90, working_days=[5])
        for team in (stage.team, other.team):
            join(person, team)
        found = problem_of(
            routekaart_id=stage.routekaart.pk,
            schools=(stage.school.pk, other.school.pk),
            plan_from=TODAY,
        )
        [member] = [member for member in found.members if member.id == str(person.pk)]
        assert (member.own_weekly_minutes, member.working_days) == (30, (1,))

    def test_the_school_says_how_long_a_course_takes(self) -> None:
        stage = Stage().assigned()
        course = problem(stage).preparations[0].course
        with stage.as_lead.entered():
            CourseOverride.objects.create(
                school=stage.school, course_id=course, duration_minutes=11
            )
        minutes = {
            (item.minutes, item.duration_basis)
            for item in problem(stage).preparations
            if item.course == course
        }
        assert minutes == {(11, DurationBasis.STATED)}

    def test_a_course_that_comes_later_is_planned_from_that_day(self) -> None:
        stage = Stage().assigned()
        course = problem(stage).preparations[0].course
        comes = date(2026, 10, 5)
        tables.Mention.objects.filter(course=course).update(available_from=comes)
        tables.CatalogueState.objects.all().update(stamp=stage.lead.pk)
        forget_catalogue()
        found = problem(stage)
        assert {item.available_from for item in found.preparations if item.course == course} == {
            comes
        }
        plan = plan_greedily(found)
        assert all(week.week >= comes for week in plan.preparation_weeks if week.course == course)
        # Once it is there, it is like any other.
        later = problem(stage, comes)
        assert {item.available_from for item in later.preparations} == {None}

    def test_as_many_queries_for_three_people_and_goals_as_for_one(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        stage.add_goal()

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                problem(stage)
            return len(captured)

        few = queries()
        for number in range(2):
            make_colleague(stage.team, name=f"Collega {number}")
            stage.add_goal(wording=f"Doel {number}")
        assert queries() == few


class TestHash:
    def test_the_same_tables_give_the_same_hash(self) -> None:
        stage = Stage().assigned()
        assert problem_hash(problem(stage)) == problem_hash(problem(stage))

    def test_another_problem_gives_another(self) -> None:
        stage = Stage().assigned()
        assert problem_hash(problem(stage)) != problem_hash(problem(stage, date(2026, 9, 1)))

    def test_a_new_course_in_the_catalogue_changes_no_plan(self) -> None:
        stage = Stage().planned()
        with stage.as_lead.entered():
            assert plan_is_outdated(stage.plan, school=stage.school.pk) is False
        tables.Course.objects.create(
            slug="aardappels-schillen",
            title="Aardappels schillen",
            kind="course",
            duration_minutes=60,
            duration_basis="assumed",
            position=0,
        )
        tables.CatalogueState.objects.all().update(stamp=stage.lead.pk)
        forget_catalogue()
        assert "aardappels-schillen" in current_catalogue().course_by_slug
        with stage.as_lead.entered():
            assert plan_is_outdated(stage.plan, school=stage.school.pk) is False


def test_a_plan_there_and_back() -> None:
    stage = Stage().assigned()
    plan = plan_greedily(problem(stage))
    assert plan.preparation_weeks != ()
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


class TestProgress:
    """What people did since the plan was made."""

    def put(self, stage: Stage, **values: object) -> None:
        with stage.as_lead.entered():
            Assignment.objects.filter(routekaart=stage.routekaart, person=stage.member).update(
                **values
            )

    def test_what_is_done_is_completed_and_what_is_waived_is_not_there(self) -> None:
        stage = Stage().assigned()
        self.put(stage, state="done")
        assert {row.member_id: row.completed for row in problem(stage).preparations} == {
            str(stage.lead.pk): False,
            str(stage.member.pk): True,
        }
        self.put(stage, state="waived")
        assert [row.member_id for row in problem(stage).preparations] == [str(stage.lead.pk)]

    def test_finishing_makes_no_plan_outdated_but_taking_it_back_does(self) -> None:
        stage = Stage().planned()

        def outdated() -> bool:
            with stage.as_lead.entered():
                return plan_is_outdated(Plan.objects.all()[0], school=school)

        school = stage.school.pk
        for state in ("started", "done"):
            self.put(stage, state=state)
            assert outdated() is False
        # Whoever asks for a new plan gets one that no longer asks what is done.
        newer = stage.make_plan()
        assert newer.version == 2
        assert {week["member_id"] for week in newer.content["preparation_weeks"]} == {
            str(stage.lead.pk)
        }
        assert outdated() is False
        self.put(stage, state="assigned")
        assert outdated() is True

    def test_waiving_makes_no_plan_outdated_but_taking_it_back_does(self) -> None:
        stage = Stage().planned()

        def outdated() -> bool:
            with stage.as_lead.entered():
                return plan_is_outdated(Plan.objects.all()[0], school=stage.school.pk)

        self.put(stage, state="waived", state_since=now())
        assert outdated() is False
        # With anything else that changed it is.
        with stage.as_lead.entered():
            Routekaart.objects.update(weekly_minutes=30)
        assert outdated() is True
        with stage.as_lead.entered():
            Routekaart.objects.update(weekly_minutes=stage.routekaart.weekly_minutes)
        newer = stage.make_plan()
        assert (newer.version, outdated()) == (2, False)
        self.put(stage, state="assigned", state_since=now())
        assert outdated() is True

    def test_what_was_assigned_and_waived_since_changes_nothing(self) -> None:
        stage = Stage().planned()
        with stage.as_lead.entered():
            Assignment.objects.create(
                routekaart=stage.routekaart,
                person=stage.member,
                course_id="feedback-geven-op-leer-en-ontwikkelingsprocessen",
                state="waived",
            )
            assert plan_is_outdated(stage.plan, school=stage.school.pk) is False

    def test_a_completion_that_was_taken_back_and_waived_asks_nothing_more(self) -> None:
        stage = Stage().assigned()
        self.put(stage, state="done")
        plan = stage.make_plan()
        self.put(stage, state="waived", state_since=now())
        with stage.as_lead.entered():
            assert plan_is_outdated(plan, school=stage.school.pk) is False

    def test_a_done_course_keeps_its_weeks_and_asks_no_more(self) -> None:
        stage = Stage().approved()
        halfway = date(2026, 10, 12)

        def weeks(plan: Plan) -> list[str]:
            return [
                week["week"]
                for week in plan.content["preparation_weeks"]
                if week["member_id"] == str(stage.member.pk)
            ]

        behind, ahead = ["2026-09-28", "2026-10-05"], ["2026-10-19", "2026-10-26"]
        assert weeks(stage.plan) == [*behind, *ahead]
        return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Opnieuw.")
        self.put(stage, state="done")
        assert weeks(stage.make_plan(halfway)) == behind

"""What the rules get to see of a routekaart."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import models as tables
from courses.catalogue import current_catalogue, forget_catalogue
from courses.findings import Finding
from routekaart.access import school_scope
from routekaart.actions.routekaarten.goals import (
    GivenAnswer,
    PickedCourse,
    change_goal,
    save_answers,
)
from routekaart.actions.routekaarten.routekaarten import Choice, Link, change_routekaart
from routekaart.actions.transitions import submit
from routekaart.domain.rules import Answer, FacilityLink, FreeText, MandatoryCourse, MemberView
from routekaart.domain.rules import Choice as ChoiceView
from routekaart.models import Assignment, Routekaart
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.routekaarten.rules import findings_of, routekaart_view
from tests.makers import make_colleague, make_person
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def findings(stage: Stage) -> tuple[Finding, ...]:
    with school_scope([stage.school.pk]):
        return findings_of(Routekaart.objects.get(pk=stage.routekaart.pk))


def test_the_whole_view() -> None:
    stage = Stage()
    change_routekaart(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        changes={
            "reason": "Omdat.",
            "funding": "npo",
            "platforms": ["google"],
            "interventions": [
                Choice(INTERVENTION, "P", "effectief", {"weken": 2.0, "minuten": 30.0}),
                Choice("professionalisering"),
            ],
            "facility_links": [Link("professionalisering", INTERVENTION, "Scholing.")],
        },
    )
    point = current_catalogue().intervention_by_slug[INTERVENTION].attention_points[0].slug
    save_answers(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        answers=[GivenAnswer(INTERVENTION, point, "Ja.")],
    )
    course = current_catalogue().courses[0].slug
    goal = stage.add_goal(
        indicator="Lesbezoek.",
        noticeable="Meer rust.",
        stops="De leesclub.",
        courses=[PickedCourse(course, "Mooi.")],
    )
    with school_scope([stage.school.pk]):
        view = routekaart_view(Routekaart.objects.get())
    assert view.today == timezone.localdate()
    assert view.choices == (
        ChoiceView(INTERVENTION, "P", "effectief", (("minuten", 30.0), ("weken", 2.0))),
        ChoiceView("professionalisering"),
    )
    assert (view.functions, view.funding, view.platforms) == (("leerkracht",), "npo", ("google",))
    assert view.packages == ("academie", "leerblokken")
    assert view.facility_links == (FacilityLink("professionalisering", INTERVENTION, "Scholing."),)
    assert view.answers == (Answer(INTERVENTION, point, "Ja."),)
    assert view.texts == (
        FreeText("reason", "Omdat."),
        FreeText("looking_back", ""),
        FreeText("indicator", "Lesbezoek."),
        FreeText("stops", "De leesclub."),
        FreeText("courses", "Mooi."),
    )
    [seen] = view.goals
    assert (seen.key, seen.noticeable, seen.interventions, seen.courses) == (
        str(goal.pk),
        "Meer rust.",
        (INTERVENTION,),
        (course,),
    )
    assert (seen.mandatory, view.trained) == ((), frozenset())


def test_what_is_assigned_counts_as_training_with_its_earliest_deadline() -> None:
    stage = Stage().planned()
    plan = plan_from_json(stage.plan.content)
    with school_scope([stage.school.pk]):
        routekaart = Routekaart.objects.get()
        view = routekaart_view(routekaart)
        courses = set(Assignment.objects.values_list("course_id", flat=True))
    [goal] = view.goals
    assert goal.mandatory == tuple(
        MandatoryCourse(
            course, min(week.deadline for week in plan.preparation_weeks if week.course == course)
        )
        for course in sorted(courses)
    )
    assert view.trained == {INTERVENTION}


def test_what_an_accepted_advice_sets_beside_the_courses_counts_as_a_form() -> None:
    def seen(stage: Stage) -> tuple[tuple[str, ...], set[str]]:
        with school_scope([stage.school.pk]):
            [goal] = routekaart_view(Routekaart.objects.get(pk=stage.routekaart.pk)).goals
        codes = {finding.code for finding in findings(stage)}
        return goal.forms, codes & {"only_courses", "no_training_linked"}

    assert seen(Stage().submitted()) == ((), {"no_training_linked"})
    # The team has not taken it yet.
    assert seen(Stage().advised()) == ((), {"no_training_linked"})
    # Courses are assigned, and there is something to do together beside them.
    assert seen(Stage().assigned()) == (("peer-learning",), set())


def test_a_plan_that_is_not_stored_yet_gives_the_deadlines() -> None:
    stage = Stage().planned()
    plan = plan_from_json(stage.plan.content)
    with school_scope([stage.school.pk]):
        routekaart = Routekaart.objects.get()
        stage.plan.content["preparation_weeks"] = []
        without = routekaart_view(routekaart, plan=plan_from_json(stage.plan.content))
        latest = routekaart_view(routekaart)
        same = routekaart_view(routekaart, plan=plan)
    assert {item.deadline for goal in without.goals for item in goal.mandatory} == {None}
    assert latest == same


def test_what_was_taken_back_or_is_voluntary_is_not_mandatory() -> None:
    stage = Stage().assigned()
    with school_scope([stage.school.pk]):
        Assignment.objects.filter(person=stage.lead).update(mandatory=False)
        Assignment.objects.filter(person=stage.member).update(state="withdrawn")
        view = routekaart_view(Routekaart.objects.get())
    assert [goal.mandatory for goal in view.goals] == [()]


def test_what_can_be_planned_for_each_member() -> None:
    stage = Stage().assigned()
    first = date(2027, 7, 5)  # the last week before the summer holidays in the north
    with school_scope([stage.school.pk]):
        stage.lead.employments.update(functions=[], fte=0)
        stage.member.employments.update(working_days=[1], weekly_study_minutes=45)
        mandatory = {row.course_id for row in Assignment.objects.filter(person=stage.member)}
        asked = sum(current_catalogue().course_by_slug[slug].duration_minutes for slug in mandatory)
        assert asked > 0
        routekaart = Routekaart.objects.get()
        idle = MemberView((), (1, 2, 3, 4, 5), 0, 0, asked)
        one_week = MemberView(("leerkracht",), (1,), 45, 45, asked)
        assert routekaart_view(routekaart, today=first).members == (idle, one_week)
        assert routekaart_view(routekaart, today=date(2027, 7, 6)).members == (
            idle,
            replace(one_week, minutes_left=0),
        )
        # What is voluntary or taken back is not asked.
        Assignment.objects.filter(person=stage.member).update(mandatory=False)
        Assignment.objects.filter(person=stage.lead).update(state="withdrawn")
        assert {one.asked_minutes for one in routekaart_view(routekaart).members} == {0}
        # Once the plan is adopted, the year that has passed counts as well.
        Routekaart.objects.update(state="running")
        routekaart.refresh_from_db()
        assert routekaart_view(routekaart, today=first).members[1].minutes_left > 40 * 30


def test_bad_input_is_seen_at_entry_and_holds_nothing_back() -> None:
    stage = Stage()
    stage.choose(INTERVENTION)
    goal = stage.add_goal()
    change_goal(
        by=stage.as_lead,
        goal_id=goal.pk,
        values={"after": [stage.add_goal(after=[goal.pk]).pk]},
    )
    with school_scope([stage.school.pk]):
        stage.lead.employments.update(functions=[], fte=0, working_days=[])
    seen = {
        "goal_order_cycle",
        "member_without_function",
        "member_without_hours",
        "member_without_working_days",
        "no_study_days",
    }
    assert seen <= {finding.code for finding in findings(stage)}
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    assert seen <= {finding.code for finding in findings(stage)}


def test_as_many_queries_for_three_people_as_for_one() -> None:
    stage = Stage().assigned()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            findings(stage)
        return len(captured)

    one = queries()
    for number in range(2):
        make_colleague(stage.team, name=f"Collega {number}")
        stage.assign()
        stage.add_study_day(date=date(2027, 2, 3 + number))
    assert queries() == one


def test_as_many_queries_for_three_goals_as_for_one() -> None:
    stage = Stage().planned()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            findings(stage)
        return len(captured)

    one = queries()
    with school_scope([stage.school.pk]):
        Routekaart.objects.update(state="draft")
    for _ in range(2):
        stage.add_goal(courses=[PickedCourse(current_catalogue().courses[0].slug)])
    with school_scope([stage.school.pk]):
        Routekaart.objects.update(state="planned")
    assert queries() == one


def test_an_intervention_that_was_retired_has_no_rules_any_more() -> None:
    stage = Stage().assigned()
    tables.Intervention.objects.filter(pk=INTERVENTION).update(retired_at=timezone.now())
    tables.CatalogueState.objects.all().update(stamp=make_person().pk)
    forget_catalogue()
    assert INTERVENTION not in {finding.intervention for finding in findings(stage)}


def test_a_number_that_may_be_a_bsn_is_seen_in_every_free_text() -> None:
    stage = Stage()
    stage.choose(INTERVENTION)
    number = "123456782"
    stage.add_goal(
        indicator=number,
        stops=number,
        courses=[PickedCourse(current_catalogue().courses[0].slug, number)],
    )
    change_routekaart(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        changes={"reason": number, "looking_back": number},
    )
    assert sorted(
        finding.field or "" for finding in findings(stage) if finding.code == "bsn_in_text"
    ) == ["courses", "indicator", "looking_back", "reason", "stops"]

"""Rows that bring their children along in one query."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.models import Employment, Goal, GoalCourse, GoalIntervention, GoalOrder, Leave
from routekaart.queries.joined import with_children
from tests.makers import employ, make_person, make_school
from tests.stages import INTERVENTION, Stage

pytestmark = pytest.mark.django_db


def test_the_children_are_as_after_a_prefetch(
    catalogue: Any, django_assert_num_queries: Any
) -> None:
    stage = Stage()
    with scopes_disabled():
        first, second, bare = (
            Goal.objects.create(routekaart=stage.routekaart, wording=text, priority=place)
            for place, text in enumerate("abc", 1)
        )
        courses = [course.slug for course in catalogue.courses[:3]]
        for slug in reversed(courses):
            GoalCourse.objects.create(goal=second, course_id=slug, reason=f"Om {slug}")
        for slug in (INTERVENTION, "professionalisering"):
            GoalIntervention.objects.create(goal=second, intervention_id=slug)
        order = GoalOrder.objects.create(goal=second, earlier=first)
        with django_assert_num_queries(1):
            found = with_children(
                Goal.objects.filter(routekaart=stage.routekaart),
                goal_courses=("id", "course_id", "reason"),
                goal_interventions=("id", "intervention_id"),
                order_rows=("id", "earlier_id"),
            )
            picked = [list(goal.goal_courses.all()) for goal in found]
            chosen = [list(goal.goal_interventions.all()) for goal in found]
            after = [list(goal.order_rows.all()) for goal in found]
        asked = Goal.objects.filter(routekaart=stage.routekaart)
        assert list(found) == list(asked) == [first, second, bare]
        assert picked == [list(goal.goal_courses.all()) for goal in asked]
        assert chosen == [list(goal.goal_interventions.all()) for goal in asked]
    assert [(row.goal_id, row.course_id, row.reason) for row in picked[1]] == [
        (second.pk, slug, f"Om {slug}") for slug in reversed(courses)
    ]
    assert [row.intervention_id for row in chosen[1]] == [INTERVENTION, "professionalisering"]
    assert after == [[], [order], []]
    assert (after[1][0].goal_id, after[1][0].earlier_id) == (second.pk, first.pk)


def test_they_come_in_the_order_of_the_fields_that_are_named() -> None:
    with scopes_disabled():
        work = employ(make_person(), make_school())
        for month in (11, 3):
            Leave.objects.create(
                employment=work, first_day=date(2026, month, 1), last_day=date(2026, month, 9)
            )
        [found] = with_children(Employment.objects.all(), leaves=("first_day", "id", "last_day"))
        leaves = [(row.employment_id, row.first_day, row.last_day) for row in found.leaves.all()]
    assert leaves == [
        (work.pk, date(2026, 3, 1), date(2026, 3, 9)),
        (work.pk, date(2026, 11, 1), date(2026, 11, 9)),
    ]

"""The explanation of a plan, from the tables as they stand now."""

import pytest

from routekaart.access import NotFound
from routekaart.actions.routekaarten.study_days import add_study_day
from routekaart.domain.planner.changes import ChangeSettings, CourseVoluntary, MoreWeeklyMinutes
from routekaart.domain.planner.explain import HelpKind, Stop
from routekaart.queries.planning.explanations import explanation_of_plan
from tests.short_of_time import set_minutes, set_planning, short_stage
from tests.stages import STUDY_DAY, Stage, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_full_day_and_what_helps() -> None:
    stage, (first, second) = short_stage(goals=2, goals_per_day=1)
    plan = stage.make_plan()
    found = explanation_of_plan(by=stage.as_lead, plan_id=plan.pk)
    assert (found.routekaart_id, found.is_current, found.sees_persons) == (
        stage.routekaart.pk,
        True,
        True,
    )
    assert [goal.goal_id for goal in found.explanation.placed] == [str(first.pk)]
    (goal,) = found.explanation.postponed
    assert goal.goal_id == str(second.pk)
    assert [(day.stop, day.goal_ids) for day in goal.days] == [(Stop.NO_ROOM, (str(first.pk),))]
    assert [one.kind for one in goal.helps] == [HelpKind.STUDY_AFTERNOON, HelpKind.GOALS_PER_DAY]
    assert goal.helps[1].changes == (ChangeSettings.of(goals_per_day=2),)


def test_it_is_about_what_stands_in_the_tables_now() -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    plan = stage.make_plan()
    later = study_date(2026).replace(month=12, day=2)
    add_study_day(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values=STUDY_DAY | {"date": later},
    )
    found = explanation_of_plan(by=stage.as_lead, plan_id=plan.pk)
    assert found.explanation.postponed == ()
    assert not found.is_current


def test_goals_a_day_that_follow_the_days_follow_an_extra_one() -> None:
    """With a number of our own choosing one day holds them all: nothing to explain."""
    stage, _ = short_stage(goals=3)
    found = explanation_of_plan(by=stage.as_lead, plan_id=stage.make_plan().pk)
    assert found.explanation.postponed == ()
    assert len(found.explanation.placed) == 3


def test_who_may_see_what() -> None:
    stage, _ = short_stage(wait_for_all=False)
    set_minutes(stage, stage.member, 5)
    set_minutes(stage, stage.lead, 6)
    plan = stage.make_plan()
    member, lead = str(stage.member.pk), str(stage.lead.pk)

    def people(found: object) -> list[str]:
        return [person.member_id for person in found.explanation.people]  # type: ignore[attr-defined]

    assert sorted(people(explanation_of_plan(by=stage.as_lead, plan_id=plan.pk))) == sorted(
        [member, lead]
    )
    own = explanation_of_plan(by=stage.as_member, plan_id=plan.pk)
    assert (people(own), own.sees_persons) == ([member], False)
    assert own.explanation.people[0].text.startswith("Mo Lid kan niet klaar zijn")
    (minutes, voluntary) = own.explanation.people[0].helps
    assert isinstance(minutes.changes[0], MoreWeeklyMinutes)
    assert isinstance(voluntary.changes[0], CourseVoluntary)
    assert people(explanation_of_plan(by=stage.as_director, plan_id=plan.pk)) == []
    with pytest.raises(NotFound):
        explanation_of_plan(by=Stage().as_lead, plan_id=plan.pk)


def test_a_help_for_one_person_is_without_that_person_for_others() -> None:
    stage, _ = short_stage(wait_for_all=True)
    set_minutes(stage, stage.lead, 5)
    set_planning(stage, weekly_minutes=120)
    plan = stage.make_plan()
    seen = explanation_of_plan(by=stage.as_member, plan_id=plan.pk).explanation
    (goal,) = seen.postponed
    assert goal.helps[0].text.endswith("per week meer voor één persoon")
    assert goal.helps[0].changes == ()
    told = repr(seen)
    assert not any(secret in told for secret in ("Lies", str(stage.lead.pk)))
    known = explanation_of_plan(by=stage.as_lead, plan_id=plan.pk).explanation
    assert known.postponed[0].helps[0].text.endswith("per week meer voor Lies Leider")

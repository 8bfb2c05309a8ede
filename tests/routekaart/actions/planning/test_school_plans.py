"""Plans of several teams at once, and plans that follow one on which people count."""

from collections import Counter
from datetime import date, timedelta

import pytest

from routekaart.access import Forbidden, Role
from routekaart.actions.planning.plans import make_school_plans
from routekaart.actions.transitions import return_to_team
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import Conflict
from routekaart.domain.planner.diff import stability
from routekaart.models import Plan, Routekaart, StudyDay, TeamMembership
from routekaart.queries.planning.explanations import explanation_of_plan
from routekaart.queries.planning.plan_changes import changes_of_plan
from routekaart.queries.planning.problems import plan_from_json, plan_is_outdated, published_plan
from tests.makers import access_for, grant, make_colleague, make_school
from tests.stages import TODAY, Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

YEAR = SchoolYear(2026)


def two_teams() -> tuple[Stage, Stage]:
    """Two teams of one school that share a member, each with a routekaart that can be planned."""
    school = make_school()
    one = Stage(school=school, team_name="Onderbouw")
    two = Stage(school=school, team_name="Bovenbouw")
    with one.as_trainer.entered():
        TeamMembership.objects.create(team=two.team, person=one.member, joined_on=TODAY)
    return one.assigned(), two.assigned()


def planned_minutes(*plans: Plan) -> Counter[tuple[str, date]]:
    found: Counter[tuple[str, date]] = Counter()
    for plan in plans:
        for week in plan_from_json(plan.content).preparation_weeks:
            found[week.member_id, week.week] += week.minutes
    return found


def test_teams_of_a_school_are_planned_together() -> None:
    one, two = two_teams()
    plans = make_school_plans(
        by=one.as_trainer, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert {plan.routekaart_id for plan in plans} == {one.routekaart.pk, two.routekaart.pk}
    assert (one.fresh().state, two.fresh().state) == ("planned", "planned")
    shared = str(one.member.pk)
    weekly = one.fresh().weekly_minutes
    assert all(
        minutes <= weekly
        for (member, _), minutes in planned_minutes(*plans).items()
        if member == shared
    )
    with one.as_trainer.entered():
        assert [plan_is_outdated(plan, school=one.school.pk) for plan in plans] == [False, False]
    again = make_school_plans(
        by=one.as_trainer, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert [plan.pk for plan in again] == [plan.pk for plan in plans]


def test_a_team_lead_plans_the_own_team_only() -> None:
    one, two = two_teams()
    plans = make_school_plans(
        by=one.as_lead, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert [plan.routekaart_id for plan in plans] == [one.routekaart.pk]
    assert two.fresh().state == "accepted"
    director = access_for(make_colleague(one.team, Role.DIRECTOR))
    with pytest.raises(Forbidden):
        make_school_plans(by=director, school_id=one.school.pk, school_year=YEAR, today=TODAY)


def test_without_study_days_there_is_nothing_to_plan() -> None:
    one, two = two_teams()
    with one.as_trainer.entered():
        StudyDay.objects.filter(routekaart=two.routekaart).delete()
    plans = make_school_plans(
        by=one.as_trainer, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert [plan.routekaart_id for plan in plans] == [one.routekaart.pk]
    with one.as_trainer.entered():
        StudyDay.objects.all().delete()
    with pytest.raises(Conflict) as caught:
        make_school_plans(by=one.as_trainer, school_id=one.school.pk, school_year=YEAR, today=TODAY)
    assert caught.value.code == "nothing_to_plan"
    with pytest.raises(Conflict):
        make_school_plans(
            by=one.as_trainer, school_id=one.school.pk, school_year=SchoolYear(2030), today=TODAY
        )


def returned(stage: Stage) -> None:
    return_to_team(
        by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Een dag verschuift."
    )


def test_what_was_approved_changes_as_little_as_can_be() -> None:
    stage = Stage().approved()
    with stage.as_lead.entered():
        old = published_plan(stage.fresh())
    assert old is not None
    assert stage.plan.approved_at is None
    returned(stage)
    # A day before the one that stands: without an approved plan the goal would go there.
    stage.add_study_day(date=stage.study_day.date - timedelta(days=7))
    new = stage.make_plan()
    plan = plan_from_json(new.content)
    assert [item.study_day_id for item in plan.placements] == [str(stage.study_day.pk)]
    kept = stability(old, plan)
    assert kept.kept == kept.could_stay == kept.published
    found = changes_of_plan(by=stage.as_lead, plan_id=new.pk)
    assert found is not None
    assert (found.compared_to, found.difference.goals, found.difference.courses) == (1, (), ())


def test_a_plan_that_was_never_approved_binds_nobody() -> None:
    stage = Stage().planned()
    earlier = stage.add_study_day(date=stage.study_day.date - timedelta(days=7))
    plan = plan_from_json(stage.make_plan().content)
    assert [item.study_day_id for item in plan.placements] == [str(earlier.pk)]


def test_the_first_version_changes_nothing() -> None:
    stage = Stage().planned()
    assert changes_of_plan(by=stage.as_lead, plan_id=stage.plan.pk) is None


def test_a_reader_without_sight_of_persons_gets_counts() -> None:
    stage = Stage().approved()
    returned(stage)
    with stage.as_lead.entered():
        StudyDay.objects.filter(pk=stage.study_day.pk).update(
            date=stage.study_day.date + timedelta(days=7)
        )
    new = stage.make_plan()
    for_lead = changes_of_plan(by=stage.as_lead, plan_id=new.pk)
    for_member = changes_of_plan(by=stage.as_member, plan_id=new.pk)
    assert for_lead is not None
    assert for_member is not None
    assert for_lead.difference.affected == {str(stage.lead.pk), str(stage.member.pk)}
    assert for_member.difference.affected == {str(stage.member.pk)}
    assert for_member.difference.affected_people == for_lead.difference.affected_people
    assert not any("Lies Leider" in sentence for sentence in for_member.sentences)


def test_the_explanation_of_the_team_without_the_hall_names_who_has_it() -> None:
    school = make_school()
    stages = [Stage(school=school, team_name=name).assigned() for name in ("Onder", "Boven")]
    with stages[0].as_trainer.entered():
        StudyDay.objects.all().update(room="Aula")
    plans = make_school_plans(
        by=stages[0].as_trainer, school_id=school.pk, school_year=YEAR, today=TODAY
    )
    [lost] = [plan for plan in plans if not plan_from_json(plan.content).placements]
    [won] = [plan for plan in plans if plan != lost]
    by = stages[0].as_trainer
    with by.entered():
        winner = Routekaart.objects.get(pk=won.routekaart_id).team.name
    found = explanation_of_plan(by=by, plan_id=lost.pk)
    # A new plan of this team alone would only have the two teams in the hall at once.
    assert found.is_current
    [goal] = found.explanation.postponed
    assert f"dan heeft het team ‘{winner}’ dezelfde ruimte" in goal.days[0].text
    assert explanation_of_plan(by=by, plan_id=won.pk).explanation.postponed == ()


def in_reach(stage: Stage) -> Stage:
    """Could be planned as well."""
    stage.filled()
    put_in_state(stage, "accepted")
    return stage


def test_who_leads_one_team_and_directs_the_school_plans_the_own_team() -> None:
    one = Stage().assigned()
    in_reach(Stage(one.school, "Bovenbouw"))
    grant(one.lead, Role.DIRECTOR, school=one.school)
    plans = make_school_plans(
        by=one.as_lead, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert [plan.routekaart_id for plan in plans] == [one.routekaart.pk]


def test_who_guides_two_schools_plans_the_one_that_was_named() -> None:
    one, two = Stage().assigned(), in_reach(Stage())
    grant(one.trainer, Role.TRAINER, school=two.school)
    plans = make_school_plans(
        by=one.as_trainer, school_id=one.school.pk, school_year=YEAR, today=TODAY
    )
    assert [plan.routekaart_id for plan in plans] == [one.routekaart.pk]

"""What the summaries for the MR are made from: of a plan, and of a whole school."""

from datetime import date, timedelta

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.transitions import approve
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.models import Person, Plan, School
from routekaart.queries.documents.content import ALONG
from routekaart.queries.documents.mr_summaries import mr_school_input, mr_team_input
from tests.makers import access_for, make_colleague, make_school
from tests.stages import STUDY_DAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 10, 5)
WEDNESDAY = STUDY_DAY["date"]
UPPER = [3, 4, 5, 6, 7, 8]


def of_team(stage: Stage) -> MrTeamInput:
    with scopes_disabled():
        plan = Plan.objects.select_related(*ALONG).get(routekaart=stage.routekaart)
    return mr_team_input(plan=plan, schools=(stage.school.pk,), today=TODAY)


@pytest.fixture
def two_days() -> Stage:
    """A team with two study days in a row, on which the upper groups are free."""
    stage = Stage()
    stage.choose("feedback")
    stage.add_goal()
    stage.add_study_day(free_groups=UPPER)
    stage.add_study_day(date=WEDNESDAY + timedelta(days=1), free_groups=UPPER)
    return stage


def test_a_plan_with_the_check_of_its_days() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        type(stage.routekaart).objects.update(reason="Omdat het beter kan.")
    mr_date = date(2026, 8, 20)
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=mr_date)
    given = of_team(stage)
    assert (given.reason, given.names_since, given.plan.with_persons) == (
        "Omdat het beter kan.",
        None,
        False,
    )
    assert [(one.day.date, one.light.value, one.asks_consent) for one in given.checks or ()] == [
        (WEDNESDAY, "green", False)
    ]
    assert given.plan.consent.mr_consent_on == mr_date
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 10, 1))
    assert of_team(stage).names_since == date(2026, 10, 1)


def test_nobodys_name_is_in_it() -> None:
    stage = Stage().planned()
    text = canonical_json(mr_summary(of_team(stage))).decode()
    with scopes_disabled():
        names = set(Person.objects.values_list("name", flat=True))
    assert "Wij leren feedback geven." in text
    assert [name for name in names if name in text] == []


def test_a_plan_of_another_school() -> None:
    stage = Stage().planned()
    elsewhere = make_school()
    with scopes_disabled():
        plan = Plan.objects.select_related(*ALONG).get(routekaart=stage.routekaart)
    with pytest.raises(NotFound):
        mr_team_input(plan=plan, schools=(elsewhere.pk,), today=TODAY)


def test_all_teams_of_a_school_with_the_days_of_each(two_days: Stage) -> None:
    late = Stage(two_days.school, "Zorgteam")
    late.add_study_day(date=WEDNESDAY + timedelta(days=7), free_groups=[1])
    given = mr_school_input(
        by=two_days.as_director, school_id=two_days.school.pk, year=2026, today=TODAY
    )
    assert [team.name for team in given.school.teams] == ["Onderbouw", "Zorgteam"]
    assert [[(one.day.date, one.asks_consent) for one in own] for own in given.checks] == [
        [(WEDNESDAY, True), (WEDNESDAY + timedelta(days=1), True)],
        [(WEDNESDAY + timedelta(days=7), False)],
    ]
    nothing = mr_school_input(
        by=two_days.as_director, school_id=two_days.school.pk, year=2025, today=TODAY
    )
    assert nothing.checks == ((), ())


def test_who_may_have_it_made(two_days: Stage) -> None:
    by = access_for(make_colleague(two_days.team, Role.MR_READER))
    with pytest.raises(Forbidden):
        mr_school_input(by=by, school_id=two_days.school.pk, year=2026, today=TODAY)
    with pytest.raises(NotFound):
        mr_school_input(by=two_days.as_director, school_id=make_school().pk, year=2026, today=TODAY)

"""One study day for the calendar, for who may see it."""

import pytest

from routekaart.access import Role
from routekaart.queries.calendar_feed.gathering import day_for_calendar, own_calendar
from tests.makers import access_for, grant, join, make_person, make_team
from tests.stages import TODAY, Stage
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_day_by_itself_tells_nothing_of_what_comes_after() -> None:
    stage = underway()
    found = day_for_calendar(by=stage.as_member, study_day_id=stage.study_day.pk)
    assert found is not None
    assert (found.id, found.on) == (str(stage.study_day.pk), stage.study_day.date)
    assert (found.follow_up_on, found.evaluation_on, found.deadline) == (None, None, None)
    draft = Stage().filled()
    assert day_for_calendar(by=draft.as_member, study_day_id=draft.study_day.pk) is None


def test_who_reads_the_whole_school_has_only_the_own_teams_in_the_calendar() -> None:
    stage = underway()
    director = make_person()
    grant(director, Role.DIRECTOR, school=stage.school)
    join(director, make_team(stage.school, "Bovenbouw"))
    assert own_calendar(by=access_for(director), today=TODAY).days == ()
    join(director, stage.team)
    found = own_calendar(by=access_for(director), today=TODAY)
    assert [one.id for one in found.days] == [str(stage.study_day.pk)]

"""One study day for the calendar, for who may see it."""

import pytest

from routekaart.queries.calendar_feed.gathering import day_for_calendar
from tests.stages import Stage
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

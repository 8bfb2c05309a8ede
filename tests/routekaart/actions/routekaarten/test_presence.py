"""Who is in a routekaart at the same moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound
from routekaart.actions.routekaarten.presence import Colleague, be_present
from routekaart.clock import standing_at
from routekaart.domain.errors import BadInput
from routekaart.domain.filling_in import Part
from routekaart.models import AuditEntry, Presence
from tests.stages import Stage

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def seen(by: Access, stage: Stage, step: str, seconds: int = 0) -> tuple[Colleague, ...]:
    with standing_at(NINE + timedelta(seconds=seconds)):
        return be_present(by=by, routekaart_id=stage.routekaart.pk, step=step)


def test_one_sees_who_was_there_in_the_last_minute() -> None:
    stage = Stage()
    assert seen(stage.as_member, stage, "goals") == ()
    assert seen(stage.as_lead, stage, "team", 30) == (Colleague("Mo Lid", Part.GOALS),)
    assert seen(stage.as_member, stage, "hours", 40) == (Colleague("Lies Leider", Part.TEAM),)
    assert seen(stage.as_lead, stage, "team", 99) == (Colleague("Mo Lid", Part.HOURS),)
    assert seen(stage.as_lead, stage, "team", 101) == ()


def test_others_see_who_is_there_by_the_name_that_the_school_gives() -> None:
    stage = Stage()
    with scopes_disabled():
        stage.member.employments.update(given_name="Anja Anders")
    seen(stage.as_member, stage, "goals")
    assert seen(stage.as_lead, stage, "team", 30) == (Colleague("Anja Anders", Part.GOALS),)


def test_a_look_writes_one_row_once_and_no_log() -> None:
    stage = Stage()
    seen(stage.as_member, stage, "goals")
    by = stage.as_lead
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            seen(by, stage, "team")
        writes = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
        assert len(writes) == 1
    with scopes_disabled():
        assert Presence.objects.count() == 2
        assert not AuditEntry.objects.exists()


def test_after_a_day_it_is_forgotten_wherever_it_was() -> None:
    stage = Stage()
    other = Stage(stage.school, "Bovenbouw")
    seen(other.as_member, other, "goals")
    seen(stage.as_lead, stage, "team", 24 * 3600 + 1)
    with scopes_disabled():
        assert [row.person_id for row in Presence.objects.all()] == [stage.lead.pk]


def test_who_does_not_fill_in_is_not_there() -> None:
    stage = Stage()
    with pytest.raises(Forbidden):
        seen(stage.as_trainer, stage, "team")
    with pytest.raises(NotFound):
        seen(Stage().as_lead, stage, "team")
    with pytest.raises(BadInput):
        seen(stage.as_lead, stage, "elders")
    with scopes_disabled():
        assert not Presence.objects.exists()

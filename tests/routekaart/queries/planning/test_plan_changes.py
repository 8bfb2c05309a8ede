"""What changed since an earlier version, for a reader and for a document."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from routekaart.access import Role
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.content.what_changed import EarlierVersion
from routekaart.domain.errors import BadInput
from routekaart.domain.school_holidays import school_calendar
from routekaart.models import Plan, Routekaart, StudyDay
from routekaart.models.routekaarten import State
from routekaart.queries.planning.plan_changes import (
    ChangedForDocuments,
    changes_of_plan,
    changes_since,
    versions_before,
    what_changed_last,
)
from tests.makers import access_for, employ, grant, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
CALENDAR = school_calendar(SchoolYear(2026), Region.MIDDEN)
WEEK = timedelta(days=7)
MOVED = (
    "De studiedag van woensdag {} november 2026 verschuift naar woensdag {} november 2026, met "
    "‘Wij leren feedback geven.’."
)


@pytest.fixture
def stage() -> Stage:
    """Three versions: the study day moved a week, and then another one."""
    stage = Stage().planned()
    for week in (1, 2):
        move_day(stage, date(2026, 11, 4) + week * WEEK)
    return stage


def move_day(stage: Stage, to: date) -> None:
    with scopes_disabled():
        day = stage.routekaart.study_days.get()
        day.date = to
        day.save()
    stage.plan = stage.make_plan()


def test_everything_since_a_version_of_choice(stage: Stage) -> None:
    for since, first in ((1, MOVED.format(4, 18)), (2, MOVED.format(11, 18))):
        found = changes_since(by=stage.as_lead, plan_id=stage.plan.pk, since_version=since)
        assert (found.compared_to, found.sentences[0]) == (since, first)
    latest = changes_of_plan(by=stage.as_lead, plan_id=stage.plan.pk)
    assert latest == changes_since(by=stage.as_lead, plan_id=stage.plan.pk, since_version=2)
    assert versions_before(by=stage.as_member, plan_id=stage.plan.pk) == (2, 1)


def test_the_mr_hears_of_the_versions_that_were_adopted(stage: Stage) -> None:
    with scopes_disabled():
        Plan.objects.exclude(version=2).update(approved_at=timezone.now())
        Routekaart.objects.update(state=State.APPROVED)
    reader = access_for(make_colleague(stage.team, Role.MR_READER))
    assert versions_before(by=reader, plan_id=stage.plan.pk) == (1,)


@pytest.mark.parametrize("version", [0, 3, 4])
def test_only_an_earlier_version(stage: Stage, version: int) -> None:
    with pytest.raises(BadInput) as caught:
        changes_since(by=stage.as_lead, plan_id=stage.plan.pk, since_version=version)
    assert (caught.value.field, caught.value.code, caught.value.message) == (
        "since_version",
        "not_an_earlier_version",
        "Kies een versie die er was vóór versie 3.",
    )


def test_who_may_not_see_persons_gets_no_count_of_a_few(stage: Stage) -> None:
    def told(person: str) -> str:
        by = getattr(stage, f"as_{person}")
        return " ".join(changes_since(by=by, plan_id=stage.plan.pk, since_version=1).sentences)

    assert "voor Lies Leider en Mo Lid (" in told("lead")
    for reader in ("member", "director"):
        assert "voor enkele collega’s (" in told(reader)
        assert "Mo Lid" not in told(reader)


def test_people_are_called_by_their_work_at_the_school_of_the_plan() -> None:
    # What is read there would come last.
    stage, elsewhere = Stage(), make_school(name="Elders", id=UUID(int=2**128 - 1))
    people = [stage.lead, stage.member, *(make_colleague(stage.team) for _ in range(4))]
    for person in people:
        employ(person, elsewhere, ("onderwijsassistent",))
    grant(stage.director, Role.DIRECTOR, school=elsewhere)
    stage.planned()
    with scopes_disabled():
        StudyDay.objects.update(date=date(2026, 11, 11))
    found = changes_of_plan(by=stage.as_director, plan_id=stage.make_plan().pk)
    assert found is not None
    told = " ".join(found.sentences)
    assert ("voor 6 leerkrachten (" in told, "onderwijsassistent" in told) == (True, False)


def test_for_a_document(stage: Stage) -> None:
    with scopes_disabled():
        second = Plan.objects.get(routekaart=stage.routekaart, version=2)
    made_on = timezone.localdate(second.made_at)
    (found,) = _for_documents(stage.plan)
    for told in (found.by_name, found.in_numbers):
        assert told.since == EarlierVersion(2, made_on, None)
        assert told.sentences[0] == MOVED.format(11, 18)
        assert not told.other_catalogue
    assert any("Lies Leider en Mo Lid" in line for line in found.by_name.sentences)
    assert not any("Mo Lid" in line for line in found.in_numbers.sentences)
    # The same question has the same answer.
    assert _for_documents(stage.plan) == [found]
    # The catalogue was loaded anew before this version was made.
    stage.plan.catalogue_version = "nieuwer"
    (other,) = _for_documents(stage.plan)
    assert (other.by_name.other_catalogue, other.in_numbers.other_catalogue) == (True, True)


def test_a_document_tells_what_changed_since_the_last_approval(stage: Stage) -> None:
    """Two versions on, what was approved is what people know."""
    approved_at = datetime(2026, 10, 1, 12, tzinfo=UTC)
    with scopes_disabled():
        first = Plan.objects.get(routekaart=stage.routekaart, version=1)
        Plan.objects.filter(pk=first.pk).update(approved_at=approved_at)
    (found,) = _for_documents(stage.plan)
    assert found.in_numbers.since == EarlierVersion(
        1, timezone.localdate(first.made_at), date(2026, 10, 1)
    )
    assert found.in_numbers.sentences[0] == MOVED.format(4, 18)


def test_several_documents_at_once(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each of its own team, in as many queries as one; a first version asks nothing."""
    other = Stage().planned()
    first = other.plan
    move_day(other, date(2026, 11, 25))
    apart = _for_documents(stage.plan) + _for_documents(other.plan)
    assert len(apart) == 2
    with django_assert_num_queries(3):
        assert _for_documents(stage.plan, first, other.plan) == apart
    with django_assert_num_queries(3):
        _for_documents(stage.plan)
    with django_assert_num_queries(0):
        assert _for_documents(first) == []


def _for_documents(*plans: Plan) -> list[ChangedForDocuments]:
    with scopes_disabled():
        found = what_changed_last(plans=plans, calendars={plan.pk: CALENDAR for plan in plans})
    return [found[plan.pk] for plan in plans if plan.pk in found]

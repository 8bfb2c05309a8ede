"""What a calendar hears when something changes, moves or goes."""

from datetime import date, datetime, time, timedelta

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound
from routekaart.actions.calendar_feed.serving import study_day_file
from routekaart.actions.planning.plans import make_plan
from routekaart.actions.progress.progress import complete_assignment, reopen_assignment
from routekaart.actions.routekaarten.study_days import change_study_day, remove_study_day
from routekaart.models import (
    Assignment,
    PlgCycleMember,
    PlgMeeting,
    StudyDay,
)
from tests.calendar_client import Client, read
from tests.stages import Stage
from tests.subscriptions import DAY, NOW, Subscription, change, make_cycle, make_meeting
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_asking_twice_gives_one_event_and_the_same_bytes() -> None:
    stage = Stage().running()
    subscription = Subscription(stage.as_member)
    first = subscription.file()
    assert subscription.file(NOW + timedelta(hours=7)) == first
    subscription.client.take(first)
    subscription.client.take(first)
    assert len(subscription.client.known) == len(read(first).events)
    assert {event.sequence for event in read(first).events} == {0}


def test_a_day_that_moves_is_an_update_and_one_that_goes_a_cancellation() -> None:
    stage = Stage().planned()
    subscription = Subscription(stage.as_member)
    before = subscription.polled().shown[DAY]
    change_study_day(
        by=stage.as_lead,
        study_day_id=stage.study_day.pk,
        values={"date": date(2026, 11, 11), "starts_at": time(9)},
    )
    moved = subscription.polled().shown[DAY]
    assert (moved.uid, moved.sequence) == (before.uid, 1)
    assert moved.start == datetime(2026, 11, 11, 9, tzinfo=NOW.tzinfo)
    remove_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk)
    tuesday = NOW + timedelta(days=1)
    gone = subscription.polled(tuesday).known[before.uid]
    assert (gone.cancelled, gone.sequence, gone.start) == (True, 2, moved.start)
    assert (gone.summary, gone.location) == ("Vervalt: studiedag", "")
    # It is told again and again, in the same words, until a month after the day.
    assert gone in subscription.read(datetime(2026, 12, 11, 9, tzinfo=NOW.tzinfo)).events
    later = subscription.read(datetime(2026, 12, 12, 9, tzinfo=NOW.tzinfo))
    assert before.uid not in {event.uid for event in later.events}


def test_only_what_changed_gets_a_higher_number() -> None:
    stage = Stage().planned()
    subscription = Subscription(stage.as_member)
    subscription.file()
    change_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk, values={"room": "Gymzaal"})
    found = subscription.read()
    assert {one.summary for one in found.events if one.sequence} == {DAY}


def test_a_new_plan_moves_what_comes_from_it_under_the_same_uid() -> None:
    stage = Stage().planned()
    subscription = Subscription(stage.as_member)
    before = subscription.polled().shown
    change_study_day(
        by=stage.as_lead, study_day_id=stage.study_day.pk, values={"date": date(2026, 11, 18)}
    )
    make_plan(by=stage.as_lead, routekaart_id=stage.routekaart.pk, today=NOW.date())
    after = subscription.polled().shown
    for summary in ("Vervolgmoment: Feedback", "Evaluatie: Feedback", DAY):
        assert after[summary].uid == before[summary].uid
        assert after[summary].start > before[summary].start
        assert after[summary].sequence == 1


def test_a_meeting_that_is_skipped_is_cancelled_and_reopened_it_is_back() -> None:
    stage = underway()
    meeting = make_meeting(make_cycle(stage, stage.member))
    subscription = Subscription(stage.as_member)
    assert "PLG Rekenen" in subscription.polled().shown
    change(PlgMeeting, meeting.pk, state="skipped", reason="Griep.")
    assert "PLG Rekenen" not in subscription.polled().shown
    change(PlgMeeting, meeting.pk, state="planned", reason="")
    assert subscription.polled().shown["PLG Rekenen"].sequence == 2


def test_who_leaves_a_plg_hears_that_its_meetings_are_off() -> None:
    stage = underway()
    cycle = make_cycle(stage, stage.member, stage.lead)
    make_meeting(cycle)
    leaving, staying = Subscription(stage.as_member), Subscription(stage.as_lead)
    assert "PLG Rekenen" in leaving.polled().shown
    with scopes_disabled():
        PlgCycleMember.objects.filter(cycle=cycle, person=stage.member).delete()
    assert "PLG Rekenen" not in leaving.polled().shown
    assert "PLG Rekenen" in staying.polled().shown
    # Not a word of what it was.
    assert b"Rekenen" not in leaving.file()


def test_a_course_that_is_done_no_longer_asks_for_anything() -> None:
    stage = Stage().running()
    subscription = Subscription(stage.as_member)
    with scopes_disabled():
        one = Assignment.objects.filter(person=stage.member).select_related("course")[0]
    summary = f"Cursus klaar: {one.course.title}"
    assert summary in subscription.polled().shown
    today = NOW.date()
    complete_assignment(
        by=stage.as_member, assignment_id=one.pk, done_on=today, proof="", today=today
    )
    assert summary not in subscription.polled().shown
    reopen_assignment(by=stage.as_member, assignment_id=one.pk, today=today)
    assert summary in subscription.polled().shown


def test_a_new_address_goes_on_with_the_same_numbers() -> None:
    stage = underway()
    first = Subscription(stage.as_member)
    first.file()
    change(StudyDay, stage.study_day.pk, room="Gymzaal")
    told = first.file()
    assert Subscription(stage.as_member).file() == told


def test_a_day_as_a_file_is_an_update_of_the_file_before() -> None:
    stage = underway()
    client, by = Client(), stage.as_member
    client.take(study_day_file(by=by, study_day_id=stage.study_day.pk, at=NOW))
    later = NOW + timedelta(days=3)
    again = study_day_file(by=stage.as_lead, study_day_id=stage.study_day.pk, at=later)
    client.take(again)
    assert list(client.shown) == [DAY]
    assert client.shown[DAY].sequence == 0
    change(StudyDay, stage.study_day.pk, starts_at=time(9))
    client.take(study_day_file(by=by, study_day_id=stage.study_day.pk, at=later))
    assert client.shown[DAY].sequence == 1
    assert client.shown[DAY].start == datetime(2026, 11, 4, 9, tzinfo=NOW.tzinfo)


def test_a_day_as_a_file_is_for_who_may_see_it() -> None:
    stage, stranger = underway(), Stage()
    with pytest.raises(NotFound):
        study_day_file(by=stranger.as_lead, study_day_id=stage.study_day.pk, at=NOW)

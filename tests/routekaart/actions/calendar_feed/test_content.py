"""What a calendar has: the plan as it is now, and nothing of anybody else."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.calendar_feed.serving import study_day_file
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Assignment,
    CalendarFeed,
    LessonVisitNote,
    Person,
    PlgCycle,
    PreparationNote,
    Routekaart,
    StudyDay,
    ToldEvent,
)
from tests.makers import access_for, make_colleague
from tests.stages import Stage
from tests.subscriptions import DAY, NOW, Subscription, change, make_cycle, make_meeting, make_visit
from tests.underway import put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_the_own_calendar_of_a_planned_year() -> None:
    stage = Stage().running()
    calendar = Subscription(stage.as_member).read()
    assert calendar.name == "Mijn agenda (Routekaart)"
    with scopes_disabled():
        plan = stage.routekaart.plans.get().content
        own = Assignment.objects.filter(person=stage.member).select_related("course")
        courses = {f"Cursus klaar: {one.course.title}" for one in own}
    assert courses
    summaries = [event.summary for event in calendar.events]
    assert {one for one in summaries if one.startswith("Cursus")} == courses
    assert summaries.count(DAY) == 1
    assert summaries.count("PLG-bijeenkomst") == len(plan["plg_meetings"]) > 0
    by_summary = {event.summary: event for event in calendar.events}
    follow_up, evaluation = plan["follow_ups"][0], plan["evaluations"][0]
    assert by_summary["Vervolgmoment: Feedback"].start == date.fromisoformat(follow_up["date"])
    assert by_summary["Evaluatie: Feedback"].start == date.fromisoformat(evaluation["date"])
    deadline = date.fromisoformat(plan["preparation_weeks"][0]["deadline"])
    assert {by_summary[one].start for one in courses} == {deadline}
    assert set(summaries) == courses | {
        DAY,
        "PLG-bijeenkomst",
        "Vervolgmoment: Feedback",
        "Evaluatie: Feedback",
    }


def test_the_calendar_of_a_team_has_nothing_of_one_person() -> None:
    stage = Stage().running()
    make_visit(make_cycle(stage, stage.member, stage.lead), stage.member, stage.lead)
    calendar = Subscription(stage.as_member, stage.team.pk).read()
    assert calendar.name == f"Onderbouw, {stage.school.name} (Routekaart)"
    with scopes_disabled():
        plan = stage.routekaart.plans.get().content
    assert {event.summary for event in calendar.events} == {
        "Voorbereiding klaar: Feedback",
        DAY,
        "PLG-bijeenkomst",
        "Vervolgmoment: Feedback",
        "Evaluatie: Feedback",
    }
    [deadline] = [one for one in calendar.events if one.summary.startswith("Voorbereiding")]
    assert deadline.start == date.fromisoformat(plan["placements"][0]["deadline"])


def test_everybody_in_a_team_gets_the_same_calendar_of_it() -> None:
    stage = Stage().planned()
    files = [
        Subscription(access_for(one), stage.team.pk).file() for one in (stage.lead, stage.member)
    ]
    assert files[0] == files[1]


def test_own_dates_of_a_day_go_before_those_of_the_plan() -> None:
    stage = Stage().planned()
    change(StudyDay, stage.study_day.pk, follow_up_on=date(2026, 12, 9))
    events = {event.summary: event for event in Subscription(stage.as_lead).read().events}
    assert events["Vervolgmoment: Feedback"].start == date(2026, 12, 9)


def test_plg_meetings_are_those_of_the_own_plgs() -> None:
    stage = underway()
    mine, other = make_cycle(stage, stage.member), make_cycle(stage, stage.lead, name="Taal")
    make_meeting(mine)
    make_meeting(other, 19, starts_at=None)
    make_meeting(mine, 25, state="skipped", reason="Griep.")
    later = make_cycle(stage, stage.member, name="Later")
    make_meeting(later, 26)
    change(PlgCycle, later.pk, state="preparing")
    own = Subscription(stage.as_member).read()
    assert [event.summary for event in own.events] == [DAY, "PLG Rekenen"]
    assert own.events[1].start == datetime(2026, 11, 18, 15, tzinfo=NOW.tzinfo)
    team = Subscription(stage.as_member, stage.team.pk).read()
    assert [event.summary for event in team.events] == [DAY, "PLG Rekenen", "PLG Taal"]
    assert team.events[2].start == date(2026, 11, 19)


def test_lesson_visits_are_for_the_pair_alone() -> None:
    stage = underway()
    cycle = make_cycle(stage, stage.member, stage.lead)
    make_visit(cycle, stage.member, stage.lead)
    third = make_colleague(stage.team, Role.MEMBER, name="Cor Collega")
    assert "Lesbezoek: jij kijkt bij een collega" in Subscription(stage.as_member).summaries()
    assert "Lesbezoek: een collega kijkt bij jou" in Subscription(stage.as_lead).summaries()
    assert Subscription(access_for(third)).summaries() == [DAY]
    assert Subscription(access_for(third), stage.team.pk).summaries() == [DAY]


def test_a_candidate_day_is_in_it_when_the_plan_uses_it() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        StudyDay.objects.create(
            routekaart=stage.routekaart,
            date=date(2027, 2, 3),
            title="Misschien",
            starts_at=time(9),
            minutes=300,
            fixed=False,
        )
    change(StudyDay, stage.study_day.pk, fixed=False)
    days = [one for one in Subscription(stage.as_member).summaries() if "Studiedag" in one]
    assert days == [DAY]


@pytest.mark.parametrize("state", ["draft", "submitted", "advised"])
def test_no_date_holds_before_the_advice_is_accepted(state: str) -> None:
    stage = Stage().planned()
    put_in_state(stage, state)
    assert Subscription(stage.as_member, stage.team.pk).summaries() == []
    assert [one for one in Subscription(stage.as_member).summaries() if "Cursus" not in one] == []
    with pytest.raises(Conflict) as refused:
        study_day_file(by=stage.as_member, study_day_id=stage.study_day.pk, at=NOW)
    assert refused.value.code == "date_not_fixed"


def test_a_trainer_has_the_days_that_one_guides() -> None:
    stage = Stage().running()
    assert Subscription(stage.as_trainer).summaries() == []
    change(StudyDay, stage.study_day.pk, trainer=stage.trainer)
    assert Subscription(stage.as_trainer).summaries() == [DAY]


def test_a_closed_year_stays_in_the_calendar_for_a_year() -> None:
    stage = underway()
    subscription = Subscription(stage.as_member)
    before = subscription.polled().shown
    put_in_state(stage, "closed")
    assert subscription.polled(NOW + timedelta(days=300)).shown == before
    assert subscription.summaries(NOW + timedelta(days=400)) == []


CANARY = "Kanarie"


def test_nothing_of_others_and_no_note_is_ever_in_it() -> None:
    """Every text that is not for a calendar sings."""
    stage = Stage().running()
    member, lead = stage.member, stage.lead
    for person in (lead, stage.trainer, member):
        change(Person, person.pk, name=f"{CANARY} {person.pk}", email=f"{CANARY}@{person.pk}.nl")
    cycle = make_cycle(stage, member, lead)
    visit = make_visit(cycle, member, lead, focus=f"{CANARY} kijkvraag")
    make_meeting(cycle, agenda=[{"title": CANARY}], decisions=CANARY)
    change(StudyDay, stage.study_day.pk, outcome=CANARY, trainer=stage.trainer)
    change(Routekaart, stage.routekaart.pk, reason=CANARY, return_comment=CANARY)
    with scopes_disabled():
        LessonVisitNote.objects.create(visit=visit, author=member, text=CANARY)
        PreparationNote.objects.create(
            study_day=stage.study_day, author=lead, kind="wish", text=CANARY
        )
        Assignment.objects.update(reason=CANARY)
        others = Assignment.objects.filter(person=lead)
        theirs = {str(one.pk) for one in others}
    for subscription in (
        Subscription(stage.as_member),
        Subscription(stage.as_member, stage.team.pk),
    ):
        text = subscription.file().replace(b"\r\n ", b"").decode()
        assert CANARY not in text
        assert not any(one in text for one in theirs)
        assert str(lead.pk) not in text


def test_a_colleagues_courses_are_not_in_ones_own_calendar() -> None:
    stage = Stage().running()
    with scopes_disabled():
        Assignment.objects.filter(person=stage.member).update(state="withdrawn")
    found = Subscription(stage.as_member).summaries()
    assert [one for one in found if one.startswith("Cursus")] == []
    assert any(one.startswith("Cursus") for one in Subscription(stage.as_lead).summaries())


def test_only_a_date_and_no_text_is_kept_of_a_calendar() -> None:
    stage = underway()
    subscription = Subscription(stage.as_member)
    subscription.file()
    feed = CalendarFeed.objects.get()
    assert feed.fetched_on == NOW.date()
    assert subscription.secret not in repr(vars(feed))
    rows = repr(list(ToldEvent.objects.values()))
    assert "Feedback" not in rows
    assert "Onderbouw" not in rows


@pytest.mark.parametrize("of_team", [False, True])
def test_as_many_queries_at_thirty_as_at_one(of_team: bool) -> None:
    stage = Stage().running()
    cycle = make_cycle(stage, stage.member, stage.lead)
    subscription = Subscription(stage.as_member, stage.team.pk if of_team else None)
    taken: dict[tuple[int, str], int] = {}
    for number in (1, 30):
        for day in range(len(taken) // 2, number):
            on = date(2027, 1, 1) + timedelta(days=day)
            make_meeting(cycle, date=on)
            make_visit(cycle, stage.member, stage.lead, date=on)
            _study_day(stage, on)
        # A day further each time: that it was fetched is noted once a day.
        for days, what in enumerate(("news", "no news")):
            with CaptureQueriesContext(connection) as queries:
                subscription.file(NOW + timedelta(days=number + days))
            taken[number, what] = len(queries)
    assert taken[1, "news"] == taken[30, "news"] <= 35
    assert taken[1, "no news"] == taken[30, "no news"] <= 15


def _study_day(stage: Stage, on: date) -> None:
    with scopes_disabled():
        StudyDay.objects.create(
            routekaart=stage.routekaart, date=on, starts_at=time(9), minutes=300
        )

"""Dates, agendas, closing and small steps of a PLG."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.plg import LOOK_AHEAD, LOOK_BACK, PlgMeeting
from routekaart.domain.plg_cycle.agenda import AgendaItem, ItemKind, Question, agenda_template
from routekaart.domain.plg_cycle.closing import (
    DatedMeeting,
    GivenAnswer,
    answer_findings,
    closing_findings,
    starting_findings,
)
from routekaart.domain.plg_cycle.dates import planned_dates, rhythm_dates, with_new_plan
from routekaart.domain.plg_cycle.micro_steps import default_try_by
from routekaart.domain.school_holidays import school_calendar

CALENDAR = school_calendar(SchoolYear(2026), Region.NOORD)
TODAY = date(2026, 11, 25)
QUESTIONS = (Question("wat", "Wat?"), Question("hoe", "Hoe?"))


def test_meetings_of_the_plan_before_follow_the_new_one_and_own_dates_stay() -> None:
    first, second, third, own = (TODAY + timedelta(days=days) for days in (7, 14, 21, 30))
    left = TODAY + timedelta(days=28)
    week = timedelta(days=7)
    assert with_new_plan(
        [first, second, third, own],
        others=[second + week * 5],
        before=[TODAY - week, first, second, third, left],
        planned=[first, left, *(second + week * number for number in (5, 6, 7, 8))],
        not_before=TODAY,
    ) == ({second: second + week * 6, third: second + week * 7}, (second + week * 8,))
    # What has passed stays, and fewer dates move fewer meetings.
    assert with_new_plan(
        [TODAY - week, first, second],
        before=[TODAY - week, first, second],
        planned=[third],
        not_before=TODAY,
    ) == ({first: third}, ())
    assert with_new_plan([own], before=[first], planned=[first, second], not_before=TODAY) == (
        {},
        (),
    )


def test_the_plan_says_when_a_goal_has_its_meetings() -> None:
    meetings = [
        PlgMeeting(TODAY + timedelta(days=days), 90, goals, ())
        for days, goals in ((20, ("a", "b")), (-1, ("a",)), (0, ("a",)), (10, ("b",)))
    ]
    assert planned_dates(meetings, "a", not_before=TODAY) == (TODAY, TODAY + timedelta(days=20))
    assert planned_dates(meetings, None, not_before=TODAY) == ()


def test_the_rhythm_goes_round_holidays_and_study_days() -> None:
    found = rhythm_dates(
        calendar=CALENDAR,
        weekdays=(2, 4, 1, 3, 5),
        weeks=4,
        not_before=TODAY,
        taken=[date(2026, 12, 1)],
    )
    assert found[:3] == (
        date(2026, 12, 3),  # the study day of Tuesday is passed over
        date(2027, 1, 5),  # the week of 28 December is a holiday
        date(2027, 1, 26),
    )


@given(
    st.dates(date(2026, 7, 1), date(2027, 8, 30)),
    st.integers(1, 20),
    st.sets(st.dates(date(2026, 8, 1), date(2027, 7, 31)), max_size=20),
)
@settings(max_examples=40, deadline=None)
def test_a_rhythm_is_always_on_open_days(today: date, weeks: int, taken: set[date]) -> None:
    found = rhythm_dates(
        calendar=CALENDAR, weekdays=(1, 2, 3, 4, 5), weeks=weeks, not_before=today, taken=taken
    )
    assert list(found) == sorted(set(found))
    assert all(CALENDAR.is_open(day) and day > today and day not in taken for day in found)


def test_an_agenda_starts_from_what_was_answered_before() -> None:
    plain = agenda_template(QUESTIONS)
    assert plain == (
        AgendaItem(ItemKind.LOOK_BACK, LOOK_BACK),
        AgendaItem(ItemKind.QUESTION, "Wat?", "wat"),
        AgendaItem(ItemKind.QUESTION, "Hoe?", "hoe"),
        AgendaItem(ItemKind.LOOK_AHEAD, LOOK_AHEAD),
    )
    assert agenda_template(QUESTIONS, {"hoe": "Met een toets."}) == (
        *plain[:3],
        AgendaItem(ItemKind.EARLIER_ANSWER, "Met een toets.", "hoe"),
        plain[3],
    )


def test_every_question_has_an_answer_or_a_reason() -> None:
    def found(**answers: GivenAnswer) -> list[tuple[str, str | None]]:
        return [(one.code, one.point) for one in answer_findings(QUESTIONS, answers)]

    assert found(wat=GivenAnswer("Lezen."), hoe=GivenAnswer(not_answered_because="Te vroeg.")) == []
    assert found(wat=GivenAnswer(" \n", " ")) == [
        ("question_unanswered", "wat"),
        ("question_unanswered", "hoe"),
    ]
    assert found(wat=GivenAnswer("Lezen.", "Toch niet."), hoe=GivenAnswer("Zo.")) == [
        ("answer_and_reason", "wat")
    ]


def test_what_holds_back_a_cycle() -> None:
    past, today, later = (TODAY + timedelta(days=days) for days in (-7, 0, 7))

    def codes(*meetings: tuple[date, str], outcome: str = "Rust.") -> list[tuple[str, str | None]]:
        found = closing_findings(
            [DatedMeeting(*each) for each in meetings], outcome=outcome, today=TODAY
        )
        return [(one.code, one.point) for one in found]

    assert codes((past, "held"), (today, "skipped"), (later, "planned")) == []
    assert codes((past, "planned"), (today, "planned"), outcome=" ") == [
        ("meeting_open", past.isoformat()),
        ("meeting_open", today.isoformat()),
        ("no_meeting_held", None),
        ("no_outcome", None),
    ]
    assert codes((past, "skipped")) == [("no_meeting_held", None)]


def test_nobody_is_a_plg_alone() -> None:
    assert [one.code for one in starting_findings(1)] == ["too_few_members"]
    assert starting_findings(2) == ()


def test_a_step_has_a_week_unless_there_is_a_meeting() -> None:
    meeting = TODAY + timedelta(days=3)

    def by(days: tuple[int, ...], meeting: date | None = None, today: date = TODAY) -> date:
        return default_try_by(CALENDAR, days, next_meeting=meeting, today=today)

    assert by((1, 2), meeting) == meeting
    assert by((3,)) == date(2026, 12, 2)
    assert by((1, 2)) == date(2026, 12, 7)
    assert by(()) == date(2026, 12, 2)
    # Christmas is skipped; past the year there is only the calendar.
    assert by((1, 2, 3, 4, 5), today=date(2026, 12, 15)) == date(2027, 1, 4)
    assert by((1,), today=date(2027, 7, 30)) == date(2027, 8, 6)

"""PLG meetings: in their rhythm, after the study days, never on a closed day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.calendar import Override, Region, SchoolYear, monday_of
from routekaart.domain.meeting_dates import preferred_weekdays
from routekaart.domain.people import Member
from routekaart.domain.plg import (
    LOOK_AHEAD,
    LOOK_BACK,
    DeepenedDay,
    MeetingPlan,
    Rhythm,
    plan_meetings,
)
from routekaart.domain.school_holidays import school_calendar

NOORD = school_calendar(SchoolYear(2026), Region.NOORD)
QUESTIONS = ("Eerste vraag?", "Tweede vraag?", "Derde vraag?", "Vierde vraag?")
TUESDAY_FIRST = (2, 4, 1, 3, 5)
SIX_WEEKS = Rhythm(weeks=6, minutes=90, minimum_meetings=1)


def plan(
    *days: DeepenedDay, rhythm: Rhythm = SIX_WEEKS, not_before: date | None = None
) -> MeetingPlan:
    return plan_meetings(
        calendar=NOORD,
        weekdays=TUESDAY_FIRST,
        days=days,
        rhythm=rhythm,
        questions=QUESTIONS,
        not_before=not_before,
    )


def test_the_rhythm_avoids_holidays_and_keeps_its_weekday() -> None:
    # Week 40 + 6, 12, 18, 24, 30, 36, 42; week 52 is Christmas and moves on to 2027.
    dates = [
        meeting.date for meeting in plan(DeepenedDay("d1", date(2026, 9, 29), ("g1",))).meetings
    ]
    assert dates == [
        date(2026, 11, 10),
        date(2027, 1, 5),
        date(2027, 2, 2),
        date(2027, 3, 16),
        date(2027, 5, 4),
        date(2027, 6, 8),
    ]


def test_the_agenda_holds_the_four_questions_between_looking_back_and_ahead() -> None:
    meeting = plan(DeepenedDay("d1", date(2026, 9, 29), ("g1",))).meetings[0]
    assert meeting.agenda == (LOOK_BACK, *QUESTIONS, LOOK_AHEAD)
    assert (meeting.minutes, meeting.goal_ids) == (90, ("g1",))


def test_a_meeting_speaks_of_the_last_goals_and_of_goals_still_waiting() -> None:
    days = (
        DeepenedDay("d1", date(2026, 9, 29), ("g1", "g2")),
        DeepenedDay("d2", date(2026, 10, 29), ("g3",)),
        DeepenedDay("d3", date(2027, 1, 28), ("g4",)),
    )
    found = [(meeting.date, meeting.goal_ids) for meeting in plan(*days).meetings]
    assert found == [
        (date(2026, 11, 10), ("g1", "g2", "g3")),
        (date(2027, 1, 5), ("g3",)),
        (date(2027, 2, 2), ("g4",)),
        (date(2027, 3, 16), ("g4",)),
        (date(2027, 5, 4), ("g4",)),
        (date(2027, 6, 8), ("g4",)),
    ]


def test_a_late_study_day_gets_a_meeting_outside_the_rhythm() -> None:
    days = (
        DeepenedDay("d1", date(2026, 9, 29), ("g1",)),
        DeepenedDay("d2", date(2027, 6, 10), ("g2",)),
    )
    result = plan(*days)
    assert result.missing == ()
    assert (result.meetings[-1].date, result.meetings[-1].goal_ids) == (date(2027, 6, 29), ("g2",))


def test_what_cannot_be_met_is_said() -> None:
    last = DeepenedDay("d1", date(2027, 7, 8), ("g1",))
    assert plan(last) == MeetingPlan((), (("d1", 1),))
    assert plan(last, rhythm=Rhythm(6, 90, 3)) == MeetingPlan((), (("d1", 3),))


def test_nothing_lies_before_the_day_from_which_we_plan() -> None:
    day = DeepenedDay("d1", date(2026, 9, 29), ("g1",))
    result = plan(day, not_before=date(2027, 3, 17))
    # The meeting of week 11 slips to the first day that is still allowed.
    assert [meeting.date for meeting in result.meetings] == [
        date(2027, 3, 18),
        date(2027, 5, 4),
        date(2027, 6, 8),
    ]


def test_days_without_goals_need_no_meetings() -> None:
    assert plan(DeepenedDay("d1", date(2026, 9, 29), ())) == MeetingPlan((), ())


def test_the_team_meets_on_the_day_most_of_it_works() -> None:
    members = [
        Member("a", "A", working_days=(1, 2, 3)),
        Member("b", "B", working_days=(3, 4, 5)),
        Member("c", "C", fte=Decimal("0.4"), working_days=(3, 4)),
    ]
    assert preferred_weekdays(members) == (3, 4, 2, 1, 5)
    assert preferred_weekdays([]) == (2, 4, 1, 3, 5)


@given(
    st.lists(st.integers(0, 360), min_size=1, max_size=8),
    st.integers(1, 12),
    st.integers(0, 4),
    st.permutations([1, 2, 3, 4, 5]),
    st.lists(st.tuples(st.integers(0, 360), st.integers(0, 40)), max_size=3),
)
def test_every_meeting_has_a_right_date(
    offsets: list[int],
    weeks: int,
    minimum: int,
    weekdays: list[int],
    closures: list[tuple[int, int]],
) -> None:
    start = NOORD.year.first_day
    calendar = school_calendar(
        NOORD.year,
        Region.NOORD,
        overrides=[
            Override(start + timedelta(first), start + timedelta(first + length), "Eigen dagen")
            for first, length in closures
        ],
    )
    days = [
        DeepenedDay(str(number), start + timedelta(offset), (f"g{number}",))
        for number, offset in enumerate(offsets)
    ]
    result = plan_meetings(
        calendar=calendar,
        weekdays=weekdays,
        days=days,
        rhythm=Rhythm(weeks, 60, minimum),
        questions=QUESTIONS,
    )
    dates = [meeting.date for meeting in result.meetings]
    assert dates == sorted(set(dates))
    assert len({monday_of(day) for day in dates}) == len(dates)
    missing = dict(result.missing)
    for meeting in result.meetings:
        assert calendar.is_open(meeting.date)
        assert meeting.date not in {day.date for day in days}
    for day in days:
        about = [m for m in result.meetings if m.date > day.date and day.goal_ids[0] in m.goal_ids]
        assert len(about) + missing.get(day.id, 0) >= minimum
        assert all(day.date < m.date for m in result.meetings if day.goal_ids[0] in m.goal_ids)

"""Meetings of the professional learning community (PLG) after the study days (S28, S29).

The team keeps one rhythm, counted from its first study day. A meeting speaks of the goals that
were deepened last, and of earlier goals that did not have their meetings yet.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, SchoolCalendar, monday_of
from routekaart.domain.meeting_dates import date_in_week

LOOK_BACK = "Terugblik: wat hebben we van onze afspraken uitgeprobeerd?"
LOOK_AHEAD = "Vooruitblik: wat proberen we uit tot de volgende keer, en wie kijkt er mee?"


@dataclass(frozen=True, slots=True)
class PlgMeeting:
    """A meeting of the whole team about goals that were deepened before. `agenda` is Dutch."""

    date: date
    minutes: int
    goal_ids: tuple[str, ...]
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeepenedDay:
    """A study day with the goals that were deepened on it."""

    id: str
    date: date
    goal_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A meeting every so many weeks, and how many have to follow each study day at least."""

    weeks: int
    minutes: int
    minimum_meetings: int


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """The meetings in order, and per study day id how many are missing from the minimum."""

    meetings: tuple[PlgMeeting, ...]
    missing: tuple[tuple[str, int], ...]


def plan_meetings(
    *,
    calendar: SchoolCalendar,
    weekdays: Sequence[int],
    days: Sequence[DeepenedDay],
    rhythm: Rhythm,
    questions: Sequence[str],
    taken: Collection[date] = (),
    not_before: date | None = None,
    keep: Collection[date] = (),
    held: Sequence[PlgMeeting] = (),
) -> MeetingPlan:
    """Meetings on open days after the study days, within the school year.

    `weekdays` in order of preference; `taken` are dates that hold something else already. Where
    the rhythm leaves a study day without its minimum, meetings in between are added; what still
    misses is in the answer. `keep` are dates of before: they stay where nothing else is on them.
    `held` are meetings that have been; they are in the answer as they are.
    """
    ordered = sorted((day for day in days if day.goal_ids), key=lambda day: (day.date, day.id))
    if not ordered:
        return MeetingPlan(tuple(held), ())
    earliest = not_before - ONE_DAY if not_before else calendar.year.first_day - ONE_DAY
    busy = {*taken, *(day.date for day in days)}

    def free_date(monday: date, after: date) -> date | None:
        return date_in_week(calendar, monday, weekdays, taken=busy, after=max(after, earliest))

    dates = {day for day in keep if day > ordered[0].date and day not in busy}
    past = {item.date for item in held}
    had = {day.id: _meetings_about(day, held) for day in ordered}
    for target in _targets(calendar, ordered[0].date, rhythm.weeks):
        end = target + rhythm.weeks * ONE_WEEK
        if any(target <= monday_of(day) < end for day in dates | past):
            continue
        for shift in range(rhythm.weeks):
            found = free_date(target + shift * ONE_WEEK, ordered[0].date)
            if found is not None:
                dates.add(found)
                break
    for day in reversed(ordered):
        mondays = iter(_in_between(calendar, day.date, rhythm.weeks))
        while had[day.id] + _later(dates, day) < rhythm.minimum_meetings:
            monday = next(mondays, None)
            if monday is None:
                break
            found = free_date(monday, day.date)
            if found is not None and monday not in {monday_of(item) for item in dates | past}:
                dates.add(found)
    counts = [(day.id, had[day.id] + _later(dates, day)) for day in ordered]
    return MeetingPlan(
        (*held, *_meetings(sorted(dates), ordered, rhythm, questions, had)),
        tuple(
            (day_id, rhythm.minimum_meetings - count)
            for day_id, count in counts
            if count < rhythm.minimum_meetings
        ),
    )


def _meetings_about(day: DeepenedDay, meetings: Sequence[PlgMeeting]) -> int:
    return sum(set(day.goal_ids) <= set(meeting.goal_ids) for meeting in meetings)


def _later(dates: Collection[date], day: DeepenedDay) -> int:
    return sum(found > day.date for found in dates)


def _targets(calendar: SchoolCalendar, first: date, weeks: int) -> Iterator[date]:
    """The Mondays of the rhythm."""
    monday = monday_of(first) + weeks * ONE_WEEK
    while monday <= calendar.year.last_day:
        yield monday
        monday += weeks * ONE_WEEK


def _in_between(calendar: SchoolCalendar, day: date, weeks: int) -> list[date]:
    """Mondays after a study day, those about half a rhythm later first."""
    monday = monday_of(day)
    later = [week.monday for week in calendar.weeks if week.monday > monday]
    return sorted(
        later, key=lambda item: (abs((item - monday).days * 2 - weeks * ONE_WEEK.days), item)
    )


def _meetings(
    dates: Sequence[date],
    days: Sequence[DeepenedDay],
    rhythm: Rhythm,
    questions: Sequence[str],
    had: Mapping[str, int],
) -> tuple[PlgMeeting, ...]:
    """`had`: how many meetings there have been about each day."""
    held = dict(had)
    meetings = []
    for moment in dates:
        before = [day for day in days if day.date < moment]
        latest = before[-1].date
        subject = [
            day for day in before if day.date == latest or held[day.id] < rhythm.minimum_meetings
        ]
        for day in subject:
            held[day.id] += 1
        goals = tuple(dict.fromkeys(goal for day in subject for goal in day.goal_ids))
        agenda = (LOOK_BACK, *questions, LOOK_AHEAD)
        meetings.append(PlgMeeting(moment, rhythm.minutes, goals, agenda))
    return tuple(meetings)

"""What comes after the study days: follow-up, evaluation and PLG meetings, on open days."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, SchoolCalendar, monday_of
from routekaart.domain.content.wording import counted, weekday_date
from routekaart.domain.meeting_dates import date_in_week, preferred_weekdays
from routekaart.domain.planner.plan import (
    Code,
    Evaluation,
    FollowUp,
    NotPlaced,
    Plan,
    PlannedDay,
    Subject,
)
from routekaart.domain.planner.problem import Problem
from routekaart.domain.plg import DeepenedDay, PlgMeeting, Rhythm, plan_meetings


@dataclass(frozen=True, slots=True)
class Aftercare:
    follow_ups: tuple[FollowUp, ...]
    evaluations: tuple[Evaluation, ...]
    meetings: tuple[PlgMeeting, ...]
    not_placed: tuple[NotPlaced, ...]


def plan_aftercare(
    problem: Problem, days: Sequence[PlannedDay], published: Plan | None = None
) -> Aftercare:
    """Dates after every study day with goals; no two of them on one day, none on a study day.

    A published date stays where it can.
    """
    settings = problem.settings
    known = _Published(problem, published)
    weekdays = preferred_weekdays(problem.members)
    taken = {day.date for day in days}
    follow_ups: list[FollowUp] = []
    evaluations: list[Evaluation] = []
    not_placed: list[NotPlaced] = []
    for day in days:
        if not day.goal_ids:
            continue
        met = known.follow_up(day, day.date, taken) or _meeting_date(
            problem, weekdays, day.date, settings.follow_up_weeks, day.date, taken
        )
        if met is None:
            not_placed.append(_no_date(Subject.FOLLOW_UP, day, "een vervolgbijeenkomst"))
        else:
            taken.add(met)
            minutes = settings.follow_up_minutes
            follow_ups.append(FollowUp(day.study_day_id, day.goal_ids, met, minutes))
        after = met or day.date
        looked_back = known.evaluation(day, after, taken) or _meeting_date(
            problem, weekdays, day.date, settings.evaluation_weeks, after, taken
        )
        if looked_back is None:
            not_placed.append(_no_date(Subject.EVALUATION, day, "een evaluatie"))
        else:
            taken.add(looked_back)
            minutes = settings.evaluation_minutes
            evaluations.append(Evaluation(day.study_day_id, day.goal_ids, looked_back, minutes))
    schedule = plan_meetings(
        calendar=problem.calendar,
        weekdays=weekdays,
        days=[DeepenedDay(day.study_day_id, day.date, day.goal_ids) for day in days],
        rhythm=Rhythm(
            settings.plg_rhythm_weeks, settings.plg_minutes, settings.plg_minimum_meetings
        ),
        questions=problem.plg_questions,
        taken=taken,
        not_before=problem.plan_from,
        keep=known.meetings(),
    )
    by_id = {day.study_day_id: day for day in days}
    for day_id, missing in schedule.missing:
        what = counted(missing, "PLG-bijeenkomst", "PLG-bijeenkomsten")
        not_placed.append(_no_date(Subject.PLG_MEETING, by_id[day_id], what))
    evaluations.sort(key=lambda item: item.date)
    follow_ups.sort(key=lambda item: item.date)
    return Aftercare(tuple(follow_ups), tuple(evaluations), schedule.meetings, tuple(not_placed))


class _Published:
    """The dates of a published plan, as far as they can stay: held already, or still possible."""

    def __init__(self, problem: Problem, published: Plan | None) -> None:
        self._calendar = problem.calendar
        self._plan_from = problem.plan_from or date.min
        self._follow_ups = (
            {i.study_day_id: i.date for i in published.follow_ups} if published else {}
        )
        self._looked = {i.study_day_id: i.date for i in published.evaluations} if published else {}
        self._meetings = [item.date for item in published.plg_meetings] if published else []

    def follow_up(self, day: PlannedDay, after: date, taken: Container[date]) -> date | None:
        return self._stays(self._follow_ups.get(day.study_day_id), after, taken)

    def evaluation(self, day: PlannedDay, after: date, taken: Container[date]) -> date | None:
        return self._stays(self._looked.get(day.study_day_id), after, taken)

    def meetings(self) -> tuple[date, ...]:
        return tuple(day for day in self._meetings if self._can_be(day))

    def _stays(self, day: date | None, after: date, taken: Container[date]) -> date | None:
        if day is None or day <= after or day in taken or not self._can_be(day):
            return None
        return day

    def _can_be(self, day: date) -> bool:
        return day < self._plan_from or self._calendar.is_open(day)


def _meeting_date(
    problem: Problem,
    weekdays: Sequence[int],
    day: date,
    weeks: int,
    after: date,
    taken: set[date],
) -> date | None:
    """A date about so many weeks after a day: that week, else a later one, else an earlier one."""
    if problem.plan_from is not None:
        after = max(after, problem.plan_from - ONE_DAY)
    for monday in _weeks_around(problem.calendar, day, weeks):
        found = date_in_week(problem.calendar, monday, weekdays, taken=taken, after=after)
        if found is not None:
            return found
    return None


def _weeks_around(calendar: SchoolCalendar, day: date, weeks: int) -> Iterator[date]:
    target = monday_of(day) + weeks * ONE_WEEK
    mondays = [week.monday for week in calendar.weeks if week.monday >= monday_of(day)]
    yield from (monday for monday in mondays if monday >= target)
    yield from (monday for monday in reversed(mondays) if monday < target)


def _no_date(subject: Subject, day: PlannedDay, what: str) -> NotPlaced:
    return NotPlaced(
        subject,
        Code.NO_DATE_LEFT,
        f"Na de studiedag van {weekday_date(day.date)} is in dit schooljaar geen plek meer voor "
        f"{what}; kies een eerdere studiedag of plan dit in het volgende schooljaar.",
        study_day_id=day.study_day_id,
    )

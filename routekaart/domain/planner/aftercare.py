"""What comes after the study days: follow-up, evaluation and PLG meetings, on open days."""

from collections.abc import Iterator, Sequence
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


def plan_aftercare(problem: Problem, days: Sequence[PlannedDay]) -> Aftercare:
    """Dates after every study day with goals; no two of them on one day, none on a study day."""
    settings = problem.settings
    weekdays = preferred_weekdays(problem.members)
    taken = {day.date for day in days}
    follow_ups: list[FollowUp] = []
    evaluations: list[Evaluation] = []
    not_placed: list[NotPlaced] = []
    for day in days:
        if not day.goal_ids:
            continue
        met = _meeting_date(problem, weekdays, day.date, settings.follow_up_weeks, day.date, taken)
        if met is None:
            not_placed.append(_no_date(Subject.FOLLOW_UP, day, "een vervolgbijeenkomst"))
        else:
            taken.add(met)
            minutes = settings.follow_up_minutes
            follow_ups.append(FollowUp(day.study_day_id, day.goal_ids, met, minutes))
        looked_back = _meeting_date(
            problem, weekdays, day.date, settings.evaluation_weeks, met or day.date, taken
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
    )
    by_id = {day.study_day_id: day for day in days}
    for day_id, missing in schedule.missing:
        what = counted(missing, "PLG-bijeenkomst", "PLG-bijeenkomsten")
        not_placed.append(_no_date(Subject.PLG_MEETING, by_id[day_id], what))
    evaluations.sort(key=lambda item: item.date)
    follow_ups.sort(key=lambda item: item.date)
    return Aftercare(tuple(follow_ups), tuple(evaluations), schedule.meetings, tuple(not_placed))


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

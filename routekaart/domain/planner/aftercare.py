"""What comes after the study days: follow-up, evaluation and PLG meetings, on open days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, SchoolCalendar, monday_of
from routekaart.domain.content.wording import counted, weekday_date
from routekaart.domain.meeting_dates import date_in_week, preferred_weekdays
from routekaart.domain.planner.history import History
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
    problem: Problem,
    days: Sequence[PlannedDay],
    published: Plan | None = None,
    history: History | None = None,
) -> Aftercare:
    """Dates after every study day with goals; no two of them on one day, none on a study day.

    A published date stays where it can, and what lies behind stays as it is.
    """
    settings = problem.settings
    search = _Search(problem, days, published, history or History())
    follow_ups: list[FollowUp] = []
    evaluations: list[Evaluation] = []
    not_placed: list[NotPlaced] = []
    for day in days:
        if not day.goal_ids:
            continue
        met = search.follow_up(day)
        if met is None:
            not_placed.append(_no_date(Subject.FOLLOW_UP, day, "een vervolgbijeenkomst"))
        else:
            minutes = settings.follow_up_minutes
            follow_ups.append(
                search.held_follow_ups.get(day.study_day_id)
                or FollowUp(day.study_day_id, day.goal_ids, met, minutes)
            )
        looked_back = search.evaluation(day, met or day.date)
        if looked_back is None:
            not_placed.append(_no_date(Subject.EVALUATION, day, "een evaluatie"))
        else:
            minutes = settings.evaluation_minutes
            evaluations.append(
                search.held_evaluations.get(day.study_day_id)
                or Evaluation(day.study_day_id, day.goal_ids, looked_back, minutes)
            )
    schedule = plan_meetings(
        calendar=problem.calendar,
        weekdays=search.weekdays,
        days=[DeepenedDay(day.study_day_id, day.date, day.goal_ids) for day in days],
        rhythm=Rhythm(
            settings.plg_rhythm_weeks, settings.plg_minutes, settings.plg_minimum_meetings
        ),
        questions=problem.plg_questions,
        taken=search.taken_for_meetings,
        not_before=problem.plan_from,
        keep=search.meetings,
        held=history.meetings if history else (),
    )
    by_id = {day.study_day_id: day for day in days}
    for day_id, missing in schedule.missing:
        what = counted(missing, "PLG-bijeenkomst", "PLG-bijeenkomsten")
        not_placed.append(_no_date(Subject.PLG_MEETING, by_id[day_id], what))
    evaluations.sort(key=lambda item: item.date)
    follow_ups.sort(key=lambda item: item.date)
    return Aftercare(tuple(follow_ups), tuple(evaluations), schedule.meetings, tuple(not_placed))


class _Search:
    """Dates for what comes after the study days: the published one where that can stay.

    Published dates that can stay are set apart first, so that nothing new takes their place.
    """

    def __init__(
        self,
        problem: Problem,
        days: Sequence[PlannedDay],
        published: Plan | None,
        history: History,
    ) -> None:
        self._problem = problem
        self.weekdays = preferred_weekdays(problem.members, problem.settings.meeting_weekday)
        self.held_follow_ups = {item.study_day_id: item for item in history.follow_ups}
        self.held_evaluations = {item.study_day_id: item for item in history.evaluations}
        # Study days, follow-ups and evaluations; PLG meetings give way to those.
        self.taken = {day.date for day in days}
        self._follow_ups: dict[str, date] = {}
        self._evaluations: dict[str, date] = {}
        # Where people are for another team: nothing new goes there, what was published may stay.
        self._elsewhere = frozenset(item.date for item in problem.elsewhere if item.people)
        self.meetings: frozenset[date] = frozenset()
        if published is not None:
            self._keep(published, {day.study_day_id: day.date for day in days if day.goal_ids})

    def _keep(self, published: Plan, days: Mapping[str, date]) -> None:
        """Sets apart what can stay: a day that moves takes along what comes after it.

        `days` are those with goals.
        """
        same = {
            day.study_day_id
            for day in published.study_days
            if days.get(day.study_day_id) == day.date
        }
        for items, held, kept in (
            (published.follow_ups, self.held_follow_ups, self._follow_ups),
            (published.evaluations, self.held_evaluations, self._evaluations),
        ):
            for item in items:
                day_id = item.study_day_id
                if day_id in held or (day_id in same and self._is_free(item.date)):
                    kept[day_id] = item.date
        self.meetings = frozenset(
            item.date for item in published.plg_meetings if self._is_free(item.date)
        )
        self.taken |= {*self._follow_ups.values(), *self._evaluations.values()}

    @property
    def taken_for_meetings(self) -> frozenset[date]:
        """Where no PLG meeting goes, but for one that was published there."""
        return frozenset(self.taken) | (self._elsewhere - self.meetings)

    def _is_free(self, day: date) -> bool:
        problem = self._problem
        return (
            day >= (problem.plan_from or date.min)
            and day not in self.taken
            and problem.calendar.is_open(day)
        )

    def follow_up(self, day: PlannedDay) -> date | None:
        """The date of the follow-up of a day, before its evaluation where that can stay."""
        weeks, day_id = self._problem.settings.follow_up_weeks, day.study_day_id
        looked_back = self._evaluations.get(day_id, date.max)
        met = (
            self._follow_ups.get(day_id)
            or self._date(day, weeks, day.date, looked_back)
            or self._date(day, weeks, day.date)
        )
        if met is not None:
            self.taken.add(met)
            if met >= looked_back:
                self.taken.discard(self._evaluations.pop(day_id))
        return met

    def evaluation(self, day: PlannedDay, after: date) -> date | None:
        """The date of the evaluation of a day, later than `after`."""
        looked_back = self._evaluations.get(day.study_day_id) or self._date(
            day, self._problem.settings.evaluation_weeks, after
        )
        if looked_back is not None:
            self.taken.add(looked_back)
        return looked_back

    def _date(
        self, day: PlannedDay, weeks: int, after: date, before: date = date.max
    ) -> date | None:
        """About so many weeks after a day: that week, else a later one, else an earlier one."""
        problem = self._problem
        if problem.plan_from is not None:
            after = max(after, problem.plan_from - ONE_DAY)
        busy = self.taken | self.meetings | self._elsewhere
        for monday in _weeks_around(problem.calendar, day.date, weeks):
            found = date_in_week(problem.calendar, monday, self.weekdays, taken=busy, after=after)
            if found is not None and found < before:
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

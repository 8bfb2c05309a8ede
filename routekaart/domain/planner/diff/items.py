"""The published items of a plan, and how many of them stay in a next one.

An item is (goal, study day), (member, course, deadline), (study day, follow-up date),
(study day, evaluation date) or (PLG meeting date).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.planner.plan import Evaluation, FollowUp, Plan, PreparationWeek, Subject

Item = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Of the items of the old plan: how many there were, could have stayed, and did stay."""

    published: int
    could_stay: int
    kept: int

    @property
    def changed(self) -> int:
        """Items that could have stayed and did not."""
        return self.could_stay - self.kept

    @property
    def share(self) -> float:
        """The part that stayed of what could; 1 when nothing could."""
        return self.kept / self.could_stay if self.could_stay else 1.0


def published_items(plan: Plan) -> frozenset[Item]:
    """Everything that people were told, one by one."""
    return frozenset(
        [
            *(("goal", item.goal_id, item.study_day_id) for item in plan.placements),
            *(_course(week) for week in plan.preparation_weeks),
            *(("follow_up", i.study_day_id, i.date.isoformat()) for i in plan.follow_ups),
            *(("evaluation", i.study_day_id, i.date.isoformat()) for i in plan.evaluations),
            *(("plg_meeting", item.date.isoformat()) for item in plan.plg_meetings),
        ]
    )


def stability(old: Plan, new: Plan, calendar: SchoolCalendar | None = None) -> Stability:
    """How much of an old plan stays.

    An item could stay when all that it is about is still there: the goal, the member who is still
    asked for the course, the study day on its date with its deadline, and a `calendar` (that of
    the new plan, where given) that is open on that deadline and on the day of a meeting.
    """
    before, after = published_items(old), published_items(new)
    kept = before & after
    could = kept | _could_stay(old, new, calendar)
    return Stability(len(before), len(could), len(kept))


def _course(week: PreparationWeek) -> Item:
    return ("course", week.member_id, week.course, week.deadline.isoformat())


def _could_stay(old: Plan, new: Plan, calendar: SchoolCalendar | None) -> set[Item]:
    goals = {item.goal_id for item in new.placements} | _waiting(new)
    dates = {day.study_day_id: day.date for day in new.study_days}
    same_day = {
        day.study_day_id for day in old.study_days if dates.get(day.study_day_id) == day.date
    }
    is_free = _free(new, calendar)
    found: set[Item] = {
        ("goal", item.goal_id, item.study_day_id)
        for item in old.placements
        if item.goal_id in goals and item.study_day_id in dates
    }
    found |= _courses(old, new, calendar, same_day)
    groups: tuple[tuple[str, tuple[FollowUp | Evaluation, ...]], ...] = (
        ("follow_up", old.follow_ups),
        ("evaluation", old.evaluations),
    )
    for name, meetings in groups:
        found |= {
            (name, item.study_day_id, item.date.isoformat())
            for item in meetings
            if item.study_day_id in same_day and goals & {*item.goal_ids} and is_free(item.date)
        }
    first = min((item.study_day_date for item in new.placements), default=date.max)
    found |= {
        ("plg_meeting", item.date.isoformat())
        for item in old.plg_meetings
        if first < item.date and is_free(item.date)
    }
    return found


def _waiting(plan: Plan) -> set[str]:
    """The goals without a study day."""
    return {
        item.goal_id
        for item in plan.not_placed
        if item.subject is Subject.GOAL and item.goal_id is not None
    }


def _free(new: Plan, calendar: SchoolCalendar | None) -> Callable[[date], bool]:
    taken = {day.date for day in new.study_days}
    return lambda day: day not in taken and (calendar is None or calendar.is_open(day))


def _courses(
    old: Plan, new: Plan, calendar: SchoolCalendar | None, same_day: set[str]
) -> set[Item]:
    """A course of a goal that waits now is still asked for, though no plan holds it."""
    members = {item.member_id for item in new.hours}
    waiting = _waiting(new)
    done = {(item.member_id, item.course) for item in new.completed}
    asked = {(week.member_id, week.course) for week in new.preparation_weeks} | {
        (item.member_id or "", item.course or "")
        for item in new.not_placed
        if item.subject is Subject.PREPARATION
    }
    deadlines = {item.study_day_id: item.deadline for item in new.placements}
    return {
        _course(week)
        for week in old.preparation_weeks
        if week.member_id in members
        and (week.member_id, week.course) not in done
        and ((week.member_id, week.course) in asked or waiting & {*week.goal_ids})
        and week.study_day_id in same_day
        and (calendar is None or calendar.is_open(week.deadline))
        and deadlines.get(week.study_day_id, week.deadline) == week.deadline
    }


def course_titles(old: Plan, new: Plan) -> dict[str, str]:
    """The title of each course that stands in a plan, as the newest one has it."""
    return {
        course: title
        for plan in (old, new)
        for course, title in sorted(
            [
                *((item.course, item.course_title) for item in plan.completed),
                *((week.course, week.course_title) for week in plan.preparation_weeks),
            ]
        )
    }

"""On which dates a PLG meets: those of the plan, else its own rhythm."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, SchoolCalendar, monday_of
from routekaart.domain.meeting_dates import date_in_week
from routekaart.domain.plg import PlgMeeting


def planned_dates(
    meetings: Sequence[PlgMeeting], goal_id: str | None, *, not_before: date
) -> tuple[date, ...]:
    """The dates of the plan's meetings about a goal that have yet to come; without one none."""
    return tuple(
        sorted(
            {
                meeting.date
                for meeting in meetings
                if goal_id in meeting.goal_ids and meeting.date >= not_before
            }
        )
    )


def with_new_plan(
    coming: Collection[date],
    *,
    others: Collection[date] = (),
    before: Collection[date],
    planned: Collection[date],
    not_before: date,
) -> tuple[Mapping[date, date], tuple[date, ...]]:
    """Which meetings of a PLG get which date now that there is a new plan, and which are added.

    Those of `coming` that stood on a date of the plan `before` follow, in their order, what the
    plan has now; what the PLG chose itself stays. `others`: what was held or fell away. A PLG
    that has nothing of the plan before follows nothing.
    """
    theirs = set(before)
    if theirs.isdisjoint({*coming, *others}):
        return {}, ()
    # A date that the PLG left behind before is not filled again.
    free = sorted(day for day in set(planned) - {*coming, *others, *before} if day >= not_before)
    follow = sorted(day for day in set(coming) & theirs if day >= not_before and day not in planned)
    return dict(zip(follow, free, strict=False)), tuple(free[len(follow) :])


def rhythm_dates(
    *,
    calendar: SchoolCalendar,
    weekdays: Sequence[int],
    weeks: int,
    not_before: date,
    taken: Collection[date] = (),
) -> tuple[date, ...]:
    """A meeting every so many weeks on an open day, until the school year ends.

    The first is in the week after `not_before` (assumption); a week without a day that is open
    and not `taken` is made up for in the next one. `weekdays` in order of preference.
    """
    start = max(not_before, calendar.year.first_day)
    found: list[date] = []
    target = monday_of(start) + ONE_WEEK
    while target <= calendar.year.last_day:
        options = (
            date_in_week(
                calendar,
                target + shift * ONE_WEEK,
                weekdays,
                taken=taken,
                after=found[-1] if found else start - ONE_DAY,
            )
            for shift in range(weeks)
        )
        day = next((option for option in options if option is not None), None)
        if day is not None:
            found.append(day)
        target += weeks * ONE_WEEK
    return tuple(found)

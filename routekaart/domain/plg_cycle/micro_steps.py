"""Small steps between meetings: "volgende week probeer ik …". Chosen and told by oneself."""

from collections.abc import Iterable
from datetime import date, timedelta

from routekaart.domain.calendar import SchoolCalendar

# Without a meeting to come (assumption).
DAYS_TO_TRY = 7


def default_try_by(
    calendar: SchoolCalendar,
    working_days: Iterable[int],
    *,
    next_meeting: date | None,
    today: date,
) -> date:
    """The next meeting, else the first own working day a week on; at the latest in a week."""
    if next_meeting is not None:
        return next_meeting
    earliest = today + timedelta(days=DAYS_TO_TRY)
    own = frozenset(working_days)
    return next(
        (
            day
            for day in calendar.open_days
            if day >= earliest and (not own or day.isoweekday() in own)
        ),
        earliest,
    )

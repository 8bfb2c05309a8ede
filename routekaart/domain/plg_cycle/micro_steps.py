"""Small steps between meetings: "volgende week probeer ik …". Chosen and told by oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from routekaart.domain.calendar import SchoolCalendar

# Without a meeting to come (assumption).
DAYS_TO_TRY = 7


@dataclass(frozen=True, slots=True)
class SmallStep:
    """A step of one person, for the one nudge that it may get."""

    id: str
    person_id: str
    text: str
    try_by: date
    state: str


def due_steps(steps: Iterable[SmallStep], today: date) -> tuple[SmallStep, ...]:
    """The steps to ask their own person about: still chosen, on or past their date. By date."""
    return tuple(
        sorted(
            (step for step in steps if step.state == "chosen" and step.try_by <= today),
            key=lambda step: (step.try_by, step.person_id, step.id),
        )
    )


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

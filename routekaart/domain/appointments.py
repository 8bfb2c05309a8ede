"""What a team has on a date, and what of it falls on a day on which the school is closed.

A closed day is refused where somebody chooses the date of a meeting. Here is what slips through:
the school closes a day later on, or it is a day to look back on, which anybody may choose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.findings import Finding, Severity
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.content.wording import weekday_date


@dataclass(frozen=True, slots=True)
class Appointment:
    """`what` names it at the start of a sentence, without names of people or what was agreed."""

    on: date
    what: str
    field: str


def closed_day_findings(
    appointments: Iterable[Appointment], calendars: Iterable[SchoolCalendar]
) -> tuple[Finding, ...]:
    """A warning for each that falls on a closed day, by date. `calendars`: of their years."""
    by_year = {calendar.year: calendar for calendar in calendars}
    found = []
    for one in sorted(set(appointments), key=lambda item: (item.on, item.what)):
        calendar = next((each for year, each in by_year.items() if one.on in year), None)
        if calendar is not None and not calendar.is_open(one.on):
            found.append(
                Finding(
                    "appointment_on_closed_day",
                    Severity.WARNING,
                    f"{one.what} is op {weekday_date(one.on)}. Dan is de school dicht "
                    f"({calendar.why_closed(one.on)}). Kies een andere dag.",
                    field=one.field,
                )
            )
    return tuple(found)

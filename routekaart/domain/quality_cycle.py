"""The dated steps of a year in a school's own words.

Most skins give other names to what the plan and the PLGs hold already. Handelingsgericht werken
brings its own rounds: spread evenly over the weeks with lessons. On which day of the week such a
step falls is the day that the team meets on (assumption).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, SchoolCalendar
from routekaart.domain.meeting_dates import date_in_week
from routekaart.domain.skins import Holds, Phase, Skin


@dataclass(frozen=True, slots=True)
class Dated:
    """Something of the plan or of a PLG on its date."""

    kind: Holds
    date: date
    # What it is about, such as a goal; may be empty.
    about: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CycleStep:
    """A step on its date. `kind` is None for what only the skin knows; `round` counts from 1."""

    date: date
    phase: Phase
    title: str
    about: str = ""
    kind: Holds | None = None
    minutes: int | None = None
    round: int | None = None


def cycle_steps(
    skin: Skin,
    dated: Sequence[Dated],
    *,
    calendar: SchoolCalendar,
    weekdays: Sequence[int],
) -> tuple[CycleStep, ...]:
    """The steps of the year by date. `weekdays` in order of preference."""
    if skin.rounds:
        return rounds_of(skin, calendar, weekdays)
    steps = [
        CycleStep(
            item.date,
            skin.phase_of(item.kind),
            skin.word(item.kind),
            item.about,
            item.kind,
            item.minutes,
        )
        for item in dated
    ]
    if skin.weekly is not None:
        weekly = skin.weekly
        phase = next(each for each in skin.phases if each.slug == weekly.phase)
        steps += [
            CycleStep(day, phase, weekly.title, minutes=weekly.minutes)
            for day in open_week_dates(calendar, weekdays)
        ]
    order = [phase.slug for phase in skin.phases]
    return tuple(
        sorted(
            set(steps),
            key=lambda step: (step.date, order.index(step.phase.slug), step.title, step.about),
        )
    )


def rounds_of(
    skin: Skin, calendar: SchoolCalendar, weekdays: Sequence[int]
) -> tuple[CycleStep, ...]:
    """All phases once per round, on open days that rise, evenly over the open weeks.

    A school that is hardly open gets fewer steps: one per open day at most.
    """
    count = skin.rounds * len(skin.phases)
    days: Sequence[date] = open_week_dates(calendar, weekdays)
    if len(days) < count:
        days = calendar.open_days
    chosen = _spread(days, count)
    return tuple(
        CycleStep(
            day,
            skin.phases[number % len(skin.phases)],
            skin.phases[number % len(skin.phases)].title,
            round=number // len(skin.phases) + 1,
        )
        for number, day in enumerate(chosen)
    )


def open_week_dates(calendar: SchoolCalendar, weekdays: Sequence[int]) -> tuple[date, ...]:
    """One open day of every week that has any, by preference."""
    days = (
        date_in_week(calendar, week.monday, weekdays, after=week.monday - ONE_DAY)
        for week in calendar.weeks
    )
    return tuple(day for day in days if day is not None)


def _spread(days: Sequence[date], count: int) -> Sequence[date]:
    """So many of the days, each in the middle of its own equal part."""
    if len(days) <= count:
        return days
    return [days[(2 * number + 1) * len(days) // (2 * count)] for number in range(count)]

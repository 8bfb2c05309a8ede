"""The weekly overview: what waits for somebody who guides teams. What is stuck, not a ranking.

Counts and teams only, never a colleague. Whoever has nothing waiting gets no mail.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from routekaart.domain.calendar import monday_of
from routekaart.domain.reminders import Workplace

# A study day further away needs no attention yet, and a message that failed longer ago will not be
# mended any more (assumptions).
DAYS_AHEAD = timedelta(days=28)
FAILED_SINCE = timedelta(days=28)


class Step(StrEnum):
    """The steps of a routekaart that somebody else waits for, by the name in the state machine."""

    ADVISE = "advise"
    ACCEPT = "accept"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A team, or the school as a whole when `team` is empty."""

    school: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A routekaart that waits for a step. `year`: 2026-2027."""

    place: Place
    step: Step
    year: str


@dataclass(frozen=True, slots=True)
class DayAhead:
    """The preparation of the next study day of a team that is not complete."""

    place: Place
    day: date
    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class AgreementsDue:
    """How many agreements of a team are late, and how many are to be kept this week."""

    place: Place
    late: int
    this_week: int


@dataclass(frozen=True, slots=True)
class MailFailed:
    """How many messages about a team did not arrive."""

    place: Place
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for somebody, over all schools and teams."""

    waiting: tuple[Waiting, ...] = ()
    days: tuple[DayAhead, ...] = ()
    agreements: tuple[AgreementsDue, ...] = ()
    mails: tuple[MailFailed, ...] = ()

    @property
    def number(self) -> int:
        """How many lines it has."""
        return len(self.waiting) + len(self.days) + len(self.agreements) + len(self.mails)


def week_key(day: date) -> str:
    """One overview per person per week."""
    year, week, _ = day.isocalendar()
    return f"weekly:{year}-W{week:02}"


def last_of_week(day: date) -> date:
    """The Sunday of its week."""
    return monday_of(day) + timedelta(days=6)


def is_first_working_day(day: date, places: Collection[Workplace]) -> bool:
    """Whether somebody works today for the first time this week, at whichever school."""
    week = (monday_of(day) + timedelta(days=offset) for offset in range(7))
    return next((each for each in week if works(each, places)), None) == day


def works(day: date, places: Collection[Workplace]) -> bool:
    """Whether somebody works on a day at one of the schools."""
    return any(place.works_on(day) for place in places)


def opens_this_week(day: date, place: Workplace) -> bool:
    """Whether a school is open at all in this week: in a holiday it asks nothing."""
    return any(monday_of(day) <= each <= last_of_week(day) for each in place.open_days)

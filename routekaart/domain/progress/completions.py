"""Which completions are believed, and which count for a course that is asked now."""

import calendar
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.domain.errors import BadInput

# Assumption: before that nobody did an e-learning course of today.
OLDEST_YEARS = 20


@dataclass(frozen=True, slots=True)
class Done:
    """That somebody did a course on a day. `proof`: what the source says more."""

    person: UUID
    course: str
    done_on: date
    proof: str = ""

    @property
    def key(self) -> tuple[UUID, str, date]:
        """What makes it the same completion, from whatever source it comes."""
        return self.person, self.course, self.done_on


def check_done_on(done_on: date, today: date) -> None:
    """Raises `BadInput` for a day that is yet to come, or too long ago to be true."""
    if done_on > today:
        raise BadInput(
            "done_on",
            "Deze dag moet nog komen. Meld de cursus als je hem hebt afgerond.",
            code="in_the_future",
        )
    if done_on < months_before(today, OLDEST_YEARS * 12):
        raise BadInput(
            "done_on",
            f"Deze dag is meer dan {OLDEST_YEARS} jaar geleden. Controleer het jaar.",
            code="too_long_ago",
        )


def counts_on(day: date, done_on: date, *, months: int, override: bool | None = None) -> bool:
    """Whether what was done on `done_on` still counts on `day`.

    `months` is how long the school lets a completion count; `override` is what was decided about
    this one.
    """
    if override is not None:
        return override
    return done_on >= months_before(day, months)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

"""Changes to study days and to the days on which the school is closed."""

from dataclasses import dataclass, replace
from datetime import date, time

from courses.dutch import dutch_date
from courses.entities import DurationBasis
from routekaart.domain.calendar import Closure, ClosureKind
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.planner.changes.change import (
    NAMED,
    ImpossibleChange,
    Words,
    check_free,
    study_day_in,
)
from routekaart.domain.planner.problem import Problem, StudyDay, StudyDayKind
from routekaart.domain.study_day import fits_programme

_KINDS = {StudyDayKind.DAY: "studiedag", StudyDayKind.AFTERNOON: "studiemiddag"}


@dataclass(frozen=True, slots=True)
class AddStudyDay:
    """One more study day. Without an id it gets one from its date: `new-2027-02-03`."""

    date: date
    kind: StudyDayKind
    start: time
    minutes: int
    fixed: bool = True
    title: str = ""
    resources: tuple[str, ...] = ()
    duration_basis: DurationBasis = DurationBasis.STATED
    id: str = ""

    def apply(self, problem: Problem) -> Problem:
        _check_date(problem, self.date)
        if not fits_programme(self.start, self.minutes):
            raise ImpossibleChange(
                "minutes",
                "Een studiedag duurt 1 tot 8 uur en eindigt voor middernacht. Pas de tijden aan.",
                code="study_day_length",
            )
        new_id = self.id or f"new-{self.date.isoformat()}"
        check_free("id", "Deze studiedag", new_id, [day.id for day in problem.study_days])
        day = StudyDay(
            id=new_id,
            date=self.date,
            kind=self.kind,
            start=self.start,
            minutes=self.minutes,
            fixed=self.fixed,
            title=self.title,
            duration_basis=self.duration_basis,
            resources=self.resources,
        )
        return replace(problem, study_days=(*problem.study_days, day))

    def text(self, _problem: Problem, _words: Words = NAMED) -> str:
        extra = "een extra" if self.fixed else "een mogelijke extra"
        return f"{extra} {_KINDS[self.kind]} op {weekday_date(self.date)}"


@dataclass(frozen=True, slots=True)
class MoveStudyDay:
    """A study day on another date, at the same hours."""

    study_day: str
    date: date

    def apply(self, problem: Problem) -> Problem:
        old = study_day_in(problem, self.study_day)
        if self.date != old.date:
            _check_date(problem, self.date)
        return replace(
            problem,
            study_days=tuple(
                replace(day, date=self.date) if day.id == old.id else day
                for day in problem.study_days
            ),
        )

    def text(self, problem: Problem, _words: Words = NAMED) -> str:
        day = study_day_in(problem, self.study_day)
        return f"{_named(day)} verplaatsen naar {weekday_date(self.date)}"


@dataclass(frozen=True, slots=True)
class RemoveStudyDay:
    """A study day less."""

    study_day: str

    def apply(self, problem: Problem) -> Problem:
        old = study_day_in(problem, self.study_day)
        return replace(
            problem, study_days=tuple(day for day in problem.study_days if day.id != old.id)
        )

    def text(self, problem: Problem, _words: Words = NAMED) -> str:
        return f"{_named(study_day_in(problem, self.study_day))} laten vervallen"


@dataclass(frozen=True, slots=True)
class CloseDays:
    """Days on which the school is closed after all, both included. Closed wins from opened."""

    first_day: date
    last_day: date
    title: str

    def apply(self, problem: Problem) -> Problem:
        calendar = problem.calendar
        year = calendar.year
        if self.last_day < self.first_day:
            raise ImpossibleChange(
                "last_day",
                "De laatste dag ligt voor de eerste. Draai ze om, of kies andere dagen.",
                code="period_reversed",
            )
        if self.last_day < year.first_day or self.first_day > year.last_day:
            raise ImpossibleChange("first_day", _outside(problem), code="outside_school_year")
        new = Closure(self.first_day, self.last_day, self.title, ClosureKind.OWN)
        own = [item for item in calendar.closures if item.kind is ClosureKind.OWN]
        others = [item for item in calendar.closures if item.kind is not ClosureKind.OWN]
        # The order of `school_calendar`, so that storing it later gives the very same problem.
        own = sorted([*own, new], key=lambda item: (item.first, item.last, item.title))
        return replace(problem, calendar=replace(calendar, closures=(*others, *own)))

    def text(self, _problem: Problem, _words: Words = NAMED) -> str:
        if self.first_day == self.last_day:
            return f"een vrije dag op {weekday_date(self.first_day)} ({self.title})"
        until = f"{weekday_date(self.first_day)} tot en met {weekday_date(self.last_day)}"
        return f"vrij van {until} ({self.title})"


def _named(day: StudyDay) -> str:
    return f"de {_KINDS[day.kind]} van {weekday_date(day.date)}"


def _check_date(problem: Problem, day: date) -> None:
    """A closed day is no error: the planner then reports that it cannot be used."""
    if day not in problem.calendar.year:
        raise ImpossibleChange("date", _outside(problem), code="outside_school_year")
    if any(item.date == day for item in problem.study_days):
        raise ImpossibleChange(
            "date",
            f"Op {weekday_date(day)} staat al een studiedag. Wijzig die, of kies een andere datum.",
            code="study_day_exists",
        )


def _outside(problem: Problem) -> str:
    year = problem.calendar.year
    return (
        f"Dit valt buiten het schooljaar {year.label} ({dutch_date(year.first_day)} tot en met "
        f"{dutch_date(year.last_day)}). Kies een dag daarbinnen."
    )

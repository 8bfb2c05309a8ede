"""The year after the plan, told through the API with the clock standing at each of its moments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Any, NamedTuple

from django.utils import timezone

from routekaart.actions.organisation.tokens import issue_token
from routekaart.clock import standing_at
from routekaart.demo.client import Api, ApiProblem
from routekaart.demo.in_process import InProcess
from routekaart.demo.school import PEOPLE, DemoSchool
from routekaart.domain.calendar import Region, SchoolCalendar, SchoolYear
from routekaart.domain.school_holidays import school_calendar
from routekaart.models import ApiToken, Person

YEAR_TOKEN_NAME = "demojaar"  # noqa: S105 - the name of a token, not the token
LEAD, TRAINER, DIRECTOR, ADMIN = "Noor", "Tess", "Ruben", "Olga"
NINE = time(9)


class Step(NamedTuple):
    """Something that happens on a day. In the order of the days, then of their planning."""

    on: date
    number: int
    tell: "Callable[[Year], str]"


@dataclass
class Year:
    """What the parts of the story share, and the agenda of what is still to be told.

    `made` holds what a later step comes back to.
    """

    school: str
    team: str
    routekaart: str
    calendar: SchoolCalendar
    people: dict[str, Api] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    agenda: list[Step] = field(default_factory=list)
    planned: int = 0

    def on(self, day: date, tell: "Callable[[Year], str]") -> None:
        """Plans that `tell` is done on `day`, and gives its line; a step may plan others."""
        self.planned += 1
        heappush(self.agenda, Step(day, self.planned, tell))

    def told(self) -> Iterator[str]:
        """Does the steps one by one, each with the clock at its day, and gives their lines."""
        while self.agenda:
            step = heappop(self.agenda)
            moment = timezone.make_aware(datetime.combine(step.on, NINE))
            with standing_at(moment):
                text = step.tell(self)
            yield f"{step.on:%d-%m-%Y} {text}"

    @property
    def here(self) -> str:
        return f"/routekaarten/{self.routekaart}"

    @property
    def lead(self) -> Api:
        return self.people[LEAD]

    @property
    def trainer(self) -> Api:
        return self.people[TRAINER]

    @property
    def director(self) -> Api:
        return self.people[DIRECTOR]

    @property
    def admin(self) -> Api:
        return self.people[ADMIN]

    def welcome(self, person: Person) -> None:
        """From now on `person` has a part in the story, under the first name."""
        first_name = person.name.split()[0]
        _, token = issue_token(person=person, name=YEAR_TOKEN_NAME)
        self.people[first_name] = InProcess(token)
        self.names[first_name], self.ids[first_name] = person.name, str(person.pk)

    def days(self) -> Sequence[Mapping[str, Any]]:
        """The study days as they stand now, by date."""
        return self.lead.items(f"{self.here}/study-days")

    def goals(self) -> Sequence[Mapping[str, Any]]:
        return self.lead.items(f"{self.here}/goals")

    def goal_of(self, day: str) -> str:
        """The goal that the plan puts on a study day."""
        plan: str = self.lead.items(f"{self.here}/plans")[0]["id"]
        for placement in self.lead.get(f"/plans/{plan}")["plan"]["placements"]:
            if placement["study_day_id"] == day:
                goal: str = placement["goal_id"]
                return goal
        raise ApiProblem("Op deze studiedag staat geen doel in het plan.")

    def before(self, day: date, count: int) -> date:
        """So many working days before `day`."""
        found = self.calendar.working_days_before(day, count)
        if found is None:
            raise ApiProblem(f"Er zijn geen {count} werkdagen voor {day:%d-%m-%Y}.")
        return found

    def open_day(self, day: date) -> date:
        """The first day from `day` on that the school is open."""
        while not self.calendar.is_open(day):
            day += timedelta(days=1)
        return day

    def in_month(self, month: int, day: int) -> date:
        """The first open day from a day of the school year on."""
        start = self.calendar.year.start
        return self.open_day(date(start if month >= 8 else start + 1, month, day))


def both(first: Callable[[Year], str], second: Callable[[Year], str]) -> Callable[[Year], str]:
    """Two things that happened on one day, told in one line."""
    return lambda year: f"{first(year)} {second(year)}"


def year_of(demo: DemoSchool, routekaart: str, year: SchoolYear) -> Year:
    """The demo school at the start of its year, with everyone ready to act."""
    made = Year(
        school=str(demo.school.pk),
        team=str(demo.team.pk),
        routekaart=routekaart,
        calendar=school_calendar(year, Region(demo.school.region)),
    )
    forget_tokens()
    for person in Person.objects.filter(email__in=[invented.email for invented in PEOPLE]):
        made.welcome(person)
    return made


def forget_tokens() -> None:
    """Takes away what people signed in with for this story."""
    ApiToken.objects.filter(name=YEAR_TOKEN_NAME).delete()

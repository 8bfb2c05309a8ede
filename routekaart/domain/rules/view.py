"""A routekaart as the rules see it: frozen, complete, without tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routekaart.domain.appointments import Appointment
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.dates import Situation


class Funding(StrEnum):
    """What pays for the interventions. The values are those of the table."""

    OWN = "own"
    NPO = "npo"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen intervention. `programme` and `recognition` are as the team typed them (S08);
    `parameters` are what the team plans, by parameter slug (S10)."""

    intervention: str
    programme: str = ""
    recognition: str = ""
    parameters: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class FacilityLink:
    """Which chosen intervention asks for an option of category F, and why (S07)."""

    facility: str
    intervention: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an attention point or to a "consider first" of an intervention."""

    intervention: str
    point: str
    text: str


@dataclass(frozen=True, slots=True)
class MandatoryCourse:
    """A course that somebody must have done. Without a deadline only what holds now counts."""

    course: str
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal. `courses` are picked by hand; `forms` are slugs of the four effective forms that
    the team plans beside them; `mandatory` are the courses made mandatory for this goal;
    `after` are the keys of the goals that come earlier."""

    key: str
    wording: str
    noticeable: str = ""
    interventions: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    mandatory: tuple[MandatoryCourse, ...] = ()
    forms: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberView:
    """Someone in the team, without a name: everyone reads what the rules say.

    `weekly_minutes` to study in a week, `minutes_left` in what is left of the school year;
    `asked_minutes` of courses that are mandatory.
    """

    functions: tuple[str, ...] = ()
    working_days: tuple[int, ...] = ()
    weekly_minutes: int = 0
    minutes_left: int = 0
    asked_minutes: int = 0


@dataclass(frozen=True, slots=True)
class FreeText:
    """Text that anybody may have typed anything in; `field` names the form field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RoutekaartView:
    """Everything a rule may look at. `functions` are the functions present in the team.

    `trained` are the interventions that already have training in an accepted advice or among
    the assignments. `texts` are the free texts that are not in the other fields. `dates` are the
    study days in their school year; `appointments` what else has a date, with their `calendars`.
    """

    today: date
    choices: tuple[Choice, ...] = ()
    functions: tuple[str, ...] = ()
    goals: tuple[GoalView, ...] = ()
    funding: str = Funding.OWN
    facility_links: tuple[FacilityLink, ...] = ()
    answers: tuple[Answer, ...] = ()
    trained: frozenset[str] = frozenset()
    platforms: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    texts: tuple[FreeText, ...] = ()
    dates: Situation | None = None
    appointments: tuple[Appointment, ...] = ()
    calendars: tuple[SchoolCalendar, ...] = ()
    members: tuple[MemberView, ...] = ()

    @property
    def interventions(self) -> tuple[str, ...]:
        """What was chosen, for the routekaart or for one of its goals, each once."""
        of_goals = [slug for goal in self.goals for slug in goal.interventions]
        return tuple(dict.fromkeys([*(choice.intervention for choice in self.choices), *of_goals]))

    def is_answered(self, intervention: str, point: str) -> bool:
        return any(
            answer.intervention == intervention
            and answer.point == point
            and bool(answer.text.strip())
            for answer in self.answers
        )

    def written(self) -> Iterator[tuple[FreeText, str | None]]:
        """Every free text, with the key of its goal if it has one."""
        for text in self.texts:
            yield text, None
        for goal in self.goals:
            yield FreeText("wording", goal.wording), goal.key
            yield FreeText("noticeable", goal.noticeable), goal.key
        for answer in self.answers:
            yield FreeText("answers", answer.text), None
        for link in self.facility_links:
            yield FreeText("facility_links", link.reason), None

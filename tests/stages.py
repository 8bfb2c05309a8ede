"""A team with a routekaart, brought to any state through the real actions.

`Stage.filled()` and its followers each do one more step of the main job; the catalogue must be
loaded (fixture `catalogue`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from routekaart.access import Access, Permission, Role
from routekaart.actions.advice.rounds import accept_advice, give_advice
from routekaart.actions.assigning.assignments import Assigned, assign_from_advice
from routekaart.actions.planning.plans import make_plan
from routekaart.actions.routekaarten.goals import add_goal
from routekaart.actions.routekaarten.routekaarten import Choice, change_routekaart
from routekaart.actions.routekaarten.study_days import add_study_day
from routekaart.actions.transitions import approve, start, submit
from routekaart.domain.assigning import Selection
from routekaart.domain.calendar import SchoolYear
from routekaart.models import AdviceVersion, Goal, Person, Plan, Routekaart, School, StudyDay, Team
from tests.makers import access_for, make_colleague, make_routekaart, make_school, make_team

TODAY = date(2026, 8, 24)
STUDY_DAY: dict[str, Any] = {
    "date": date(2026, 11, 4),
    "kind": "day",
    "title": "Feedback",
    "starts_at": time(8, 30),
    "minutes": 420,
    "free_groups": [],
}
# Has courses, no questions that must be answered, and no training of its own.
INTERVENTION = "feedback"


class Interrupted(Access):
    """Somebody between whose first look and whose change somebody else gets in; with more than one
    `meanwhile` also after the second look, and so on."""

    __slots__ = ("_meanwhile",)

    @classmethod
    def by(cls, access: Access, *meanwhile: Callable[[], object]) -> "Interrupted":
        made = cls(
            person=access.person,
            roles=access.roles,
            teams=access.teams,
            team_schools=access.team_schools,
        )
        object.__setattr__(made, "_meanwhile", list(reversed(meanwhile)))
        return made

    def fetch(
        self,
        model: Any,
        pk: Any,
        permission: Permission,
        *,
        along: Sequence[str] = (),
        also: Mapping[str, Any] = MappingProxyType({}),
    ) -> Any:
        found = Access.fetch(self, model, pk, permission, along=along, also=also)
        waiting: list[Callable[[], object]] = getattr(self, "_meanwhile")  # noqa: B009
        if waiting:
            waiting.pop()()
        return found


def study_date(year: int) -> date:
    """A Wednesday in November, when no school is closed."""
    first = date(year, 11, 1)
    return first + timedelta(days=(2 - first.weekday()) % 7)


def coming_year() -> int:
    """A school year that has yet to begin, for what takes its day from the clock."""
    return SchoolYear.containing(timezone.localdate()).start + 1


@dataclass
class Stage:
    """A school with a team: a lead, a member, a trainer and a director, and one routekaart."""

    school: School = field(default_factory=make_school)
    team_name: str = "Onderbouw"
    year: int = 2026

    def __post_init__(self) -> None:
        self.team: Team = make_team(self.school, self.team_name)
        self.lead: Person = make_colleague(self.team, Role.TEAM_LEAD, name="Lies Leider")
        self.member: Person = make_colleague(self.team, Role.MEMBER, name="Mo Lid")
        self.trainer: Person = make_colleague(self.team, Role.TRAINER, name="Tess Trainer")
        self.director: Person = make_colleague(self.team, Role.DIRECTOR, name="Dirk Directeur")
        self.routekaart: Routekaart = make_routekaart(self.team, school_year=self.year)

    @property
    def as_lead(self) -> Access:
        return access_for(self.lead)

    @property
    def as_member(self) -> Access:
        return access_for(self.member)

    @property
    def as_trainer(self) -> Access:
        return access_for(self.trainer)

    @property
    def as_director(self) -> Access:
        return access_for(self.director)

    def fresh(self) -> Routekaart:
        """The row as it stands in the table now."""
        self.routekaart.refresh_from_db()
        return self.routekaart

    # --- The main job, step by step ------------------------------------------------------------
    def choose(self, *slugs: str) -> None:
        change_routekaart(
            by=self.as_lead,
            routekaart_id=self.routekaart.pk,
            changes={"interventions": [Choice(slug) for slug in slugs]},
        )

    def add_goal(self, **values: Any) -> Goal:
        fields: dict[str, Any] = {
            "wording": "Wij leren feedback geven.",
            "interventions": [INTERVENTION],
        }
        return add_goal(by=self.as_lead, routekaart_id=self.routekaart.pk, values=fields | values)

    def add_study_day(self, **values: Any) -> StudyDay:
        values = STUDY_DAY | {"date": study_date(self.year)} | values
        return add_study_day(by=self.as_lead, routekaart_id=self.routekaart.pk, values=values)

    def filled(self) -> "Stage":
        """A draft that can be submitted: one intervention, one goal, one study day."""
        self.choose(INTERVENTION)
        self.goal = self.add_goal()
        self.study_day = self.add_study_day()
        return self

    def submitted(self) -> "Stage":
        self.filled()
        submit(by=self.as_lead, routekaart_id=self.routekaart.pk)
        return self

    def advise(self) -> AdviceVersion:
        return give_advice(
            by=self.as_trainer, routekaart_id=self.routekaart.pk, note="Begin klein.", today=TODAY
        )

    def advised(self) -> "Stage":
        self.submitted()
        self.advise()
        return self

    def accepted(self) -> "Stage":
        self.advised()
        accept_advice(by=self.as_lead, routekaart_id=self.routekaart.pk)
        return self

    def assign(self, selection: Selection = Selection.SMALLEST_SET) -> Assigned:
        return assign_from_advice(
            by=self.as_trainer,
            routekaart_id=self.routekaart.pk,
            selection=selection,
            today=TODAY,
        )

    def assigned(self) -> "Stage":
        self.accepted()
        self.assign()
        return self

    def make_plan(self, today: date = TODAY) -> Plan:
        return make_plan(by=self.as_lead, routekaart_id=self.routekaart.pk, today=today)

    def planned(self) -> "Stage":
        self.assigned()
        self.plan = self.make_plan()
        return self

    def approved(self) -> "Stage":
        self.planned()
        approve(
            by=self.as_director,
            routekaart_id=self.routekaart.pk,
            on=TODAY,
            mr_date=date(2026, 8, 20),
        )
        return self

    def running(self) -> "Stage":
        """The year has begun."""
        self.approved()
        start(by=self.as_lead, routekaart_id=self.routekaart.pk)
        return self

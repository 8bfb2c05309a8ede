"""What a query hands over to have the plan of one person written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from routekaart.domain.budget import BudgetYear
from routekaart.domain.budget_rules import BudgetBasis
from routekaart.domain.content.inputs import PlanAssignment, ScholingsplanInput
from routekaart.domain.content.outline import Outline
from routekaart.domain.people import Member


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """How far the person is with a course. `state` in words.

    `reflection` is in the input of the person alone.
    """

    course: str
    course_title: str
    state: str
    done_on: date | None = None
    reflection: str = ""


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting of a PLG; `state` in words."""

    on: date
    minutes: int
    state: str
    start: time | None = None


@dataclass(frozen=True, slots=True)
class OwnStep:
    """Something small that the person wants to try; in the input of the person alone."""

    text: str
    try_by: date
    state: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class OwnPlg:
    """A PLG that the person is in, with the id of its goal."""

    name: str
    goal_id: str = ""
    meetings: tuple[OwnMeeting, ...] = ()
    steps: tuple[OwnStep, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """An open agreement that the person keeps. `whose`: jij, a work group, or het hele team."""

    what: str
    whose: str
    due_on: date
    check_on: date


@dataclass(frozen=True, slots=True)
class OwnBudget:
    """What the person has to spend in the year of the plan. `basis` None: nobody says how much."""

    now: BudgetYear
    basis: BudgetBasis | None


@dataclass(frozen=True, slots=True)
class PersonInTeam:
    """What one team asks of the person. `plan` holds nobody else: no members, no courses.

    `records` None: how far the person is, is not for this reader.
    `on_own_hours`: mandatory courses (slugs) that by agreement draw on the own hours.
    `added` and `dropped`: titles of courses that were assigned, or are asked no more, since the
    plan was approved.
    """

    plan: ScholingsplanInput
    records: tuple[CourseRecord, ...] | None = None
    plgs: tuple[OwnPlg, ...] = ()
    agreements: tuple[OwnAgreement, ...] = ()
    work_groups: tuple[str, ...] = ()
    on_own_hours: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonPlanInput:
    """Everything the plan of one person is made from: of all teams of one school in one year.

    `made_on` is the day on which this stood so. `own`: the person asks for it.
    `budget` is in the input of the person alone.
    """

    member: Member
    made_on: date
    teams: tuple[PersonInTeam, ...]
    own: bool
    budget: OwnBudget | None = None

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """One per team, in the order of the teams."""
        return tuple(Outline(team.plan) for team in self.teams)

    @property
    def several(self) -> bool:
        """More than one team: then goals and days name theirs."""
        return len(self.teams) > 1

    def of_team(self, outline: Outline, text: str) -> str:
        """Team Onderbouw: Doel 1, where there is more than one team to be of."""
        return f"{outline.given.team}: {text}" if self.several and text else text

    @cached_property
    def asked(self) -> Mapping[str, tuple[tuple[Outline, PlanAssignment], ...]]:
        """Per course the teams that ask it, the one that needs it first before the others.

        Two teams may ask for the same course: it is done once.
        """
        found: dict[str, list[tuple[Outline, PlanAssignment]]] = {}
        for outline in self.outlines:
            for item in outline.given.assignments:
                found.setdefault(item.course, []).append((outline, item))
        return {
            course: tuple(sorted(items, key=lambda pair: _deadline(self.member, *pair)))
            for course, items in found.items()
        }


def _deadline(member: Member, outline: Outline, item: PlanAssignment) -> date:
    weeks = outline.preparation_weeks.get((member.id, item.course), ())
    return min((week.deadline for week in weeks), default=date.max)

"""What hangs on a routekaart for the planner, read once: several problems are made of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.advice import Advice
from courses.entities import Catalogue, Course
from courses.models import Intervention
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.calendar import Override
from routekaart.models import (
    Assignment,
    Employment,
    Goal,
    Routekaart,
    StudyDay,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.catalogue.school_catalogue import courses_with_retired, school_catalogue
from routekaart.queries.joined import with_children
from routekaart.queries.organisation.teams import employments_of
from routekaart.queries.planning.other_teams import OtherTeams, other_teams
from routekaart.queries.planning.overrides import overrides_of
from routekaart.queries.routekaarten.along import ADVICE, contents
from routekaart.queries.routekaarten.goals import goal_choices
from routekaart.queries.routekaarten.study_days import days_of_school, resources_of


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment that stands, once for each goal that it serves; no goal: it serves none."""

    person_id: UUID
    course_id: str
    mandatory: bool
    starts_on: date | None
    state: str
    state_since: datetime
    assigned_at: datetime
    agreement_id: int | None
    goal_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProblemRows:
    """Goals come with their interventions and order, by priority; `titles` are those of their
    interventions, `courses` those that are assigned. `days` are of all teams of the school."""

    routekaart: Routekaart
    catalogue: Catalogue
    employments: tuple[Employment, ...]
    goals: tuple[Goal, ...]
    titles: Mapping[str, str]
    choices: tuple[GoalChoice, ...]
    assignments: tuple[AssignmentRow, ...]
    courses: Mapping[str, Course]
    days: tuple[StudyDay, ...]
    own_days: tuple[StudyDay, ...]
    overrides: tuple[Override, ...]
    advice: Advice | None
    others: OtherTeams


def problem_rows(routekaart: Routekaart, *, beside: Collection[UUID] = ()) -> ProblemRows:
    """Reads them now, for a routekaart with its team and school. Call inside its scope.

    `beside` are the other teams that are planned at the same time.
    """
    school = routekaart.team.school
    catalogue = school_catalogue(school=school.pk)
    goals = with_children(
        routekaart.goals.all(),
        goal_interventions=("id", "intervention_id"),
        order_rows=("id", "earlier_id"),
    )
    assignments = _assignments(routekaart)
    days = days_of_school(routekaart)
    own_days = tuple(day for day in days if day.routekaart_id == routekaart.pk)
    [advice] = contents(routekaart, [ADVICE])
    return ProblemRows(
        routekaart=routekaart,
        catalogue=catalogue,
        employments=employments_of(team_id=routekaart.team_id, schools=[school.pk]),
        goals=goals,
        titles=_titles(catalogue, goals),
        choices=goal_choices(routekaart),
        assignments=assignments,
        courses=courses_with_retired(catalogue, (row.course_id for row in assignments)),
        days=days,
        own_days=own_days,
        overrides=overrides_of(school),
        advice=advice_from_json(advice) if advice is not None else None,
        others=other_teams(
            routekaart, beside=beside, all_plans=any(resources_of(day) for day in own_days)
        ),
    )


def _assignments(routekaart: Routekaart) -> tuple[AssignmentRow, ...]:
    rows = Assignment.objects.filter(routekaart=routekaart, state__in=STANDING).values_list(
        "person_id",
        "course_id",
        "mandatory",
        "starts_on",
        "state",
        "state_since",
        "assigned_at",
        "hours_agreement__id",
        "goals__id",
    )
    return tuple(AssignmentRow(*row) for row in rows)


def _titles(catalogue: Catalogue, goals: Iterable[Goal]) -> Mapping[str, str]:
    """Also of those that the catalogue has retired since they were chosen."""
    slugs = {row.intervention_id for goal in goals for row in goal.goal_interventions.all()}
    known = catalogue.intervention_by_slug
    found = {slug: known[slug].title for slug in slugs & known.keys()}
    retired = slugs - known.keys()
    if retired:
        found |= Intervention.objects.filter(pk__in=retired).values_list("pk", "title")
    return found

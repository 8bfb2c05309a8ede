"""What a team sees of its plan: the latest version, what came before, and how far it is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.planner.plan import Plan
from routekaart.models import Assignment, Routekaart
from routekaart.models import Plan as PlanRow
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.planning.plan_changes import PlanChanges, changes_between
from routekaart.queries.planning.plan_versions import PlanVersions, plan_versions
from routekaart.queries.planning.problem_rows import problem_rows
from routekaart.queries.planning.problems import plan_is_outdated
from routekaart.queries.planning.reading import content_as_seen
from routekaart.queries.routekaarten.along import ADVICE, along


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """`plan`: the latest version as this person may see it. `assigned`: whether anybody has a
    course; only looked at while there is something to plan."""

    routekaart: Routekaart
    latest: PlanRow | None
    plan: Plan | None
    sees_persons: bool
    versions: PlanVersions
    assigned: bool


def plan_overview(*, by: Access, routekaart_id: UUID, to_check: bool = False) -> PlanOverview:
    """The plan of a routekaart, for who may see it; before the first plan it holds none.

    `to_check`: what it is held beside is read along.
    """
    routekaart: Any = by.fetch(
        Routekaart,
        routekaart_id,
        Permission.VIEW_PLAN,
        along=("team__school",),
        also=along([ADVICE] if to_check else ()),
    )
    sees_persons = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS,
        school=routekaart.access_school,
        team=routekaart.access_team,
    )
    with by.entered():
        versions = plan_versions(routekaart)
        standing = Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
        assigned = routekaart.state != State.ACCEPTED or standing.exists()
    latest = versions.latest
    return PlanOverview(
        routekaart=routekaart,
        latest=latest,
        plan=content_as_seen(by=by, row=latest, sees_persons=sees_persons) if latest else None,
        sees_persons=sees_persons,
        versions=versions,
        assigned=assigned,
    )


@dataclass(frozen=True, slots=True)
class LatestVersion:
    """`changes`: what it changes; None for a first version. `fits`: whether it still fits what it
    was made from; None when that was not asked."""

    changes: PlanChanges | None
    fits: bool | None


def latest_version(*, by: Access, found: PlanOverview, check: bool) -> LatestVersion:
    """More of the latest version. To check whether it still fits takes a while."""
    latest, old = found.latest, found.versions.before_latest
    if latest is None:
        return LatestVersion(None, None)
    with by.entered():
        rows = problem_rows(found.routekaart) if check else None
        return LatestVersion(
            changes=changes_between(
                by=by,
                old=old,
                plan=latest,
                sees_persons=found.sees_persons,
                overrides=rows.overrides if rows else None,
            )
            if old
            else None,
            fits=not plan_is_outdated(latest, school=found.routekaart.team.school_id, rows=rows)
            if rows
            else None,
        )

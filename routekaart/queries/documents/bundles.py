"""Documents for all teams: which teams have something, and how far a bundle is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from routekaart.access import Access
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Job, Plan, Routekaart, Team
from routekaart.models.jobs import JobKind, JobState
from routekaart.queries.documents.offered import OFFERED
from routekaart.queries.overview.lines import opening_year

NO_ROUTEKAART = "no_routekaart"
NO_PLAN = "no_plan"
# Why a team is left out, as a whole sentence.
REASONS: Mapping[str, str] = {
    NO_ROUTEKAART: "Dit team heeft nog geen routekaart voor dit schooljaar.",
    NO_PLAN: "Dit team heeft nog geen plan. Maak eerst het plan; daarna kan het document.",
}


_BY_TEAM = ("school__name", "routekaart__team__name", "routekaart", "payload__format", "id")


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """The latest plan of a team that has one."""

    school: UUID
    team: UUID
    routekaart: UUID
    plan: UUID


@dataclass(frozen=True, slots=True)
class Skipped:
    """A team without a document. `reason`: a key of `REASONS`."""

    team: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class TeamPlans:
    """All teams of a place in one school year, by school and name."""

    year: int
    plans: tuple[TeamPlan, ...]
    skipped: tuple[Skipped, ...]


def team_plans(
    *, by: Access, schools: Sequence[UUID], school_year: int | None, today: date
) -> TeamPlans:
    """Each team of these schools with its latest plan, or with the reason why it has none.

    Without `school_year`: the present one, or the next when only that has begun.
    """
    with by.entered():
        teams = list(
            Team.objects.filter(school__in=schools)
            .order_by("school__name", "school_id", "name", "id")
            .values_list("school_id", "pk")
        )
        rows = list(
            Routekaart.objects.filter(team__school__in=schools)
            .order_by()
            .annotate(
                latest=Subquery(
                    Plan.objects.filter(routekaart=OuterRef("pk"))
                    .order_by("-version")
                    .values("pk")[:1]
                )
            )
            .values_list("team_id", "school_year", "pk", "latest")
        )
    year = school_year
    if year is None:
        year = opening_year((row[1] for row in rows), SchoolYear.containing(today).start)
    found = {team: (pk, plan) for team, of_year, pk, plan in rows if of_year == year}
    plans, skipped = [], []
    for school, team in teams:
        routekaart, plan = found.get(team, (None, None))
        if routekaart is None:
            skipped.append(Skipped(team, NO_ROUTEKAART))
        elif plan is None:
            skipped.append(Skipped(team, NO_PLAN))
        else:
            plans.append(TeamPlan(school, team, routekaart, plan))
    return TeamPlans(year, tuple(plans), tuple(skipped))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a bundle is: its children by what they ended as.

    `made`: those that are done and of which the document is still there.
    """

    total: int
    done: int
    made: int
    failed: int
    cancelled: int

    @property
    def ended(self) -> int:
        return self.done + self.failed + self.cancelled

    @property
    def percent(self) -> int:
        """Whole percents, 100 only when every child has ended."""
        return self.ended * 100 // self.total if self.total else 0


def with_progress(jobs: "QuerySet[Job]") -> "QuerySet[Job]":
    """Each with how its children stand, for `progress_of`."""
    return jobs.annotate(
        children_total=_children(),
        children_done=_children(state=JobState.DONE),
        children_made=_children(state=JobState.DONE, document__isnull=False),
        children_failed=_children(state=JobState.FAILED),
        children_cancelled=_children(state=JobState.CANCELLED),
    )


def progress_of(job: Job) -> Progress | None:
    """How far a bundle is, of a row of `with_progress`; None for another job."""
    if job.kind != JobKind.BUNDLE:
        return None
    row: Any = job
    return Progress(
        total=row.children_total,
        done=row.children_done,
        made=row.children_made,
        failed=row.children_failed,
        cancelled=row.children_cancelled,
    )


def children_of(jobs: "QuerySet[Job]", parent: UUID) -> "QuerySet[Job]":
    """Those of `jobs` that belong to this bundle, in the order of the schools and teams."""
    return (
        jobs.filter(parent=parent).select_related("school", "routekaart__team").order_by(*_BY_TEAM)
    )


def failed_first(children: "QuerySet[Job]") -> "QuerySet[Job]":
    """What somebody has to look at before all else, in the same order otherwise."""
    failed = Case(When(state=JobState.FAILED, then=Value(0)), default=Value(1))
    return children.order_by(failed, *_BY_TEAM)


def skipped_of(*, by: Access, job: Job) -> tuple[tuple[str, str, str], ...]:
    """School, team and reason of each team that a bundle leaves out, as they are called now."""
    left_out = {UUID(one["team"]): one["reason"] for one in job.payload.get("skipped", ())}
    if not left_out:
        return ()
    with by.entered():
        teams = list(
            Team.objects.filter(pk__in=left_out)
            .order_by("school__name", "name", "id")
            .values_list("school__name", "name", "pk")
        )
    return tuple((school, team, REASONS.get(left_out[pk], "")) for school, team, pk in teams)


def bundled_kinds() -> tuple[Any, ...]:
    """The kinds of document that there are of every team."""
    return tuple(kind for kind, offer in OFFERED.items() if offer.per_team)


def _children(**where: Any) -> Coalesce:
    counted = (
        Job.objects.filter(parent=OuterRef("pk"), **where)
        .order_by()
        .values("parent")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)

"""What a director or board reads of each team: in a fixed number of queries, and never a name.

Nobody's own progress is in it, also not for a reader who might see it elsewhere: the counts are
those that everyone who reads may see (`domain.progress`), and of fewer than five people there are
no numbers.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from routekaart.access import Access, Permission
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.overview import Cost, DayLine, GoalLine, TeamHours, cost, team_hours
from routekaart.domain.progress import ProgressRow, preparation
from routekaart.models import (
    Agreement,
    AuditEntry,
    Goal,
    GoalDecision,
    ProgrammeBlock,
    Routekaart,
    StudyDay,
    Team,
)
from routekaart.models.agreements import Verdict
from routekaart.queries.overview.lines import OverviewFilter, TeamLine, overview
from routekaart.queries.overview.reading import PlanPart, chosen_of, plans_of, progress_of
from routekaart.queries.quality.agreements import comes_back


@dataclass(frozen=True, slots=True)
class TeamOverview:
    """A team that has a routekaart. `since`: when it came into its state. `mr_date`: when the MR
    agreed to its plan. `interventions` are titles.

    `agreements` are open; `to_look_at` of those are due for a look back; None where hidden.
    `hours` are those of version `plan_version` of the plan; None before the first.
    """

    line: TeamLine
    since: datetime
    return_comment: str
    mr_date: date | None
    interventions: tuple[str, ...]
    goals: tuple[GoalLine, ...]
    days: tuple[DayLine, ...]
    next_day: DayLine | None
    plan_version: int | None
    hours: TeamHours | None
    cost: Cost | None
    agreements: int | None
    to_look_at: int | None


def team_line(*, by: Access, team_id: UUID, year: int | None, today: date) -> TeamLine:
    """How one team that this person oversees stands.

    Raises `NotFound` for one out of sight, and `Forbidden` for who oversees no school.
    """
    team = by.fetch(Team, team_id, Permission.VIEW_PROGRESS)
    found = overview(by=by, only=OverviewFilter(school=team.school_id, year=year), today=today)
    return next(line for line in found.lines if line.team == team_id)


def with_details(
    *, by: Access, lines: Sequence[TeamLine], today: date
) -> Mapping[UUID, TeamOverview]:
    """What there is to tell of the teams that have a routekaart, by team.

    `lines` as `overview` gave them to the same person.
    """
    ids = [line.routekaart for line in lines if line.routekaart is not None]
    if not ids:
        return {}
    with by.entered():
        rows = {row.pk: row for row in _rows(ids, today)}
        read = _Read(ids, today)
    return {
        line.team: _told(line, rows[line.routekaart], read, today)
        for line in lines
        if line.routekaart is not None
    }


def _told(line: TeamLine, row: Any, read: "_Read", today: date) -> TeamOverview:
    plan = read.plans.get(row.pk)
    days = tuple(_day(day, plan, read.progress.get(row.pk, ()), today) for day in read.days[row.pk])
    return TeamOverview(
        line=line,
        since=row.since or row.created_at,
        return_comment=row.return_comment,
        mr_date=row.mr_date,
        interventions=tuple(one.title for one in read.chosen[row.pk]),
        goals=tuple(_goal(goal, plan) for goal in read.goals[row.pk]),
        days=days,
        next_day=next((day for day in days if day.date >= today), None),
        plan_version=plan.version if plan else None,
        hours=team_hours(plan.hours) if plan else None,
        cost=cost(one.cost for one in read.chosen[row.pk]),
        agreements=row.agreements_open if line.sees_agreements else None,
        to_look_at=row.agreements_due if line.sees_agreements else None,
    )


def _goal(goal: Any, plan: PlanPart | None) -> GoalLine:
    days = [
        date.fromisoformat(item["study_day_date"])
        for item in (plan.placements if plan else ())
        if item["goal_id"] == str(goal.pk)
    ]
    return GoalLine(
        wording=goal.wording,
        on=min(days, default=None),
        verdict=Verdict(goal.verdict).label if goal.verdict else "",
    )


def _day(day: Any, plan: PlanPart | None, progress: Sequence[ProgressRow], today: date) -> DayLine:
    goals = {
        item["goal_id"]
        for item in (plan.placements if plan else ())
        if item["study_day_id"] == str(day.pk)
    }
    return DayLine(
        id=day.pk,
        date=day.date,
        kind=day.get_kind_display(),
        title=day.title,
        state=day.state,
        goals=len(goals),
        preparation=preparation(progress, goals, today, with_names=False),
        has_programme=day.has_programme,
    )


def _rows(ids: Collection[UUID], today: date) -> "QuerySet[Routekaart]":
    steps = AuditEntry.objects.filter(routekaart=OuterRef("pk"), action__in=list(ROUTEKAART.steps))
    return (
        Routekaart.objects.filter(pk__in=ids)
        .only("pk", "created_at", "return_comment", "mr_date")
        .annotate(
            since=Subquery(steps.order_by("-at", "-id").values("at")[:1]),
            agreements_open=_number(Agreement.objects.filter(state="open")),
            agreements_due=_number(Agreement.objects.filter(comes_back(today))),
        )
        .order_by()
    )


def _number(agreements: "QuerySet[Agreement]") -> Count:
    return Count("agreements", filter=Q(agreements__in=agreements), distinct=True)


class _Read:
    """What hangs on several routekaarten, by routekaart. Made inside the scope."""

    def __init__(self, ids: Collection[UUID], today: date) -> None:
        self.goals: dict[UUID, list[Goal]] = defaultdict(list)
        decided = GoalDecision.objects.filter(goal=OuterRef("pk"))
        for goal in Goal.objects.filter(routekaart__in=ids).annotate(
            verdict=Subquery(decided.values("verdict")[:1])
        ):
            self.goals[goal.routekaart_id].append(goal)
        self.days: dict[UUID, list[StudyDay]] = defaultdict(list)
        blocks = ProgrammeBlock.objects.filter(study_day=OuterRef("pk"))
        for day in StudyDay.objects.filter(routekaart__in=ids).annotate(
            has_programme=Exists(blocks)
        ):
            self.days[day.routekaart_id].append(day)
        self.plans = plans_of(ids)
        self.progress = progress_of(ids, today)
        self.chosen = chosen_of(ids)

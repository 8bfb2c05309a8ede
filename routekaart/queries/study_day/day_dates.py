"""When a study day has its follow-up and its evaluation: its own dates, else those of the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import StudyDay
from routekaart.queries.planning.current_plan import current_plan


@dataclass(frozen=True, slots=True)
class DayDates:
    follow_up_on: date | None
    evaluation_on: date | None


def day_dates(days: Iterable[StudyDay], plan: DomainPlan | None) -> Mapping[UUID, DayDates]:
    """Per study day when the team meets about it again."""
    follow_ups = {one.study_day_id: one.date for one in plan.follow_ups} if plan else {}
    evaluations = {one.study_day_id: one.date for one in plan.evaluations} if plan else {}
    return {
        day.pk: DayDates(
            follow_up_on=day.follow_up_on or follow_ups.get(str(day.pk)),
            evaluation_on=day.evaluation_on or evaluations.get(str(day.pk)),
        )
        for day in days
    }


def follow_up_of(day: StudyDay) -> date | None:
    """When the team looks back at one study day. Call inside the scope of its school."""
    plan = None if day.follow_up_on else current_plan(day.routekaart)
    return day_dates([day], plan)[day.pk].follow_up_on

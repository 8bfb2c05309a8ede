"""Until when people have for a course, by the plan on which they count."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.domain.needed_by import Asked, Need, deadlines
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.queries.planning.current_plan import current_rows

StoredItems = Iterable[Mapping[str, str]]
# What `stored_deadlines` reads of a plan as it was stored: as the domain's value it takes far
# longer to make.
STORED = ("content__preparation_weeks", "content__study_days")


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """The deadline of a course, the study day that it is for, and the week (its Monday) in which
    the plan begins with it for that day."""

    deadline: date
    study_day: UUID
    week: date


def asked_of(
    routekaarten: Collection[UUID], today: date
) -> Mapping[UUID, Mapping[Asked, AskedBefore]]:
    """`deadlines_of` with what each deadline is for, in as many queries."""
    rows = current_rows(routekaarten)
    return {
        routekaart: _asked(weeks, stored_deadlines(weeks, study_days, today))
        for routekaart, weeks, study_days in rows.values_list("routekaart_id", *STORED)
    }


def _asked(weeks: StoredItems, until: Mapping[Asked, date]) -> Mapping[Asked, AskedBefore]:
    found: dict[Asked, AskedBefore] = {}
    for item in sorted(weeks, key=lambda item: item["week"]):
        key = (item["member_id"], item["course"])
        if date.fromisoformat(item["deadline"]) == until[key]:
            begins = AskedBefore(
                until[key], UUID(item["study_day_id"]), date.fromisoformat(item["week"])
            )
            found.setdefault(key, begins)
    return found


def deadlines_of(routekaarten: Collection[UUID], today: date) -> Mapping[UUID, dict[Asked, date]]:
    """Per routekaart the deadline of each course of each person. Call inside the scope."""
    rows = current_rows(routekaarten)
    return {
        routekaart: stored_deadlines(weeks, study_days, today)
        for routekaart, weeks, study_days in rows.values_list("routekaart_id", *STORED)
    }


def stored_deadlines(weeks: StoredItems, study_days: StoredItems, today: date) -> dict[Asked, date]:
    """The deadlines of one plan, from the parts of it that `STORED` names."""
    dates = {day["study_day_id"]: day["date"] for day in study_days}
    return deadlines(
        (
            Need(
                week["member_id"],
                week["course"],
                date.fromisoformat(week["deadline"]),
                # A day that was taken away since: its preparation stays, and counts to its end.
                date.fromisoformat(dates.get(week["study_day_id"], week["deadline"])),
            )
            for week in weeks
        ),
        today,
    )


def deadlines_in(plan: DomainPlan, today: date) -> dict[Asked, date]:
    """The same of a plan that was read already."""
    dates = {day.study_day_id: day.date for day in plan.study_days}
    return deadlines(
        (
            Need(
                week.member_id,
                week.course,
                week.deadline,
                dates.get(week.study_day_id, week.deadline),
            )
            for week in plan.preparation_weeks
        ),
        today,
    )

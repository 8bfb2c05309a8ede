"""The realistic-time check of a routekaart, and carrying out one of its repairs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Forbidden, Permission
from routekaart.actions.assigning.assignments import MAY_ASSIGN, make_voluntary
from routekaart.actions.audit import record
from routekaart.actions.changing import BEFORE_APPROVAL, check_state
from routekaart.actions.organisation.people import change_employment
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.actions.planning.plans import plan_from
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.actions.routekaarten.study_days import add_study_day
from routekaart.domain.errors import Conflict
from routekaart.domain.planner.changes import (
    AddStudyDay,
    Change,
    ChangeSettings,
    CourseVoluntary,
    MoreWeeklyMinutes,
    changed,
)
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.repairs import Repair, TimeCheck, time_check
from routekaart.models import Employment, Routekaart
from routekaart.queries.planning.explanations import explained
from routekaart.queries.planning.plan_versions import PlanVersions
from routekaart.queries.planning.problems import problem_of

SETTING_FIELDS: Mapping[str, str] = {"team_weekly_minutes": "weekly_minutes"}
"""What a routekaart calls otherwise than the planner, of the settings that a repair changes."""
_ALONG = ("team__school",)
_NEEDS: Mapping[type, Permission] = {
    AddStudyDay: Permission.EDIT_ROUTEKAART,
    ChangeSettings: Permission.EDIT_ROUTEKAART,
    CourseVoluntary: Permission.ASSIGN,
    MoreWeeklyMinutes: Permission.MANAGE_PEOPLE,
}


@dataclass(frozen=True, slots=True)
class CheckedTime:
    """The check, and per repair whether `by` may carry it out in the present state."""

    check: TimeCheck
    may_apply: Mapping[str, bool]


def check_time(*, by: Access, routekaart_id: UUID, today: date) -> CheckedTime:
    """What does not fit in the time there is, with repairs. Stores nothing."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN, along=_ALONG)
    return check_time_of(by=by, routekaart=routekaart, today=today)


def check_time_of(
    *, by: Access, routekaart: Routekaart, today: date, versions: PlanVersions | None = None
) -> CheckedTime:
    """The same of a routekaart that was read for `by`, with its team and school.

    `versions` is what the caller has read already.
    """
    by.require(routekaart, Permission.MAKE_PLAN)
    _, check = _checked(by, routekaart, today, versions)
    return CheckedTime(
        check,
        {
            repair.id: all(
                routekaart.state in _states(change) and _is_allowed(by, routekaart, change)
                for change in repair.changes
            )
            for repair in check.repairs
        },
    )


def apply_repair(*, by: Access, routekaart_id: UUID, repair_id: str, today: date) -> Repair:
    """Carries out one repair, whole or not at all; no plan is made.

    It needs the right to make plans and the rights for what it changes. Raises `Forbidden`, and
    `Conflict`: `wrong_state`, or `repair_outdated` for a repair that was carried out already, or
    that no longer fits what is stored.
    """
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN, along=_ALONG)
    check_state(routekaart, BEFORE_APPROVAL)
    problem, check = _checked(by, routekaart, today)
    repair = next((item for item in check.repairs if item.id == repair_id), None)
    if repair is None:
        raise _outdated()
    for change in repair.changes:
        check_state(routekaart, _states(change))
        if not _is_allowed(by, routekaart, change):
            raise Forbidden(_NEEDS[type(change)])
    minutes = _minutes_after(problem, repair)
    with transaction.atomic(), by.entered():
        marks: Any = routekaart
        if minutes:
            # Before the routekaart, as everybody who changes people does.
            lock_school(marks.access_school)
        people = _locked_employments(routekaart, minutes)
        # Two who carry out the same repair at once wait for each other here.
        Routekaart.objects.select_for_update(no_key=True).get(pk=routekaart_id)
        if problem != _problem(by, routekaart, today):
            raise _outdated()
        _store(by, routekaart, problem, repair)
        for employment_id, person in people:
            changes = {"weekly_study_minutes": minutes[person]}
            change_employment(by=by, employment_id=employment_id, changes=changes)
        record(by=by, school=marks.access_school, action="apply_repair", subject=routekaart)
    return repair


def _checked(
    by: Access, routekaart: Routekaart, today: date, versions: PlanVersions | None = None
) -> tuple[Problem, TimeCheck]:
    problem, explanation = explained(
        by=by,
        routekaart=routekaart,
        plan_from=plan_from(routekaart, today),
        names=True,
        versions=versions,
    )
    return problem, time_check(problem, explanation)


def _problem(by: Access, routekaart: Routekaart, today: date) -> Problem:
    first = plan_from(routekaart, today)
    return problem_of(routekaart_id=routekaart.pk, schools=by.schools, plan_from=first)


def _states(change: Change) -> tuple[str, ...]:
    return MAY_ASSIGN if isinstance(change, CourseVoluntary) else BEFORE_APPROVAL


def _is_allowed(by: Access, routekaart: Routekaart, change: Change) -> bool:
    marks: Any = routekaart
    return by.allows(_NEEDS[type(change)], school=marks.access_school, team=marks.access_team)


def _outdated() -> Conflict:
    return Conflict(
        "Deze oplossing past niet meer bij wat er nu staat, of is al toegepast. "
        "Vraag de lijst met oplossingen opnieuw op.",
        code="repair_outdated",
    )


def _store(by: Access, routekaart: Routekaart, problem: Problem, repair: Repair) -> None:
    for change in repair.changes:
        if isinstance(change, AddStudyDay):
            add_study_day(by=by, routekaart_id=routekaart.pk, values=_study_day(change))
        elif isinstance(change, ChangeSettings):
            values = {SETTING_FIELDS.get(name, name): value for name, value in change.values}
            change_routekaart(by=by, routekaart_id=routekaart.pk, changes=values)
        elif isinstance(change, CourseVoluntary):
            make_voluntary(
                by=by,
                routekaart_id=routekaart.pk,
                course=change.course,
                person_ids=_people_with_less(problem, change),
            )


def _study_day(change: AddStudyDay) -> dict[str, Any]:
    return {
        "date": change.date,
        "kind": change.kind.value,
        "title": change.title,
        "starts_at": change.start,
        "minutes": change.minutes,
        "fixed": change.fixed,
    }


def _people_with_less(problem: Problem, change: CourseVoluntary) -> list[UUID]:
    """Those for whom the course is mandatory now, and no longer after the change."""
    after = change.apply(problem)
    return sorted(
        {
            UUID(row.member_id)
            for row, new in zip(problem.preparations, after.preparations, strict=True)
            if row.mandatory and not new.mandatory
        }
    )


def _minutes_after(problem: Problem, repair: Repair) -> dict[UUID, int | None]:
    """Who gets more minutes a week, and how many after all changes.

    Somebody with two functions may get more twice.
    """
    more = [change for change in repair.changes if isinstance(change, MoreWeeklyMinutes)]
    now = {member.id: member for member in problem.members}
    return {
        UUID(member.id): member.own_weekly_minutes
        for member in changed(problem, more).members
        if member != now[member.id]
    }


def _locked_employments(
    routekaart: Routekaart, people: Collection[UUID]
) -> list[tuple[UUID, UUID]]:
    """The employments of these people at the school, as pairs (employment, person)."""
    marks: Any = routekaart
    rows = Employment.objects.select_for_update(no_key=True).filter(
        school=marks.access_school, person__in=people
    )
    return list(rows.order_by("pk").values_list("pk", "person_id"))

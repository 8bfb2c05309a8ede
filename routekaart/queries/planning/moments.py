"""From rows and the plan to the moments of a team's year."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from courses.dutch import dutch_date
from routekaart.access import Access, Permission
from routekaart.domain.agreements import OPEN
from routekaart.domain.lifecycle import PLG_MEETING
from routekaart.domain.moments import Moment, MomentKind, in_order
from routekaart.domain.planner.plan import Plan
from routekaart.models import Agreement, PlgMeeting, Routekaart, StudyDay
from routekaart.models.routekaarten import DayKind
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.study_day.day_dates import day_dates

_SKIPPED = PLG_MEETING.steps["skip"].target
_SHOWN_CHARACTERS = 120


def moments_of(
    *, by: Access, routekaart_id: UUID, first: date | None = None, last: date | None = None
) -> tuple[Moment, ...]:
    """Everything with a date in a team's year, in order, from `first` to `last`. No names.

    Agreements and the meetings of single PLGs are for who may see those; the others see the
    meetings that the plan foresaw.
    """
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLAN)
    marks: Any = routekaart
    where = {"school": marks.access_school, "team": marks.access_team}
    with by.entered():
        plan = current_plan(routekaart)
        moments = [*_days(routekaart, plan)]
        held = [*_meetings(routekaart)] if by.allows(Permission.VIEW_PLG, **where) else []
        moments += held or _planned_meetings(plan)
        if by.allows(Permission.VIEW_AGREEMENTS, **where):
            moments += _agreements(routekaart)
    return in_order(moments, first=first, last=last)


def _days(routekaart: Routekaart, plan: Plan | None) -> Iterator[Moment]:
    """Study days with what goes before and comes after."""
    rows = {day.pk: day for day in StudyDay.objects.filter(routekaart=routekaart)}
    dates = day_dates(rows.values(), plan)
    for pk, day in rows.items():
        subject, name = str(pk), _name(day)
        # Its date stands beside it.
        own = day.title or DayKind(day.kind).label.capitalize()
        yield Moment(day.date, MomentKind.STUDY_DAY, own, subject, day.starts_at)
        follow_up, evaluation = dates[pk].follow_up_on, dates[pk].evaluation_on
        if follow_up is not None:
            yield Moment(follow_up, MomentKind.FOLLOW_UP, f"Vervolgmoment: {name}", subject)
        if evaluation is not None:
            yield Moment(evaluation, MomentKind.EVALUATION, f"Evaluatie: {name}", subject)
    for placement in plan.placements if plan else ():
        row = rows.get(UUID(placement.study_day_id))
        if placement.deadline is not None and row is not None:
            title = f"Voorbereiding klaar: {_name(row)}"
            yield Moment(placement.deadline, MomentKind.DEADLINE, title, placement.study_day_id)


def _name(day: StudyDay) -> str:
    """Which day it is, for what stands on another date of the same school year."""
    on = dutch_date(day.date).rsplit(" ", 1)[0]
    return day.title or f"{DayKind(day.kind).label} van {on}"


def _meetings(routekaart: Routekaart) -> Iterator[Moment]:
    rows = PlgMeeting.objects.filter(cycle__routekaart=routekaart).exclude(state=_SKIPPED)
    for row in rows.select_related("cycle"):
        yield Moment(
            row.date, MomentKind.PLG_MEETING, f"PLG {row.cycle.name}", str(row.pk), row.starts_at
        )


def _planned_meetings(plan: Plan | None) -> list[Moment]:
    meetings = plan.plg_meetings if plan else ()
    return [Moment(one.date, MomentKind.PLG_MEETING, "PLG-bijeenkomst") for one in meetings]


def _agreements(routekaart: Routekaart) -> Iterator[Moment]:
    for row in Agreement.objects.filter(routekaart=routekaart, state=OPEN):
        what = " ".join(row.what.split())
        if len(what) > _SHOWN_CHARACTERS:
            what = what[: _SHOWN_CHARACTERS - 1].rstrip() + "…"
        yield Moment(row.check_on, MomentKind.AGREEMENT, f"Terugkijken: {what}", str(row.pk))

"""What a calendar is to have: of a person, of a team, or one study day. All as `by` sees it now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.calendar_feed.items import (
    SHOWN_BACK,
    CalendarFacts,
    CourseFacts,
    DayFacts,
    MeetingFacts,
    OfTeam,
    VisitFacts,
)
from routekaart.domain.lifecycle import LESSON_VISIT, PLG_CYCLE, PLG_MEETING
from routekaart.domain.planner.plan import Plan
from routekaart.models import LessonVisit, PlgCycleMember, PlgMeeting, Routekaart, StudyDay, Team
from routekaart.models.routekaarten import DATES_HOLD
from routekaart.queries.planning.current_plan import current_rows
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.progress.own_assignments import own_assignments
from routekaart.queries.study_day.day_dates import day_dates

_SKIPPED = PLG_MEETING.steps["skip"].target
_CANCELLED = LESSON_VISIT.steps["cancel"].target
_Plans = Mapping[UUID, Plan]
_Years = Mapping[UUID, Routekaart]


def own_calendar(*, by: Access, today: date) -> CalendarFacts:
    """Of all teams and schools of `by` together, with the own courses and lesson visits, and the
    study days that `by` guides as a trainer. Raises `NotFound` for who is nowhere any more."""
    if not by.schools:
        raise NotFound("CalendarFeed")
    with by.entered():
        years = _years(by.teams, today)
        days = _study_days(by, Q(routekaart__in=list(years)) | Q(trainer=by.person), today)
        plans = _plans({*years, *(day.routekaart_id for day in days)})
        return CalendarFacts(
            days=tuple(_days(days, plans, after=years)),
            meetings=tuple(_meetings(by, years, plans, only_own=True)),
            visits=tuple(_visits(by, today)),
            courses=tuple(_courses(by, today)),
        )


def team_calendar(*, by: Access, team_id: UUID, today: date) -> CalendarFacts:
    """Of one team, for who belongs to it: nothing that is one person's alone.

    Raises `NotFound` for everybody else.
    """
    if team_id not in by.teams:
        raise NotFound("CalendarFeed")
    by.fetch(Team, team_id, Permission.VIEW_TEAM)
    with by.entered():
        years = _years((team_id,), today)
        days = _study_days(by, Q(routekaart__in=list(years)), today)
        plans = _plans(years)
        return CalendarFacts(
            days=tuple(_days(days, plans, after=years, deadlines=True)),
            meetings=tuple(_meetings(by, years, plans, only_own=False)),
        )


def day_for_calendar(*, by: Access, study_day_id: UUID) -> DayFacts | None:
    """One study day on its own; None while its date does not hold yet."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_ROUTEKAART, along=("routekaart__team__school",)
    )
    if day.routekaart.state not in DATES_HOLD:
        return None
    with by.entered():
        plans = _plans([day.routekaart_id])
    return next(_days([day], plans, after=()), None)


def _years(teams: Collection[UUID], today: date) -> _Years:
    """The routekaarten of own teams whose dates hold, of this school year, the last and the next.

    Who is in a team sees them, whatever the role there.
    """
    rows = Routekaart.objects.filter(
        team__in=list(teams),
        state__in=DATES_HOLD,
        school_year__gte=_first_year(today),
    )
    return {row.pk: row for row in rows.select_related("team__school")}


def _first_year(today: date) -> int:
    return SchoolYear.containing(today - SHOWN_BACK).start


def _study_days(by: Access, which: Q, today: date) -> list[StudyDay]:
    rows = StudyDay.objects.filter(
        by.visible(StudyDay),
        which,
        routekaart__state__in=DATES_HOLD,
        routekaart__school_year__gte=_first_year(today),
    )
    return list(rows.select_related("routekaart__team__school"))


def _plans(routekaarten: Collection[UUID]) -> _Plans:
    rows = current_rows(routekaarten).values_list("routekaart_id", "content")
    return {routekaart: plan_from_json(content) for routekaart, content in rows}


def _days(
    days: Collection[StudyDay], plans: _Plans, *, after: Collection[UUID], deadlines: bool = False
) -> Iterator[DayFacts]:
    """The days that are held. `after`: the routekaarten whose later moments are told as well."""
    for day in days:
        plan = plans.get(day.routekaart_id)
        used = {one.study_day_id for one in plan.study_days} if plan else set()
        if not day.fixed and str(day.pk) not in used:
            # A candidate that the plan leaves is no study day.
            continue
        dates = day_dates([day], plan)[day.pk]
        ours = day.routekaart_id in after
        yield DayFacts(
            id=str(day.pk),
            of=_of(day.routekaart),
            word=day.get_kind_display(),
            title=day.title,
            on=day.date,
            starts_at=day.starts_at,
            minutes=day.minutes,
            room=day.room,
            follow_up_on=dates.follow_up_on if ours else None,
            evaluation_on=dates.evaluation_on if ours else None,
            deadline=_deadline(day, plan) if deadlines else None,
        )


def _deadline(day: StudyDay, plan: Plan | None) -> date | None:
    """Until when the team prepares for a day: the first deadline of its goals."""
    found = (
        placement.deadline
        for placement in (plan.placements if plan else ())
        if placement.study_day_id == str(day.pk) and placement.deadline is not None
    )
    return min(found, default=None)


def _meetings(
    by: Access, years: _Years, plans: _Plans, *, only_own: bool
) -> Iterator[MeetingFacts]:
    """The meetings of PLGs; of a team without any, those of the whole team by its plan."""
    rows = (
        PlgMeeting.objects.filter(by.visible(PlgMeeting), cycle__routekaart__in=list(years))
        .exclude(Q(state=_SKIPPED) | Q(cycle__state=PLG_CYCLE.start))
        .select_related("cycle")
        .annotate(
            own=Exists(PlgCycleMember.objects.filter(cycle=OuterRef("cycle"), person=by.person))
        )
    )
    with_plgs: set[UUID] = set()
    for row in rows:
        with_plgs.add(row.cycle.routekaart_id)
        if row.own or not only_own:
            of = _of(years[row.cycle.routekaart_id])
            yield MeetingFacts(
                str(row.pk), of, row.cycle.name, row.date, row.starts_at, row.minutes
            )
    for routekaart, plan in plans.items():
        if routekaart in years and routekaart not in with_plgs:
            of = _of(years[routekaart])
            for number, one in enumerate(plan.plg_meetings, start=1):
                # The plan gives them no name of their own: the third one moves, say.
                yield MeetingFacts(f"{routekaart}-{number}", of, "", one.date, None, one.minutes)


def _visits(by: Access, today: date) -> Iterator[VisitFacts]:
    """Only of the pair that `by` is one of."""
    rows = LessonVisit.objects.filter(
        by.visible(LessonVisit),
        Q(visitor=by.person) | Q(host=by.person),
        date__gte=today - SHOWN_BACK - timedelta(days=1),
    ).exclude(state=_CANCELLED)
    for row in rows.select_related("cycle__routekaart__team__school"):
        yield VisitFacts(
            id=str(row.pk),
            of=_of(row.cycle.routekaart),
            hosts=row.host_id == by.person.pk,
            on=row.date,
            starts_at=row.starts_at,
            minutes=row.minutes,
        )


def _courses(by: Access, today: date) -> Iterator[CourseFacts]:
    """The own courses that are still to be done and have a date."""
    found = [one for one in own_assignments(by=by, today=today, only_open=True) if one.deadline]
    asked = {one.study_day for one in found if one.study_day}
    days = dict(StudyDay.objects.filter(pk__in=asked).values_list("pk", "date"))
    for one in found:
        if one.deadline is not None:
            yield CourseFacts(
                id=str(one.assignment.pk),
                of=_of(one.assignment.routekaart),
                title=one.assignment.course.title,
                deadline=one.deadline,
                day=days.get(one.study_day) if one.study_day else None,
            )


def _of(routekaart: Routekaart) -> OfTeam:
    return OfTeam(routekaart.team.name, routekaart.team.school.name)

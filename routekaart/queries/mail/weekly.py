"""What waits for who guides teams, per school once and then for each within their own rights.

For the worker. What is read of a school is counts and teams; who gets to know which of them is
decided here, by the same permissions as on the pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from routekaart.access import STEP_PERMISSIONS, Access, Permission, Role, access_of, school_scope
from routekaart.domain.agreements import OPEN
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.people import FULL_WEEK
from routekaart.domain.progress import preparation
from routekaart.domain.reminders import Workplace
from routekaart.domain.weekly_overview import (
    DAYS_AHEAD,
    FAILED_SINCE,
    AgreementsDue,
    DayAhead,
    MailFailed,
    Overview,
    Place,
    Step,
    Waiting,
    is_first_working_day,
    last_of_week,
    opens_this_week,
    week_key,
)
from routekaart.models import Agreement, Mail, Person, Routekaart, School, StudyDay
from routekaart.models.mail import PERSONAL, MailKind
from routekaart.models.routekaarten import State
from routekaart.queries.mail.each_school import EachSchool
from routekaart.queries.mail.reminders import open_days_around, workplaces_of
from routekaart.queries.planning.study_day_plans import NOT_PLANNED, days_in_plan
from routekaart.queries.progress.progress import progress_rows

GUIDES = (Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR)


def guides_a_team(by: Access) -> bool:
    """Whether the weekly overview is for this person."""
    return any(role in GUIDES for roles in by.roles.values() for role in roles)


_WAITS_FOR: Mapping[str, Step] = {
    State.SUBMITTED: Step.ADVISE,
    State.ADVISED: Step.ACCEPT,
    State.PLANNED: Step.APPROVE,
}
# Only what was approved asks anything of people.
_PREPARES = (State.APPROVED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class _SchoolWeek:
    """What is stuck at a school, by team; mail about no team stands under None."""

    waiting: tuple[tuple[UUID, Waiting], ...]
    days: tuple[tuple[UUID, DayAhead], ...]
    agreements: tuple[tuple[UUID, AgreementsDue], ...]
    mails: tuple[tuple[UUID | None, MailFailed], ...]


def weekly_overviews(*, today: date, each: EachSchool) -> Iterator[tuple[UUID, UUID, Overview]]:
    """Who gets an overview today, the first school that it speaks of, and what it says.

    For each on the first working day of the week, unless it was told already. A school that cannot
    be read is left out, and `each` knows.
    """
    told = Mail.objects.filter(kind=MailKind.WEEKLY, key=week_key(today)).values("person")
    guides = Person.objects.filter(
        is_active=True, weekly_mail=True, role_grants__role__in=GUIDES
    ).exclude(pk__in=told)
    schools = _Schools(today, each)
    for person in guides.distinct().order_by("pk"):
        access = access_of(person)
        if is_first_working_day(today, tuple(schools.workplaces(access).values())):
            found = schools.overview(access)
            if found is not None:
                yield person.pk, *found


def weekly_overview_now(
    *, person: Person, today: date, ended_by: tuple[type[Exception], ...] = ()
) -> Overview | None:
    """What waits for somebody by now; None when that is nothing, or they want no mail of it.

    Raises `NotAllRead` when nothing is found, but some school could not be read.
    """
    if not person.weekly_mail:
        return None
    each = EachSchool(ended_by)
    found = _Schools(today, each).overview(access_of(person))
    if found is None:
        each.check()
        return None
    return found[1]


def guide_workplaces(*, person: Person, today: date) -> tuple[Workplace, ...]:
    """When somebody works at the schools whose teams they guide."""
    each = EachSchool(ended_by=(Exception,))
    return tuple(_Schools(today, each).workplaces(access_of(person)).values())


class _Schools:
    """Reads each school once, however many people guide its teams, also one that fails."""

    def __init__(self, today: date, each: EachSchool) -> None:
        self._today = today
        self._each = each
        # None: it could not be read.
        self._weeks: dict[UUID, _SchoolWeek | None] = {}
        self._open_days: dict[UUID, tuple[date, ...]] = {}
        self._employed: dict[UUID, Mapping[UUID, Workplace] | None] = {}

    def workplaces(self, access: Access) -> dict[UUID, Workplace]:
        """When somebody works, per school; who has no days there works when the school is open."""
        found: dict[UUID, Workplace] = {}
        for school in access.schools:
            if access.roles[school].intersection(GUIDES):
                people = self._read_people(school)
                if people is not None:
                    found[school] = people.get(
                        access.person.pk, Workplace(self._open_days[school], FULL_WEEK)
                    )
        return found

    def overview(self, access: Access) -> tuple[UUID, Overview] | None:
        """What waits for somebody, and the first school of it; of schools with holidays nothing."""
        parts: list[tuple[UUID, Overview]] = []
        for school, place in self.workplaces(access).items():
            week = self._read_week(school) if opens_this_week(self._today, place) else None
            if week is not None:
                part = _within(access, school, week)
                if part.number:
                    parts.append((school, part))
        if not parts:
            return None
        return parts[0][0], Overview(
            waiting=tuple(row for _, part in parts for row in part.waiting),
            days=tuple(row for _, part in parts for row in part.days),
            agreements=tuple(row for _, part in parts for row in part.agreements),
            mails=tuple(row for _, part in parts for row in part.mails),
        )

    def _read_people(self, school: UUID) -> Mapping[UUID, Workplace] | None:
        if school not in self._employed:
            self._employed[school] = None
            with self._each.reading(school):
                with school_scope([school]):
                    self._open_days[school] = open_days_around(
                        School.objects.get(pk=school), self._today
                    )
                self._employed[school] = workplaces_of(school=school, today=self._today)
        return self._employed[school]

    def _read_week(self, school: UUID) -> _SchoolWeek | None:
        if school not in self._weeks:
            self._weeks[school] = None
            with self._each.reading(school), school_scope([school]):
                self._weeks[school] = _school_week(School.objects.get(pk=school), self._today)
        return self._weeks[school]


def _within(access: Access, school: UUID, week: _SchoolWeek) -> Overview:
    """What of it this person may know and do something about."""

    def may(permission: Permission, team: UUID) -> bool:
        return access.allows(permission, school=school, team=team)

    def sees_mail(team: UUID | None) -> bool:
        if team is None:
            return access.allows_everywhere(Permission.VIEW_MAIL, school=school)
        return may(Permission.VIEW_MAIL, team)

    steps = STEP_PERMISSIONS["routekaart"]
    return Overview(
        waiting=tuple(row for team, row in week.waiting if may(steps[row.step], team)),
        days=tuple(row for team, row in week.days if may(Permission.VIEW_PROGRESS, team)),
        agreements=tuple(
            row for team, row in week.agreements if may(Permission.VIEW_AGREEMENTS, team)
        ),
        mails=tuple(row for team, row in week.mails if sees_mail(team)),
    )


# --- One school ----------------------------------------------------------------------------------
def _school_week(school: School, today: date) -> _SchoolWeek:
    rows = list(
        Routekaart.objects.filter(team__school=school)
        .exclude(state=State.CLOSED)
        .select_related("team__school")
        .order_by("team__name", "team_id", "school_year")
    )
    return _SchoolWeek(
        waiting=tuple(
            (
                row.team_id,
                Waiting(_place(row), _WAITS_FOR[row.state], SchoolYear(row.school_year).label),
            )
            for row in rows
            if row.state in _WAITS_FOR
        ),
        days=tuple(_days([row for row in rows if row.state in _PREPARES], today)),
        agreements=tuple(_agreements(school, today)),
        mails=tuple(_mails(school, today)),
    )


def _place(row: Routekaart) -> Place:
    return Place(row.team.school.name, row.team.name)


def _days(rows: list[Routekaart], today: date) -> Iterator[tuple[UUID, DayAhead]]:
    """Of each the next study day with a goal, when its preparation is not complete.

    Without names, whatever the PMR agreed: a mail may be read over a shoulder. So nothing either
    about what too few people do.
    """
    coming = (
        StudyDay.objects.filter(routekaart__in=rows, date__range=(today, today + DAYS_AHEAD))
        .exclude(state="closed")
        .order_by("date", "pk")
    )
    by_routekaart: dict[UUID, list[StudyDay]] = {}
    for day in coming:
        by_routekaart.setdefault(day.routekaart_id, []).append(day)
    for row in rows:
        if row.pk in by_routekaart:
            planned = days_in_plan(row)
            for day in by_routekaart[row.pk]:
                goals = {goal.id for goal in planned.get(str(day.pk), NOT_PLANNED).goals}
                if goals:
                    found = preparation(progress_rows(row, today), goals, today, with_names=False)
                    if found.done < found.asked:
                        yield row.team_id, DayAhead(_place(row), day.date, found.done, found.asked)
                    break


def _agreements(school: School, today: date) -> Iterator[tuple[UUID, AgreementsDue]]:
    counted = (
        Agreement.objects.filter(routekaart__team__school=school, state=OPEN)
        .exclude(routekaart__state=State.CLOSED)
        .order_by("routekaart__team__name", "routekaart__team")
        .values_list("routekaart__team", "routekaart__team__name")
        .annotate(
            late=Count("pk", filter=Q(due_on__lt=today)),
            this_week=Count("pk", filter=Q(due_on__range=(today, last_of_week(today)))),
        )
    )
    for team, name, late, this_week in counted:
        if late or this_week:
            yield team, AgreementsDue(Place(school.name, name), late, this_week)


def _mails(school: School, today: date) -> Iterator[tuple[UUID | None, MailFailed]]:
    counted = (
        Mail.objects.filter(school=school, state="failed", made_at__date__gte=today - FAILED_SINCE)
        .exclude(kind__in=PERSONAL)
        .order_by()
        .values_list("batch__routekaart__team", "batch__routekaart__team__name")
        .annotate(number=Count("pk"))
    )
    # First what is about no team: databases do not agree on where NULL goes.
    for team, name, number in sorted(counted, key=lambda row: (row[1] or "", str(row[0]))):
        yield team, MailFailed(Place(school.name, name or ""), number)

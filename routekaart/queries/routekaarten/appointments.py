"""What a team has on which date yet to come, to hold beside the calendar of its school."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import IntegerField, Value

from courses.findings import Finding
from routekaart.domain.agreements import OPEN
from routekaart.domain.appointments import Appointment, closed_day_findings
from routekaart.domain.calendar import Override, SchoolCalendar, SchoolYear
from routekaart.domain.lifecycle import LESSON_VISIT, PLG_MEETING, STUDY_DAY
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import Agreement, LessonVisit, PlgMeeting, School, StudyDay
from routekaart.queries.planning.overrides import overrides_of
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.study_day.day_dates import DayDates, day_dates

_CLOSED = STUDY_DAY.steps["close"].target


def stored_appointments(routekaarten: Collection[UUID]) -> dict[UUID, tuple[Appointment, ...]]:
    """What is still to come of PLGs and agreements, per routekaart by kind and date; in one query.

    Call inside the scope of their schools.
    """
    found: dict[UUID, list[Appointment]] = {pk: [] for pk in routekaarten}
    if found:
        meetings = PlgMeeting.objects.filter(
            cycle__routekaart__in=routekaarten, state=PLG_MEETING.start
        )
        visits = LessonVisit.objects.filter(
            cycle__routekaart__in=routekaarten, state=LESSON_VISIT.start
        )
        agreements = Agreement.objects.filter(routekaart__in=routekaarten, state=OPEN)
        dated = (
            meetings.order_by()
            .values_list("cycle__routekaart_id", _kind(0), "date")
            .union(
                visits.order_by().values_list("cycle__routekaart_id", _kind(1), "date"),
                agreements.order_by().values_list("routekaart_id", _kind(2), "check_on"),
                all=True,
            )
        )
        for routekaart, kind, on in sorted(dated):
            found[routekaart].append(_KINDS[kind](on))
    return {pk: tuple(appointments) for pk, appointments in found.items()}


def appointments_of(
    stored: Iterable[Appointment],
    plan: DomainPlan | None,
    days: Iterable[StudyDay],
    *,
    today: date,
) -> tuple[Appointment, ...]:
    """From today on, beside the study days themselves: what is `stored`, and what comes after the
    `days` of the routekaart, of which the `plan` gives the moments."""
    still = [day for day in days if day.state != _CLOSED]
    after = (one for dates in day_dates(still, plan).values() for one in _after_day(dates))
    return tuple(one for one in (*stored, *after) if one.on >= today)


def calendars_for(
    school: School, appointments: Iterable[Appointment], overrides: Sequence[Override]
) -> tuple[SchoolCalendar, ...]:
    """The school's calendars of the years in which the appointments are."""
    years = sorted({SchoolYear.containing(one.on) for one in appointments})
    return tuple(calendar_of(school=school, year=year.start, overrides=overrides) for year in years)


def agreement_findings(agreement: Agreement) -> tuple[Finding, ...]:
    """Whether one agreement comes back on a closed day. Call inside the scope of its school."""
    if agreement.state != OPEN:
        return ()
    return _findings(agreement.routekaart.team.school, [_agreement(agreement.check_on)])


def own_moment_findings(day: StudyDay) -> tuple[Finding, ...]:
    """Whether a moment that was chosen for after a study day falls on a closed day."""
    own = list(_after_day(DayDates(day.follow_up_on, day.evaluation_on)))
    return _findings(day.routekaart.team.school, own)


def _findings(school: School, appointments: list[Appointment]) -> tuple[Finding, ...]:
    calendars = calendars_for(school, appointments, overrides_of(school)) if appointments else ()
    return closed_day_findings(appointments, calendars)


def _kind(place: int) -> Value:
    return Value(place, output_field=IntegerField())


def _meeting(on: date) -> Appointment:
    return Appointment(on, "De PLG-bijeenkomst", "plg_meetings")


def _visit(on: date) -> Appointment:
    return Appointment(on, "Een lesbezoek", "lesson_visits")


def _agreement(on: date) -> Appointment:
    return Appointment(on, "Terugkijken op een afspraak", "check_on")


def _after_day(dates: DayDates) -> Iterator[Appointment]:
    if dates.follow_up_on is not None:
        yield Appointment(dates.follow_up_on, "De vervolgbijeenkomst", "follow_up_on")
    if dates.evaluation_on is not None:
        yield Appointment(dates.evaluation_on, "De evaluatie", "evaluation_on")


_KINDS = (_meeting, _visit, _agreement)

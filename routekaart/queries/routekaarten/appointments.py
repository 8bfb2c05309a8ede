"""What a team has on which date yet to come, to hold beside the calendar of its school."""

from collections.abc import Iterable, Iterator
from datetime import date

from courses.findings import Finding
from routekaart.domain.agreements import OPEN
from routekaart.domain.appointments import Appointment, closed_day_findings
from routekaart.domain.calendar import SchoolCalendar, SchoolYear
from routekaart.domain.lifecycle import LESSON_VISIT, PLG_MEETING, STUDY_DAY
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import Agreement, LessonVisit, PlgMeeting, Routekaart, School, StudyDay
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.study_day.day_dates import DayDates, day_dates


def appointments_of(
    routekaart: Routekaart, plan: DomainPlan | None, *, today: date
) -> tuple[Appointment, ...]:
    """From today on, beside the study days themselves. `plan` gives the moments after those.

    Call inside the scope of its school.
    """
    meetings = PlgMeeting.objects.filter(cycle__routekaart=routekaart, state=PLG_MEETING.start)
    visits = LessonVisit.objects.filter(cycle__routekaart=routekaart, state=LESSON_VISIT.start)
    agreements = Agreement.objects.filter(routekaart=routekaart, state=OPEN)
    days = StudyDay.objects.filter(routekaart=routekaart).exclude(
        state=STUDY_DAY.steps["close"].target
    )
    found = [
        *(_meeting(on) for on in meetings.values_list("date", flat=True)),
        *(_visit(on) for on in visits.values_list("date", flat=True)),
        *(_agreement(on) for on in agreements.values_list("check_on", flat=True)),
        *(one for dates in day_dates(days, plan).values() for one in _after_day(dates)),
    ]
    return tuple(one for one in found if one.on >= today)


def calendars_for(
    school: School, appointments: Iterable[Appointment]
) -> tuple[SchoolCalendar, ...]:
    """The school's calendars of the years in which the appointments are."""
    years = sorted({SchoolYear.containing(one.on) for one in appointments})
    return tuple(calendar_of(school=school, year=year.start) for year in years)


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
    return closed_day_findings(appointments, calendars_for(school, appointments))


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

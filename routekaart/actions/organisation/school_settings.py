"""What a school sets for itself: its calendar, its courses, its wish for a package."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from courses.advice import UnknownSlug
from courses.catalogue import current_catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import CalendarOverride, CourseOverride, QuoteRequest, School
from routekaart.queries.organisation.schools import known_course

# Longer than any holiday or closing; a typing error in a year would close the school for ages.
LONGEST_OVERRIDE = timedelta(days=92)


@transaction.atomic
def add_calendar_override(
    *, by: Access, school_id: UUID, title: str, first_day: date, last_day: date, closed: bool
) -> CalendarOverride:
    """A period that differs from the calendar of the region."""
    by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    if last_day < first_day:
        raise BadInput("last_day", "De laatste dag ligt voor de eerste dag.", code="wrong_order")
    if last_day - first_day > LONGEST_OVERRIDE:
        raise BadInput(
            "last_day",
            f"Een afwijking duurt hoogstens {LONGEST_OVERRIDE.days} dagen. Splits de periode.",
            code="too_long",
        )
    with by.entered():
        made = CalendarOverride.objects.create(
            school_id=school_id,
            title=title,
            first_day=first_day,
            last_day=last_day,
            closed=closed,
        )
        record(by=by, school=school_id, action="add_calendar_override", subject=made)
    return made


@transaction.atomic
def remove_calendar_override(*, by: Access, override_id: int) -> None:
    """Takes a period away: the calendar of the region holds there again."""
    found = by.fetch(CalendarOverride, str(override_id), Permission.EDIT_SCHOOL)
    with by.entered():
        record(by=by, school=found.school_id, action="remove_calendar_override", subject=found)
        found.delete()


@transaction.atomic
def set_course_override(
    *,
    by: Access,
    school_id: UUID,
    course: str,
    duration_minutes: int | None,
    url: str,
    confirmed_available_on: date | None,
) -> None:
    """What the school says of a course, as a whole. Saying nothing takes the row away."""
    by.fetch(School, school_id, Permission.EDIT_COURSES)
    known_course(course)
    with by.entered():
        # There may be no row of its own yet that could be locked.
        lock_school(school_id)
        rows = CourseOverride.objects.filter(school=school_id, course=course)
        if duration_minutes is None and not url and confirmed_available_on is None:
            for row in rows:
                record(by=by, school=school_id, action="remove_course_override", subject=row)
            rows.delete()
            return
        made, _ = CourseOverride.objects.update_or_create(
            school_id=school_id,
            course_id=course,
            defaults={
                "duration_minutes": duration_minutes,
                "url": url,
                "confirmed_available_on": confirmed_available_on,
            },
        )
        record(by=by, school=school_id, action="set_course_override", subject=made)


@transaction.atomic
def request_quote(*, by: Access, school_id: UUID, package: str) -> tuple[QuoteRequest, bool]:
    """Notes that the school wants a quote for a package; the flag says whether that is new.

    Asking twice stores once. Raises `Conflict` when the school has the package already.
    """
    school = by.fetch(School, school_id, Permission.REQUEST_QUOTE)
    catalogue = current_catalogue()
    try:
        checked_slugs(catalogue, "packages", [package])
    except UnknownSlug as error:
        raise BadInput("package", str(error), code="unknown_slug") from None
    if package in school.packages or catalogue.package_by_slug[package].always_available:
        raise Conflict("Dit pakket is voor jullie school al open.", code="package_present")
    with by.entered():
        made, new = QuoteRequest.objects.get_or_create(
            school_id=school_id, package_id=package, defaults={"requested_by": by.person}
        )
        if new:
            record(by=by, school=school_id, action="request_quote", subject=made)
    return made, new

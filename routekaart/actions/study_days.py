"""Study days of a routekaart."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.dutch import dutch_date
from routekaart.access import Access, NotFound, Permission
from routekaart.actions.changing import BEFORE_APPROVAL, changing
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Routekaart, StudyDay

MINUTES_OF_DAY = 24 * 60


def add_study_day(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> StudyDay:
    """Adds a day or afternoon. It must lie in the school year; the calendar is the planner's."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="add_study_day",
    ) as routekaart:
        day = StudyDay(routekaart=routekaart, **values)
        _save(day)
    return day


def change_study_day(*, by: Access, study_day_id: UUID, values: Mapping[str, Any]) -> StudyDay:
    """Changes what `values` names."""
    seen = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="change_study_day",
    ) as routekaart:
        day = _present(routekaart, study_day_id)
        for name, value in values.items():
            setattr(day, name, value)
        _save(day)
    return day


def remove_study_day(*, by: Access, study_day_id: UUID) -> None:
    """Takes a day away; a plan that was made with it keeps it."""
    seen = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="remove_study_day",
    ) as routekaart:
        _present(routekaart, study_day_id).delete()


def _present(routekaart: Routekaart, study_day_id: UUID) -> StudyDay:
    """The day as it stands now that the routekaart is locked; what was read before may be old."""
    day = StudyDay.objects.filter(routekaart=routekaart, pk=study_day_id).first()
    if day is None:
        raise NotFound("StudyDay")
    day.routekaart = routekaart
    return day


def _save(day: StudyDay) -> None:
    year = SchoolYear(day.routekaart.school_year)
    if day.date not in year:
        raise BadInput(
            "date",
            f"Deze dag valt buiten het schooljaar {year.label} ({dutch_date(year.first_day)} "
            f"tot en met {dutch_date(year.last_day)}). Kies een dag daarbinnen.",
            code="outside_school_year",
        )
    # A value that was just set may still be text.
    starts_at = StudyDay._meta.get_field("starts_at").to_python(day.starts_at)
    if starts_at.hour * 60 + starts_at.minute + day.minutes > MINUTES_OF_DAY:
        raise BadInput(
            "minutes",
            "Deze studiedag eindigt pas na middernacht. Begin eerder, of maak hem korter.",
            code="ends_after_midnight",
        )
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:
        raise Conflict(
            "Op deze datum staat al een studiedag. Wijzig die, of kies een andere datum.",
            code="study_day_exists",
        ) from None

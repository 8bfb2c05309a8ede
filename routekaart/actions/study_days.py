"""Study days of a routekaart."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from routekaart.access import Access, Permission
from routekaart.actions.routekaarten import BEFORE_APPROVAL, changing
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import StudyDay


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
    day = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=day.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="change_study_day",
    ):
        for name, value in values.items():
            setattr(day, name, value)
        _save(day)
    return day


def remove_study_day(*, by: Access, study_day_id: UUID) -> None:
    """Takes a day away; a plan that was made with it keeps it."""
    day = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=day.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="remove_study_day",
    ):
        day.delete()


def _save(day: StudyDay) -> None:
    start = day.routekaart.school_year
    if not date(start, 8, 1) <= day.date <= date(start + 1, 7, 31):
        raise BadInput(
            "date",
            f"Deze dag valt buiten het schooljaar {start}-{start + 1} "
            f"(1 augustus {start} tot en met 31 juli {start + 1}). Kies een dag daarbinnen.",
            code="outside_school_year",
        )
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:
        raise Conflict(
            "Op deze datum staat al een studiedag. Wijzig die, of kies een andere datum.",
            code="study_day_exists",
        ) from None

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
from routekaart.models import PreparationNote, Routekaart, StudyDay
from routekaart.queries.organisation.people import belongs_to_school

MINUTES_OF_DAY = 24 * 60
_TIMES = ("date", "starts_at", "minutes")


def add_study_day(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> StudyDay:
    """Adds a day or afternoon. It must lie in the school year; the calendar is the planner's."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="add_study_day",
    ) as routekaart:
        day = StudyDay(routekaart=routekaart)
        _fill(day, values)
        _save(day)
    return day


def change_study_day(*, by: Access, study_day_id: UUID, values: Mapping[str, Any]) -> StudyDay:
    """Changes what `values` names; notes, topics and programme go along with the day.

    A day that is ready keeps its date and times, one that is closed stays as it is: raises
    `Conflict` (`day_ready`, `day_closed`).
    """
    seen = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="change_study_day",
    ) as routekaart:
        day = _present(routekaart, study_day_id)
        _check_may_change(day, values)
        _fill(day, values)
        _check_moments(day)
        _save(day)
    return day


def remove_study_day(*, by: Access, study_day_id: UUID) -> None:
    """Takes a day away; a plan that was made with it keeps it.

    Raises `Conflict` when it is ready or closed (`day_ready`, `day_closed`), or when somebody
    prepared notes for it (`day_has_notes`): those are never lost.
    """
    seen = by.fetch(StudyDay, study_day_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=BEFORE_APPROVAL,
        action="remove_study_day",
    ) as routekaart:
        day = _present(routekaart, study_day_id)
        _check_in_preparation(day)
        if PreparationNote.objects.filter(study_day=day).exists():
            raise Conflict(
                "Bij deze studiedag zijn notities gemaakt, en die blijven bewaard. Kies een "
                "andere datum voor de dag: dan gaan ze mee.",
                code="day_has_notes",
            )
        day.delete()


def _present(routekaart: Routekaart, study_day_id: UUID) -> StudyDay:
    """The day as it stands now that the routekaart is locked; what was read before may be old."""
    day = StudyDay.objects.filter(pk=study_day_id).first()
    if day is None:
        raise NotFound("StudyDay")
    day.routekaart = routekaart
    return day


def _check_may_change(day: StudyDay, values: Mapping[str, Any]) -> None:
    # What the programme and the readiness of the day rest on.
    moves = any(getattr(day, name) != values[name] for name in _TIMES if name in values)
    if day.state == "closed" or moves:
        _check_in_preparation(day)


def _check_in_preparation(day: StudyDay) -> None:
    if day.state == "closed":
        raise Conflict(
            "Deze studiedag is afgesloten. Heropen hem eerst.",
            code="day_closed",
        )
    if day.state == "ready":
        raise Conflict(
            "Deze studiedag staat klaar. Zet hem eerst terug naar ‘in voorbereiding’.",
            code="day_ready",
        )


def _check_moments(day: StudyDay) -> None:
    moments = [moment for moment in (day.follow_up_on, day.evaluation_on) if moment is not None]
    if moments and min(moments) <= day.date:
        raise BadInput(
            "date",
            f"Het vervolg of de evaluatie van deze dag staat op {dutch_date(min(moments))}. "
            "Kies een eerdere datum, of wijzig eerst dat moment.",
            code="moment_before_day",
        )


def _fill(day: StudyDay, values: Mapping[str, Any]) -> None:
    """`trainer` is the id of somebody of the school, or None for nobody."""
    plain = dict(values)
    if "trainer" in plain:
        trainer = plain["trainer_id"] = plain.pop("trainer")
        school = day.routekaart.team.school_id
        if trainer and not belongs_to_school(person_id=trainer, school_id=school):
            raise BadInput(
                "trainer",
                "Deze trainer hoort niet bij jullie school. Kies iemand die er werkt of er een "
                "rol heeft, of laat een schoolbeheerder hem of haar toevoegen.",
                code="not_at_this_school",
            )
    for name, value in plain.items():
        setattr(day, name, value)


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

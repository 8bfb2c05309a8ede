"""The one way to change what belongs to a study day: notes, topics, programme, its state.

The day is locked, not the routekaart: the plan does not rest on any of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.models import StudyDay

_CLOSED = "closed"


@contextmanager
def changing_day(
    *,
    by: Access,
    study_day_id: UUID,
    permission: Permission,
    action: str,
    subject: Model | None = None,
    even_closed: bool = False,
    private: bool = False,
) -> Iterator[StudyDay]:
    """The day, locked inside a transaction, while the year goes on and the day is not closed.

    Raises `NotFound`, `Forbidden`, or `Conflict` (`wrong_state` of the routekaart, `day_closed`).
    When the body ends well, a row in the log is added, on `subject` or else on the day. What is
    `private` stays out of the history that the team reads.
    """
    by.fetch(StudyDay, study_day_id, permission)
    with transaction.atomic(), by.entered():
        day = (
            StudyDay.objects.select_for_update(of=("self",), no_key=True)
            .select_related("routekaart__team__school")
            .filter(pk=study_day_id)
            .first()
        )
        if day is None:
            raise NotFound("StudyDay")
        check_state(day.routekaart, UNDERWAY)
        if not even_closed:
            check_not_closed(day)
        yield day
        record(
            by=by,
            school=day.routekaart.team.school_id,
            action=action,
            subject=subject or day,
            routekaart=None if private else day.routekaart_id,
        )


@contextmanager
def preparing(
    *,
    by: Access,
    study_day_id: UUID,
    revision: int,
    action: str,
    subject: Model | None = None,
) -> Iterator[StudyDay]:
    """The same for topics and programme: `revision` is the one that was read, and is raised.

    Raises `Conflict` (`stale_revision`) when somebody else was first.
    """
    with changing_day(
        by=by,
        study_day_id=study_day_id,
        permission=Permission.PREPARE_DAY,
        action=action,
        subject=subject,
    ) as day:
        if revision != day.programme_revision:
            raise Conflict(
                "Iemand anders heeft het programma of de onderwerpen intussen gewijzigd. "
                "Haal ze opnieuw op en probeer het dan nog eens.",
                code="stale_revision",
            )
        yield day
        day.programme_revision += 1
        day.save(update_fields=["programme_revision"])


def check_not_closed(day: StudyDay) -> None:
    """Raises `Conflict` (`day_closed`) for a day that is closed."""
    if day.state == _CLOSED:
        raise Conflict(
            f"Deze studiedag is {STUDY_DAY.words[_CLOSED]}. Heropen hem eerst.",
            code="day_closed",
        )

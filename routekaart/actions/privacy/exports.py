"""Asking for all that is known of a person."""

from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.documents.jobs import request_job
from routekaart.domain.errors import Conflict
from routekaart.models import Employment, Job
from routekaart.models.jobs import DocumentFormat, DocumentKind, JobKind, JobState
from routekaart.queries.documents.offered import Wanted

_WANTED = Wanted(DocumentKind.PERSON_DATA, DocumentFormat.ZIP)


@transaction.atomic
def request_own_data(*, by: Access) -> Job:
    """A job that makes the ZIP with all that is known of who asks, for nobody else.

    The same request while it still waits gives the same job again. Raises `Conflict`
    (`no_school`) for who has no place at any school: then there is nobody to make it for.
    """
    if not by.schools:
        raise Conflict(
            "Je hoort bij geen enkele school. Vraag je oude school om je gegevens: die laat het "
            "bestand maken door de technisch beheerder van Routekaart.",
            code="no_school",
        )
    return _request(by, school=by.schools[0], person_id=by.person.pk)


@transaction.atomic
def request_data_for(*, by: Access, employment_id: UUID) -> Job:
    """The same for a colleague who asked the school for it. Only that colleague can open it.

    Raises `NotFound` and `Forbidden` for who does not manage the people of the school.
    """
    employment = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        record(
            by=by,
            school=employment.school_id,
            action="request_data_for",
            subject=employment.person,
        )
    return _request(by, school=employment.school_id, person_id=employment.person_id)


def _request(by: Access, *, school: UUID, person_id: UUID) -> Job:
    payload = _WANTED.payload | {"person": str(person_id)}
    waiting = Job.objects.filter(
        kind=JobKind.PERSON_DATA, state=JobState.QUEUED, requested_by=by.person, payload=payload
    ).first()
    return waiting or request_job(
        by=by, school=school, kind=JobKind.PERSON_DATA, payload=payload, private=True
    )

"""Documents for all teams in one request: a bundle with a job for each team and format."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from routekaart import clock
from routekaart.access import Access
from routekaart.actions.audit import record
from routekaart.actions.documents.jobs import CANCELLED, check_may_handle
from routekaart.actions.wakeups import wake_bulk
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Job, Person
from routekaart.models.jobs import (
    OPEN,
    DocumentFormat,
    DocumentKind,
    DocumentLength,
    JobKind,
    JobState,
)
from routekaart.queries.documents.bundle_places import Place, bundle_schools
from routekaart.queries.documents.bundles import TeamPlans, bundled_kinds, team_plans
from routekaart.queries.documents.jobs import job_for
from routekaart.queries.documents.offered import Wanted, check_offered


def request_bundle(
    *,
    by: Access,
    school_id: UUID | None = None,
    board_id: UUID | None = None,
    kind: DocumentKind = DocumentKind.TEAM,
    formats: Sequence[DocumentFormat] = (DocumentFormat.PDF,),
    length: DocumentLength = DocumentLength.FULL,
    persons: bool = False,
    school_year: int | None = None,
    today: date | None = None,
) -> Job:
    """A bundle with a job for every team that has a plan, times the formats.

    For the teams of a school or those of a whole board: one of the two. Teams without a plan are
    kept with their reason. The same request while its bundle has not ended gives that bundle.

    Raises `NotFound` and `Forbidden` as `bundle_schools`, `BadInput` for what is not offered, and
    `Conflict` (`no_plan`) when no team has a plan.
    """
    place = Place(school=None if board_id else school_id, board=board_id)
    schools = bundle_schools(by=by, place=place, persons=persons)
    wanted = _wanted(kind, formats, length)
    found = team_plans(
        by=by, schools=schools, school_year=school_year, today=today or clock.today()
    )
    if not found.plans:
        raise Conflict(
            f"Geen enkel team heeft een plan voor {SchoolYear(found.year).label}. Maak eerst "
            "plannen; daarna kunnen de documenten.",
            code="no_plan",
        )
    asked = {
        "place": str(place.board or place.school),
        "kind": kind.value,
        "formats": [one.format.value for one in wanted],
        "length": length.value,
        "year": found.year,
    }
    with transaction.atomic(), by.entered():
        # Two requests at once are one after the other: the second finds the bundle of the first.
        Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
        same = Job.objects.filter(
            kind=JobKind.BUNDLE,
            state__in=OPEN,
            requested_by=by.person,
            holds_persons=persons,
            payload__asked=asked,
        ).first()
        return same or _stored(by, place, schools, asked, wanted, found, persons=persons)


def cancel_job(*, by: Access, job_id: UUID) -> Job:
    """Ends what waits; what runs is finished. Of a bundle all that waits, and there is no ZIP.

    Safe to repeat: what has ended stays as it is.
    """
    job = job_for(by=by, job_id=job_id)
    check_may_handle(by=by, job=job)
    is_bundle = job.kind == JobKind.BUNDLE
    # A bundle that packs its ZIP stops too: whoever packs it has lost its token.
    states = OPEN if is_bundle else (JobState.QUEUED,)
    with transaction.atomic(), by.entered():
        if Job.objects.filter(pk=job.pk, state__in=states).update(**CANCELLED):
            if is_bundle:
                Job.objects.filter(parent=job.pk, state=JobState.QUEUED).update(**CANCELLED)
            record(by=by, school=job.school_id, action="cancel_job", subject=job)
            if job.parent_id:
                # It may have been the last that its bundle waited for.
                transaction.on_commit(wake_bulk, robust=True)
    return job_for(by=by, job_id=job_id)


def _wanted(
    kind: DocumentKind, formats: Iterable[DocumentFormat], length: DocumentLength
) -> tuple[Wanted, ...]:
    """One per format, each once and in a fixed order."""
    if kind not in bundled_kinds():
        raise BadInput(
            "kind", "Dit document is er niet per team. Kies een ander.", code="kind_not_offered"
        )
    chosen = set(formats)
    wanted = tuple(Wanted(kind, one, length) for one in DocumentFormat if one in chosen)
    if not wanted:
        raise BadInput("formats", "Kies minstens één soort bestand.", code="no_format")
    for one in wanted:
        check_offered(one, format_field="formats")
    return wanted


def _stored(
    by: Access,
    place: Place,
    schools: Sequence[UUID],
    asked: dict[str, object],
    wanted: Sequence[Wanted],
    found: TeamPlans,
    *,
    persons: bool,
) -> Job:
    skipped = [{"team": str(one.team), "reason": one.reason} for one in found.skipped]
    bundle = Job.objects.create(
        school_id=schools[0],
        board_id=place.board,
        kind=JobKind.BUNDLE,
        payload={
            "asked": asked,
            "schools": [str(school) for school in schools],
            "skipped": skipped,
        },
        holds_persons=persons,
        requested_by=by.person,
    )
    Job.objects.bulk_create(
        (
            Job(
                school_id=team.school,
                parent=bundle,
                kind=JobKind.DOCUMENT,
                payload=one.payload | {"plan": str(team.plan)},
                routekaart_id=team.routekaart,
                holds_persons=persons and one.has_room_for_persons,
                requested_by=by.person,
            )
            for team in found.plans
            for one in wanted
        ),
        batch_size=500,
    )
    record(by=by, school=bundle.school_id, action="request_bundle", subject=bundle)
    # robust: an error here must not undo an answer that was already given.
    transaction.on_commit(wake_bulk, robust=True)
    return bundle

"""Shapes of documents and of the jobs that make them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import Field

from routekaart.api.routekaarten.routekaart_shapes import SchoolYearLabel
from routekaart.api.shapes import Id, Reply, Shape
from routekaart.models import Document, Job
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.bundles import REASONS, Progress, progress_of
from routekaart.queries.documents.offered import wanted_of

# As a request may ask for them; what there is of each kind is for the action to say.
FormatName = Literal["pdf", "docx", "xlsx", "json"]
LengthName = Literal["compact", "standard", "full"]
KindName = Literal["team", "group", "person", "study-day", "school", "board", "mr"]


class DocumentRequest(Shape):
    """Which document. Without a plan it is made of the latest."""

    plan: Id | None = None
    persons: bool | None = Field(
        None,
        description=(
            "Met een hoofdstuk per persoon. Laat je dit weg, dan komen die hoofdstukken erin als "
            "je ze mag zien."
        ),
    )
    format: FormatName = Field(
        "pdf", description="Als welk soort bestand; niet elk document is er in elke vorm."
    )
    length: LengthName = Field(
        "full", description="Hoe uitgebreid; niet elk document is er in elke lengte."
    )


class BundleRequest(Shape):
    """Which documents for all teams. Teams without a plan are left out, and named."""

    kind: KindName = "team"
    formats: list[FormatName] = Field(["pdf"], min_length=1, max_length=4)
    length: LengthName = "full"
    persons: bool = Field(
        default=False, description="Met een hoofdstuk per persoon, voor wie dat mag zien."
    )
    school_year: SchoolYearLabel | None = Field(
        None, description="Laat je dit weg, dan is het dit schooljaar."
    )


class FailureReply(Reply):
    """What went wrong: `code` is stable, `detail` is Dutch and says what to do."""

    code: str
    detail: str


class SkippedReply(Reply):
    """A team of which nothing is made: `reason` is stable, `detail` is Dutch."""

    team: UUID
    reason: str
    detail: str


class BundleReply(Reply):
    """How far a bundle is: its jobs by what they ended as, out of `total`."""

    total: int
    done: int
    failed: int
    cancelled: int
    skipped: list[SkippedReply]


class JobReply(Reply):
    """A job. While it is queued a failure tells why the last attempt did not work out.

    `document_kind`, `format` and `length` say what it makes. A bundle has a job for every team and
    format, each with a document of its own; its `progress` is how many of those have ended, and its
    own document is the ZIP with all of them.
    """

    id: UUID
    school: UUID
    routekaart: UUID | None
    kind: str
    parent: UUID | None = Field(description="De bundel waar deze klus bij hoort.")
    bundle: BundleReply | None = Field(description="Alleen bij een bundel: hoe ver die is.")
    document_kind: DocumentKind | None
    format: DocumentFormat | None
    length: DocumentLength | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: int = Field(ge=0, le=100)
    persons: bool
    failure: FailureReply | None
    document: UUID | None
    requested_at: datetime
    finished_at: datetime | None


class DocumentReply(Reply):
    """A finished document. `sha256` is that of the file, so that a download can be checked.

    It is about a school, or about something of it: what is empty here, it is not about. With
    `board` it is about all schools of that board.
    """

    id: UUID
    school: UUID
    board: UUID | None
    routekaart: UUID | None
    plan: UUID | None
    plan_version: int | None
    adopted: bool = Field(description="Gemaakt van het plan zoals het is vastgesteld.")
    person: UUID | None
    study_day: UUID | None
    subject: str = Field(description="Over welke groep of dag het gaat, in een paar woorden.")
    private: bool = Field(description="Alleen voor de persoon over wie het gaat.")
    kind: DocumentKind
    format: DocumentFormat
    length: DocumentLength
    catalogue_version: str = Field(description="Uit welke catalogus de cijfers komen.")
    persons: bool
    file_name: str
    media_type: str
    size: int = Field(description="In bytes.")
    sha256: str
    made_at: datetime


def job_reply(job: Job) -> JobReply:
    """A job of `with_progress` as the API gives it."""
    wanted = wanted_of(job)
    progress = progress_of(job)
    return JobReply(
        id=job.pk,
        school=job.school_id,
        routekaart=job.routekaart_id,
        kind=job.kind,
        parent=job.parent_id,
        bundle=_bundle(job, progress) if progress else None,
        document_kind=wanted.kind if wanted else None,
        format=wanted.format if wanted else None,
        length=wanted.length if wanted else None,
        state=job.state,
        progress=progress.percent if progress else job.progress,
        persons=job.holds_persons,
        failure=(
            FailureReply(code=job.failure_code, detail=job.failure_text)
            if job.failure_code
            else None
        ),
        document=job.document_id,
        requested_at=job.requested_at,
        finished_at=job.finished_at,
    )


def _bundle(job: Job, progress: Progress) -> BundleReply:
    return BundleReply(
        total=progress.total,
        done=progress.done,
        failed=progress.failed,
        cancelled=progress.cancelled,
        skipped=[
            SkippedReply(
                team=one["team"], reason=one["reason"], detail=REASONS.get(one["reason"], "")
            )
            for one in job.payload["skipped"]
        ],
    )


def document_reply(document: Document) -> DocumentReply:
    """A document, read along with its plan, as the API gives it."""
    return DocumentReply(
        id=document.pk,
        school=document.school_id,
        board=document.board_id,
        routekaart=document.routekaart_id,
        plan=document.plan_id,
        plan_version=document.plan.version if document.plan else None,
        adopted=document.adopted,
        person=document.person_id,
        study_day=document.study_day_id,
        subject=document.subject,
        private=document.private,
        kind=document.kind,
        format=document.format,
        length=document.length,
        catalogue_version=document.catalogue_version,
        persons=document.holds_persons,
        file_name=document.file_name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.content_hash,
        made_at=document.made_at,
    )


def accepted(request: HttpRequest, response: HttpResponse, job: Job) -> Status[JobReply]:
    """The answer to a request for work: the job, and where it is followed."""
    # Beside this operation, whatever address the API is served under.
    root = request.path
    for place in ("/routekaarten/", "/study-days/", "/schools/", "/boards/", "/jobs/"):
        root = root.partition(place)[0]
    response["Location"] = f"{root}/jobs/{job.pk}"
    return Status(202, job_reply(job))

"""Jobs, and the documents they make. The row is the truth; the broker only wakes a worker."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.plans import Plan
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager
from routekaart.models.word_templates import WordTemplate


class JobState(models.TextChoices):
    QUEUED = "queued", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


class JobKind(models.TextChoices):
    TEAM_PLAN_PDF = "team-plan-pdf", "scholingsplan van het team (PDF)"


class DocumentKind(models.TextChoices):
    TEAM = "team", "scholingsplan van het team"


class Document(models.Model):
    """A finished document. The file lies in the storage under `content_hash`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="documents")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    # SHA-256 of the canonical input, template and renderer version: same input, one document.
    input_hash = models.CharField(max_length=64)
    # SHA-256 of the bytes: the name of the file in the storage.
    content_hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField("grootte in bytes")
    media_type = models.CharField(max_length=100)
    file_name = models.CharField("bestandsnaam", max_length=200)
    # Documents with a chapter per person are not for the director, the board or the MR.
    holds_persons = models.BooleanField("met hoofdstuk per persoon", default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    # The school's own template that it was made with; that stays as long as this document does.
    word_template = models.ForeignKey(
        WordTemplate, models.PROTECT, null=True, blank=True, related_name="documents"
    )

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "kind", "input_hash"], name="same_input_one_document"
            )
        ]
        indexes = [models.Index(fields=["content_hash"], name="document_file")]

    def __str__(self) -> str:
        return self.file_name


class Job(models.Model):
    """Work for a worker. Outside the tenant net: a worker reads a job before it knows its school.

    The web side reads jobs through `queries/documents/jobs.py`, which requires the school.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=30, choices=JobKind.choices)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    # What to do, as ids: everything else is read again when the job runs.
    payload = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField("voortgang", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    # Drawn anew at each claim; a worker that lost its lease no longer knows the right one.
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Not before: back-off after a failed attempt. On the database's clock, like the lease.
    due_at = models.DateTimeField(db_default=Now())
    failure_code = models.CharField(max_length=60, blank=True)
    failure_text = models.TextField("wat er misging", blank=True)
    # The document will hold chapters per person: the job is seen by whom the document is for.
    holds_persons = models.BooleanField("met hoofdstuk per persoon", default=False)
    requested_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    routekaart = models.ForeignKey(
        Routekaart, models.CASCADE, null=True, blank=True, related_name="jobs"
    )

    class Meta:
        verbose_name = "klus"
        verbose_name_plural = "klussen"
        ordering = ["-requested_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__gte=0) & Q(progress__lte=100), name="job_progress_in_range"
            ),
        ]
        indexes = [
            # What a worker looks for at every sweep.
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "running"]),
                name="job_claimable",
            ),
            models.Index(fields=["school", "-requested_at"], name="job_of_school"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class IdempotencyKey(models.Model):
    """A POST that was answered before: the same key gives the same answer again.

    Outside the tenant net: it belongs to a person, before any school is known.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    # SHA-256 of method, path and body: the same key for another request is an error.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    response = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "idempotentiesleutel"
        verbose_name_plural = "idempotentiesleutels"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return self.key

"""Jobs, and the documents they make. The row is the truth; the broker only wakes a worker."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from routekaart.logs import trace
from routekaart.models.organisation import Board, School
from routekaart.models.people import Person
from routekaart.models.plans import Plan
from routekaart.models.routekaarten import Routekaart, StudyDay
from routekaart.models.scoped import ScopedManager
from routekaart.models.word_templates import WordTemplate


class JobState(models.TextChoices):
    QUEUED = "queued", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "geannuleerd"


# Whatever is not in here has ended.
OPEN = (JobState.QUEUED, JobState.RUNNING)


class JobKind(models.TextChoices):
    DOCUMENT = "document", "document"
    # The parent of jobs that each make one document; its own document is the ZIP with all of them.
    BUNDLE = "bundle", "documenten voor alle teams"
    # All that is known of one person, for that person.
    PERSON_DATA = "person-data", "gegevens van een medewerker"


class DocumentKind(models.TextChoices):
    TEAM = "team", "scholingsplan van het team"
    # The people of one function of a team, or of several.
    GROUP = "group", "scholingsplan van een groep"
    PERSON = "person", "persoonlijk scholingsplan"
    STUDY_DAY = "study-day", "programmaboekje"
    SCHOOL = "school", "overzicht van de school"
    BOARD = "board", "overzicht van het bestuur"
    MR = "mr", "samenvatting voor de MR"
    MR_SCHOOL = "mr-school", "samenvatting voor de MR van alle teams"
    BUNDLE = "bundle", "documenten van alle teams"
    PERSON_DATA = "person-data", "alles wat van iemand bekend is"


# Made for the MR, also before it agrees; and what shows a plan of a team, as adopted or not.
MR_KINDS = (DocumentKind.MR, DocumentKind.MR_SCHOOL)
PLAN_KINDS = (DocumentKind.TEAM, DocumentKind.GROUP)


class DocumentFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    JSON = "json", "JSON"
    ZIP = "zip", "ZIP"


class DocumentLength(models.TextChoices):
    COMPACT = "compact", "kort"
    STANDARD = "standard", "gewoon"
    FULL = "full", "uitgebreid"


class Document(models.Model):
    """A finished document. The file lies in the storage under `content_hash`.

    What it is about: a school, and where it is narrower a routekaart with its plan, a study day or
    a person. With `board` it is about all schools of that board: then `school` is only the one it
    is kept at, and who does not read every school of the board does not see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="documents")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="+")
    routekaart = models.ForeignKey(
        Routekaart, models.CASCADE, null=True, blank=True, related_name="documents"
    )
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="documents")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    # A booklet stays when its day is taken away.
    study_day = models.ForeignKey(
        StudyDay, models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    # In a word or two what of it: which group, which day. Empty where the kind says enough.
    subject = models.CharField("waarover", max_length=200, blank=True)
    # Nobody but `person` sees it: the own words and the own progress are in it.
    private = models.BooleanField("alleen voor de persoon zelf", default=False)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    format = models.CharField("vorm", max_length=8, choices=DocumentFormat.choices)
    length = models.CharField("lengte", max_length=8, choices=DocumentLength.choices)
    # The version of the catalogue that its figures come from; empty where it has none of those.
    catalogue_version = models.CharField(max_length=64, blank=True)
    # SHA-256 of what it is about and for whom, of the content and of the version of the renderer.
    # What it is about stands in the hash, because empty columns never count as equal.
    input_hash = models.CharField(max_length=64)
    # SHA-256 of the bytes: the name of the file in the storage.
    content_hash = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("grootte in bytes")
    media_type = models.CharField(max_length=100)
    file_name = models.CharField("bestandsnaam", max_length=200)
    # Documents with a chapter per person are not for the director, the board or the MR.
    holds_persons = models.BooleanField("met hoofdstuk per persoon", default=False)
    # How far others are, by name: seen by others only while the PMR agrees to that.
    holds_progress = models.BooleanField("met voortgang op naam", default=False, db_default=False)
    # Made from a plan as it was adopted, and not from what a team still works on. That the plan was
    # adopted since, or once, says nothing of what a document was made from.
    adopted = models.BooleanField("van een vastgesteld plan", default=False, db_default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    # The school's own template that it was made with; that stays as long as this document does.
    word_template = models.ForeignKey(
        WordTemplate, models.RESTRICT, null=True, blank=True, related_name="documents"
    )

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "format", "input_hash"], name="same_input_one_document"
            )
        ]
        indexes = [
            models.Index(fields=["content_hash"], name="document_file"),
            models.Index(fields=["routekaart", "-made_at"], name="document_of_routekaart"),
            models.Index(fields=["school", "-made_at"], name="document_of_school"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def standing(self) -> str:
        """What it says of itself, where it shows the plan of a team; nothing where it does not."""
        if self.plan_id is None:
            return ""
        return "Vastgesteld" if self.adopted else "Concept"


class Job(models.Model):
    """Work for a worker. Outside the tenant net: a worker reads a job before it knows its school.

    The web side reads jobs through `queries/documents/jobs.py`, which requires the school.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="jobs")
    # For all schools of a board; `school` is then only where the row is kept, as with a document.
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="+")
    # The bundle that this job belongs to. A bundle itself runs once all its children have ended.
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=30, choices=JobKind.choices)
    state = models.CharField(max_length=9, choices=JobState.choices, default=JobState.QUEUED)
    # What to do, as ids and choices: everything else is read again when the job runs.
    payload = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField("voortgang", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    # How often it waited for the storage, which is nobody's attempt.
    waits = models.PositiveSmallIntegerField("keren gewacht", default=0)
    # Drawn anew at each claim; a worker that lost its lease no longer knows the right one.
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Not before: back-off after a failed attempt. On the database's clock, like the lease.
    due_at = models.DateTimeField(db_default=Now())
    failure_code = models.CharField(max_length=60, blank=True)
    failure_text = models.TextField("wat er misging", blank=True)
    # The document will hold chapters per person: the job is seen by whom the document is for.
    holds_persons = models.BooleanField("met hoofdstuk per persoon", default=False)
    # For a document that only the requester sees: nobody else sees that it is made either.
    private = models.BooleanField("alleen voor de aanvrager", default=False)
    requested_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    routekaart = models.ForeignKey(
        Routekaart, models.CASCADE, null=True, blank=True, related_name="jobs"
    )
    # The number of the request that asked for it, as the log has it.
    request_id = models.CharField(
        max_length=trace.MAX_LENGTH, blank=True, default=trace.request_id, db_default=""
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
            # Whether a bundle still waits for one of its children, and how far it is.
            models.Index(
                fields=["parent", "state"], condition=Q(parent__isnull=False), name="job_children"
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

"""What people note while preparing a study day, and the topics that those notes are gathered in."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.domain.lifecycle import TOPIC
from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, StudyDay
from routekaart.models.scoped import ScopedManager
from routekaart.models.work_groups import WorkGroup


class NoteKind(models.TextChoices):
    FINDING = "finding", "bevinding"
    QUESTION = "question", "vraag"
    WISH = "wish", "wens"


class Topic(models.Model):
    """Notes that belong together, as they come up on the study day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study_day = models.ForeignKey(StudyDay, models.CASCADE, related_name="topics")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="topics")
    title = models.CharField("onderwerp", max_length=300)
    state = models.CharField(max_length=9, choices=TOPIC.choices, default=TOPIC.start)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    # What came of it on the day.
    answer = models.TextField("antwoord", blank=True)
    block = models.ForeignKey(
        "routekaart.ProgrammeBlock",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="topics",
    )

    objects = ScopedManager(school="study_day__routekaart__team__school")

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class TopicVote(models.Model):
    """That somebody wants to speak about a topic. Only the number is ever shown."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = ScopedManager(school="topic__study_day__routekaart__team__school")

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "person"], name="one_vote_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}"


class PreparationNote(models.Model):
    """A finding, question or wish. Only its author sees it until it is shared.

    `revision` rises with every edit, and what stood there before is kept in a NoteVersion.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study_day = models.ForeignKey(StudyDay, models.PROTECT, related_name="notes")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="notes")
    course = models.ForeignKey(
        "courses.Course", models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(Person, models.CASCADE, related_name="preparation_notes")
    # Written on behalf of a group: once shared it is the group's.
    work_group = models.ForeignKey(
        WorkGroup, models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    text = models.TextField("tekst")
    revision = models.PositiveIntegerField(default=1)
    shared_at = models.DateTimeField("gedeeld op", null=True, blank=True)
    # Taken away by its author: nobody sees it, its text is kept.
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="notes")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="study_day__routekaart__team__school")

    class Meta:
        verbose_name = "notitie bij de voorbereiding"
        verbose_name_plural = "notities bij de voorbereiding"
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["study_day", "shared_at"], name="notes_of_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=True) | Q(shared_at__isnull=False),
                name="only_shared_notes_in_topics",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class NoteVersion(models.Model):
    """The text of a note before an edit. Rows are only ever added."""

    note = models.ForeignKey(PreparationNote, models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    text = models.TextField("tekst")
    replaced_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="note__study_day__routekaart__team__school")

    class Meta:
        verbose_name = "eerdere tekst van een notitie"
        verbose_name_plural = "eerdere teksten van notities"
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["note", "revision"], name="note_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.note_id} ({self.revision})"

"""The trainer's advice: at work on it, as versions, and what the team says of each item."""

import uuid

from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class AdviceDesk(models.Model):
    """What the trainer is changing in the advice before it is proposed: one desk per routekaart.

    `revision` rises with every change, so that a second trainer overwrites nothing. `changes` are
    those of `domain/advice_desk/changes.py`, as JSON.
    """

    routekaart = models.OneToOneField(Routekaart, models.CASCADE, related_name="advice_desk")
    revision = models.PositiveIntegerField(default=0)
    changes = models.JSONField("wijzigingen", default=list)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "advies in bewerking"
        verbose_name_plural = "adviezen in bewerking"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.routekaart_id} ({self.revision})"


class AdviceVersion(models.Model):
    """The advice of a trainer, as a version that never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="advice_versions")
    version = models.PositiveIntegerField()
    content = models.JSONField("advies")
    # What trainers changed in what the mapping proposed, in this round and the rounds before.
    trainer_changes = models.JSONField("wijzigingen van de trainer", default=list)
    note = models.TextField("toelichting", blank=True)
    catalogue_version = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["routekaart", "version"], name="advice_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class AdviceDecision(models.Model):
    """What the team says of one item of an advice: taken, or declined with a reason."""

    advice = models.ForeignKey(AdviceVersion, models.CASCADE, related_name="decisions")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    accepted = models.BooleanField("aangenomen")
    reason = models.TextField("reden", blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="advice__routekaart__team__school")

    class Meta:
        verbose_name = "besluit over een advies"
        verbose_name_plural = "besluiten over adviezen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["advice", "course"], name="one_decision_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.accepted}"

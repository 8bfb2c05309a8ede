"""What a routekaart leads to: the trainer's advice, and the courses that people get."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager


class AdviceVersion(models.Model):
    """The advice of a trainer, as a version that never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="advice_versions")
    version = models.PositiveIntegerField()
    content = models.JSONField("advies")
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


class Assignment(models.Model):
    """A course for a person, with its reason. Withdrawn rows stay, so that history stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    # The goals that the course serves: assigned once, counted for all of them.
    goals: Any = models.ManyToManyField(
        Goal, related_name="assignments", blank=True, through="AssignmentGoal"
    )
    reason = models.TextField("reden")
    mandatory = models.BooleanField("verplicht", default=True)
    assigned_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "person", "course"],
                condition=Q(withdrawn_at__isnull=True),
                name="course_assigned_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.person_id}"


class AssignmentGoal(models.Model):
    """A goal that an assigned course serves. Written out, so that it lies inside the tenant net."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="assignment_goals")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="assignment_goals")

    objects = ScopedManager(school="assignment__routekaart__team__school")

    class Meta:
        verbose_name = "doel bij een toewijzing"
        verbose_name_plural = "doelen bij toewijzingen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "goal"], name="goal_once_per_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.goal_id}"


class HoursAgreement(models.Model):
    """The agreement that a mandatory course may draw on the person's own hours.

    Without this row it never does. Who recorded or withdrew it stands in the log.
    """

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="hours_agreement")
    agreed_on = models.DateField("afgesproken op")
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="assignment__routekaart__team__school")

    class Meta:
        verbose_name = "afspraak over uren"
        verbose_name_plural = "afspraken over uren"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment_id} ({self.agreed_on})"

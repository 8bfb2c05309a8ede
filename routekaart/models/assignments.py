"""The courses that people get, for which goals, and by which action."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models.assignment_batches import AssignmentBatch
from routekaart.models.completions import Completion
from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager

# What counts as assigned: everything that nobody took back.
STANDING = tuple(state for state in ASSIGNMENT.words if state != "withdrawn")


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
    state = models.CharField(
        max_length=9, choices=ASSIGNMENT.choices, default=ASSIGNMENT.start, db_index=True
    )
    # When it came into its present state, and why where a reason is asked (waived, withdrawn).
    state_since = models.DateTimeField(default=timezone.now)
    state_reason = models.TextField("reden van de status", blank=True)
    # What made it done: an older completion may count for it too.
    completion = models.ForeignKey(
        Completion, models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    batch = models.ForeignKey(
        AssignmentBatch, models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    # Before this day the person does not see it and hears nothing of it.
    starts_on = models.DateField("gaat in op", null=True, blank=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "person", "course"],
                condition=~Q(state="withdrawn"),
                name="course_assigned_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ASSIGNMENT.words)), name="assignment_state_known"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="assignment_of_person")]

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


class BatchItem(models.Model):
    """That an action of assigning asked for this assignment, for this goal.

    So that undoing one action takes nothing away that another one asked for too.
    """

    batch = models.ForeignKey(AssignmentBatch, models.CASCADE, related_name="items")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="asked_by")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    # Whether the assignment serves this goal because of this action.
    added = models.BooleanField("toegevoegd", default=False)

    objects = ScopedManager(school="batch__routekaart__team__school")

    class Meta:
        verbose_name = "onderdeel van een toewijsactie"
        verbose_name_plural = "onderdelen van toewijsacties"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "assignment", "goal"], name="item_once_per_batch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.assignment_id}"


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

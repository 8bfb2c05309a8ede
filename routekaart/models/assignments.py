"""What a routekaart leads to: the trainer's advice, and the courses that people get."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models.completions import Completion
from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager

# What counts as assigned: everything that nobody took back.
STANDING = tuple(state for state in ASSIGNMENT.words if state != "withdrawn")


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


class TargetKind(models.TextChoices):
    PERSON = "person", "een collega"
    FUNCTION = "function", "een functie"
    WORK_GROUP = "work_group", "een werkgroep"
    TEAM = "team", "het team"
    ADVICE = "advice", "volgens het advies"
    RULE = "rule", "volgens een regel"


class AssignmentBatch(models.Model):
    """One action of assigning, which can be undone as one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="assignment_batches")
    target = models.CharField("aan", max_length=10, choices=TargetKind.choices)
    # What it was in words when it was done: names of people and groups may change.
    title = models.CharField("omschrijving", max_length=300)
    # Of whom it was the target, where that was a function.
    function = models.CharField("functie", max_length=60, blank=True)
    # Ahead of date: before this day nobody sees it as theirs or hears of it.
    starts_on = models.DateField("gaat in op", null=True, blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("teruggedraaid op", null=True, blank=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "toewijsactie"
        verbose_name_plural = "toewijsacties"
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["routekaart", "-made_at"], name="batch_of_routekaart")]

    def __str__(self) -> str:
        return self.title


class AssignmentRule(models.Model):
    """That everyone with a function (empty: everyone in the team) gets a course for a goal.

    Whoever joins later gets it by this rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="assignment_rules")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    function = models.CharField("functie", max_length=60, blank=True)
    mandatory = models.BooleanField("verplicht", default=True)
    reason = models.TextField("reden")
    # The action that made it: when that is undone, the rule goes too.
    batch = models.ForeignKey(
        AssignmentBatch, models.SET_NULL, null=True, blank=True, related_name="rules"
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="goal__routekaart__team__school")

    class Meta:
        verbose_name = "toewijsregel"
        verbose_name_plural = "toewijsregels"
        ordering = ["course_id", "function", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "course", "function"], name="one_rule_per_goal_course_function"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.function or 'iedereen'}"


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


class GroupCompletion(models.Model):
    """A course that some people did together: one note, and each of them confirms for oneself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="group_completions")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    done_on = models.DateField("samen gedaan op")
    note = models.TextField("wat viel op", blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "samen afgeronde cursus"
        verbose_name_plural = "samen afgeronde cursussen"
        ordering = ["-done_on", "id"]

    def __str__(self) -> str:
        return f"{self.course_id} ({self.done_on})"


class GroupConfirmation(models.Model):
    """Somebody of whom the group says that they took part, and when they confirmed it."""

    group_completion = models.ForeignKey(
        GroupCompletion, models.CASCADE, related_name="confirmations"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)

    objects = ScopedManager(school="group_completion__routekaart__team__school")

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group_completion", "person"], name="one_confirmation_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


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

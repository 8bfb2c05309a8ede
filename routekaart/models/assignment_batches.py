"""Actions of assigning that can be undone as one, and the rules by which joiners get courses."""

import uuid

from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager


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

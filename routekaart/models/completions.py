"""What people have done: one row per person, course and day, through one door."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class CompletionSource(models.TextChoices):
    SELF = "self", "zelf gemeld"
    GROUP = "group", "samen gedaan en bevestigd"
    IMPORT = "import", "ingelezen uit een lijst"
    RECORDED = "recorded", "vastgelegd door team of trainer"


class Completion(models.Model):
    """A person did a course on a day. The same one again, from whatever source, changes nothing.

    It belongs to the school where it was recorded: another school does not see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="completions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="completions")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    done_on = models.DateField("afgerond op")
    source = models.CharField("bron", max_length=8, choices=CompletionSource.choices)
    # Where the source says more: the name of the list, what was noted, a certificate's number.
    proof = models.CharField("bewijs", max_length=300, blank=True)
    # Counts although it is older than the school accepts, or does not although it is not.
    counts = models.BooleanField("telt mee", null=True, blank=True)
    counts_reason = models.TextField("reden", blank=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Taken back by whoever reported it by mistake. The row stays.
    revoked_at = models.DateTimeField("teruggenomen op", null=True, blank=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "afronding"
        verbose_name_plural = "afrondingen"
        ordering = ["-done_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "person", "course", "done_on"],
                condition=Q(revoked_at__isnull=True),
                name="one_completion_per_day",
            )
        ]
        indexes = [models.Index(fields=["school", "-done_on"], name="completion_of_school")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.course_id} ({self.done_on})"


class Reflection(models.Model):
    """What somebody learned from a course, in own words. Nobody but that person ever sees it."""

    completion = models.OneToOneField(Completion, models.CASCADE, related_name="reflection")
    text = models.TextField("wat neem ik mee")
    written_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(school="completion__school")

    class Meta:
        verbose_name = "reflectie"
        verbose_name_plural = "reflecties"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.completion_id}"

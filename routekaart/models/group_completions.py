"""Courses that some people did together: one note, and each confirms for oneself."""

import uuid

from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


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

"""Plans: each a version that never changes."""

import uuid

from django.db import models
from django.utils import timezone

from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class Plan(models.Model):
    """A route through the school year, stored whole: a plan is read whole and never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="plans")
    version = models.PositiveIntegerField()
    content = models.JSONField("plan")
    # SHA-256 of what the plan was made from: the same input gives the same version again.
    input_hash = models.CharField(max_length=64)
    # Nothing was planned before this day. Part of what the plan was made from.
    plan_from = models.DateField("gepland vanaf", default=timezone.localdate)
    catalogue_version = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # From then on people count on it: a later version changes as little of it as can be.
    approved_at = models.DateTimeField("vastgesteld op", null=True, blank=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["routekaart", "version"], name="plan_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}"

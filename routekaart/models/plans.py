"""Plans: each a version that never changes."""

import uuid
from typing import Any

from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class PlanQuerySet(models.QuerySet["Plan"]):
    """Changes of many rows at once keep the rule of `Plan.save` too."""

    def update(self, **kwargs: Any) -> int:
        """Raises `ValueError` for what a version was made of or holds, changed or not."""
        if _MADE & kwargs.keys():
            raise ValueError(_NEVER)
        return super().update(**kwargs)


class PlanManager(ScopedManager["Plan"]):
    """With the query set that guards what was made."""

    _queryset_class = PlanQuerySet


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

    objects = PlanManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["routekaart", "version"], name="plan_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `ValueError` for other content: a version is never edited."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or _MADE & {*fields}):
            before = type(self)._base_manager.filter(pk=self.pk).values(*_MADE).first()
            now = {name: getattr(self, name) for name in _MADE}
            if before is not None and before != now:
                raise ValueError(_NEVER)
        super().save(*args, **kwargs)


_MADE = frozenset({"content", "input_hash", "version", "plan_from", "catalogue_version"})
_NEVER = "a version of a plan never changes: make a new one"


class FrozenPlan(models.Model):
    """All that the documents of a plan are made from, as it stood when the plan was approved.

    Without it a document asked for later would show today's names, answers and catalogue beside
    dates that the MR agreed to. One per version; approving the same version again replaces it.
    """

    plan = models.OneToOneField(Plan, models.CASCADE, primary_key=True, related_name="frozen")
    # Compressed JSON, read and written by `queries/documents/frozen.py`: the catalogue of that
    # moment is in it.
    content = models.BinaryField()
    frozen_at = models.DateTimeField()

    objects = ScopedManager(school="plan__routekaart__team__school")

    class Meta:
        verbose_name = "vastgelegd plan"
        verbose_name_plural = "vastgelegde plannen"

    def __str__(self) -> str:
        return f"{self.plan_id}"


@receiver(pre_delete, sender=Plan)
def keep_what_people_count_on(
    instance: Plan, origin: models.Model | models.QuerySet[Any], **_kwargs: object
) -> None:
    """A version that was approved only goes along with its routekaart."""
    started = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if instance.approved_at is not None and started is Plan:
        raise models.ProtectedError("an approved version of a plan is kept", {instance})

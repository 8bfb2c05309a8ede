"""Work groups: some people of a team who work on a goal together (S34)."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, Routekaart
from routekaart.models.scoped import ScopedManager


class WorkGroup(models.Model):
    """A few people of the team with a goal and a rhythm."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="work_groups")
    name = models.CharField("naam", max_length=200)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="work_groups"
    )
    rhythm_weeks = models.PositiveSmallIntegerField(
        "weken tussen bijeenkomsten",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    members: Any = models.ManyToManyField(
        Person, related_name="work_groups", through="WorkGroupMember"
    )

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "werkgroep"
        verbose_name_plural = "werkgroepen"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "name"], name="work_group_name_once_per_routekaart"
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkGroupMember(models.Model):
    """Somebody in a work group. Written out, so that it lies inside the tenant net."""

    work_group = models.ForeignKey(WorkGroup, models.CASCADE, related_name="member_rows")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = ScopedManager(school="work_group__routekaart__team__school")

    class Meta:
        verbose_name = "lid van een werkgroep"
        verbose_name_plural = "leden van werkgroepen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["work_group", "person"], name="once_in_a_work_group")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

"""The own budget of somebody at a school: what was granted per year, and what it went to."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class BudgetLineKind(models.TextChoices):
    GRANTED = "granted", "toegekend"
    SPENT = "spent", "uitgegeven"


class BudgetLine(models.Model):
    """An amount in whole cents, in the school year that began on 1 August of `school_year`.

    Hangs on person and school, not on the employment: it stays when somebody leaves, until the
    data of that person go.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="budget_lines")
    person = models.ForeignKey(Person, models.CASCADE, related_name="budget_lines")
    school_year = models.PositiveSmallIntegerField("schooljaar")
    kind = models.CharField("soort", max_length=7, choices=BudgetLineKind.choices)
    cents = models.PositiveIntegerField("bedrag in centen")
    # Of what is spent only.
    what = models.CharField("waaraan", max_length=200, blank=True)
    spent_on = models.DateField("uitgegeven op", null=True, blank=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "regel van een scholingsbudget"
        verbose_name_plural = "regels van scholingsbudgetten"
        ordering = ["school_year", "spent_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "person", "school_year"],
                condition=Q(kind="granted"),
                name="one_grant_per_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="granted", spent_on__isnull=True, what="")
                | (Q(kind="spent", spent_on__isnull=False) & ~Q(what="")),
                name="budget_line_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.cents} ({self.school_year})"

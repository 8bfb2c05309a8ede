"""Who left, and who was erased: ids and dates, never a name."""

from django.db import models

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class Departure(models.Model):
    """Somebody left a school: from here the time runs that the data are kept.

    `given_name`: of who was let go without ever having come, what the school called them, so that
    what stays there does not tell the name of an account. Empty for who came.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="departures")
    person = models.ForeignKey(Person, models.CASCADE, related_name="departures")
    left_at = models.DateTimeField("weg sinds")
    given_name = models.CharField(
        "opgegeven naam", max_length=200, default="", db_default="", blank=True
    )

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "vertrek"
        verbose_name_plural = "vertrokken medewerkers"
        ordering = ["-left_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "person"], name="one_departure_per_school")
        ]
        indexes = [models.Index(fields=["left_at"], name="departure_age")]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.school_id})"


class Erasure(models.Model):
    """An account whose name was erased. Applied again when an older backup is put back.

    Outside the tenant net: an erased account belongs to no school. No foreign key, because the
    list also holds ids that a restored backup does not know.
    """

    person_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField("gewist op")
    # Until what was made there during the erasure is away too; empty from then on.
    schools_to_clear = models.JSONField("scholen die nog nagekeken worden", null=True)

    class Meta:
        verbose_name = "gewiste medewerker"
        verbose_name_plural = "gewiste medewerkers"
        ordering = ["erased_at", "person_id"]

    def __str__(self) -> str:
        return str(self.person_id)

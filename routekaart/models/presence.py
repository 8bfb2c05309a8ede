"""Who is filling in which step of a routekaart at this moment."""

from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class Presence(models.Model):
    """Where somebody was last seen in a routekaart. Forgotten within a day, and never logged."""

    routekaart = models.ForeignKey(Routekaart, models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    step = models.CharField("stap", max_length=20)
    seen_at = models.DateTimeField("gezien om", db_index=True)

    objects = ScopedManager(school="routekaart__team__school")

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["routekaart", "person"], name="one_presence_per_person_and_routekaart"
            )
        ]

    def __str__(self) -> str:
        return self.step

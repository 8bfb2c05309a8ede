"""The catalogue as a whole."""

from django.db import models
from django.db.models import Q


class CatalogueSection(models.Model):
    """Parts that are only ever read as a whole: PLG, instruments, notes of the general offer."""

    key = models.CharField("deel", max_length=40, primary_key=True)
    content = models.JSONField("inhoud")

    class Meta:
        verbose_name = "deel van de catalogus"
        verbose_name_plural = "delen van de catalogus"

    def __str__(self) -> str:
        return self.key


class CatalogueState(models.Model):
    """One row: which catalogue the tables hold. `stamp` is new after every change."""

    ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ROW)
    version = models.CharField("versie", max_length=64, blank=True)
    stamp = models.UUIDField("stempel")
    loaded_at = models.DateTimeField("geladen op")

    class Meta:
        verbose_name = "stand van de catalogus"
        verbose_name_plural = "stand van de catalogus"
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="courses_cataloguestate_one_row"),
        )

    def __str__(self) -> str:
        return self.version

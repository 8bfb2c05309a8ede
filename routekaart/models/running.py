"""What runs behind, as rows that every host sees: which workers live, and what the clock asks.

Outside the tenant net: of the whole installation, and about nobody.
"""

from django.db import models
from django.db.models.functions import Now


class WorkerSign(models.Model):
    """The last sign of life of the workers of one host. Its name is that of the host."""

    host = models.CharField(primary_key=True, max_length=255)
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "teken van leven"
        verbose_name_plural = "tekens van leven"
        indexes = [models.Index(fields=["seen_at"], name="worker_sign_age")]

    def __str__(self) -> str:
        return self.host


class ScheduledTask(models.Model):
    """When something that happens by the clock is next to be done, on the database's clock.

    Who moves `due_at` may do it: however many ask, it is done once.
    """

    name = models.CharField(primary_key=True, max_length=100)
    due_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "taak op de klok"
        verbose_name_plural = "taken op de klok"

    def __str__(self) -> str:
        return self.name

"""Who did what, when. Rows are only ever added."""

from django.db import models

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.routekaarten import Routekaart
from routekaart.models.scoped import ScopedManager


class AuditEntry(models.Model):
    """One action of one person on one object of one school. Holds ids, never content."""

    school = models.ForeignKey(School, models.CASCADE, related_name="audit_entries")
    # Where it belongs to one: its history is read by this.
    routekaart = models.ForeignKey(
        Routekaart, models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    action = models.CharField("handeling", max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["school", "-at"], name="audit_of_school"),
            models.Index(fields=["routekaart", "-at"], name="audit_of_routekaart"),
            models.Index(fields=["object_kind", "object_id"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        return self.action

"""A school's own Word template. The file lies in the storage, as it was handed in."""

import uuid

from django.db import models
from django.db.models import Q

from routekaart.models.organisation import School
from routekaart.models.people import Person
from routekaart.models.scoped import ScopedManager


class WordTemplate(models.Model):
    """One version of a school's template. At most one of a school is in use.

    What documents were made with stays, also when the school removed it: they may have to be made
    again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="word_templates")
    name = models.CharField("naam", max_length=200)
    # Counts up per school, over all its templates.
    version = models.PositiveIntegerField("versie")
    # SHA-256 of the bytes: the name of the file in the storage.
    content_hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField("grootte in bytes")
    active = models.BooleanField("in gebruik", default=False)
    uploaded_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "Word-sjabloon"
        verbose_name_plural = "Word-sjablonen"
        ordering = ["-version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "version"], name="word_template_version"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(active=True), name="one_word_template_in_use"
            ),
            models.CheckConstraint(
                condition=Q(active=False) | Q(removed_at=None), name="word_template_used_is_there"
            ),
        ]
        indexes = [models.Index(fields=["content_hash"], name="word_template_file")]

    def __str__(self) -> str:
        return self.name

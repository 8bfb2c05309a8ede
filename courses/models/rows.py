"""What all rows of the catalogue have in common.

The files in `courses/data/` own the rows with origin "shipped": `load.py` writes them, retires
what vanished from the files and never deletes. Rows with origin "own" belong to schools (their
own frameworks) and are left alone. A slug is the primary key, so that foreign keys of other apps
hold the slug itself.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

SLUG_LENGTH = 120
TITLE_LENGTH = 300
# A digest of what makes a row without a slug the same row after an edit.
KEY_LENGTH = 32

Constraints = tuple[models.BaseConstraint, ...]


class Origin(models.TextChoices):
    SHIPPED = "shipped", "meegeleverd"
    OWN = "own", "eigen"


def title_field() -> "models.CharField[str, str]":
    return models.CharField("titel", max_length=TITLE_LENGTH)


def texts_field(name: str) -> "models.JSONField[Any, Any]":
    return models.JSONField(name, default=list, blank=True)


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database itself refuses a word outside a closed list."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"%(app_label)s_%(class)s_{field}"
    )


class CatalogueRow(models.Model):
    """What every row has: who owns it, its printed place, and since when it is out of use."""

    origin = models.CharField(
        "herkomst", max_length=7, choices=Origin.choices, default=Origin.SHIPPED
    )
    position = models.PositiveIntegerField("volgorde", default=0)
    retired_at = models.DateTimeField("vervallen op", null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[Constraints] = (one_of("origin", Origin),)


class SlugRow(CatalogueRow):
    slug = models.CharField("slug", max_length=SLUG_LENGTH, primary_key=True)
    title = title_field()

    class Meta(CatalogueRow.Meta):
        abstract = True
        ordering = (
            "position",
            "slug",
        )
        constraints: ClassVar[Constraints] = (
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(title=""), name="%(app_label)s_%(class)s_named"
            ),
        )

    def __str__(self) -> str:
        return self.title

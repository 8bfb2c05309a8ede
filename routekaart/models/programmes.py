"""The programme of a study day as the trainer makes it: blocks with rooms, groups and people."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from routekaart.models.people import Person
from routekaart.models.routekaarten import Goal, StudyDay
from routekaart.models.scoped import ScopedManager


class BlockKind(models.TextChoices):
    OPENING = "opening", "opening"
    DEEPENING = "deepening", "verdieping"
    PRACTICE = "practice", "oefenen"
    AGREEMENTS = "agreements", "afspraken"
    BREAK = "break", "pauze"
    LUNCH = "lunch", "lunch"


class ProgrammeBlock(models.Model):
    """A part of a study day. Blocks with the same start and another `track` run side by side.

    `track` empty: for everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study_day = models.ForeignKey(StudyDay, models.CASCADE, related_name="blocks")
    starts_at = models.TimeField("begint om")
    minutes = models.PositiveSmallIntegerField(
        "duur in minuten", validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    kind = models.CharField(max_length=10, choices=BlockKind.choices)
    title = models.CharField("titel", max_length=300)
    text = models.TextField("toelichting", blank=True)
    items = models.JSONField("op tafel", default=list)
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="+")
    track = models.CharField("groep", max_length=100, blank=True)
    room = models.CharField("ruimte", max_length=200, blank=True)
    people: Any = models.ManyToManyField(Person, related_name="+", through="BlockPerson")

    objects = ScopedManager(school="study_day__routekaart__team__school")

    class Meta:
        verbose_name = "programmaonderdeel"
        verbose_name_plural = "programmaonderdelen"
        ordering = ["starts_at", "track", "id"]
        indexes = [models.Index(fields=["study_day", "starts_at"], name="blocks_of_day")]

    def __str__(self) -> str:
        return self.title


class BlockPerson(models.Model):
    """Somebody who leads a block, or takes part in it where groups run side by side."""

    block = models.ForeignKey(ProgrammeBlock, models.CASCADE, related_name="person_rows")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    leads = models.BooleanField("begeleidt", default=False)

    objects = ScopedManager(school="block__study_day__routekaart__team__school")

    class Meta:
        verbose_name = "deelnemer aan een onderdeel"
        verbose_name_plural = "deelnemers aan onderdelen"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["block", "person"], name="once_in_a_block")]

    def __str__(self) -> str:
        return f"{self.person_id}"

"""Boards, schools and teams: the tenants, and what a school sets for itself."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from routekaart.models.scoped import ScopedManager


class Sector(models.TextChoices):
    PO = "po", "primair onderwijs"
    SBO = "sbo", "speciaal basisonderwijs"
    SO = "so", "speciaal onderwijs"
    VO = "vo", "voortgezet onderwijs"


class Region(models.TextChoices):
    NOORD = "Noord", "Noord"
    MIDDEN = "Midden", "Midden"
    ZUID = "Zuid", "Zuid"


class Skin(models.TextChoices):
    PLAIN = "plain", "geen vaste cyclus"
    PDCA = "pdca", "PDCA"
    LEERKRACHT = "leerkracht", "leerKRACHT"
    WMK = "wmk", "WMK"
    HGW = "hgw", "handelingsgericht werken"


def default_packages() -> list[str]:
    """What an academy holds unless the school says otherwise."""
    return ["academie", "leerblokken"]


class Board(models.Model):
    """A school board. Outside the tenant net: it has no school, its schools have it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=200)
    number = models.CharField(
        "bestuursnummer",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d{5}$", "Een bestuursnummer heeft vijf cijfers.")],
    )

    class Meta:
        verbose_name = "bestuur"
        verbose_name_plural = "besturen"

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school location: the tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="schools", verbose_name="bestuur")
    name = models.CharField("naam", max_length=200)
    brin = models.CharField(
        "BRIN en vestiging",
        max_length=6,
        unique=True,
        validators=[
            RegexValidator(
                r"^\d{2}[A-Z]{2}\d{2}$", "Een vestiging is BRIN plus twee cijfers, zoals 16SW00."
            )
        ],
    )
    sector = models.CharField(max_length=3, choices=Sector.choices)
    region = models.CharField("vakantieregio", max_length=6, choices=Region.choices)
    packages = models.JSONField("pakketten", default=default_packages)
    academy_url = models.URLField("adres van de academie", blank=True)
    free_on_good_friday = models.BooleanField("vrij op Goede Vrijdag", default=True)
    free_on_liberation_day = models.BooleanField("elk jaar vrij op 5 mei", default=True)
    # The MR's consent to show progress by name; off until a date of the decision is known.
    progress_by_name_since = models.DateField(
        "voortgang op naam sinds (besluit PMR)", null=True, blank=True
    )
    # Who works here needs a second step at sign-in.
    second_factor_required = models.BooleanField("aanmelden in twee stappen", default=False)
    # Whoever the federation calls staff of this school gets a place here by signing in.
    staff_joins = models.BooleanField(
        "medewerkers komen vanzelf binnen via de federatie", default=False, db_default=False
    )
    # How old a completion may be and still count (feature 27); assumption, editable.
    completion_months = models.PositiveSmallIntegerField(
        "maanden dat een afronding telt",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    # Rule → number, where the school agreed on another one than the rule has.
    date_numbers = models.JSONField(
        "eigen getallen bij regels voor datums", default=dict, blank=True
    )
    # euros, leader_euros, saved_years, where the school agreed on another number than the CAO.
    budget_numbers = models.JSONField(
        "eigen getallen voor het scholingsbudget",
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
    )
    # Whose words the school uses for the quality cycle (S31-S33, S40): names only, never data.
    skin = models.CharField(
        "kwaliteitscyclus", max_length=10, choices=Skin.choices, default=Skin.PLAIN
    )

    objects = ScopedManager(school="pk")

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class CalendarOverride(models.Model):
    """A period that differs from the region: closed, or open although it is a holiday."""

    school = models.ForeignKey(School, models.CASCADE, related_name="calendar_overrides")
    title = models.CharField("omschrijving", max_length=200)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag")
    closed = models.BooleanField("gesloten", default=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "afwijking van de kalender"
        verbose_name_plural = "afwijkingen van de kalender"
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="calendar_override_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CourseOverride(models.Model):
    """What a school changes about a course of the catalogue: duration, address, availability."""

    school = models.ForeignKey(School, models.CASCADE, related_name="course_overrides")
    course = models.ForeignKey(
        "courses.Course", models.PROTECT, related_name="+", verbose_name="cursus"
    )
    duration_minutes = models.PositiveIntegerField(
        "duur in minuten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
    )
    url = models.URLField("adres", blank=True)
    confirmed_available_on = models.DateField("beschikbaarheid bevestigd op", null=True, blank=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "aanpassing van een cursus"
        verbose_name_plural = "aanpassingen van cursussen"
        constraints = [
            models.UniqueConstraint(fields=["school", "course"], name="one_override_per_course")
        ]

    def __str__(self) -> str:
        return self.course.title


class SchoolCourse(models.Model):
    """A course that is not in the shipped catalogue, and the school that added it.

    The row in `courses` has origin "own"; no other school sees it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="own_courses")
    course = models.OneToOneField("courses.Course", models.PROTECT, related_name="+")
    provider = models.CharField("aanbieder", max_length=200, blank=True)
    added_by = models.ForeignKey("routekaart.Person", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "eigen cursus"
        verbose_name_plural = "eigen cursussen"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.course.title


class QuoteRequest(models.Model):
    """One click on a locked package (S20). Nothing is sent: a person follows it up."""

    school = models.ForeignKey(School, models.CASCADE, related_name="quote_requests")
    package = models.ForeignKey("courses.Package", models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("routekaart.Person", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "offerteverzoek"
        verbose_name_plural = "offerteverzoeken"
        constraints = [
            models.UniqueConstraint(fields=["school", "package"], name="one_quote_per_package")
        ]

    def __str__(self) -> str:
        return f"{self.package_id}"


class Team(models.Model):
    """A team of one school."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="teams")
    name = models.CharField("naam", max_length=200)

    objects = ScopedManager(school="school")

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="team_name_once_per_school")
        ]

    def __str__(self) -> str:
        return self.name

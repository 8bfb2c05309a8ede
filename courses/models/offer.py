"""Courses, and the printed lists that mention them."""

from django.db import models
from django.db.models import Q

from courses.models.interventions import Intervention
from courses.models.rows import KEY_LENGTH, TITLE_LENGTH, CatalogueRow, SlugRow, one_of, texts_field
from courses.models.vocabulary import Category, Function, Package


class CourseKind(models.TextChoices):
    COURSE = "course", "cursus"
    NOTENDOP = "notendop", "notendop"
    LEERBLOK = "leerblok", "leerblok"
    PODCAST = "podcast", "podcast"


class DurationBasis(models.TextChoices):
    STATED = "stated", "door een bron genoemd"
    ASSUMED = "assumed", "aanname"


class Step(models.TextChoices):
    START = "start", "om mee te beginnen"
    DEEPEN = "deepen", "verdieping"
    CHOOSE = "choose", "naar keuze"


class Course(SlugRow):
    kind = models.CharField("soort", max_length=8, choices=CourseKind.choices)
    printed_titles = texts_field("titels zoals afgedrukt")
    duration_minutes = models.PositiveIntegerField("duur in minuten")
    duration_basis = models.CharField(
        "grond van de duur", max_length=7, choices=DurationBasis.choices
    )
    tools = texts_field("hulpmiddelen")
    note = models.TextField("toelichting", blank=True)
    availability_confirmed_on = models.DateField(
        "beschikbaarheid bevestigd op", null=True, blank=True
    )

    class Meta(SlugRow.Meta):
        verbose_name = "e-learningcursus"
        verbose_name_plural = "e-learningcursussen"
        constraints = (
            *SlugRow.Meta.constraints,
            one_of("kind", CourseKind),
            one_of("duration_basis", DurationBasis),
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=1), name="courses_course_duration"
            ),
        )


class Mention(CatalogueRow):
    """A course in the printed list of an intervention, or in the general offer of a category.

    `key` is what makes it the same line after an edit: course, provider, platform and audience.
    """

    intervention = models.ForeignKey(
        Intervention, verbose_name="interventie", on_delete=models.PROTECT, null=True, blank=True,
        related_name="mentions",
    )  # fmt: skip
    category = models.ForeignKey(
        Category, verbose_name="algemeen aanbod bij", on_delete=models.PROTECT, null=True,
        blank=True, related_name="general_offer",
    )  # fmt: skip
    key = models.CharField("sleutel", max_length=KEY_LENGTH)
    course = models.ForeignKey(
        Course, verbose_name="cursus", on_delete=models.PROTECT, related_name="mentions"
    )
    printed_title = models.CharField("titel zoals afgedrukt", max_length=TITLE_LENGTH)
    provider = models.CharField("aanbieder", max_length=40)
    package = models.ForeignKey(Package, verbose_name="pakket", on_delete=models.PROTECT)
    platform = models.CharField("platform", max_length=40, blank=True)
    audience = models.ManyToManyField(
        Function, verbose_name="doelgroep", through="MentionAudience", related_name="mentions"
    )
    available_from = models.DateField("beschikbaar vanaf", null=True, blank=True)
    step = models.CharField("plaats", max_length=6, choices=Step.choices, blank=True)
    phases = texts_field("fasen")

    class Meta(CatalogueRow.Meta):
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"
        ordering = ("position",)
        constraints = (
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(intervention=None, category__isnull=False)
                | Q(intervention__isnull=False, category=None),
                name="courses_mention_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(step="") | Q(step__in=Step.values), name="courses_mention_step"
            ),
            models.UniqueConstraint(
                fields=["intervention", "origin", "key"],
                condition=Q(intervention__isnull=False),
                name="courses_mention_of_intervention",
            ),
            models.UniqueConstraint(
                fields=["category", "origin", "key"],
                condition=Q(category__isnull=False),
                name="courses_mention_of_category",
            ),
        )

    def __str__(self) -> str:
        return self.printed_title


class MentionAudience(models.Model):
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="ordered_audience")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "doelgroep van een vermelding"
        verbose_name_plural = "doelgroepen van vermeldingen"
        constraints = (
            models.UniqueConstraint(
                fields=["mention", "function"], name="courses_mentionaudience_once"
            ),
        )

    def __str__(self) -> str:
        return self.function_id

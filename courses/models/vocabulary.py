"""The words that the rest of the catalogue is written in."""

from django.db import models
from django.db.models import F, Q

from courses.models.rows import TITLE_LENGTH, CatalogueRow, SlugRow, texts_field, title_field


class Source(SlugRow):
    publisher = models.CharField("uitgever", max_length=TITLE_LENGTH)
    published = models.CharField("verschenen", max_length=20)
    url = models.TextField("adres", blank=True)
    kind = models.CharField("soort", max_length=20)
    note = models.TextField("toelichting", blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "bron"
        verbose_name_plural = "bronnen"


class Parameter(SlugRow):
    unit = models.CharField("eenheid", max_length=40, blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "parameter"
        verbose_name_plural = "parameters"


class Function(SlugRow):
    plural = models.CharField("meervoud", max_length=TITLE_LENGTH)
    includes = models.ManyToManyField(
        "self",
        verbose_name="omvat ook",
        symmetrical=False,
        through="FunctionInclusion",
        related_name="included_in",
    )
    level = models.TextField("niveau", blank=True)
    allowed_tasks = texts_field("toegestane taken")
    not_allowed_tasks = texts_field("niet toegestane taken")
    vog_required = models.BooleanField("VOG verplicht", default=False)
    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.PROTECT, null=True, blank=True
    )
    note = models.TextField("toelichting", blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "functie"
        verbose_name_plural = "functies"


class FunctionInclusion(models.Model):
    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="inclusions")
    included = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "functie die meetelt"
        verbose_name_plural = "functies die meetellen"
        constraints = (
            models.UniqueConstraint(
                fields=["function", "included"], name="courses_functioninclusion_once"
            ),
            models.CheckConstraint(
                condition=~Q(function=F("included")), name="courses_functioninclusion_other"
            ),
        )

    def __str__(self) -> str:
        return f"{self.function_id} → {self.included_id}"


class Package(SlugRow):
    always_available = models.BooleanField("altijd beschikbaar", default=False)
    in_default = models.BooleanField("standaard aanwezig", default=False)
    assumed = models.BooleanField("aanname", default=False)
    note = models.TextField("toelichting", blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "pakket"
        verbose_name_plural = "pakketten"


class Framework(SlugRow):
    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.PROTECT, null=True, blank=True
    )
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "raamwerk"
        verbose_name_plural = "raamwerken"
        constraints = (
            *SlugRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="courses_framework_period",
            ),
        )


class Category(CatalogueRow):
    framework = models.ForeignKey(
        Framework, verbose_name="raamwerk", on_delete=models.PROTECT, related_name="categories"
    )
    code = models.CharField("code", max_length=20)
    title = title_field()
    requires_other_category = models.BooleanField("alleen naast een andere", default=False)

    class Meta(CatalogueRow.Meta):
        verbose_name = "categorie"
        verbose_name_plural = "categorieën"
        ordering = (
            "framework",
            "position",
            "code",
        )
        constraints = (
            *CatalogueRow.Meta.constraints,
            models.UniqueConstraint(fields=["framework", "code"], name="courses_category_code"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

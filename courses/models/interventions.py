"""Interventions with what sources say about them."""

from django.db import models
from django.db.models import F, Q

from courses.models.rows import KEY_LENGTH, SLUG_LENGTH, CatalogueRow, SlugRow, one_of, texts_field
from courses.models.vocabulary import Category, Parameter, Source


class PointKind(models.TextChoices):
    QUESTION = "question", "vraag"
    FACT = "fact", "feit"
    WARNING = "warning", "waarschuwing"


class Intervention(SlugRow):
    category = models.ForeignKey(
        Category, verbose_name="categorie", on_delete=models.PROTECT, related_name="interventions"
    )
    summary = models.TextField("samenvatting", blank=True)
    has_card = models.BooleanField("heeft een kaart", default=False)
    training_required = models.BooleanField("scholing nodig", default=False)
    no_specific_offer = models.BooleanField("geen specifiek aanbod", default=False)
    advice = texts_field("advies")
    external_references = texts_field("verwijzingen naar buiten")
    checklist = texts_field("checklist")
    steps = texts_field("stappen")
    wellbeing = models.JSONField("welbevinden", null=True, blank=True)
    cross_references = models.ManyToManyField(
        "self",
        verbose_name="zie ook",
        symmetrical=False,
        through="CrossReference",
        related_name="referred_by",
    )

    class Meta(SlugRow.Meta):
        verbose_name = "interventie"
        verbose_name_plural = "interventies"


class CrossReference(models.Model):
    intervention = models.ForeignKey(
        Intervention, on_delete=models.CASCADE, related_name="references_out"
    )
    target = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="references_in")
    position = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "verwijzing"
        verbose_name_plural = "verwijzingen"
        constraints = (
            models.UniqueConstraint(
                fields=["intervention", "target"], name="courses_crossreference_once"
            ),
            models.CheckConstraint(
                condition=~Q(intervention=F("target")), name="courses_crossreference_other"
            ),
        )

    def __str__(self) -> str:
        return f"{self.intervention_id} → {self.target_id}"


class Programme(SlugRow):
    intervention = models.ForeignKey(
        Intervention, verbose_name="interventie", on_delete=models.PROTECT,
        related_name="programmes",
    )  # fmt: skip
    summary = models.TextField("samenvatting", blank=True)

    class Meta(SlugRow.Meta):
        verbose_name = "programma"
        verbose_name_plural = "programma's"


class Claim(CatalogueRow):
    """One statement of one source, about an intervention or a programme. Bounds are inclusive.

    `key` is what makes it the same statement after an edit: parameter, source and scope.
    """

    intervention = models.ForeignKey(
        Intervention, verbose_name="interventie", on_delete=models.PROTECT, null=True, blank=True,
        related_name="claims",
    )  # fmt: skip
    programme = models.ForeignKey(
        Programme, verbose_name="programma", on_delete=models.PROTECT, null=True, blank=True,
        related_name="claims",
    )  # fmt: skip
    key = models.CharField("sleutel", max_length=KEY_LENGTH)
    parameter = models.ForeignKey(
        Parameter, verbose_name="parameter", on_delete=models.PROTECT, related_name="claims"
    )
    source = models.ForeignKey(
        Source, verbose_name="bron", on_delete=models.PROTECT, related_name="claims"
    )
    minimum = models.FloatField("ondergrens", null=True, blank=True)
    maximum = models.FloatField("bovengrens", null=True, blank=True)
    label = models.TextField("label", blank=True)
    text = models.TextField("tekst", blank=True)
    note = models.TextField("toelichting", blank=True)
    scope = models.JSONField("geldt voor", default=dict, blank=True)
    approximate = models.BooleanField("bij benadering", default=False)

    class Meta(CatalogueRow.Meta):
        verbose_name = "bewering"
        verbose_name_plural = "beweringen"
        ordering = ("position",)
        constraints = (
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(intervention=None, programme__isnull=False)
                | Q(intervention__isnull=False, programme=None),
                name="courses_claim_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="courses_claim_bounds",
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=False)
                | Q(maximum__isnull=False)
                | ~Q(label="")
                | ~Q(text=""),
                name="courses_claim_says_something",
            ),
            models.UniqueConstraint(
                fields=["intervention", "origin", "key"],
                condition=Q(intervention__isnull=False),
                name="courses_claim_of_intervention",
            ),
            models.UniqueConstraint(
                fields=["programme", "origin", "key"],
                condition=Q(programme__isnull=False),
                name="courses_claim_of_programme",
            ),
        )

    def __str__(self) -> str:
        return f"{self.parameter_id} ({self.source_id})"


class AttentionPoint(CatalogueRow):
    intervention = models.ForeignKey(
        Intervention, verbose_name="interventie", on_delete=models.PROTECT,
        related_name="attention_points",
    )  # fmt: skip
    slug = models.CharField("slug", max_length=SLUG_LENGTH)
    kind = models.CharField("soort", max_length=8, choices=PointKind.choices)
    text = models.TextField("tekst")
    source = models.ForeignKey(Source, verbose_name="bron", on_delete=models.PROTECT)
    required = models.BooleanField("moet beantwoord zijn", default=False)

    class Meta(CatalogueRow.Meta):
        verbose_name = "aandachtspunt"
        verbose_name_plural = "aandachtspunten"
        ordering = ("position",)
        constraints = (
            *CatalogueRow.Meta.constraints,
            one_of("kind", PointKind),
            models.UniqueConstraint(
                fields=["intervention", "origin", "slug"], name="courses_attentionpoint_slug"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class ConsiderFirst(CatalogueRow):
    intervention = models.ForeignKey(
        Intervention, verbose_name="interventie", on_delete=models.PROTECT,
        related_name="consider_first",
    )  # fmt: skip
    slug = models.CharField("slug", max_length=SLUG_LENGTH)
    text = models.TextField("tekst")
    source = models.ForeignKey(Source, verbose_name="bron", on_delete=models.PROTECT)
    alternatives = models.ManyToManyField(
        Intervention, verbose_name="alternatieven", through="Alternative", related_name="+"
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = "overweeg eerst"
        verbose_name_plural = "overweeg eerst"
        ordering = ("position",)
        constraints = (
            *CatalogueRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["intervention", "origin", "slug"], name="courses_considerfirst_slug"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Alternative(models.Model):
    consider_first = models.ForeignKey(
        ConsiderFirst, on_delete=models.CASCADE, related_name="ordered_alternatives"
    )
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "alternatief"
        verbose_name_plural = "alternatieven"
        constraints = (
            models.UniqueConstraint(
                fields=["consider_first", "intervention"], name="courses_alternative_once"
            ),
        )

    def __str__(self) -> str:
        return self.intervention_id

"""The catalogue as the API shows it, always with the source beside a figure."""

from collections.abc import Iterable
from datetime import date

from courses.entities import (
    Catalogue,
    Claim,
    Course,
    Intervention,
    Mention,
    Programme,
    Source,
    WellbeingFrame,
)
from courses.offers import compiled
from courses.quality import differences_of
from courses.report_text import claim_words
from routekaart.api.shapes import Reply


class SourceReply(Reply):
    slug: str
    title: str
    publisher: str
    published: str
    year: str
    url: str


class ClaimReply(Reply):
    """What one source says. `words` is the figure in Dutch; `scope` says for whom it holds."""

    parameter: str
    parameter_title: str
    unit: str
    words: str
    minimum: float | None
    maximum: float | None
    approximate: bool
    label: str
    text: str
    note: str
    scope: dict[str, str]
    source: SourceReply


class InterventionReply(Reply):
    """`effect_months` is an average over studies, never a forecast for one school.

    `effect_for_sector` holds what sources say for the sector that was asked for.
    """

    slug: str
    title: str
    framework: str
    category: str
    category_title: str
    summary: str
    has_card: bool
    effect_months: int | None
    effect_label: str | None
    evidence_label: str | None
    cost_label: str | None
    requires_other_category: bool
    training_required: bool
    no_specific_offer: bool
    course_count: int
    effect_for_sector: list[ClaimReply]


class AttentionPointReply(Reply):
    """`kind` is question, fact or warning; a required one is answered before submitting."""

    slug: str
    kind: str
    text: str
    required: bool
    source: SourceReply


class ConsiderFirstReply(Reply):
    slug: str
    text: str
    alternatives: list[str]
    source: SourceReply


class MentionReply(Reply):
    """A line of the printed list. An empty `audience` means everyone."""

    slug: str
    title: str
    printed_title: str
    provider: str
    package: str
    platform: str | None
    audience: list[str]
    available_from: date | None
    step: str | None
    phases: list[str]


class ProgrammeReply(Reply):
    slug: str
    title: str
    summary: str
    claims: list[ClaimReply]


class WellbeingReply(Reply):
    domains: list[str]
    intervention_types: list[str]
    databases: list[str]
    short_term: list[str]
    sustained: list[str]


class SourceDifferenceReply(Reply):
    """Where sources say something else about the same: both stand."""

    parameter: str
    parameter_title: str
    scope: dict[str, str]
    claims: list[ClaimReply]


class FrameworkReply(Reply):
    """`historic`: the framework is no longer in force; choosing from it warns."""

    slug: str
    title: str
    valid_from: date
    valid_until: date | None
    historic: bool


class InterventionDetail(InterventionReply):
    framework_detail: FrameworkReply
    advice: list[str]
    claims: list[ClaimReply]
    source_differences: list[SourceDifferenceReply]
    attention_points: list[AttentionPointReply]
    consider_first: list[ConsiderFirstReply]
    cross_references: list[str]
    external_references: list[str]
    programmes: list[ProgrammeReply]
    checklist: list[str]
    steps: list[str]
    wellbeing: WellbeingReply | None
    courses: list[MentionReply]


class CourseReply(Reply):
    """A course under its canonical title, with where and for whom the catalogue lists it.

    An empty `audience` means everyone. `duration_basis` is stated (by a source) or assumed.
    """

    slug: str
    title: str
    kind: str
    printed_titles: list[str]
    duration_minutes: int
    duration_basis: str
    tools: list[str]
    note: str
    providers: list[str]
    packages: list[str]
    platforms: list[str]
    audience: list[str]
    available_from: date | None
    availability_confirmed_on: date | None
    interventions: list[str]


class Writer:
    """Writes one catalogue; keeps what many answers share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sources = {source.slug: _source(source) for source in catalogue.sources}
        self._categories = {
            (framework.slug, category.code): category.title
            for framework in catalogue.frameworks
            for category in framework.categories
        }

    def intervention(self, item: Intervention, sector: str | None) -> InterventionReply:
        """The card in short; with a sector also what sources say for that sector."""
        effects = compiled(self._catalogue).interventions[item.slug].sector_effect
        return InterventionReply(
            slug=item.slug,
            title=item.title,
            framework=item.framework,
            category=item.category,
            category_title=self._categories[item.framework, item.category],
            summary=item.summary,
            has_card=item.has_card,
            effect_months=item.effect_months,
            effect_label=item.effect_label,
            evidence_label=item.evidence_label,
            cost_label=item.cost_label,
            requires_other_category=item.requires_other_category,
            training_required=item.training_required,
            no_specific_offer=item.no_specific_offer,
            course_count=len({mention.course for mention in item.mentions}),
            effect_for_sector=self.claims(effects.get(sector, ()) if sector else ()),
        )

    def detail(self, item: Intervention, sector: str | None, *, today: date) -> InterventionDetail:
        """Everything about one intervention."""
        framework = self._catalogue.framework_by_slug[item.framework]
        return InterventionDetail(
            **dict(self.intervention(item, sector)),
            framework_detail=FrameworkReply(
                slug=framework.slug,
                title=framework.title,
                valid_from=framework.valid_from,
                valid_until=framework.valid_until,
                historic=framework.is_historic(today),
            ),
            advice=list(item.advice),
            claims=self.claims(item.claims),
            source_differences=[
                SourceDifferenceReply(
                    parameter=difference.parameter,
                    parameter_title=self._catalogue.parameter_by_slug[difference.parameter].title,
                    scope=dict(difference.scope),
                    claims=self.claims(difference.claims),
                )
                for difference in differences_of(item)
            ],
            attention_points=[
                AttentionPointReply(
                    slug=point.slug,
                    kind=point.kind.value,
                    text=point.text,
                    required=point.required,
                    source=self._sources[point.source],
                )
                for point in item.attention_points
            ],
            consider_first=[
                ConsiderFirstReply(
                    slug=first.slug,
                    text=first.text,
                    alternatives=list(first.alternatives),
                    source=self._sources[first.source],
                )
                for first in item.consider_first
            ],
            cross_references=list(item.cross_references),
            external_references=list(item.external_references),
            programmes=[self._programme(programme) for programme in item.programmes],
            checklist=list(item.checklist),
            steps=list(item.steps),
            wellbeing=_wellbeing(item.wellbeing) if item.wellbeing else None,
            courses=[self._mention(mention) for mention in item.mentions],
        )

    def claims(self, claims: Iterable[Claim]) -> list[ClaimReply]:
        return [self._claim(claim) for claim in claims]

    def _claim(self, claim: Claim) -> ClaimReply:
        parameter = self._catalogue.parameter_by_slug[claim.parameter]
        return ClaimReply(
            parameter=parameter.slug,
            parameter_title=parameter.title,
            unit=parameter.unit,
            words=claim_words(claim, parameter.unit),
            minimum=claim.minimum,
            maximum=claim.maximum,
            approximate=claim.approximate,
            label=claim.label,
            text=claim.text,
            note=claim.note,
            scope=dict(claim.scope),
            source=self._sources[claim.source],
        )

    def _programme(self, programme: Programme) -> ProgrammeReply:
        return ProgrammeReply(
            slug=programme.slug,
            title=programme.title,
            summary=programme.summary,
            claims=self.claims(programme.claims),
        )

    def _mention(self, mention: Mention) -> MentionReply:
        return MentionReply(
            slug=mention.course,
            title=self._catalogue.course_by_slug[mention.course].title,
            printed_title=mention.printed_title,
            provider=mention.provider,
            package=mention.package,
            platform=mention.platform,
            audience=list(mention.audience),
            available_from=mention.available_from,
            step=mention.step.value if mention.step else None,
            phases=list(mention.phases),
        )


def _source(source: Source) -> SourceReply:
    return SourceReply(
        slug=source.slug,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        year=source.year,
        url=source.url,
    )


def _wellbeing(frame: WellbeingFrame) -> WellbeingReply:
    return WellbeingReply(
        domains=[domain.title for domain in frame.domains],
        intervention_types=list(frame.intervention_types),
        databases=list(frame.databases),
        short_term=list(frame.short_term),
        sustained=list(frame.sustained),
    )


def course_reply(course: Course, mentions: Iterable[tuple[str, Mention]]) -> CourseReply:
    """A course with its `mentions`: pairs of an intervention and a line of its list."""
    lines = tuple(mentions)
    everyone = any(not mention.audience for _, mention in lines)
    starred = [mention.available_from for _, mention in lines if mention.available_from]
    return CourseReply(
        slug=course.slug,
        title=course.title,
        kind=course.kind.value,
        printed_titles=list(course.printed_titles),
        duration_minutes=course.duration_minutes,
        duration_basis=course.duration_basis.value,
        tools=list(course.tools),
        note=course.note,
        providers=_distinct(mention.provider for _, mention in lines),
        packages=_distinct(mention.package for _, mention in lines),
        platforms=_distinct(mention.platform for _, mention in lines if mention.platform),
        audience=[]
        if everyone
        else _distinct(function for _, mention in lines for function in mention.audience),
        # Where one list has a star and another has none, nothing stands in the way.
        available_from=max(starred) if starred and len(starred) == len(lines) else None,
        availability_confirmed_on=course.availability_confirmed_on,
        interventions=_distinct(intervention for intervention, _ in lines if intervention),
    )


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))

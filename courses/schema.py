"""The shape of the data files in `courses/data/`: strict, so that a typing error stops the load.

Every model forbids unknown keys. References between files are checked in `crosscheck.py`,
which sees all files together.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
# Far beyond any figure of a source, and safe in every column.
Number = Annotated[float | int, Field(ge=-1e9, le=1e9)]

EffectLabel = Literal["Klein", "Gemiddeld", "Groot"]
EvidenceLabel = Literal["Beperkt", "Gemiddeld", "Sterk"]
CostLabel = Literal["Zeer laag", "Laag", "Gemiddeld", "Hoog", "Zeer hoog"]
Provider = Literal[
    "e-learningacademie",
    "notendop",
    "pluspakket-edutrainers",
    "leerblokken-edutrainers",
    "augeo",
    "podcast",
]
Platform = Literal["google-workspace", "google-classroom", "microsoft-365", "apps-en-tools"]

# Decided once for the whole catalogue: which package brings the courses of a provider.
PACKAGE_OF_PROVIDER: dict[str, str] = {
    "e-learningacademie": "academie",
    "notendop": "academie",
    "leerblokken-edutrainers": "leerblokken",
    "pluspakket-edutrainers": "pluspakket",
    "augeo": "extern",
    "podcast": "vrij",
}


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class ClaimShape(Shape):
    """`value` for one number, `minimum`/`maximum` for bounds, `label`/`text` for words."""

    parameter: Slug
    source: Slug
    value: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    label: str = ""
    text: str = ""
    note: str = ""
    approximate: bool = False
    scope: dict[Slug, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def says_something(self) -> "ClaimShape":
        if self.value is not None and (self.minimum is not None or self.maximum is not None):
            raise ValueError("gebruik 'value' of 'minimum'/'maximum', niet allebei")
        numbers = (self.value, self.minimum, self.maximum)
        if all(number is None for number in numbers) and not (self.label or self.text):
            raise ValueError("een bewering heeft een getal, een label of een tekst nodig")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("'minimum' is groter dan 'maximum'")
        return self


class PointShape(Shape):
    """`required`: must be answered before a routekaart can be submitted."""

    slug: Slug
    kind: Literal["question", "fact", "warning"]
    text: Text
    source: Slug
    required: bool = False


class ConsiderFirstShape(Shape):
    slug: Slug
    text: Text
    source: Slug
    alternatives: list[Slug] = Field(default_factory=list)


class OfferedCourseShape(Shape):
    """One line of a printed list. `printed` only where it differs from the canonical title."""

    course: Slug
    printed: Title | None = None
    starred: bool = False
    step: Literal["start", "deepen", "choose"] | None = None
    phases: list[Slug] = Field(default_factory=list)


class OfferShape(Shape):
    """One printed list of courses under one heading: who it is for and who provides it."""

    provider: Provider
    platform: Platform | None = None
    audience: list[Slug] = Field(default_factory=list)
    courses: Annotated[list[OfferedCourseShape], Field(min_length=1)]


class ProgrammeShape(Shape):
    slug: Slug
    title: Title
    summary: Text
    claims: Annotated[list[ClaimShape], Field(min_length=1)]


class WellbeingDomainShape(Shape):
    """`slug` keeps answers of earlier years comparable when the title is put in better words."""

    slug: Slug
    title: Title


class WellbeingShape(Shape):
    domains: list[WellbeingDomainShape]
    intervention_types: list[Text]
    databases: list[Text]
    short_term: list[Text]
    sustained: list[Text]


class InterventionFile(Shape):
    """`interventions/<slug>.toml`. `position` is the place in the category, as printed, from 1."""

    slug: Slug
    framework: Slug
    category: Code
    position: Annotated[int, Field(ge=1)]
    title: Title
    summary: Text
    has_card: bool
    training_required: bool = False
    no_specific_offer: bool = False
    advice: list[Text] = Field(default_factory=list)
    claims: list[ClaimShape] = Field(default_factory=list)
    attention_points: list[PointShape] = Field(default_factory=list)
    consider_first: list[ConsiderFirstShape] = Field(default_factory=list)
    cross_references: list[Slug] = Field(default_factory=list)
    external_references: list[Text] = Field(default_factory=list)
    offer: list[OfferShape] = Field(default_factory=list)
    programmes: list[ProgrammeShape] = Field(default_factory=list)
    checklist: list[Text] = Field(default_factory=list)
    steps: list[Text] = Field(default_factory=list)
    wellbeing: WellbeingShape | None = None


class SourceShape(Shape):
    slug: Slug
    title: Title
    publisher: Title
    published: Code
    url: str = ""
    kind: Literal["handreiking", "toolkit", "praktijkkaart", "artikel", "kennisvraag", "extern"]
    note: str = ""


class SourcesFile(Shape):
    sources: list[SourceShape]


class ParameterShape(Shape):
    slug: Slug
    title: Title
    unit: Annotated[str, StringConstraints(max_length=40)] = ""


class ParametersFile(Shape):
    parameters: list[ParameterShape]


class CategoryShape(Shape):
    code: Code
    title: Title
    requires_other_category: bool = False


class FrameworkShape(Shape):
    slug: Slug
    title: Title
    source: Slug
    valid_from: date
    valid_until: date | None = None
    note: str = ""
    categories: Annotated[list[CategoryShape], Field(min_length=1)]


class FrameworksFile(Shape):
    frameworks: list[FrameworkShape]


class FunctionShape(Shape):
    slug: Slug
    title: Title
    plural: Title
    includes: list[Slug] = Field(default_factory=list)
    level: str = ""
    allowed_tasks: list[Text] = Field(default_factory=list)
    not_allowed_tasks: list[Text] = Field(default_factory=list)
    vog_required: bool = False
    source: str = ""
    note: str = ""


class FunctionsFile(Shape):
    functions: list[FunctionShape]


class PackageShape(Shape):
    slug: Slug
    title: Title
    always_available: bool = False
    in_default: bool = False
    assumed: bool = False
    note: str = ""


class PackagesFile(Shape):
    packages: list[PackageShape]


class CourseShape(Shape):
    """`duration_minutes` only where a source states one; otherwise the default of the kind holds.

    `also_printed` holds spellings found outside the course lists (part 2 of the handreiking).
    """

    slug: Slug
    title: Title
    kind: Literal["course", "notendop", "leerblok", "podcast"]
    duration_minutes: Annotated[int, Field(ge=1, le=6000)] | None = None
    also_printed: list[Title] = Field(default_factory=list)
    tools: list[Text] = Field(default_factory=list)
    note: str = ""
    availability_confirmed_on: date | None = None


class DefaultDurations(Shape):
    """Our own assumptions, in minutes, per kind of course."""

    course: int
    notendop: int
    leerblok: int
    podcast: int


class CoursesFile(Shape):
    default_minutes: DefaultDurations
    star_available_from: date
    star_note: Text
    courses: list[CourseShape]


class PlgTraitShape(Shape):
    slug: Slug
    title: Title
    activities: Annotated[list[Text], Field(min_length=1)]


class PlgQuestionShape(Shape):
    slug: Slug
    title: Title
    prompts: list[Text] = Field(default_factory=list)


class FormShape(Shape):
    slug: Slug
    title: Title
    activity: Text
    activity_without_offer: Text
    minutes: Annotated[int, Field(ge=5, le=600)]


class FlippedStepShape(Shape):
    slug: Slug
    title: Title
    text: Text


class PlgFile(Shape):
    source: Slug
    traits: list[PlgTraitShape]
    questions: list[PlgQuestionShape]
    conditions: list[Text]
    forms: list[FormShape]
    flipped_steps: list[FlippedStepShape]


class InstrumentShape(Shape):
    slug: Slug
    title: Title
    source: Slug
    summary: Text
    principles: list[Text] = Field(default_factory=list)
    steps: list[Text] = Field(default_factory=list)
    times_per_year: Annotated[int, Field(ge=1)] | None = None


class InstrumentsFile(Shape):
    instruments: list[InstrumentShape]


class GeneralOfferFile(Shape):
    category: Code
    offer: list[OfferShape]
    notes: list[Text] = Field(default_factory=list)
    external_references: list[Text] = Field(default_factory=list)

"""The catalogue as frozen dataclasses: what matching, rules and documents read.

Nothing here knows Django. Slugs are the identity of everything; the order of tuples is the
order printed in the sources.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, TypeVar


class PointKind(StrEnum):
    """What an attention point asks of the reader."""

    QUESTION = "question"
    FACT = "fact"
    WARNING = "warning"


class CourseKind(StrEnum):
    COURSE = "course"
    NOTENDOP = "notendop"
    LEERBLOK = "leerblok"
    PODCAST = "podcast"


class DurationBasis(StrEnum):
    """Whether a duration is named by a source or is our own assumption ("aanname")."""

    STATED = "stated"
    ASSUMED = "assumed"


class Step(StrEnum):
    """Place of a course in the order that a source advises (S25)."""

    START = "start"
    DEEPEN = "deepen"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that claims rest on. `url` is empty where the source gives no address."""

    slug: str
    title: str
    publisher: str
    published: str
    url: str
    kind: str
    note: str = ""

    @property
    def year(self) -> str:
        return self.published[:4]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a claim may be about: effect, evidence, cost, sessions per week, …"""

    slug: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one source. Numbers are inclusive bounds; equal bounds mean one number.

    `scope` narrows the statement (sector, subject, performer, …) as sorted (dimension, value)
    pairs; an empty scope is the average.
    """

    parameter: str
    source: str
    minimum: float | None = None
    maximum: float | None = None
    label: str = ""
    text: str = ""
    note: str = ""
    scope: tuple[tuple[str, str], ...] = ()
    approximate: bool = False

    @property
    def value(self) -> tuple[float | None, float | None, str, str]:
        """What is compared when two sources speak of the same parameter."""
        return (self.minimum, self.maximum, self.label, self.text)


@dataclass(frozen=True, slots=True)
class AttentionPoint:
    """A point that a source wants considered, in our own words. `slug` is stable per owner."""

    slug: str
    kind: PointKind
    text: str
    source: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ConsiderFirst:
    """An alternative that the source wants weighed before this intervention is chosen (S06)."""

    slug: str
    text: str
    source: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A course in the list of an intervention, as printed there.

    An empty `audience` means everyone. `available_from` comes from a star in the source.
    """

    course: str
    printed_title: str
    provider: str
    package: str
    platform: str | None
    audience: tuple[str, ...]
    available_from: date | None
    step: Step | None = None
    phases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """An e-learning course under its canonical title; `printed_titles` are all spellings found."""

    slug: str
    title: str
    kind: CourseKind
    printed_titles: tuple[str, ...]
    duration_minutes: int
    duration_basis: DurationBasis
    tools: tuple[str, ...] = ()
    note: str = ""
    availability_confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A concrete programme under an intervention (HDT, REACH), with claims of its own."""

    slug: str
    title: str
    summary: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class WellbeingDomain:
    """Something that wellbeing shows itself in. Answers of a scan hold on to the slug."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class WellbeingFrame:
    """What only the row on wellbeing has (S11): domains, types, databases, two time spans."""

    domains: tuple[WellbeingDomain, ...]
    intervention_types: tuple[str, ...]
    databases: tuple[str, ...]
    short_term: tuple[str, ...]
    sustained: tuple[str, ...]


@dataclass(frozen=True)
class Intervention:
    """An intervention with its claims, points and course list. Label fields may be empty."""

    slug: str
    framework: str
    category: str
    title: str
    summary: str
    has_card: bool
    requires_other_category: bool
    training_required: bool
    no_specific_offer: bool
    advice: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    attention_points: tuple[AttentionPoint, ...] = ()
    consider_first: tuple[ConsiderFirst, ...] = ()
    cross_references: tuple[str, ...] = ()
    external_references: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    programmes: tuple[Programme, ...] = ()
    checklist: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    wellbeing: WellbeingFrame | None = None
    card_source: str = ""

    def card_claim(self, parameter: str) -> Claim | None:
        """The average that the framework's own source prints for a parameter, if any."""
        return next(
            (
                claim
                for claim in self.claims
                if claim.parameter == parameter
                and claim.source == self.card_source
                and not claim.scope
            ),
            None,
        )

    @cached_property
    def effect_months(self) -> int | None:
        claim = self.card_claim("effect")
        return None if claim is None or claim.minimum is None else int(claim.minimum)

    @cached_property
    def effect_label(self) -> str | None:
        claim = self.card_claim("effect")
        return (claim.label or None) if claim else None

    @cached_property
    def evidence_label(self) -> str | None:
        claim = self.card_claim("evidence")
        return (claim.label or None) if claim else None

    @cached_property
    def cost_label(self) -> str | None:
        claim = self.card_claim("cost")
        return (claim.label or None) if claim else None


@dataclass(frozen=True, slots=True)
class Category:
    """A heading of a framework. `requires_other_category`: never chosen on its own (S07)."""

    code: str
    title: str
    requires_other_category: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of interventions with a period of validity (both days inclusive, None is open)."""

    slug: str
    title: str
    source: str
    valid_from: date
    valid_until: date | None
    categories: tuple[Category, ...]
    note: str = ""

    def is_historic(self, on: date) -> bool:
        return self.valid_until is not None and on > self.valid_until


@dataclass(frozen=True, slots=True)
class Function:
    """A function of staff: never a role in the product. `tasks` hold what a source allows."""

    slug: str
    title: str
    plural: str
    includes: tuple[str, ...] = ()
    level: str = ""
    allowed_tasks: tuple[str, ...] = ()
    not_allowed_tasks: tuple[str, ...] = ()
    vog_required: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """What a school's academy may hold. `always_available` needs no package at all."""

    slug: str
    title: str
    always_available: bool
    in_default: bool
    assumed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlgTrait:
    slug: str
    title: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlgQuestion:
    slug: str
    title: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectiveForm:
    """One of the four forms of effective professional development (S30)."""

    slug: str
    title: str
    activity: str
    activity_without_offer: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FlippedStep:
    slug: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Plg:
    """The professional learning community: traits, questions, conditions, forms, flipped steps."""

    source: str
    traits: tuple[PlgTrait, ...]
    questions: tuple[PlgQuestion, ...]
    conditions: tuple[str, ...]
    forms: tuple[EffectiveForm, ...]
    flipped_steps: tuple[FlippedStep, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A quality instrument or way of working that a source names (PDCA, leerKRACHT, HGW, …)."""

    slug: str
    title: str
    source: str
    summary: str
    principles: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    times_per_year: int | None = None


@dataclass(frozen=True, slots=True)
class GeneralOffer:
    """Courses that go with a category as a whole (F), with what the source says beside them."""

    category: str
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...]
    external_references: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue, immutable, in printed order. `version` is the hash of its content."""

    version: str
    frameworks: tuple[Framework, ...]
    sources: tuple[Source, ...]
    parameters: tuple[Parameter, ...]
    functions: tuple[Function, ...]
    packages: tuple[Package, ...]
    courses: tuple[Course, ...]
    interventions: tuple[Intervention, ...]
    general_offer: GeneralOffer
    plg: Plg
    instruments: tuple[Instrument, ...] = field(default=())

    @cached_property
    def course_by_slug(self) -> Mapping[str, Course]:
        return _index(self.courses)

    @cached_property
    def intervention_by_slug(self) -> Mapping[str, Intervention]:
        return _index(self.interventions)

    @cached_property
    def function_by_slug(self) -> Mapping[str, Function]:
        return _index(self.functions)

    @cached_property
    def package_by_slug(self) -> Mapping[str, Package]:
        return _index(self.packages)

    @cached_property
    def source_by_slug(self) -> Mapping[str, Source]:
        return _index(self.sources)

    @cached_property
    def parameter_by_slug(self) -> Mapping[str, Parameter]:
        return _index(self.parameters)

    @cached_property
    def framework_by_slug(self) -> Mapping[str, Framework]:
        return _index(self.frameworks)


class _Slugged(Protocol):
    @property
    def slug(self) -> str: ...


_T = TypeVar("_T", bound=_Slugged)


def _index(items: Iterable[_T]) -> Mapping[str, _T]:
    return MappingProxyType({item.slug: item for item in items})

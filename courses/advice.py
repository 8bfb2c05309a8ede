"""What one asks of the mapping and what it answers: plain frozen data, no rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from courses.entities import Claim, CourseKind, DurationBasis, Step
from courses.findings import Finding


class UnknownSlug(LookupError):
    """A request names something that the catalogue does not hold.

    `field` is the field of `AdviceRequest`, `suggestions` are the nearest known slugs, best first.
    """

    def __init__(self, field: str, slug: str, known: Iterable[str]) -> None:
        self.field = field
        self.slug = slug
        self.suggestions = tuple(get_close_matches(slug[:200], sorted(known), n=3, cutoff=0.5))
        hint = " of ".join(f"'{suggestion}'" for suggestion in self.suggestions)
        question = f" Bedoel je {hint}?" if hint else ""
        super().__init__(f"'{slug[:80]}' staat niet in de catalogus.{question}")


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """What a team chose. The order of `interventions` is the order of the advice.

    No `functions`: the offer for every function is shown. No `platforms`: both are shown.
    `packages` None: the packages every academy has; an empty tuple: none at all.
    """

    interventions: tuple[str, ...]
    functions: tuple[str, ...]
    today: date
    platforms: tuple[str, ...] = ()
    packages: tuple[str, ...] | None = None
    sector: str | None = None


class Availability(StrEnum):
    """Whether a team can follow a course, best first."""

    OFFERED = "offered"
    UNCONFIRMED = "unconfirmed"
    NOT_YET = "not_yet"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a course is advised for one intervention. `text` says it: "omdat: … + … + …".

    `functions` are the functions of the team that the course is meant for here, `everyone` says
    that the source names no audience; `platform` is named only where it decided.
    """

    intervention: str
    functions: tuple[str, ...]
    everyone: bool
    platform: str | None
    general_offer: bool
    step: Step | None
    phases: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class GoalReason:
    """A goal that a trainer adds a course for, and for which functions; `everyone`: for all."""

    goal: str
    functions: tuple[str, ...]
    everyone: bool


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """One course, once, with everything it serves.

    `group` is the platform of the team it belongs to (google, microsoft) or None for both.
    `provider`, `package`, `platform` are those of the best way to get it, `packages` of all ways.
    `order` is 1, 2 or 3 where a source advises a sequence (S25). `required`: it opens such a
    sequence and is offered, so the smallest set always holds it; or a trainer wants it there.

    The last fields are what a trainer did with it; an advice that was stored before there were
    such fields reads with their defaults. `voluntary`: never mandatory, although it is offered.
    """

    course: str
    title: str
    kind: CourseKind
    because: str
    reasons: tuple[Reason, ...]
    interventions: tuple[str, ...]
    functions: tuple[str, ...]
    provider: str
    package: str
    packages: tuple[str, ...]
    platform: str | None
    group: str | None
    availability: Availability
    available_from: date | None
    availability_text: str
    step: Step | None
    order: int | None
    phases: tuple[str, ...]
    duration_minutes: int
    duration_basis: DurationBasis
    required: bool
    in_smallest_set: bool
    goal_reasons: tuple[GoalReason, ...] = ()
    added_by_trainer: bool = False
    voluntary: bool = False
    trainer_reason: str = ""
    trainer_note: str = ""

    @property
    def is_offered(self) -> bool:
        return self.availability is Availability.OFFERED

    @property
    def may_be_mandatory(self) -> bool:
        """Only what surely exists and can be opened may be made mandatory (S19, S20)."""
        return self.is_offered and not self.voluntary


@dataclass(frozen=True, slots=True)
class DroppedItem:
    """A course that the mapping proposed and a trainer left out, with the reason."""

    course: str
    title: str
    reason: str


class ActivityKind(StrEnum):
    AGENDA = "agenda"
    TRAIT = "trait"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class PlgActivity:
    """Something to do together, not yet dated. `intervention` None: for the team as a whole.

    `slug` is unique within an advice and stable. `basis` is the slug of the trait or form it
    comes from; an agenda has the slugs of its `questions` instead. `minutes` per time, an
    assumption; None where it fits in a meeting that is planned anyway.
    """

    slug: str
    intervention: str | None
    kind: ActivityKind
    basis: str
    title: str
    text: str
    reason: str
    questions: tuple[str, ...] = ()
    minutes: int | None = None
    replaces_courses: bool = False


@dataclass(frozen=True, slots=True)
class InterventionSummary:
    """How one chosen intervention fares. Courses are counted as advised, and as offered now.

    `sector_effect` holds what sources say for the team's own sector, beside the average.
    """

    slug: str
    title: str
    category: str
    courses: int
    offered_courses: int
    effect_months: int | None
    sector_effect: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class FunctionSaving:
    """The same comparison for someone in one function, who follows only what is meant for it."""

    function: str
    all_minutes: int
    set_minutes: int


@dataclass(frozen=True, slots=True)
class Saving:
    """What the smallest set saves **one person**, in minutes, never multiplied by a head-count.

    `all_minutes` is every offered course of the advice once, `set_minutes` the smallest set once.
    Somebody follows only the courses for their own function: those figures are in
    `per_function`, and they are the ones to show a person. Courses that are locked, unconfirmed
    or not there yet count on neither side. Durations may be assumptions.
    """

    all_minutes: int
    set_minutes: int
    per_function: tuple[FunctionSaving, ...]

    @property
    def minutes(self) -> int:
        return self.all_minutes - self.set_minutes


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer. `smallest_set` holds course slugs, sorted; `uncovered` the pairs of
    intervention and function for which nothing is offered right now; `dropped` is what a trainer
    left out.
    """

    items: tuple[AdviceItem, ...]
    smallest_set: tuple[str, ...]
    saving: Saving
    plg_activities: tuple[PlgActivity, ...]
    interventions: tuple[InterventionSummary, ...]
    uncovered: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    dropped: tuple[DroppedItem, ...] = ()

"""The catalogue compiled for matching: who a course is for and how to get it, as bits.

Compiling costs milliseconds, matching must not: so each catalogue is compiled once per process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from courses.advice import Availability, UnknownSlug
from courses.entities import Catalogue, Claim, Course, Function, Intervention, Mention, Step
from courses.smallest_set import prices

# The platforms a team can have, and what in the catalogue fits them. Anything else always fits.
PLATFORMS: Mapping[str, frozenset[str]] = {
    "google": frozenset({"google-workspace", "google-classroom"}),
    "microsoft": frozenset({"microsoft-365"}),
}
PLATFORM_TITLES: Mapping[str, str] = {
    "google-workspace": "Google Workspace",
    "google-classroom": "Google Classroom",
    "microsoft-365": "Microsoft 365",
    "apps-en-tools": "Apps en Tools",
}
STEP_ORDER: Mapping[Step, int] = {Step.START: 1, Step.DEEPEN: 2, Step.CHOOSE: 3}

_PLATFORM_BIT = {platform: 1 << place for place, platform in enumerate(PLATFORMS)}
_UNORDERED = 1 + len(STEP_ORDER)
_BEST_FIRST = {availability: rank for rank, availability in enumerate(Availability)}


@dataclass(frozen=True, slots=True)
class Offer:
    """A mention in bits. `platforms` 0 fits every team; `audience` holds the functions."""

    course: int
    mention: Mention
    audience: int
    platforms: int


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a course can be had, wherever in the catalogue it is mentioned so."""

    provider: str
    package: str
    platform: str | None
    group: str | None
    available_from: date | None
    always_available: bool
    platforms: int

    def availability(
        self, packages: frozenset[str], confirmed_on: date | None, today: date
    ) -> Availability:
        if not self.always_available and self.package not in packages:
            return Availability.LOCKED
        if self.available_from is None:
            return Availability.OFFERED
        if self.available_from > today:
            return Availability.NOT_YET
        if confirmed_on is None or confirmed_on > today:
            return Availability.UNCONFIRMED
        return Availability.OFFERED


# Whether a course can be followed, the best way to get it, and all ways that fit.
Route = tuple[Availability, Way, tuple[Way, ...]]


@dataclass(frozen=True, slots=True)
class InterventionOffer:
    """The offers of one intervention in advised order; `general`: borrowed from its category."""

    intervention: Intervention
    offers: tuple[Offer, ...]
    general: bool
    sector_effect: Mapping[str, tuple[Claim, ...]]


class CompiledCatalogue:
    """Everything matching looks up, computed once. Immutable by convention, like its catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.courses: tuple[Course, ...] = catalogue.courses
        self.price = prices({course.slug: course.duration_minutes for course in self.courses})
        self.function_bit = {
            function.slug: 1 << place for place, function in enumerate(catalogue.functions)
        }
        self.default_packages = frozenset(
            package.slug for package in catalogue.packages if package.in_default
        )
        self._audience = _audiences(catalogue.functions)
        self.number = {course.slug: number for number, course in enumerate(self.courses)}
        general = catalogue.general_offer
        self._general = tuple(self._offer(mention) for mention in general.mentions)
        self.interventions = {
            intervention.slug: self._intervention(intervention, general.category)
            for intervention in catalogue.interventions
        }
        self.ways = self._all_ways()

    def platform_mask(self, platforms: Iterable[str]) -> int:
        """The bits of a team's platforms; none means that every platform is shown."""
        mask = 0
        for platform in platforms:
            mask |= _PLATFORM_BIT[platform]
        return mask or sum(_PLATFORM_BIT.values())

    def best_way(self, number: int, platforms: int, packages: frozenset[str], today: date) -> Route:
        """The best way for this team to get a course, and all ways that fit its platforms.

        A course that two packages hold is available when the school has either. Must be asked
        only for a course of which a mention fits the platforms.
        """
        confirmed_on = self.courses[number].availability_confirmed_on
        fitting = tuple(
            way for way in self.ways[number] if not way.platforms or way.platforms & platforms
        )
        availability, way = min(
            ((way.availability(packages, confirmed_on, today), way) for way in fitting),
            key=lambda pair: _BEST_FIRST[pair[0]],
        )
        return availability, way, fitting

    def _intervention(self, intervention: Intervention, general_category: str) -> InterventionOffer:
        general = not intervention.mentions and intervention.category == general_category
        offers = (
            self._general
            if general
            else tuple(self._offer(mention) for mention in intervention.mentions)
        )
        by_sector: dict[str, tuple[Claim, ...]] = {}
        for claim in intervention.claims:
            if claim.parameter == "effect" and len(claim.scope) == 1:
                dimension, value = claim.scope[0]
                if dimension == "sector":
                    by_sector[value] = (*by_sector.get(value, ()), claim)
        # Sorting is stable: within a step, and without steps, the printed order stands.
        ordered = sorted(offers, key=lambda offer: _step_rank(offer.mention.step))
        return InterventionOffer(intervention, tuple(ordered), general, by_sector)

    def _offer(self, mention: Mention) -> Offer:
        audience = 0
        for slug in mention.audience or self.function_bit:
            audience |= self._audience[slug]
        return Offer(self.number[mention.course], mention, audience, _platforms(mention))

    def _all_ways(self) -> tuple[tuple[Way, ...], ...]:
        always = {package.slug for package in self.catalogue.packages if package.always_available}
        ways: list[dict[Way, None]] = [{} for _ in self.courses]
        mentions = [
            mention
            for intervention in self.catalogue.interventions
            for mention in intervention.mentions
        ]
        for mention in (*mentions, *self.catalogue.general_offer.mentions):
            way = Way(
                mention.provider,
                mention.package,
                mention.platform,
                _group(mention.platform),
                mention.available_from,
                mention.package in always,
                _platforms(mention),
            )
            ways[self.number[mention.course]].setdefault(way)
        return tuple(tuple(of_course) for of_course in ways)


def compiled(catalogue: Catalogue) -> CompiledCatalogue:
    """The compiled form of this very catalogue object, from memory after the first time.

    It is kept on the object itself, as its cached properties are: then it lives exactly as long,
    also for the many short-lived catalogues of single schools. Two threads that compile at the
    same time make equal results, so either may stay.
    """
    known: CompiledCatalogue | None = vars(catalogue).get(_KEY)
    if known is None:
        known = vars(catalogue)[_KEY] = CompiledCatalogue(catalogue)
    return known


_KEY = "_compiled_for_matching"


def course_availability(
    catalogue: Catalogue,
    course: str,
    *,
    platforms: Iterable[str],
    packages: Iterable[str],
    today: date,
) -> tuple[Availability, date | None]:
    """Whether a school can follow a course, also one that no chosen intervention mentions.

    A course without a way on the team's platforms counts with its other ways: it may be picked
    by hand. A course in no list at all (named in running text only) counts as offered. Raises
    `UnknownSlug` when the catalogue has no such course.
    """
    route = course_route(catalogue, course, platforms=platforms, packages=packages, today=today)
    if route is None:
        return Availability.OFFERED, None
    availability, way, _ = route
    return availability, way.available_from


def course_route(
    catalogue: Catalogue,
    course: str,
    *,
    platforms: Iterable[str],
    packages: Iterable[str],
    today: date,
) -> Route | None:
    """The best way for a school to get a course; None for a course in no list at all.

    Chooses and raises as `course_availability` does.
    """
    index = compiled(catalogue)
    number = index.number.get(course)
    if number is None:
        raise UnknownSlug("courses", course, index.number)
    if not index.ways[number]:
        return None
    mask = index.platform_mask(platforms)
    if not any(not way.platforms or way.platforms & mask for way in index.ways[number]):
        mask = index.platform_mask(())
    return index.best_way(number, mask, frozenset(packages), today)


def _audiences(functions: Iterable[Function]) -> dict[str, int]:
    """Per function the bits that a mention for it reaches, including the functions it includes."""
    functions = tuple(functions)
    reach = {function.slug: 1 << place for place, function in enumerate(functions)}
    changed = True
    while changed:
        changed = False
        for function in functions:
            wider = reach[function.slug]
            for included in function.includes:
                wider |= reach[included]
            changed = changed or wider != reach[function.slug]
            reach[function.slug] = wider
    return reach


def _group(platform: str | None) -> str | None:
    """The platform of a team that this belongs to; None belongs to every team."""
    return next((group for group, fitting in PLATFORMS.items() if platform in fitting), None)


def _platforms(mention: Mention) -> int:
    group = _group(mention.platform)
    return 0 if group is None else _PLATFORM_BIT[group]


def _step_rank(step: Step | None) -> int:
    return _UNORDERED if step is None else STEP_ORDER[step]

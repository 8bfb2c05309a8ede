"""A request with every slug known and in bits, and the course lists it hits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from courses.advice import AdviceRequest, UnknownSlug
from courses.entities import Function, Step
from courses.offers import PLATFORMS, CompiledCatalogue, InterventionOffer

SECTORS = ("po", "sbo", "so", "vo")


@dataclass(frozen=True, slots=True)
class Selection:
    """A request whose every slug is known, in bits. `team` is in the catalogue's order."""

    interventions: tuple[InterventionOffer, ...]
    team: tuple[Function, ...]
    function_bit: Mapping[str, int]
    functions: int
    platforms: int
    packages: frozenset[str]

    def functions_of(self, functions: int) -> tuple[Function, ...]:
        """The functions of the team among these bits, in the catalogue's order."""
        return tuple(one for one in self.team if functions & self.function_bit[one.slug])


@dataclass(slots=True)
class Hit:
    """A course for one intervention: collects what several lines of its list say."""

    place: int
    offer: InterventionOffer
    functions: int = 0
    everyone: bool = False
    platforms: dict[str, None] = field(default_factory=dict)
    step: Step | None = None
    phases: dict[str, None] = field(default_factory=dict)


Hits = dict[int, dict[int, Hit]]  # course number → place of the intervention → hit


def select(index: CompiledCatalogue, request: AdviceRequest) -> Selection:
    """Raises `UnknownSlug` for the first slug that the catalogue does not hold."""
    catalogue = index.catalogue
    _check("interventions", request.interventions, index.interventions)
    _check("functions", request.functions, index.function_bit)
    _check("platforms", request.platforms, PLATFORMS)
    _check("packages", request.packages or (), catalogue.package_by_slug)
    _check("sector", () if request.sector is None else (request.sector,), SECTORS)
    wanted = frozenset(request.functions or index.function_bit)
    packages = request.packages
    return Selection(
        interventions=tuple(
            index.interventions[slug] for slug in dict.fromkeys(request.interventions)
        ),
        team=tuple(function for function in catalogue.functions if function.slug in wanted),
        function_bit=index.function_bit,
        functions=sum(index.function_bit[slug] for slug in wanted),
        platforms=index.platform_mask(request.platforms),
        packages=index.default_packages if packages is None else frozenset(packages),
    )


def hits(selection: Selection) -> Hits:
    """Every course that a chosen list mentions for the team, in the order of the advice."""
    found: Hits = {}
    for place, offers in enumerate(selection.interventions):
        for offer in offers.offers:
            functions = offer.audience & selection.functions
            if not functions or (offer.platforms and not offer.platforms & selection.platforms):
                continue
            hit = found.setdefault(offer.course, {}).setdefault(place, Hit(place, offers))
            mention = offer.mention
            hit.functions |= functions
            hit.everyone = hit.everyone or not mention.audience
            hit.step = hit.step or mention.step
            hit.phases.update(dict.fromkeys(mention.phases))
            if offer.platforms and mention.platform:
                hit.platforms.setdefault(mention.platform)
    return found


def _check(name: str, slugs: Iterable[str], known: Iterable[str] | Mapping[str, object]) -> None:
    for slug in slugs:
        if slug not in known:
            raise UnknownSlug(name, slug, known)

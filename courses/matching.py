"""From chosen interventions, functions, platforms and packages to advice. Pure, deterministic.

- A course is advised when a chosen intervention mentions it for a function of the team, on a
  platform of the team. It appears once, with all interventions it serves.
- An option of category F without a list of its own gets the general offer of F: the source gives
  that list for the category as a whole. An option with its own list keeps to that list.
- What the school cannot open yet is shown with its availability and never hidden.
- Everything here reads the compiled catalogue (`offers.py`), because this runs in every request.
"""

from collections.abc import Iterable, Mapping, Sequence

from courses.advice import (
    ActivityKind,
    Advice,
    AdviceItem,
    AdviceRequest,
    Availability,
    FunctionSaving,
    InterventionSummary,
    PlgActivity,
    Reason,
    Saving,
    UnknownSlug,
)
from courses.advice_items import ItemWriter
from courses.entities import Catalogue, Step
from courses.findings import Finding, Severity, sorted_findings
from courses.offers import (
    PLATFORMS,
    CompiledCatalogue,
    InterventionOffer,
    compiled,
    course_availability,
)
from courses.plg_activities import Served, only_courses, plg_activities
from courses.selection import SECTORS, Hit, Selection, hits, select
from courses.smallest_set import smallest_set

__all__ = [
    "PLATFORMS",
    "SECTORS",
    "ActivityKind",
    "Advice",
    "AdviceItem",
    "AdviceRequest",
    "Availability",
    "FunctionSaving",
    "InterventionSummary",
    "PlgActivity",
    "Reason",
    "Saving",
    "UnknownSlug",
    "balance_of",
    "course_availability",
    "match",
    "no_course_offer",
]


def match(catalogue: Catalogue, request: AdviceRequest) -> Advice:
    """The advice for one selection. Raises `UnknownSlug` for what the catalogue does not hold.

    The same catalogue and request always give an equal answer. Only findings about the selection
    as such are made here; the rules of a routekaart are in `routekaart.domain.rules`.
    """
    index = compiled(catalogue)
    selection = select(index, request)
    found = hits(selection)
    routes = {
        number: index.best_way(number, selection.platforms, selection.packages, request.today)
        for number in found
    }
    pairs = _Pairs(selection)
    for number, of_course in found.items():
        pairs.add(index, number, of_course, routes[number][0])
    chosen = pairs.smallest(index)
    writer = ItemWriter(index, selection, chosen)
    items = tuple(
        writer.item(number, of_course, routes[number]) for number, of_course in found.items()
    )
    served = _served(selection, items)
    team = selection.team if request.functions else ()
    activities = plg_activities(catalogue.plg, served, team)
    return Advice(
        items=items,
        smallest_set=chosen,
        saving=_saving(selection, items),
        plg_activities=activities,
        interventions=tuple(
            _summary(offer, of_one, request.sector)
            for offer, of_one in zip(selection.interventions, served, strict=True)
        ),
        uncovered=pairs.uncovered(),
        findings=_findings(request, served, items, activities),
    )


class _Pairs:
    """The pairs (intervention, function) as bits, and which course covers which."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._width = len(selection.function_bit)
        self._covers: dict[str, int] = {}
        self._required: list[str] = []

    def add(
        self,
        index: CompiledCatalogue,
        number: int,
        hits: Mapping[int, Hit],
        availability: Availability,
    ) -> None:
        """Only what is offered covers: a plan cannot rest on a course nobody can open."""
        if availability is not Availability.OFFERED:
            return
        slug = index.courses[number].slug
        mask = 0
        for place, hit in hits.items():
            mask |= hit.functions << place * self._width
            if hit.step is Step.START:
                self._required.append(slug)
        self._covers[slug] = mask

    def smallest(self, index: CompiledCatalogue) -> tuple[str, ...]:
        return smallest_set(self._covers, index.price, self._required)

    def uncovered(self) -> tuple[tuple[str, str], ...]:
        covered = 0
        for mask in self._covers.values():
            covered |= mask
        return tuple(
            (offers.intervention.slug, function.slug)
            for place, offers in enumerate(self._selection.interventions)
            for function in self._selection.team
            if not covered >> place * self._width & self._selection.function_bit[function.slug]
        )


def _served(selection: Selection, items: tuple[AdviceItem, ...]) -> list[Served]:
    of_intervention: dict[str, list[tuple[AdviceItem, Reason]]] = {}
    for item in items:
        for reason in item.reasons:
            of_intervention.setdefault(reason.intervention, []).append((item, reason))
    served = []
    for offers in selection.interventions:
        found = of_intervention.get(offers.intervention.slug, [])
        named: set[str] = set()
        for _, reason in found:
            named.update(() if reason.everyone else reason.functions)
        served.append(
            Served(
                intervention=offers.intervention,
                courses=len(found),
                offered=sum(item.may_be_mandatory for item, _ in found),
                has_list=bool(offers.offers),
                named=tuple(function for function in selection.team if function.slug in named),
            )
        )
    return served


def _saving(selection: Selection, items: tuple[AdviceItem, ...]) -> Saving:
    offered = [item for item in items if item.may_be_mandatory]
    per_function = tuple(
        FunctionSaving(
            function.slug,
            sum(item.duration_minutes for item in offered if function.slug in item.functions),
            sum(
                item.duration_minutes
                for item in offered
                if item.in_smallest_set and function.slug in item.functions
            ),
        )
        for function in selection.team
    )
    return Saving(
        sum(item.duration_minutes for item in offered),
        sum(item.duration_minutes for item in offered if item.in_smallest_set),
        per_function,
    )


def _summary(offers: InterventionOffer, served: Served, sector: str | None) -> InterventionSummary:
    intervention = offers.intervention
    return InterventionSummary(
        slug=intervention.slug,
        title=intervention.title,
        category=intervention.category,
        courses=served.courses,
        offered_courses=served.offered,
        effect_months=intervention.effect_months,
        sector_effect=() if sector is None else offers.sector_effect.get(sector, ()),
    )


def _findings(
    request: AdviceRequest,
    served: list[Served],
    items: tuple[AdviceItem, ...],
    activities: tuple[PlgActivity, ...],
) -> tuple[Finding, ...]:
    found = [
        no_course_offer(one.intervention.slug, one.intervention.title)
        for one in served
        if not one.courses
    ]
    if not request.interventions:
        found.append(_NO_INTERVENTION)
    if not request.functions:
        found.append(_NO_FUNCTIONS)
    balance = balance_of(items, activities)
    return sorted_findings(found if balance is None else [*found, balance])


def balance_of(items: Sequence[AdviceItem], activities: Iterable[PlgActivity]) -> Finding | None:
    """That there is nothing but courses in an advice (S30), when that is so."""
    forms = [activity.basis for activity in activities if activity.kind is ActivityKind.FORM]
    return only_courses(len(items), forms)


def no_course_offer(intervention: str, title: str) -> Finding:
    """That an intervention has no course for this team."""
    return Finding(
        "no_course_offer",
        Severity.INFO,
        f"Bij '{title}' is er voor jullie team geen cursus. Gebruik de "
        "PLG-activiteiten en de coaching in dit advies.",
        intervention=intervention,
    )


_NO_INTERVENTION = Finding(
    "no_intervention",
    Severity.WARNING,
    "Kies minstens één interventie: daar hoort het advies bij.",
    field="interventions",
)
_NO_FUNCTIONS = Finding(
    "no_functions",
    Severity.WARNING,
    "Kies welke functies er in het team zijn. Nu zie je het aanbod voor alle functies.",
    field="functions",
)

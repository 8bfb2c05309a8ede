"""One course of the advice in full: what it serves, how to get it, and why, in words."""

from collections.abc import Collection, Mapping, Sequence

from courses.advice import AdviceItem, Availability, Reason
from courses.dutch import dutch_date, listed
from courses.entities import Catalogue, Step
from courses.offers import PLATFORM_TITLES, STEP_ORDER, CompiledCatalogue, Route, Way
from courses.selection import Hit, Selection


class ItemWriter:
    """Writes the items of one advice. Remembers the words for groups of functions, which recur."""

    def __init__(
        self, index: CompiledCatalogue, selection: Selection, smallest_set: Collection[str]
    ) -> None:
        self._index = index
        self._selection = selection
        self._smallest_set = smallest_set
        self._words: dict[int, tuple[tuple[str, ...], str]] = {}

    def item(self, number: int, hits_of_course: Mapping[int, Hit], route: Route) -> AdviceItem:
        course = self._index.courses[number]
        availability, way, fitting = route
        hits = tuple(hits_of_course.values())
        reasons = tuple([self._reason(hit) for hit in hits])
        functions = 0
        for hit in hits:
            functions |= hit.functions
        step = _first_step(hits)
        return AdviceItem(
            course=course.slug,
            title=course.title,
            kind=course.kind,
            because=reasons[0].text if len(hits) == 1 else self._because(hits, functions),
            reasons=reasons,
            interventions=tuple([reason.intervention for reason in reasons]),
            functions=self._functions(functions)[0],
            provider=way.provider,
            package=way.package,
            packages=tuple(dict.fromkeys([one.package for one in fitting])),
            platform=way.platform,
            group=way.group,
            availability=availability,
            available_from=way.available_from,
            availability_text=availability_text(self._index.catalogue, availability, way),
            step=step,
            order=None if step is None else STEP_ORDER[step],
            phases=tuple(dict.fromkeys([phase for hit in hits for phase in hit.phases])),
            duration_minutes=course.duration_minutes,
            duration_basis=course.duration_basis,
            required=step is Step.START and availability is Availability.OFFERED,
            in_smallest_set=course.slug in self._smallest_set,
        )

    def _reason(self, hit: Hit) -> Reason:
        return Reason(
            intervention=hit.offer.intervention.slug,
            functions=self._functions(hit.functions)[0],
            everyone=hit.everyone,
            platform=next(iter(hit.platforms), None),
            general_offer=hit.offer.general,
            step=hit.step,
            phases=tuple(hit.phases),
            text=self._because((hit,), hit.functions),
        )

    def _because(self, hits: Sequence[Hit], functions: int) -> str:
        """omdat: Feedback + leerkracht + Microsoft 365."""
        titles = [hit.offer.intervention.title for hit in hits]
        if all(hit.offer.general for hit in hits):
            titles[-1] += f" (algemeen aanbod bij {hits[0].offer.intervention.category})"
        everyone = all(hit.everyone for hit in hits)
        audience = "iedereen" if everyone else self._functions(functions)[1]
        platforms = dict.fromkeys([platform for hit in hits for platform in hit.platforms])
        reason = f"omdat: {listed(titles)} + {audience}"
        if not platforms:
            return reason
        return f"{reason} + {listed([PLATFORM_TITLES[one] for one in platforms], 'of')}"

    def _functions(self, functions: int) -> tuple[tuple[str, ...], str]:
        """The slugs of these functions, and their names in a row."""
        words = self._words.get(functions)
        if words is None:
            of_team = self._selection.functions_of(functions)
            slugs = tuple(function.slug for function in of_team)
            words = (slugs, listed([function.title.lower() for function in of_team]))
            self._words[functions] = words
        return words


def availability_text(catalogue: Catalogue, availability: Availability, way: Way) -> str:
    """What a team must know about getting a course in this way."""
    if availability is Availability.OFFERED:
        if way.always_available:
            return "Voor iedereen te volgen, zonder pakket."
        return "Te volgen in jullie academie."
    if availability is Availability.LOCKED:
        package = catalogue.package_by_slug[way.package]
        return f"Nog niet in jullie academie ({package.title}): vraag een offerte aan."
    since = "" if way.available_from is None else dutch_date(way.available_from)
    if availability is Availability.NOT_YET:
        return f"Beschikbaar vanaf {since}: plan de cursus daarna."
    return (
        f"Zou er zijn vanaf {since}, maar niemand heeft dat bevestigd: "
        "inplannen mag, verplichten nog niet."
    )


def _first_step(hits: Sequence[Hit]) -> Step | None:
    steps = [hit.step for hit in hits if hit.step is not None]
    return min(steps, key=lambda step: STEP_ORDER[step]) if steps else None

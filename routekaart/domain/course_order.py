"""In which order somebody takes the courses for one goal. Pure."""

from collections.abc import Collection, Iterable, Sequence

from courses.entities import Catalogue, Mention, Step

_STEP = {Step.START: 0, Step.DEEPEN: 1, Step.CHOOSE: 2}
_NO_STEP = len(_STEP)


def course_order(
    catalogue: Catalogue, interventions: Sequence[str], courses: Collection[str]
) -> tuple[str, ...]:
    """The courses of one goal, in the order to take them.

    By the interventions of the goal in their order, within one as a source advises (S25) and then
    as printed; last what none of them lists (picked by hand, or retired), by slug. Only what is
    asked about counts, so that a new course in the catalogue changes no plan.
    """
    listed = (
        mention.course
        for slug in interventions
        for mention in sorted(_list_of(catalogue, slug), key=_step)
    )
    wanted = set(courses)
    return tuple(dict.fromkeys([*(slug for slug in listed if slug in wanted), *sorted(wanted)]))


def _list_of(catalogue: Catalogue, slug: str) -> Iterable[Mention]:
    intervention = catalogue.intervention_by_slug.get(slug)
    if intervention is None:
        return ()
    general = catalogue.general_offer
    if not intervention.mentions and intervention.category == general.category:
        return general.mentions
    return intervention.mentions


def _step(mention: Mention) -> int:
    return _NO_STEP if mention.step is None else _STEP[mention.step]

"""For whom a course is meant, as the lists of the catalogue say. Pure."""

from collections.abc import Collection, Mapping

from courses.entities import Catalogue, Mention


def course_audience(
    catalogue: Catalogue, course: str, interventions: Collection[str] = ()
) -> frozenset[str] | None:
    """The functions that a course is meant for; None: for everyone.

    What the lists of `interventions` say counts; when none of them lists it, what all lists say.
    A course in no list at all is for everyone.
    """
    mentions = [
        mention
        for intervention in catalogue.interventions
        if intervention.slug in interventions
        for mention in _list_of(catalogue, intervention.slug)
        if mention.course == course
    ] or [
        mention
        for listed in (
            *(intervention.mentions for intervention in catalogue.interventions),
            catalogue.general_offer.mentions,
        )
        for mention in listed
        if mention.course == course
    ]
    if not mentions or any(not mention.audience for mention in mentions):
        return None
    reach = function_reach(catalogue)
    return frozenset().union(*(reach[slug] for mention in mentions for slug in mention.audience))


def function_reach(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """Per function the functions that it stands for: itself and those that it includes."""
    includes = {function.slug: function.includes for function in catalogue.functions}

    def reached(slug: str, seen: frozenset[str]) -> frozenset[str]:
        if slug in seen:
            return seen
        for included in includes.get(slug, ()):
            seen = reached(included, seen | {slug})
        return seen | {slug}

    return {slug: reached(slug, frozenset()) for slug in includes}


def _list_of(catalogue: Catalogue, slug: str) -> tuple[Mention, ...]:
    """The mentions of an intervention; one without any borrows those of its category."""
    intervention = catalogue.intervention_by_slug[slug]
    general = catalogue.general_offer
    if not intervention.mentions and intervention.category == general.category:
        return general.mentions
    return intervention.mentions

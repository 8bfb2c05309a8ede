"""A small advice, and the school that it is for."""

from dataclasses import replace

from courses.advice import Advice, AdviceItem, AdviceRequest
from courses.matching import match
from routekaart.domain.advice_desk import School
from tests.small_catalogue import TODAY, catalogue, intervention, mention

SMALL = catalogue(
    intervention(
        "feedback",
        mention("lezen", "leerkracht"),
        mention("kijken", "onderwijsassistent"),
        mention("samen"),
        mention("duur", "leerkracht", package="pluspakket"),
        mention("ster", "leerkracht", starred=True),
    ),
    intervention("taal", mention("samen"), mention("klank", "leerkracht")),
    intervention("leeg"),
    intervention("elders", mention("vreemd", platform="google-workspace", package="pluspakket")),
    minutes={"samen": 20},
    extra_courses=("eigen-a",),
)
SCHOOL = School(
    catalogue=SMALL,
    today=TODAY,
    goals=frozenset({"doel"}),
    packages=("academie",),
    providers={"eigen-a": "De buren"},
)


def small_advice(*interventions: str) -> Advice:
    """What the mapping proposes for a team of teachers and assistants."""
    return match(
        SMALL,
        AdviceRequest(
            interventions=interventions or ("feedback", "taal"),
            functions=("leerkracht", "onderwijsassistent"),
            today=TODAY,
            packages=("academie",),
        ),
    )


def item_of(advice: Advice, course: str) -> AdviceItem:
    [found] = [item for item in advice.items if item.course == course]
    return found


def unset(item: AdviceItem) -> AdviceItem:
    """The item apart from what follows from the others."""
    return replace(item, in_smallest_set=False)

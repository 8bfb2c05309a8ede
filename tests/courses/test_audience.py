"""For whom a course is meant."""

import pytest

from courses.audience import course_audience, function_reach
from tests.small_catalogue import catalogue, intervention, mention

SMALL = catalogue(
    intervention(
        "feedback",
        mention("lezen", "leerkracht"),
        mention("lezen", "onderwijsassistent"),
        mention("samen"),
        mention("taalles", "onderwijsassistent"),
    ),
    intervention("taal", mention("taalles", "leerkracht"), mention("lezen")),
)
TEACHERS = frozenset({"leerkracht", "kleuterleerkracht"})


@pytest.mark.parametrize(
    ("course", "interventions", "meant"),
    [
        ("lezen", ["feedback"], TEACHERS | {"onderwijsassistent"}),
        ("lezen", ["feedback", "taal"], None),
        ("samen", ["feedback"], None),
        ("taalles", ["taal"], TEACHERS),
        # Listed by neither of these: what all lists say.
        ("taalles", [], TEACHERS | {"onderwijsassistent"}),
        ("nergens", ["feedback"], None),
    ],
)
def test_the_lists_of_the_interventions_say_it(
    course: str, interventions: list[str], meant: frozenset[str] | None
) -> None:
    assert course_audience(SMALL, course, interventions) == meant


def test_a_function_stands_for_those_that_it_includes() -> None:
    reach = function_reach(SMALL)
    assert reach["leerkracht"] == TEACHERS
    assert reach["kleuterleerkracht"] == {"kleuterleerkracht"}

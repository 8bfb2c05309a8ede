"""Slugs that come from outside."""

import pytest

from courses.advice import UnknownSlug
from courses.lookup import Kind, checked_slugs, known_slugs
from tests.small_catalogue import catalogue, intervention, mention

SMALL = catalogue(intervention("feedback", mention("lezen")), intervention("taal"))


@pytest.mark.parametrize(
    ("kind", "slugs"),
    [
        ("interventions", {"feedback", "taal"}),
        ("courses", {"lezen"}),
        ("functions", {"leerkracht", "kleuterleerkracht", "onderwijsassistent", "schoolleider"}),
        ("packages", {"academie", "leerblokken", "pluspakket", "vrij"}),
    ],
)
def test_what_is_known(kind: Kind, slugs: set[str]) -> None:
    assert set(known_slugs(SMALL, kind)) == slugs
    checked_slugs(SMALL, kind, sorted(slugs))
    checked_slugs(SMALL, kind, [])


def test_the_first_unknown_one_is_named_with_what_looks_like_it() -> None:
    with pytest.raises(UnknownSlug) as caught:
        checked_slugs(SMALL, "interventions", ["taal", "feedbak", "onzin"])
    error = caught.value
    assert (error.field, error.slug, error.suggestions) == (
        "interventions",
        "feedbak",
        ("feedback",),
    )
    assert str(error) == "'feedbak' staat niet in de catalogus. Bedoel je 'feedback'?"


def test_a_slug_of_another_kind_is_unknown() -> None:
    with pytest.raises(UnknownSlug):
        checked_slugs(SMALL, "courses", ["feedback"])

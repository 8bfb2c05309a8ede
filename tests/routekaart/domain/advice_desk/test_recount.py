"""Counting again gives what the mapping counted."""

from dataclasses import replace
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.advice import Advice, AdviceRequest
from courses.entities import Catalogue
from courses.files import read_catalogue
from courses.matching import match
from routekaart.domain.advice_desk import without
from routekaart.domain.advice_desk.recount import recounted
from tests.routekaart.domain.advice_desk.small_advice import small_advice
from tests.small_catalogue import TODAY


@lru_cache
def shipped() -> Catalogue:
    return read_catalogue()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_as_the_mapping_counted_it(data: st.DataObject) -> None:
    catalogue = shipped()
    some = st.sampled_from(sorted(catalogue.intervention_by_slug))
    functions = st.sampled_from(sorted(catalogue.function_by_slug))
    packages = st.sampled_from(sorted(catalogue.package_by_slug))
    advice = match(
        catalogue,
        AdviceRequest(
            interventions=tuple(data.draw(st.lists(some, max_size=6, unique=True))),
            functions=tuple(data.draw(st.lists(functions, max_size=4, unique=True))),
            packages=tuple(data.draw(st.lists(packages, max_size=4, unique=True))),
            platforms=data.draw(st.sampled_from([(), ("google",), ("microsoft",)])),
            today=TODAY,
        ),
    )
    assert recounted(advice, advice.items) == advice
    if not advice.items:
        return
    gone = data.draw(st.sampled_from([item.course for item in advice.items]))
    left = without(advice, [gone])
    # Whatever is still covered is covered by the smallest set too.
    covered = {
        (reason.intervention, function)
        for item in left.items
        if item.in_smallest_set
        for reason in item.reasons
        for function in reason.functions
    }
    pairs = {
        (one.slug, row.function) for one in left.interventions for row in left.saving.per_function
    }
    assert covered | set(left.uncovered) == pairs
    assert not covered & set(left.uncovered)
    assert gone not in left.smallest_set


def test_a_declined_course_gives_way_to_others() -> None:
    advice = small_advice()
    assert without(advice, ["samen"]).smallest_set == ("kijken", "klank", "lezen")
    assert without(advice, []) == advice


def test_the_balance_is_that_of_the_courses_that_are_left() -> None:
    advice = replace(small_advice(), plg_activities=())

    def codes(found: Advice) -> set[str]:
        return {finding.code for finding in found.findings}

    assert "only_courses" in codes(recounted(advice, advice.items))
    assert "only_courses" not in codes(recounted(advice, ()))
    none = recounted(advice, ())
    assert "only_courses" in codes(recounted(none, advice.items))

"""The lengths of the scholingsplan on paper."""

import io

import pytest
from pypdf import PdfReader

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.typst_pdf import render_pdf
from tests.routekaart.formats.document_text import assert_printed_whole
from tests.routekaart.random_mr import random_team
from tests.routekaart.sample_short import COMPACT, COMPACT_LATER, later
from tests.routekaart.sample_team import empty, sample
from tests.tiers import LONG, examples

GIVEN = {**COMPACT, "nothing": empty(), "later": later(sample())}
ALL_COMPACT = {**COMPACT, **COMPACT_LATER}


def _pages(given: ScholingsplanInput, length: Length) -> int:
    pdf = render_pdf(plan_document(build_scholingsplan(given), length))
    return len(PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("given", ALL_COMPACT.values(), ids=ALL_COMPACT)
def test_compact_is_two_pages(given: ScholingsplanInput) -> None:
    assert _pages(given, Length.COMPACT) == 2


def test_compact_is_two_pages_for_teams_as_they_might_be() -> None:
    seeds = range(examples(30, 1_000))
    assert [seed for seed in seeds if _pages(random_team(seed).plan, Length.COMPACT) > 2] == []


def test_an_empty_plan_fits_too() -> None:
    assert _pages(empty(), Length.COMPACT) == 1
    assert _pages(empty(), Length.STANDARD) >= 2


def test_each_length_is_longer_than_the_one_before() -> None:
    compact, standard, full = (_pages(sample(), length) for length in Length)
    assert compact < standard < full


@pytest.mark.parametrize("name", GIVEN)
def test_every_text_of_a_compact_plan_is_printed(name: str) -> None:
    assert_printed_whole(plan_document(build_scholingsplan(GIVEN[name]), Length.COMPACT))


@pytest.mark.parametrize("name", GIVEN if LONG else ["a team", "nothing"])
def test_every_text_of_a_standard_plan_is_printed(name: str) -> None:
    assert_printed_whole(plan_document(build_scholingsplan(GIVEN[name]), Length.STANDARD))

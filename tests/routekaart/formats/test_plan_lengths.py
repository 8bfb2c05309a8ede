"""The lengths of the scholingsplan on paper."""

import io

import pytest
from pypdf import PdfReader

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.typst_pdf import render_pdf
from tests.routekaart.sample_team import empty, renamed, sample


def _pages(given: ScholingsplanInput, length: Length) -> int:
    pdf = render_pdf(plan_document(build_scholingsplan(given), length))
    return len(PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    "given",
    [
        sample(),
        sample(goals=60, people=3),
        renamed(sample(goals=60, people=3), "W" * 32),
        renamed(sample(goals=8, people=3), "woord " * 200),
    ],
    ids=["a team", "60 goals", "long words", "long texts"],
)
def test_compact_is_two_pages(given: ScholingsplanInput) -> None:
    assert _pages(given, Length.COMPACT) == 2


def test_an_empty_plan_fits_too() -> None:
    assert _pages(empty(), Length.COMPACT) == 1
    assert _pages(empty(), Length.STANDARD) >= 2


def test_each_length_is_longer_than_the_one_before() -> None:
    compact, standard, full = (_pages(sample(), length) for length in Length)
    assert compact < standard < full

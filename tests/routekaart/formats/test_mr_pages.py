"""The summaries for the MR stay on two pages, whatever a team or school is like."""

import io

from pypdf import PdfReader

from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.formats.typst_pdf import render_pdf
from tests.routekaart.random_mr import random_school, random_team
from tests.tiers import examples


def _longer(documents: dict[int, BlockDocument]) -> list[int]:
    """The seeds of the ones that take more than two pages."""
    return [
        seed
        for seed, document in documents.items()
        if len(PdfReader(io.BytesIO(render_pdf(document))).pages) > 2
    ]


def test_of_a_team() -> None:
    seeds = range(examples(60, 2_000))
    assert _longer({seed: mr_summary(random_team(seed)) for seed in seeds}) == []


def test_of_a_school() -> None:
    seeds = range(examples(30, 1_000))
    assert _longer({seed: mr_school_summary(random_school(seed)) for seed in seeds}) == []

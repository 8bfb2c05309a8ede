"""Pages in Word, as LibreOffice lays them out: how many, and where they end."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.docx.render import render_docx
from tests.libreoffice import laid_out
from tests.routekaart.formats.page_ends import empty_pages, lonely
from tests.routekaart.sample_kinds import group, one_person, study_day
from tests.routekaart.sample_overview import TEAMS, board_of, mr_school, overview_of, wilg
from tests.routekaart.sample_short import (
    COMPACT,
    COMPACT_LATER,
    MR_LATER,
    MR_SUMMARIES,
    OVERVIEWS,
)
from tests.routekaart.sample_team import empty, sample

TWO_PAGES = {
    f"plan of {name}": plan_document(build_scholingsplan(given), Length.COMPACT)
    for name, given in {**COMPACT, **COMPACT_LATER}.items()
} | {
    f"summary of {name}": mr_summary(given) for name, given in {**MR_SUMMARIES, **MR_LATER}.items()
}
EMPTY = plan_document(build_scholingsplan(empty()), Length.COMPACT)
# People, goals and study days of the sample team: other numbers end pages at other places.
SIZES = (2, 1, 3), (7, 1, 1), (7, 2, 6), (16, 1, 1), (16, 2, 3), (16, 5, 4)


def _kinds() -> dict[str, BlockDocument]:
    found: dict[str, BlockDocument] = {}
    for people, goals, days in SIZES:
        given = sample(people=people, goals=goals, days=days)
        name = f"{people} people, {goals} goals, {days} days"
        found[f"person, {name}"] = build_person_plan(one_person(given))
    for people, goals, days in SIZES[::2]:
        given = sample(people=people, goals=goals, days=days)
        name = f"{people} people, {goals} goals, {days} days"
        found[f"group, {name}"] = build_group_plan(group(given))
        found[f"standard, {name}"] = plan_document(build_scholingsplan(given), Length.STANDARD)
    return found | {
        "full": plan_document(build_scholingsplan(sample())),
        "booklet": build_booklet(study_day()),
        "booklet with many cards": build_booklet(
            study_day(topics=study_day().topics * 3, notes=study_day().notes * 3)
        ),
        "school": school_overview(overview_of(wilg(*TEAMS))),
        "board": board_overview(board_of(5)),
        "mr of a school": mr_school_summary(mr_school(*TEAMS)),
    }


DOCUMENTS = {**TWO_PAGES, **OVERVIEWS, "empty": EMPTY, **_kinds()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """Of each document: one start of LibreOffice for all, as that is what takes long."""
    files = {f"{name}.docx": render_docx(document) for name, document in DOCUMENTS.items()}
    made = laid_out(files, tmp_path_factory.mktemp("pages"))
    return {Path(name).stem: pdf for name, pdf in made.items()}


@pytest.mark.parametrize("name", TWO_PAGES)
def test_is_two_pages(pages: dict[str, PdfReader], name: str) -> None:
    assert len(pages[name].pages) == 2


@pytest.mark.parametrize("name", OVERVIEWS)
def test_is_two_pages_at_most(pages: dict[str, PdfReader], name: str) -> None:
    assert len(pages[name].pages) <= 2


def test_an_empty_plan_is_one_page(pages: dict[str, PdfReader]) -> None:
    assert len(pages["empty"].pages) == 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_page_ends_with_a_heading_or_holds_nothing(
    pages: dict[str, PdfReader], name: str
) -> None:
    assert lonely(pages[name], DOCUMENTS[name]) == []
    assert empty_pages(pages[name]) == []

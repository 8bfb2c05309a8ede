"""What may take two pages takes no more in Word, as LibreOffice lays it out."""

import pytest

from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.docx.render import render_docx
from tests.libreoffice import pages_of
from tests.routekaart.sample_short import COMPACT, MR_SUMMARIES, OVERVIEWS
from tests.routekaart.sample_team import empty

TWO_PAGES = {
    f"plan of {name}": plan_document(build_scholingsplan(given), Length.COMPACT)
    for name, given in COMPACT.items()
} | {f"summary of {name}": mr_summary(given) for name, given in MR_SUMMARIES.items()}
EMPTY = plan_document(build_scholingsplan(empty()), Length.COMPACT)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Of each document: one start of LibreOffice for all, as that is what takes long."""
    documents = {**TWO_PAGES, **OVERVIEWS, "empty": EMPTY}
    files = {f"{name}.docx": render_docx(document) for name, document in documents.items()}
    counted = pages_of(files, tmp_path_factory.mktemp("pages"))
    return {name.removesuffix(".docx"): count for name, count in counted.items()}


@pytest.mark.parametrize("name", TWO_PAGES)
def test_is_two_pages(pages: dict[str, int], name: str) -> None:
    assert pages[name] == 2


@pytest.mark.parametrize("name", OVERVIEWS)
def test_is_two_pages_at_most(pages: dict[str, int], name: str) -> None:
    assert pages[name] <= 2


def test_an_empty_plan_is_one_page(pages: dict[str, int]) -> None:
    assert pages["empty"] == 1

"""LibreOffice opens our Word files, and reads in them what the content says."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import pytest

from routekaart.domain.content.blocks import (
    BlockDocument,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.docx.render import render_docx
from routekaart.formats.docx.words import clean
from tests.libreoffice import converted
from tests.routekaart.formats.block_texts import texts_in_order
from tests.routekaart.formats.docx.test_any_text import HOSTILE
from tests.routekaart.sample_blocks import every_block, meta, plain_head
from tests.routekaart.sample_kinds import group, one_person, study_day
from tests.routekaart.sample_overview import TEAMS, mr_school, mr_team, overview_of, wilg
from tests.routekaart.sample_team import empty, sample
from tests.tiers import LONG

# White moves, and a bullet is written as a letter.
_GLUE = re.compile(r"[\s•\u00ad\u200b-\u200d\ufeff]+")
DOCUMENTS = {
    "every": every_block(),
    "head": plain_head(),
    "compact": plan_document(build_scholingsplan(sample()), Length.COMPACT),
    "standard": plan_document(build_scholingsplan(sample()), Length.STANDARD),
    "full": plan_document(build_scholingsplan(sample())),
    "empty": plan_document(build_scholingsplan(empty())),
    "group": build_group_plan(group()),
    "person": build_person_plan(one_person()),
    "booklet": build_booklet(study_day()),
    "school": school_overview(overview_of(wilg(*TEAMS))),
    "board": board_overview(overview_of(wilg(*TEAMS), wilg())),
    "mr": mr_summary(mr_team()),
    "mr of a school": mr_school_summary(mr_school(*TEAMS)),
    "hostile": BlockDocument(
        kind="blocks",
        meta=replace(meta(), organisation=HOSTILE["word"], subject=HOSTILE["emoji"]),
        front="head",
        blocks=tuple(
            block
            for text in HOSTILE.values()
            for block in (
                Heading(2, text, label=text),
                Paragraph(text),
                Bullets((text,)),
                Facts((Fact(text, text),)),
                TableBlock(Table((Column(text), Column(text)), ((text, text),), "")),
            )
        ),
    ),
}
if LONG:
    DOCUMENTS["60 goals"] = plan_document(build_scholingsplan(sample(people=3, goals=60)))


def _glued(texts: Iterable[str]) -> str:
    return _GLUE.sub("", unicodedata.normalize("NFC", "".join(texts)))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What LibreOffice reads in each: one start for all, as that is what takes long."""
    files = {f"{name}.docx": render_docx(document) for name, document in DOCUMENTS.items()}
    folder = tmp_path_factory.mktemp("libreoffice")
    texts = converted(files, "txt:Text (encoded):UTF8", folder)
    return {name.removesuffix(".docx"): text.decode() for name, text in texts.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reads_every_text_in_order(read: dict[str, str], name: str) -> None:
    expected = _glued(clean(text) for text in texts_in_order(DOCUMENTS[name]))
    assert _glued(read[name]) == expected

"""The Word file of a document: complete, in Word's own styles, accessible, easy to edit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm

from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    PageBreak,
    Paragraph,
    Together,
)
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats.docx.layout import WRITERS
from routekaart.formats.docx.page import TEXT_WIDTH
from routekaart.formats.docx.render import render_docx
from tests.routekaart.formats.block_texts import drawn_in_order, texts_in_order
from tests.routekaart.formats.docx.word_reading import (
    WP,
    W,
    glued,
    opened,
    paragraphs_of,
)
from tests.routekaart.sample_blocks import every_block, meta, plain_head
from tests.routekaart.sample_team import empty, sample

# The names under which Word itself knows them, in any language.
WORDS_OWN = {
    *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "No Spacing"),
    *("Body Text", "Body Text 2", "Body Text 3", "Block Text", "Quote", "Intense Quote"),
    *("List", "List 2", "List 3", "List Bullet", "List Bullet 2", "Caption", "Header", "Footer"),
    *("Note Heading", "Message Header", "Closing", "Signature"),
    *("Default Paragraph Font", "Strong", "Subtle Emphasis", "Intense Emphasis"),
    *("Subtle Reference", "Intense Reference", "Book Title"),
    *("Normal Table", "Table Grid", "Grid Table Light", "Grid Table 5 Dark"),
    *("Plain Table 2", "Plain Table 4", "Plain Table 5", "No List"),
}


@pytest.fixture(scope="module")
def word() -> Any:
    return opened(render_docx(every_block()))


def _document(*blocks: Block) -> BlockDocument:
    return BlockDocument("blocks", meta(), "head", blocks)


def _paragraphs(*blocks: Block) -> list[Any]:
    """What a document says below its head."""
    return list(opened(render_docx(_document(*blocks))).paragraphs)


def _plans() -> Iterator[BlockDocument]:
    plan = build_scholingsplan(sample())
    yield from (plan_document(plan, length) for length in Length)
    yield plan_document(build_scholingsplan(empty()))
    yield plan_document(build_scholingsplan(sample(people=200, goals=1, days=1)))
    yield plan_document(build_scholingsplan(sample(people=2, goals=60)))


def _assert_complete(document: BlockDocument) -> None:
    read = opened(render_docx(document))
    assert glued(one.text for one in paragraphs_of(read)) == glued(texts_in_order(document))


@pytest.mark.parametrize("document", [every_block(), plain_head()], ids=["every", "head"])
def test_says_every_text_and_no_other_in_order(document: BlockDocument) -> None:
    _assert_complete(document)


def test_says_every_text_of_a_plan_of_any_size() -> None:
    for document in _plans():
        _assert_complete(document)


def test_every_type_of_block_has_a_writer() -> None:
    assert set(WRITERS) == set(get_args(Block))


# --- Styles ------------------------------------------------------------------------------------
def test_a_short_plan_has_more_room_on_a_page() -> None:
    """With the margins of a book the compact plan runs to a third page."""
    plan = build_scholingsplan(sample())
    margins = []
    for length in (Length.COMPACT, Length.FULL):
        made: Any = opened(render_docx(plan_document(plan, length)))
        [section] = made.sections
        margins.append(round((section.top_margin + section.bottom_margin) / Mm(1)))
    assert margins == [40, 51]


def test_styles_are_words_own(word: Any) -> None:
    assert {style.name for style in word.styles} == WORDS_OWN
    known = {style.style_id for style in word.styles}
    named = {
        each.get(f"{W}val")
        for tag in ("pStyle", "rStyle", "tblStyle")
        for each in word.element.iter(f"{W}{tag}")
    }
    assert named <= known
    assert {"Heading1", "Heading2", "Heading3", "ListBullet", "PlainTable2"} <= named


def test_the_look_of_text_comes_from_styles(word: Any) -> None:
    for properties in word.element.iter(f"{W}rPr"):
        assert [child.tag for child in properties] == [f"{W}rStyle"]
    said = {child.tag.removeprefix(W) for each in word.element.iter(f"{W}pPr") for child in each}
    # Where a page starts, what stays together, and numbers at the end of their column.
    assert said == {"pStyle", "keepNext", "pageBreakBefore", "spacing", "jc"}


def test_tables_stand_on_table_grid(word: Any) -> None:
    data = word.styles["Plain Table 2"]
    assert data.type == WD_STYLE_TYPE.TABLE
    assert data.base_style.name == "Table Grid"


def test_headings_say_what_is_below_them(word: Any) -> None:
    headings = [
        (one.style.name, one.text)
        for one in word.paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "1 Samenvatting"),
        ("Heading 2", "Het jaar in één oogopslag"),
        ("Heading 1", "2 Doelen"),
        ("Heading 2", "Doel 1\nWij leren feedback geven waarmee leerlingen verder kunnen"),
        ("Heading 3", "Feedback"),
        ("Heading 2", "Wat de bron vraagt"),
        ("Heading 1", "3 Studiedagen"),
        ("Heading 2", "Studiedag 1\nProgramma"),
        ("Heading 2", "Vragen voor de PLG"),
        ("Heading 1", "4 Instemming en ondertekening"),
    ]


def test_headings_stay_with_what_follows_them(word: Any) -> None:
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "Title"):
        assert word.styles[name].paragraph_format.keep_with_next is True
    assert word.styles["Normal"].paragraph_format.widow_control is True


# --- Drawings ----------------------------------------------------------------------------------
def test_drawings_say_in_words_what_they_show(word: Any) -> None:
    pictures = list(word.element.iter(f"{WP}docPr"))
    assert [one.get("descr") for one in pictures if one.get("descr")] == drawn_in_order(
        every_block()
    )
    silent = [one for one in pictures if not one.get("descr")]
    # The route of the cover, and two scales beside what they say in words.
    assert len(silent) == 3
    for one in silent:
        assert one[0][0][0].tag.endswith("decorative")
    assert len({one.get("id") for one in pictures}) == len(pictures)


def test_drawings_are_sharp_and_as_wide_as_the_text(word: Any) -> None:
    for shape in word.inline_shapes:
        relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        image = word.part.related_parts[relation].image
        assert image.px_width / shape.width.inches >= 200
        assert shape.width.twips <= TEXT_WIDTH


# --- Around the text ---------------------------------------------------------------------------
def test_is_dutch_throughout(word: Any) -> None:
    assert word.core_properties.language == "nl-NL"
    (language,) = word.styles.element.iter(f"{W}lang")
    assert language.get(f"{W}val") == "nl-NL"
    (theme,) = word.settings.element.iter(f"{W}themeFontLang")
    assert theme.get(f"{W}val") == "nl-NL"


def test_says_whose_it_is_and_no_more(word: Any) -> None:
    said = word.core_properties
    assert said.title == "Scholingsplan – Team middenbouw"
    assert (said.author, said.last_modified_by) == ("Basisschool De Regenboog",) * 2
    assert said.created == said.modified == datetime(2026, 6, 24, tzinfo=UTC)
    assert said.revision == 1
    assert (said.comments, said.keywords, said.category) == ("", "", "")


def test_head_and_foot_run_along_but_not_on_the_cover(word: Any) -> None:
    (section,) = word.sections
    assert section.header.paragraphs[0].text == "Scholingsplan · Team middenbouw\t2026-2027"
    assert section.footer.paragraphs[0].text == "Concept · versie 3\tpagina 1 van 1"
    fields = [each.text for each in section.footer.part.element.iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]
    assert section.different_first_page_header_footer is True
    assert section.first_page_header.is_linked_to_previous is True
    short = opened(render_docx(plain_head()))
    assert short.sections[0].different_first_page_header_footer is False


# --- Pages -------------------------------------------------------------------------------------
def test_a_break_starts_a_page_and_leaves_no_empty_one() -> None:
    first, second, third = _paragraphs(
        PageBreak(), Paragraph("een"), PageBreak(), PageBreak(), Paragraph("twee"), PageBreak()
    )[-3:]
    assert first.text == ""  # between the head and what follows
    assert (second.text, second.paragraph_format.page_break_before) == ("een", True)
    assert (third.text, third.paragraph_format.page_break_before) == ("twee", True)


def test_what_belongs_together_stays_together() -> None:
    paragraphs = _paragraphs(
        Together((Paragraph("een"), Bullets(("twee", "drie")))), Paragraph("vier")
    )
    kept = {one.text: one.paragraph_format.keep_with_next for one in paragraphs}
    assert kept == {"": True, "een": True, "twee": True, "drie": None, "vier": None}


def test_more_than_a_page_is_not_kept_together() -> None:
    paragraphs = _paragraphs(Together((Paragraph("een " * 900), Paragraph("twee"))))
    assert [one.paragraph_format.keep_with_next for one in paragraphs] == [None] * 3

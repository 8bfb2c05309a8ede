"""Whatever somebody typed: it is text in the Word file, and the file stays what it was."""

import re
from dataclasses import replace

import pytest
from docx.document import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routekaart.domain.content.blocks import BlockDocument, flat
from routekaart.formats.docx.render import render_docx
from routekaart.formats.docx.words import clean
from tests.routekaart.formats.block_texts import texts_in_order
from tests.routekaart.formats.docx.word_reading import WP, glued, opened, paragraphs_of
from tests.routekaart.sample_blocks import every_block, with_text
from tests.tiers import examples

HOSTILE = {
    "typst": '#panic(1) $x$ *b* _i_ `c` @ref <l> \\ // /* [x] #eval("1") = H',
    "template": "{{x}} {% include '/etc/passwd' %} {%p if x %}",
    "formula": "=cmd|' /C calc'!A0",
    "field": '{ HYPERLINK "http://example.org" } MERGEFIELD naam \\* MERGEFORMAT',
    "word": '</w:t></w:r><w:p><w:fldSimple w:instr="DDEAUTO"/></w:p>',
    "entity": "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;&#0;]]>",
    "html": "<script>alert(1)</script> & <b>",
    "endless word": "A" * 5000,
    "emoji": "Noor 😀👩🏽‍🏫",
    "right to left": "Jan\u202egpj.exe",
    "hebrew": "עברית",
    "chinese": "张伟",
    "control": "a\x07b\x1bc\x7fd\x00e",
    "marks": "Z" + "\u0301\u0327\u0338" * 20,
    "surrogate": "a\ud800b",
    "lines": "regel 1\nregel 2\r\nregel 3\u2028regel 4",
    "invisible": "\U000e0041\u200b",
    "spaces": "   ",
    "many words": "woord " * 800,
}


def _undrawn() -> BlockDocument:
    """Every block but the drawings, which are Typst's: a hundred of these are made in a second."""
    document = every_block()
    blocks = tuple(
        block
        for block in flat(document.blocks)
        if block.block not in {"year_strip", "bar_chart", "point_grid"}
    )
    return replace(document, blocks=blocks)


UNDRAWN = _undrawn()


def _assert_whole(document: BlockDocument, text: str) -> Document:
    """Every field of a document says the text, and nothing else is said."""
    shown = clean(text)
    read = opened(render_docx(with_text(document, text)))
    expected = [shown if one != "·" else one for one in texts_in_order(document)]
    assert glued(one.text for one in paragraphs_of(read)) == glued(expected)
    return read


def _tags(read: Document) -> list[str]:
    return [element.tag for element in read.element.iter()]


TAGS = set(_tags(opened(render_docx(UNDRAWN))))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_a_document(text: str) -> None:
    read = _assert_whole(UNDRAWN, text)
    # As many letters on as many lines, and all of them harmless, make the same file.
    harmless = re.sub("[^\n]", "x", clean(text))
    assert _tags(read) == _tags(opened(render_docx(with_text(UNDRAWN, harmless))))


@pytest.mark.parametrize("text", ["<&\"'>", "a\x00b\ud800", "Noor 😀", "= \u202e", "W" * 40])
def test_no_text_breaks_a_drawing(text: str) -> None:
    read = _assert_whole(every_block(), text)
    alts = [one.get("descr") for one in read.element.iter(f"{WP}docPr")]
    assert [alt for alt in alts if alt is not None] == [clean(text)] * 3


@settings(max_examples=examples(60, 300), deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
@example("\x85")
@example("\u0301")
def test_any_text_gives_a_document(text: str) -> None:
    assert set(_tags(_assert_whole(UNDRAWN, text))) <= TAGS


def test_an_endless_name_fits_in_what_the_file_says_of_itself() -> None:
    said = opened(render_docx(with_text(every_block(), "naam\n" + "A" * 300))).core_properties
    assert said.author == "naam " + "A" * 250

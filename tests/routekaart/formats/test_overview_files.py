"""Overviews and summaries for the MR as files: complete, in order, and hard to break."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.canonical import as_json
from routekaart.domain.content.mr_input import MrTeamInput
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.overview_input import OverviewInput, TeamReport
from routekaart.domain.content.overview_workbook import board_workbook, school_workbook
from routekaart.domain.content.plan_blocks import Length
from routekaart.formats.docx.render import render_docx
from routekaart.formats.docx.words import clean
from routekaart.formats.printable import PrintableText
from routekaart.formats.typst_pdf import render_pdf
from routekaart.formats.xlsx import render_xlsx
from tests.routekaart.formats.block_texts import texts_in_order
from tests.routekaart.formats.document_text import pages_of, read_on, texts_of
from tests.routekaart.formats.docx.word_reading import glued as glued_word
from tests.routekaart.formats.docx.word_reading import opened, paragraphs_of
from tests.routekaart.sample_overview import (
    DRAFT,
    NOT_BEGUN,
    RUNNING,
    TEAMS,
    board_of,
    mr_school,
    mr_team,
    overview_of,
    wilg,
)
from tests.routekaart.sample_short import MR_LATER, MR_SUMMARIES, OVERVIEWS
from tests.routekaart.sample_team import renamed
from tests.tiers import examples

SAMPLES: Mapping[str, Callable[[], BlockDocument]] = {
    "school": lambda: school_overview(overview_of(wilg(*TEAMS))),
    "school without teams": lambda: school_overview(overview_of(wilg())),
    "board": lambda: board_overview(overview_of(wilg(*TEAMS), wilg(RUNNING), wilg())),
    "board standard": lambda: board_overview(
        overview_of(wilg(*TEAMS), wilg(RUNNING), wilg()), Length.STANDARD
    ),
    "board without schools": lambda: board_overview(overview_of()),
    "mr": lambda: mr_summary(mr_team()),
    "mr of a school": lambda: mr_school_summary(mr_school(*TEAMS)),
    "mr of a school without teams": lambda: mr_school_summary(mr_school()),
}
HOSTILE = {
    "typst": '#panic(1) $x$ *b* `c` @ref <l> #eval("1") = H',
    "template": "{{x}} {% include '/etc/passwd' %}",
    "formula": "=cmd|' /C calc'!A0",
    "endless word": "A" * 5000,
    "right to left": "Jan\u202egpj.exe",
    "control": "a\x07b\x00c",
    "surrogate": "a\ud800b",
    "emoji": "Noor 😀👩🏽‍🏫",
    "nothing": "",
}


def told_by(text: str) -> TeamReport:
    """A team that wrote this, wherever a team may write."""
    goals = tuple(replace(goal, wording=text) for goal in RUNNING.goals)
    days = tuple(replace(day, title=text) for day in RUNNING.days)
    return replace(RUNNING, name=text, goals=goals, days=days, interventions=(text,))


def overview_in(text: str) -> OverviewInput:
    school = replace(wilg(told_by(text), DRAFT, NOT_BEGUN), name=text)
    return overview_of(school, board=text)


def all_stand_in_order(document: BlockDocument, pdf: bytes) -> None:
    meta = document.meta
    shown = PrintableText()
    where, at = pages_of(pdf, meta.running_head, f"{meta.status} · {meta.version}"), 0
    for text in texts_of(as_json(document)["blocks"]):
        at = read_on(where, shown.text(text), at)
        assert at >= 0, text


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_stands_in_reading_order(name: str) -> None:
    document = SAMPLES[name]()
    pdf = render_pdf(document)
    all_stand_in_order(document, pdf)
    assert render_pdf(SAMPLES[name]()) == pdf


def test_forty_schools_are_printed_whole() -> None:
    document = board_overview(board_of(40))
    all_stand_in_order(document, render_pdf(document))


def every_file(text: str) -> None:
    given = overview_in(text)
    team = mr_team(text)
    summary = mr_school(told_by(text))
    for document in (
        school_overview(given),
        board_overview(given),
        mr_summary(replace(team, plan=renamed(team.plan, text))),
        mr_school_summary(replace(summary, school=given.schools[0], checks=((), (), ()))),
    ):
        all_stand_in_order(document, render_pdf(document))
        said = glued_word(one.text for one in paragraphs_of(opened(render_docx(document))))
        assert said == glued_word(clean(one) for one in texts_in_order(document))
    for book in (school_workbook(given), board_workbook(given)):
        read = openpyxl.load_workbook(io.BytesIO(render_xlsx(book)))
        kinds = {cell.data_type for sheet in read for row in sheet for cell in row}
        assert kinds == {"s", "n", "d"}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_file(name: str) -> None:
    every_file(HOSTILE[name])


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=examples(3, 300), deadline=None)
def test_any_text_gives_every_file(text: str) -> None:
    every_file(text)


@pytest.mark.parametrize(
    "given", [*MR_SUMMARIES.values(), *MR_LATER.values()], ids=[*MR_SUMMARIES, *MR_LATER]
)
def test_the_summary_for_the_mr_is_two_pages(given: MrTeamInput) -> None:
    pdf = render_pdf(mr_summary(given))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


@pytest.mark.parametrize("name", OVERVIEWS)
def test_a_compact_overview_is_two_pages_at_most(name: str) -> None:
    document = OVERVIEWS[name]
    pdf = render_pdf(document)
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2
    all_stand_in_order(document, pdf)

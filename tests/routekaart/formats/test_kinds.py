"""Plans of persons and groups, and booklets, on paper: whole, in order, whatever people type."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.booklet_input import BookletInput, DayHead
from routekaart.domain.content.group_input import of_group
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.person_input import PersonInTeam, PersonPlanInput
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.formats.docx.render import render_docx
from routekaart.formats.docx.words import clean
from routekaart.formats.typst_pdf import render_pdf
from tests.routekaart.formats.block_texts import texts_in_order
from tests.routekaart.formats.document_text import assert_printed_whole
from tests.routekaart.formats.docx.word_reading import glued as glued_word
from tests.routekaart.formats.docx.word_reading import opened, paragraphs_of
from tests.routekaart.formats.test_typst_pdf import HOSTILE
from tests.routekaart.sample_kinds import MADE_ON, group, one_person, study_day
from tests.routekaart.sample_team import empty, renamed, sample
from tests.tiers import examples

# Gives the next text, so that every field gets another one.
Next = Callable[[], str]


def _person(text: Next) -> BlockDocument:
    given_ = one_person(renamed(sample(people=1, goals=1, days=1), text()))
    team = given_.teams[0]
    step, record = team.plgs[0].steps[0], (team.records or ())[-1]
    return build_person_plan(
        replace(
            given_,
            teams=(
                replace(
                    team,
                    records=tuple(
                        replace(record, course=str(at), course_title=text(), reflection=text())
                        for at in range(4)
                    ),
                    plgs=tuple(
                        replace(
                            team.plgs[0],
                            name=text(),
                            steps=(replace(step, text=text(), outcome=text()),),
                        )
                        for _ in range(4)
                    ),
                    agreements=tuple(
                        replace(team.agreements[0], what=text(), whose=text()) for _ in range(4)
                    ),
                    work_groups=(text(), text()),
                ),
            ),
        )
    )


def _group(text: Next) -> BlockDocument:
    return build_group_plan(group(renamed(sample(people=6, goals=1, days=1), text())))


def _booklet(text: Next) -> BlockDocument:
    day = study_day()
    topic, note = day.topics[0], day.notes[0]
    return build_booklet(
        replace(
            day,
            team=text(),
            school=text(),
            day=replace(day.day, title=text(), room=text(), trainer=text()),
            goals=tuple(replace(one, learning=text(), noticeable=text()) for one in day.goals),
            indicators=(("goal-0", text()),),
            blocks=tuple(
                replace(one, title=text(), text=text(), items=(text(),), track=text(), room=text())
                for one in day.blocks
            ),
            people=tuple((one, text()) for one, _ in day.people),
            topics=tuple(
                replace(topic, title=text(), answer=text(), notes=(replace(note, text=text()),))
                for _ in range(5)
            ),
            notes=tuple(replace(note, text=text()) for _ in range(5)),
            agreements=tuple(replace(day.agreements[0], what=text(), who=text()) for _ in range(3)),
            expected=tuple(text() for _ in range(8)),
        )
    )


KINDS: dict[str, Callable[[Next], BlockDocument]] = {
    "person": _person,
    "group": _group,
    "booklet": _booklet,
}
LONG = "woord " * 120
# Of the page, in points: 24 mm.
BOTTOM_MARGIN = 66
EMPTY_DAY = BookletInput(
    "Team", "School", "2026-2027", MADE_ON,
    DayHead("", "studiedag", "in voorbereiding", MADE_ON, study_day().day.start, 420),
)  # fmt: skip
EMPTY_PERSON = PersonPlanInput(
    sample().members[0], MADE_ON, (PersonInTeam(empty(), records=()),), own=True
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [0, 6, 12])
def test_no_text_breaks_a_document(kind: str, first: int) -> None:
    texts = [*HOSTILE.values()]
    assert_printed_whole(KINDS[kind](cycle([*texts[first:], *texts[:first]]).__next__))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(4, 300), deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gives_a_document(kind: str, text: str) -> None:
    document = KINDS[kind](lambda: text)
    assert_printed_whole(document)
    said = glued_word(one.text for one in paragraphs_of(opened(render_docx(document))))
    assert said == glued_word(clean(one) for one in texts_in_order(document))


@pytest.mark.parametrize(
    "document",
    [
        build_person_plan(one_person()),
        build_person_plan(EMPTY_PERSON),
        build_person_plan(one_person(sample(people=3, goals=60))),
        build_group_plan(group()),
        build_group_plan(of_group(empty(), ("leerkracht",))),
        build_group_plan(group(sample(people=200))),
        build_group_plan(group(sample(people=3, goals=60))),
        build_booklet(study_day()),
        build_booklet(EMPTY_DAY),
        build_booklet(
            study_day(
                expected=tuple(f"Collega {number}" for number in range(200)),
                notes=study_day().notes * 30,
                topics=study_day().topics * 30,
            )
        ),
    ],
    ids=[
        *("a person", "nothing for a person", "a person with 60 goals"),
        *("a group", "nobody in a group", "a group of a team of 200", "a group with 60 goals"),
        *("a day", "an empty day", "a day of 200 with 60 topics"),
    ],
)
def test_of_any_size_it_is_printed_whole(document: BlockDocument) -> None:
    assert_printed_whole(document)


@pytest.mark.parametrize("kind", KINDS)
def test_same_content_gives_the_same_bytes(kind: str) -> None:
    one, other = (KINDS[kind](cycle(["Noor", "Bo"]).__next__) for _ in range(2))
    assert render_pdf(one) == render_pdf(other)


def test_a_row_that_is_higher_than_a_page_goes_on_on_the_next() -> None:
    """A narrow column makes many lines of a long text: none of them falls off the page."""
    document = build_person_plan(one_person(renamed(sample(people=1, goals=1, days=1), LONG)))
    low: set[str] = set()

    def look(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip() and cm[1] * tm[4] + cm[3] * tm[5] + cm[5] < BOTTOM_MARGIN:
            low.add(text.strip())

    for page in PdfReader(io.BytesIO(render_pdf(document))).pages:
        page.extract_text(visitor_text=look)
    assert not any("woord" in text for text in low), low
    # What is that low is what stands below every page.
    assert any(text.startswith("pagina") for text in low), low


@pytest.mark.parametrize("people", [2, 16])
def test_the_legend_of_a_chart_stands_on_its_page(people: int) -> None:
    given_ = one_person(sample(people=people, goals=5, days=1))
    pages = PdfReader(io.BytesIO(render_pdf(build_person_plan(given_)))).pages
    texts = [page.extract_text() for page in pages]
    (chart,) = [at for at, text in enumerate(texts) if "Hoelang je je voorbereidt" in text]
    assert "Bij een lichte staaf noemt geen bron" in texts[chart]

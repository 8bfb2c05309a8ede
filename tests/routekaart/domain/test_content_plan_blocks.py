"""The scholingsplan in three lengths: the same data, told in less or in more."""

from dataclasses import replace

from routekaart.domain.content.blocks import (
    Answers,
    BlockDocument,
    Cards,
    Chapter,
    Heading,
    Paragraph,
    TableBlock,
    flat,
)
from routekaart.domain.content.plan_blocks import Length, plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.content.still_open import NOTHING_OPEN
from tests.routekaart.sample_team import empty, sample


def _chapters(document: BlockDocument) -> list[str]:
    return [block.title for block in flat(document.blocks) if isinstance(block, Chapter)]


def _headings(document: BlockDocument) -> list[str]:
    return [block.title for block in flat(document.blocks) if isinstance(block, Heading)]


def _paragraphs(document: BlockDocument, tone: str) -> list[str]:
    return [
        block.text
        for block in flat(document.blocks)
        if isinstance(block, Paragraph) and block.tone == tone
    ]


def test_full_and_standard_have_the_same_chapters() -> None:
    plan = build_scholingsplan(sample())
    full, standard = (plan_document(plan, length) for length in (Length.FULL, Length.STANDARD))
    assert plan_document(plan) == full
    assert _chapters(full) == _chapters(standard)
    assert len(_chapters(full)) == 11


def test_standard_leaves_out_people_answers_and_prompts() -> None:
    plan = build_scholingsplan(sample())
    full, standard = (plan_document(plan, length) for length in (Length.FULL, Length.STANDARD))
    people = {person.heading for person in plan.people.people}
    assert people <= set(_headings(full))
    assert not people & set(_headings(standard))
    assert any(isinstance(block, Answers) for block in flat(full.blocks))
    assert not any(isinstance(block, Answers) for block in flat(standard.blocks))
    for document, expected in ((full, True), (standard, False)):
        (cards,) = (block for block in flat(document.blocks) if isinstance(block, Cards))
        assert [bool(card.items) for card in cards.items] == [expected] * 4


def test_without_persons_both_say_the_same_about_people() -> None:
    plan = build_scholingsplan(replace(sample(), with_persons=False))
    said = "Deze uitgave van het plan is zonder personen gemaakt."
    for length in (Length.FULL, Length.STANDARD):
        assert said in _paragraphs(plan_document(plan, length), "missing")


def test_compact_has_the_dates_and_courses_and_says_what_it_leaves_out() -> None:
    plan = build_scholingsplan(sample(goals=60, people=3))
    compact = plan_document(plan, Length.COMPACT)
    assert _chapters(compact) == ["In het kort", "Wat we volgen, en wanneer"]
    courses, dates = (
        block.table for block in flat(compact.blocks) if isinstance(block, TableBlock)
    )
    assert len(courses.rows) == 5
    assert len(dates.rows) == 10
    left_out = len(plan.dates.table.rows) - 10
    assert _paragraphs(compact, "missing") == [
        "En nog 56 doelen.",
        "En nog 55 doelen: zie het uitgebreide plan.",
        f"En nog {left_out} data: zie het uitgebreide plan.",
    ]
    titles = [block.title for block in flat(compact.blocks) if isinstance(block, Heading)]
    assert titles[-2:] == ["De eerste 10 data", "Instemming"]


def test_the_summary_says_how_many_of_its_hours_are_assumed() -> None:
    given = sample()
    assert given.plan is not None
    said = "Van deze uren is 443 uur 6 min een aanname."
    for length in Length:
        assert said in _paragraphs(plan_document(build_scholingsplan(given), length), "soft")
    few = replace(sample(people=3), with_persons=False)
    without_hours = replace(given, plan=replace(given.plan, hours=()))
    for other in (few, without_hours, empty()):
        told = _paragraphs(plan_document(build_scholingsplan(other), Length.COMPACT), "soft")
        assert [text for text in told if "aanname" in text] == []


def test_only_a_whole_plan_refers_to_chapters() -> None:
    plan = build_scholingsplan(sample(goals=60, people=3))
    (_standing, line, *_rest) = _paragraphs(plan_document(plan), "note")[::-1]
    assert line == f"{plan.summary.open_line} Zie hoofdstuk 11."
    assert _paragraphs(plan_document(plan, Length.COMPACT), "note") == [
        f"{plan.summary.open_line} Zie het uitgebreide plan."
    ]


def test_who_reads_it_does_not_change_how_much_is_open() -> None:
    with_names, without = (
        build_scholingsplan(replace(sample(), with_persons=with_persons)).summary.open_line
        for with_persons in (True, False)
    )
    assert with_names == without == "Er staan nog 15 punten open."


def test_where_nothing_is_open_nothing_is_referred_to() -> None:
    plan = build_scholingsplan(sample())
    closed = replace(plan, summary=replace(plan.summary, open_line=NOTHING_OPEN))
    for length in Length:
        assert NOTHING_OPEN in _paragraphs(plan_document(closed, length), "note")


def test_an_empty_plan_says_what_is_missing_in_every_length() -> None:
    plan = build_scholingsplan(empty())
    assert _paragraphs(plan_document(plan, Length.COMPACT), "missing") == [
        "Dit team heeft nog geen doelen gekozen.",
        "Er zijn nog geen studiedagen gepland.",
        "Zonder doelen zijn er geen cursussen.",
        "Er zijn nog geen data gepland.",
    ]


def test_the_four_questions_name_their_source_and_its_year() -> None:
    given = sample()
    said = "De vragen staan in: Duurzaam beter onderwijs, 2021."
    plan = build_scholingsplan(given)
    for length in (Length.FULL, Length.STANDARD):
        assert said in _paragraphs(plan_document(plan, length), "soft")
    none = replace(given.catalogue, plg=replace(given.catalogue.plg, questions=()))
    assert build_scholingsplan(replace(given, catalogue=none)).plg.questions_source == ""

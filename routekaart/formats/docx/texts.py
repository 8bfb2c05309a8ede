"""Blocks of text as paragraphs in Word's styles."""

from routekaart.domain.content.blocks import (
    Answers,
    Bullets,
    Callout,
    Chapter,
    Facts,
    Heading,
    NumberedLines,
    Paragraph,
)
from routekaart.formats.docx.markup import (
    ANSWER,
    BULLET,
    CALLOUT,
    FACT,
    INTRO,
    LABEL,
    MISSING,
    NORMAL,
    NOTE,
    NUMBER,
    NUMBERED,
    QUIET,
    QUIET_HEADING,
    SMALL_FACT,
    SOFT,
    Element,
    line_break,
    run,
    tab,
)
from routekaart.formats.docx.page import Page
from routekaart.formats.docx.words import clean

_TONES = {"plain": NORMAL, "note": NOTE, "missing": MISSING}


def chapter(block: Chapter, page: Page) -> None:
    number = [*run(block.number, NUMBER), *run(" ")] if block.number else []
    page.heading = block.title
    page.write("Heading1", number, run(block.title))
    if block.intro:
        page.write(INTRO, run(block.intro))


def heading(block: Heading, page: Page) -> None:
    page.heading = block.title
    title = run(block.title, QUIET_HEADING if block.quiet else "")
    page.write(f"Heading{block.level}", labelled(block.label, title))


def labelled(label: str, content: list[Element]) -> list[Element]:
    """A small label above what it belongs to, in one paragraph, so that they cannot part."""
    return [*run(label, LABEL), *line_break(), *content] if label else content


def paragraph_of(block: Paragraph, page: Page) -> None:
    if not block.text:
        return
    if block.tone == "soft":
        first, _, rest = clean(block.text).partition("\n")
        page.write(SOFT, run(first), keep_next=True)
        if rest:
            page.write(NORMAL, run(rest))
    else:
        page.write(_TONES[block.tone], run(block.text))


def callout(block: Callout, page: Page) -> None:
    page.write(CALLOUT, labelled(block.label, run(block.text)))


def facts(block: Facts, page: Page) -> None:
    for fact in block.items:
        page.write(
            SMALL_FACT if block.small else FACT,
            run(fact.label, QUIET),
            tab(),
            run(fact.value),
            keep_next=block.small,
        )


def bullets(block: Bullets, page: Page) -> None:
    for item in block.items:
        page.write(BULLET, run(item))


def answers(block: Answers, page: Page) -> None:
    for item in block.items:
        page.write(ANSWER, run(item.question, QUIET), line_break(), run(item.answer))


def numbered_lines(block: NumberedLines, page: Page) -> None:
    for item in block.items:
        detail = [*line_break(), *run(item.detail, QUIET)] if item.detail else []
        page.write(NUMBERED, run(item.number, NUMBER), tab(), run(item.text), detail)

"""Chapters that stand as fields, tables and lists as blocks: what is empty says that it is."""

from collections.abc import Iterable, Iterator

from routekaart.domain.content.blocks import Block, Bullets, Chapter, Paragraph, TableBlock
from routekaart.domain.content.parts import Section, Table


def chapter(section: Section) -> Chapter:
    return Chapter(section.number, section.title, section.intro)


def table(content: Table, alt: str = "") -> Iterator[Block]:
    """The table, or in its place the sentence that says what is missing."""
    if content.rows:
        yield TableBlock(content, alt)
    else:
        yield from missing(content.missing)


def bullets(items: Iterable[str]) -> Iterator[Block]:
    """The list; nothing for an empty one."""
    found = tuple(items)
    if found:
        yield Bullets(found)


def missing(text: str) -> Iterator[Block]:
    """The sentence that something is not there; nothing for no sentence."""
    if text:
        yield Paragraph(text, "missing")

"""Finding parts of a document that is made of blocks."""

from typing import TypeVar

from routekaart.domain.content.blocks import Block, BlockDocument, Chapter, PageBreak, flat

_B = TypeVar("_B")


def chapter(document: BlockDocument, title: str) -> tuple[Block, ...]:
    """The blocks of one chapter, without its head and without page breaks."""
    found: list[Block] = []
    inside = False
    for block in flat(document.blocks):
        if isinstance(block, Chapter):
            inside = block.title == title
        elif inside and not isinstance(block, PageBreak):
            found.append(block)
    return tuple(found)


def of_kind(blocks: tuple[Block, ...], kind: type[_B]) -> list[_B]:
    """Those of one kind, in order."""
    return [block for block in blocks if isinstance(block, kind)]

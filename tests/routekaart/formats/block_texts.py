"""All texts of a document of blocks, in the order in which a reader meets them."""

from collections.abc import Iterator
from functools import singledispatch

from routekaart.domain.content import blocks
from routekaart.domain.content.blocks import Block, BlockDocument, flat
from routekaart.domain.content.parts import Fact, Meta

_SCALE_COLUMN = 1


def texts_in_order(document: BlockDocument) -> list[str]:
    """Front and blocks. What is drawn says its words as alternative text: see `drawn_in_order`."""
    texts = [*_front(document)]
    for block in flat(document.blocks):
        texts += _texts(block)
    return [text for text in texts if text]


def drawn_in_order(document: BlockDocument) -> list[str]:
    """The alternative texts of the drawings."""
    alts = []
    for block in flat(document.blocks):
        if isinstance(block, blocks.YearStrip):
            alts.append(block.timeline.alt)
        elif isinstance(block, blocks.BarChart | blocks.PointGrid):
            alts.append(block.alt)
    return alts


def _front(document: BlockDocument) -> Iterator[str]:
    meta: Meta = document.meta
    yield from (meta.organisation, meta.title)
    if document.front == "cover":
        yield from (meta.school_year, meta.subject, meta.status)
        yield from _facts(meta.facts)
    else:
        yield from (meta.subject, "·", meta.school_year, meta.status)


def _facts(items: tuple[Fact, ...]) -> Iterator[str]:
    for fact in items:
        yield from (fact.label, fact.value)


@singledispatch
def _texts(block: Block) -> Iterator[str]:
    raise NotImplementedError(type(block).__name__)


@_texts.register
def _(block: blocks.Chapter) -> Iterator[str]:
    yield from (block.number, block.title, block.intro)


@_texts.register
def _(block: blocks.Heading) -> Iterator[str]:
    yield from (block.label, block.title)


@_texts.register
def _(block: blocks.Paragraph) -> Iterator[str]:
    yield block.text


@_texts.register
def _(block: blocks.Callout) -> Iterator[str]:
    yield from (block.label, block.text)


@_texts.register
def _(block: blocks.Facts) -> Iterator[str]:
    yield from _facts(block.items)


@_texts.register
def _(block: blocks.Bullets) -> Iterator[str]:
    yield from block.items


@_texts.register
def _(block: blocks.TableBlock) -> Iterator[str]:
    table = block.table
    if not table.rows:
        yield table.missing
        return
    yield from (column.title for column in table.columns)
    for row in table.rows:
        yield from row


@_texts.register
def _(block: blocks.Claims) -> Iterator[str]:
    if block.claims:
        yield from (title for at, title in enumerate(block.columns) if at != _SCALE_COLUMN)
    for claim in block.claims:
        yield from (claim.subject, claim.value, claim.mark, claim.applies_to, claim.source)


@_texts.register
def _(block: blocks.Answers) -> Iterator[str]:
    for item in block.items:
        yield from (item.question, item.answer)


@_texts.register
def _(block: blocks.KeyFigures) -> Iterator[str]:
    for item in block.items:
        yield from (item.value, item.label)


@_texts.register
def _(block: blocks.NumberedLines) -> Iterator[str]:
    for item in block.items:
        yield from (item.number, item.text, item.detail)


@_texts.register
def _(block: blocks.Cards) -> Iterator[str]:
    for item in block.items:
        yield from (item.label, item.title, *item.items)


@_texts.register
def _(block: blocks.Signatures) -> Iterator[str]:
    yield from (block.date_label, block.signature_label)
    for item in block.items:
        yield from (item.role, item.name, item.date)


@_texts.register(blocks.BarChart)
@_texts.register(blocks.PointGrid)
def _(block: blocks.BarChart | blocks.PointGrid) -> Iterator[str]:
    yield block.title


@_texts.register(blocks.YearStrip)
@_texts.register(blocks.PageBreak)
def _(_block: blocks.YearStrip | blocks.PageBreak) -> Iterator[str]:
    yield ""

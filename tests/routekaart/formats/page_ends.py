"""Where the pages of a PDF end: what stands lowest on each, above the running foot."""

from collections import defaultdict
from collections.abc import Iterator

from pypdf import PageObject, PdfReader

from routekaart.domain.content.blocks import (
    BarChart,
    BlockDocument,
    Chapter,
    Heading,
    PointGrid,
    flat,
)
from tests.routekaart.formats.docx.word_reading import glued

# In points, from the edge of the page: the running head stands above, the foot below.
_HEAD, _FOOT = 790, 45


def lonely(pdf: PdfReader, document: BlockDocument) -> list[str]:
    """The last lines of pages that are of a heading, its intro or a caption: nothing follows it."""
    titles = {glued([title]) for title in _leading(document)}
    ends = (glued([_end(page)]) for page in pdf.pages)
    return [end for end in ends if end and any(title.endswith(end) for title in titles)]


def empty_pages(pdf: PdfReader) -> list[int]:
    """The pages with nothing between head and foot, counted from 1."""
    return [number for number, page in enumerate(pdf.pages, start=1) if not _lines(page)]


def _leading(document: BlockDocument) -> Iterator[str]:
    for block in flat(document.blocks):
        if isinstance(block, Chapter):
            yield from (block.number + block.title, block.intro)
        elif isinstance(block, Heading | BarChart | PointGrid):
            yield block.title


def _end(page: PageObject) -> str:
    """The text of the lowest line; nothing where that is a picture."""
    lines = _lines(page)
    return "".join(lines[min(lines)]) if lines else ""


def _lines(page: PageObject) -> dict[int, list[str]]:
    """Texts by their height in points; a picture is a line without text."""
    lines: dict[int, list[str]] = defaultdict(list)

    def write(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            lines[round(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])].append(text)

    def draw(operator: bytes, _operands: object, cm: list[float], _tm: list[float]) -> None:
        if operator == b"Do":
            lines[round(cm[5])].append("")

    page.extract_text(visitor_text=write, visitor_operand_before=draw)
    return {height: texts for height, texts in lines.items() if _FOOT < height < _HEAD}

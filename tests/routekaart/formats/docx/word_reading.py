"""A Word file as python-docx reads it: all its paragraphs, also those in tables."""

import io
from collections.abc import Iterable, Iterator

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def paragraphs_of(document: Document) -> Iterator[Paragraph]:
    """All paragraphs in reading order."""
    for each in document.element.body.iter(f"{W}p"):
        yield Paragraph(each, document)


def tables_of(document: Document) -> Iterator[Table]:
    """All tables in reading order, one in another after it."""
    for each in document.element.body.iter(f"{W}tbl"):
        yield Table(each, document)


def glued(texts: Iterable[str]) -> str:
    """Texts without any white, which moves where lines break."""
    return "".join("".join(text.split()) for text in texts)

"""Content → PDF by Typst: tagged PDF/UA-1 and PDF/A-2a, our own fonts, same content same bytes."""

import typst

from routekaart.domain.content.canonical import Content, as_json, content_hash
from routekaart.formats.printable import REPLACEMENT, PrintableText
from routekaart.formats.typesetting import typeset, typesetting_version

STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
CONTENT_TYPE = "application/pdf"
EXTENSION = "pdf"

_UNPRINTABLE = (
    f"Op plekken met {REPLACEMENT} stond een teken dat dit lettertype niet heeft, "
    "bijvoorbeeld een emoji."
)
"""Said by the format and not by the content: another format may well print the character."""


def render_pdf(content: Content) -> bytes:
    """The document as PDF bytes, tagged and archivable. Raises RenderError when Typst refuses."""
    texts = PrintableText()
    data = texts.of(as_json(content))
    data["unprintable"] = _UNPRINTABLE if texts.replaced else ""
    return typeset(content.kind, data, format="pdf", pdf_standards=STANDARDS)


def document_hash(content: Content) -> str:
    """SHA-256 (hex) over content, template, fonts and compiler: equal means equal bytes."""
    return content_hash(content, *renderer_version())


def renderer_version() -> tuple[str, ...]:
    """What besides the content decides the bytes of a document."""
    return (EXTENSION, "+".join(STANDARDS), *typesetting_version())

"""What stands around the text: running head and foot, and what the file says of itself."""

from datetime import UTC, datetime

from docx.document import Document
from docx.section import Section

from routekaart.domain.content.parts import Meta
from routekaart.formats.docx.markup import Element, page_number, paragraph, run, tab
from routekaart.formats.docx.words import clean

# What fits in a property of a file.
_LONGEST_PROPERTY = 255


def frame(section: Section, meta: Meta, *, cover: bool) -> None:
    """Give the document its running head and foot; a cover shows neither."""
    head = paragraph("Header", run(meta.running_head), tab(), run(meta.school_year))
    foot = paragraph(
        "Footer",
        run(f"{meta.status} · {meta.version}"),
        tab(),
        run("pagina "),
        page_number("PAGE"),
        run(" van "),
        page_number("NUMPAGES"),
    )
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    _fill(section.header.part.element, head)
    _fill(section.footer.part.element, foot)
    section.different_first_page_header_footer = cover


def _fill(part: Element, content: Element) -> None:
    for child in list(part):
        part.remove(child)
    part.append(content)


def identify(document: Document, meta: Meta) -> None:
    """What the file says of itself: no clock, no program, no person but the organisation."""
    made_on = datetime.fromisoformat(meta.made_on).replace(tzinfo=UTC)
    properties = document.core_properties
    properties.title = _property(f"{meta.title} – {meta.subject}")
    properties.subject = _property(meta.school_year)
    properties.author = properties.last_modified_by = _property(meta.organisation)
    properties.language = "nl-NL" if meta.language == "nl" else _property(meta.language)
    properties.version = _property(meta.version)
    properties.content_status = _property(meta.status)
    properties.created = properties.modified = made_on
    properties.revision = 1


def _property(text: str) -> str:
    return clean(text).replace("\n", " ")[:_LONGEST_PROPERTY]

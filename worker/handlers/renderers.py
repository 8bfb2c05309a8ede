"""One renderer per format: content in, bytes out."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.document import Scholingsplan
from routekaart.formats import typst_pdf, xlsx
from routekaart.formats.docx import render as docx
from routekaart.formats.word_template import plan as own_form
from routekaart.models import WordTemplate
from routekaart.models.jobs import DocumentFormat
from routekaart.queries.documents.word_templates import template_bytes
from worker.work import Renderer


def in_own_form(template: WordTemplate) -> Renderer:
    """The scholingsplan in a school's own Word template. Its file is read when it is needed."""

    def render(content: Scholingsplan) -> bytes:
        return own_form.fill(content, template_bytes(template))

    return Renderer(
        render=render,
        media_type=docx.CONTENT_TYPE,
        extension=docx.EXTENSION,
        version=partial(own_form.version_with, template.content_hash),
    )


def _json_version() -> tuple[str, ...]:
    # What writes it is the content itself; raise this when `canonical_json` writes otherwise.
    return ("json", "1")


FORMATS: Final[Mapping[DocumentFormat, Renderer]] = {
    DocumentFormat.PDF: Renderer(
        render=typst_pdf.render_pdf,
        media_type=typst_pdf.CONTENT_TYPE,
        extension=typst_pdf.EXTENSION,
        version=typst_pdf.renderer_version,
    ),
    DocumentFormat.XLSX: Renderer(
        render=xlsx.render_xlsx,
        media_type=xlsx.CONTENT_TYPE,
        extension=xlsx.EXTENSION,
        version=xlsx.renderer_version,
    ),
    DocumentFormat.DOCX: Renderer(
        render=docx.render_docx,
        media_type=docx.CONTENT_TYPE,
        extension=docx.EXTENSION,
        version=docx.renderer_version,
    ),
    DocumentFormat.JSON: Renderer(
        render=canonical_json,
        media_type="application/json",
        extension="json",
        version=_json_version,
    ),
}

"""One renderer per format: content in, bytes out."""

from collections.abc import Mapping
from typing import Final

from routekaart.domain.content.canonical import canonical_json
from routekaart.formats import typst_pdf, xlsx
from routekaart.formats.docx import render as docx
from routekaart.models.jobs import DocumentFormat
from worker.work import Renderer


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

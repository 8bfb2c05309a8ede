"""A document of blocks → DOCX: same content, same bytes."""

import io
import zlib
from functools import cache
from importlib.metadata import version

import docx
from docx.document import Document

from routekaart.domain.content.blocks import BlockDocument
from routekaart.formats.docx.dense import be_dense
from routekaart.formats.docx.frame import frame, identify
from routekaart.formats.docx.front import cover, head
from routekaart.formats.docx.layout import lay_out
from routekaart.formats.docx.package import base_package, layout_version
from routekaart.formats.docx.page import TEXT_WIDTH, Page
from routekaart.formats.docx.pictures import Pictures
from routekaart.formats.fixed_zip import with_fixed_times
from routekaart.formats.typesetting import typesetting_version

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSION = "docx"


def render_docx(document: BlockDocument) -> bytes:
    """The document as a Word file. Raises RenderError when a drawing cannot be made."""
    word = docx.Document(io.BytesIO(base_package()))
    section = word.sections[-1]
    has_cover = document.front == "cover"
    identify(word, document.meta)
    if not has_cover:
        be_dense(word, section)
    frame(section, document.meta, cover=has_cover)
    page = Page(TEXT_WIDTH, Pictures(word.part))
    (cover if has_cover else head)(document.meta, page)
    lay_out(document.blocks, page)
    end = word.element.body[-1]
    for item in page.finished():
        end.addprevious(item)
    made = io.BytesIO()
    word.save(made)
    _let_go(word)
    return with_fixed_times(made.getvalue())


def _let_go(word: Document) -> None:
    """Parts hold each other in circles: a worker that makes many would keep them for long."""
    package = word.part.package
    for part in [*package.iter_parts(), package]:
        vars(part).clear()


@cache
def renderer_version() -> tuple[str, ...]:
    """What besides the content decides the bytes of a document."""
    return (
        EXTENSION,
        f"layout {layout_version()}",
        f"python-docx {version('python-docx')}",
        f"zlib {zlib.ZLIB_RUNTIME_VERSION}",
        *typesetting_version(),
    )

"""Content → PDF by Typst: tagged PDF/UA-1 and PDF/A-2a, our own fonts, same content same bytes.

The content goes to the template as JSON data; nothing of it is ever read as markup. The root of
the compiler is the folder of templates and holds nothing else, so a document can reach no file.
"""

import hashlib
import json
import re
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path

import typst

from routekaart.domain.content.canonical import Content, as_json, content_hash
from routekaart.formats import fonts
from routekaart.formats.printable import REPLACEMENT, PrintableText

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
CONTENT_TYPE = "application/pdf"
EXTENSION = "pdf"

_UNPRINTABLE = (
    f"Op plekken met {REPLACEMENT} stond een teken dat dit lettertype niet heeft, "
    "bijvoorbeeld een emoji."
)
"""Said by the format and not by the content: another format may well print the character."""

_QUOTED = re.compile(r"`.*`", re.DOTALL)
_thread = threading.local()


class RenderError(RuntimeError):
    """A document that Typst refused; the message is for a log, not for a reader."""


def render_pdf(content: Content) -> bytes:
    """The document as PDF bytes, tagged and archivable. Raises RenderError when Typst refuses."""
    texts = PrintableText()
    data = texts.of(as_json(content))
    data["unprintable"] = _UNPRINTABLE if texts.replaced else ""
    inputs = {"content": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    try:
        pdf = _compiler().compile(
            str(TEMPLATES / f"{content.kind}.typ"),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise RenderError(_without_content(error)) from error
    if not isinstance(pdf, bytes):
        raise RenderError("Typst gave no single file back.")
    return pdf


def document_hash(content: Content) -> str:
    """SHA-256 (hex) over content, template, fonts and compiler: equal means equal bytes."""
    return content_hash(content, *renderer_version())


@cache
def renderer_version() -> tuple[str, ...]:
    """What besides the content decides the bytes of a document."""
    templates = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*.typ")):
        data = path.read_bytes()
        name = path.relative_to(TEMPLATES).as_posix().encode()
        for part in (name, data):
            templates.update(len(part).to_bytes(8, "big") + part)
    return (
        EXTENSION,
        "+".join(STANDARDS),
        f"typst {version('typst')}",
        f"{fonts.FAMILY} {version('fontpkg-fira-sans')}",
        templates.hexdigest(),
    )


def _compiler() -> typst.Compiler:
    """One compiler per thread, kept for its fonts and templates; two threads cannot share one."""
    compiler: typst.Compiler | None = getattr(_thread, "compiler", None)
    if compiler is None:
        compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts())
        _thread.compiler = compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(fonts.FOLDER)],
    )


def _without_content(error: typst.TypstError) -> str:
    """The message without what it quotes of the document: a log must not hold names."""
    return f"Typst: {_QUOTED.sub('`…`', error.message)}"

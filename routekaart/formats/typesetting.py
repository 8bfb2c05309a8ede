"""Data through one of our Typst templates: what PDFs and drawings are made with.

The data goes to the template as JSON; nothing of it is ever read as markup. The root of the
compiler is the folder of templates and holds nothing else, so a document can reach no file.
"""

import hashlib
import json
import re
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from routekaart.formats import fonts

TEMPLATES = Path(__file__).parent / "templates"
_QUOTED = re.compile(r"`.*`", re.DOTALL)
_thread = threading.local()


class RenderError(RuntimeError):
    """A document that Typst refused; the message is for a log, not for a reader."""


def typeset(template: str, data: dict[str, Any], **options: Any) -> bytes:
    """One file of Typst from `templates/<template>.typ`. `options`: those of its compiler.

    Raises RenderError when Typst refuses, or when it gives more than one file.
    """
    inputs = {"content": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    try:
        made = _compiler().compile(str(TEMPLATES / f"{template}.typ"), sys_inputs=inputs, **options)
    except typst.TypstError as error:
        raise RenderError(_without_content(error)) from error
    if not isinstance(made, bytes):
        raise RenderError("Typst gave no single file back.")
    return made


@cache
def typesetting_version() -> tuple[str, ...]:
    """What besides the data decides the bytes: compiler, fonts and templates."""
    templates = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*.typ")):
        data = path.read_bytes()
        name = path.relative_to(TEMPLATES).as_posix().encode()
        for part in (name, data):
            templates.update(len(part).to_bytes(8, "big") + part)
    return (
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

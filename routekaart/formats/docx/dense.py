"""What has no cover is short, and stays on few pages: smaller type and less white around it."""

from typing import Any, Final, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt


class _Size(NamedTuple):
    """Of a style, in points; `line` in lines. None leaves what the style says."""

    type: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None


_SIZES: Final = {
    "Normal": _Size(type=10, after=4, line=1.05),
    "Title": _Size(type=24, before=2, after=2),
    "Subtitle": _Size(type=11, after=2),
    "Heading 1": _Size(type=18, before=16, after=6),
    "Heading 2": _Size(type=12.5, before=13, after=4),
    "Block Text": _Size(before=9, after=9),
    "Body Text 2": _Size(type=9),
    "List Bullet": _Size(after=3),
    "List": _Size(after=5, line=1.1),
    "List 2": _Size(type=9, after=5, line=1.1),
    "List 3": _Size(after=4, line=1.0),
    "No Spacing": _Size(type=9, line=1.0),
    "Book Title": _Size(type=18),
}
# Above and below the text of a cell, in twips.
_CELL_MARGINS: Final = {"Plain Table 2": 60, "Grid Table Light": 70}


def be_dense(document: Document, section: Section) -> None:
    """Change page and styles of the document; nothing in it has a look of its own."""
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    for name, size in _SIZES.items():
        _resize(document.styles[name], size)
    for name, twips in _CELL_MARGINS.items():
        margins = document.styles[name].element.find(f".//{qn('w:tblCellMar')}")
        for side in ("w:top", "w:bottom"):
            margins.find(qn(side)).set(qn("w:w"), str(twips))


def _resize(style: Any, size: _Size) -> None:
    if size.type is not None:
        style.font.size = Pt(size.type)
    for name, value in (("before", size.before), ("after", size.after)):
        if value is not None:
            setattr(style.paragraph_format, f"space_{name}", Pt(value))
    if size.line is not None:
        style.paragraph_format.line_spacing = size.line

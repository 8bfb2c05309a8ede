"""Word files for tests: small ones with a text, and changed ones that no Word would write."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from docx import Document

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_PLACE = "HIER"


def word_file(
    *paragraphs: str,
    rows: Sequence[Sequence[str]] = (),
    header: str = "",
    footer: str = "",
) -> bytes:
    """A document with these paragraphs, then one table with these rows."""
    empty = _empty(bool(header or footer))
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"
        for cells in rows
    )
    body = "".join(map(_paragraph, paragraphs))
    if rows:
        body += f"<w:tbl><w:tblPr/><w:tblGrid/>{table}</w:tbl><w:p/>"
    found = dict(empty)
    for name, texts in ((DOCUMENT, body), *_margins(header, footer)):
        found[name] = found[name].replace(_PLACE.encode(), texts.encode())
    return zipped(found)


def _margins(header: str, footer: str) -> list[tuple[str, str]]:
    if not (header or footer):
        return []
    return [("word/header1.xml", _paragraph(header)), ("word/footer1.xml", _paragraph(footer))]


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


@cache
def _empty(with_margins: bool) -> dict[str, bytes]:
    """What python-docx makes, with a mark where paragraphs go: making it takes long."""
    document = Document()
    parts = {DOCUMENT: document.element.body.add_p()}
    if with_margins:
        section = document.sections[0]
        parts["word/header1.xml"] = section.header.paragraphs[0]._p
        parts["word/footer1.xml"] = section.footer.paragraphs[0]._p
    for paragraph in parts.values():
        paragraph.add_r().text = _PLACE
    made = io.BytesIO()
    document.save(made)
    found = members(made.getvalue())
    for name in parts:
        place = f"<w:p>.*?{_PLACE}.*?</w:p>|<w:p><w:pPr>.*?{_PLACE}.*?</w:p>"
        found[name], times = re.subn(place.encode(), _PLACE.encode(), found[name], flags=re.DOTALL)
        assert times == 1
    return found


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def zipped(
    found: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as container:
        for name, content in dict(found).items():
            container.writestr(name, content)
    return made.getvalue()


def changed(data: bytes, name: str, before: str, after: str) -> bytes:
    """The file with one piece of one member changed, which must be there."""
    found = members(data)
    assert before.encode() in found[name]
    found[name] = found[name].replace(before.encode(), after.encode(), 1)
    return zipped(found)


def with_member(data: bytes, name: str, content: bytes, kind: str = "") -> bytes:
    """The file with one more member, of a content type where one is named."""
    found = members(data) | {name: content}
    if kind:
        line = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        found[CONTENT_TYPES] = found[CONTENT_TYPES].replace(b"</Types>", line.encode())
    return zipped(found)


def with_relation(data: bytes, kind: str, target: str, *, external: bool = True) -> bytes:
    """The file with one more relationship of the document."""
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="rId990" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(data, RELATIONS, "</Relationships>", line)


def with_xml(data: bytes, xml: str) -> bytes:
    """The file with this in front of everything in its body."""
    return changed(data, DOCUMENT, "<w:body>", f"<w:body>{xml}")


def text_of(data: bytes) -> list[str]:
    """What stands in the body, paragraph by paragraph, those of tables behind the others."""
    document = Document(io.BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    inner = [paragraph.text for cell in cells for paragraph in cell.paragraphs]
    return [*(paragraph.text for paragraph in document.paragraphs), *inner]


def squeezed(text: str) -> str:
    """A text without white space: where lines end is up to who lays it out."""
    return re.sub(r"\s+", "", text)

"""Writing checked tags back into a part, each whole and in one piece, before it is filled.

After this a part holds no brace that is not of a checked tag: braces of the text itself, like those
of values, are other characters until the document is done. So nothing that somebody typed is ever
read as a tag, in a template or in a plan.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from lxml import etree

from routekaart.formats.docx.words import clean
from routekaart.formats.word_template.tags import Tag, row_of, texts_by_paragraph
from routekaart.formats.word_template.words import (
    CELL,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    W,
)

# No characters: Unicode keeps these free for use inside a program, and XML takes them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_HIDE = str.maketrans({"{": _OPEN, "}": _CLOSE, _OPEN: None, _CLOSE: None})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Numbers that Word gives to each paragraph: what is repeated may not repeat these.
_NUMBERS = (f"{_W14}paraId", f"{_W14}textId")
# Word would show what a control is bound to in the place of what was filled in.
_BINDINGS = (
    f"{W}dataBinding",
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)
_BLOCKS = (PARAGRAPH, TABLE, f"{W}sdt", f"{W}customXml")
_HOLDERS = (CELL, f"{W}hdr", f"{W}ftr", f"{W}txbxContent", f"{W}footnote")


def write_tags(tree: "etree._Element", tags: Sequence[Tag]) -> None:
    """Puts each tag in one piece where it begins, and hides all other braces of the part."""
    by_paragraph: dict[etree._Element, list[Tag]] = {}
    for tag in tags:
        by_paragraph.setdefault(tag.paragraph, []).append(tag)
    for binding in tuple(tree.iter(*_BINDINGS)):
        _remove(binding)
    for element in tree.iter(etree.Element):
        for number in _NUMBERS:
            element.attrib.pop(number, None)
        _hide(element, by_paragraph)
    texts = texts_by_paragraph(tree)
    for paragraph, found in by_paragraph.items():
        if found[0].height == "line":
            _write_in_line(texts[paragraph], sorted(found, key=lambda tag: tag.start))
        else:
            _write_alone(found[0])


def shown(content: bytes) -> bytes:
    """The bytes of a part with its braces again."""
    return content.replace(_OPEN.encode(), b"{").replace(_CLOSE.encode(), b"}")


def harmless(value: Any) -> Any:
    """A value with texts that can be text only: as any Word file of ours, and without braces."""
    if isinstance(value, str):
        return clean(value).translate(_HIDE)
    if isinstance(value, Mapping):
        return {name: harmless(each) for name, each in value.items()}
    return tuple(harmless(each) for each in value)


def mend(tree: "etree._Element") -> None:
    """Puts back what Word cannot do without, where a repetition came to nothing."""
    for table in tuple(tree.iter(TABLE)):
        if next(table.iter(ROW), None) is None:
            _remove(table)
    for content in tuple(tree.iter(f"{W}sdtContent")):
        control = content.getparent()
        if control is not None and len(content) == 0:
            _remove(control)
    for holder in tree.iter(*_HOLDERS):
        blocks = [child.tag for child in holder if child.tag in _BLOCKS]
        if not blocks or blocks[-1] == TABLE:
            etree.SubElement(holder, PARAGRAPH)


def _hide(element: "etree._Element", with_tags: Container["etree._Element"]) -> None:
    """Hides braces in texts and attributes; a paragraph with tags is written as a whole later."""
    if element.tail:
        element.tail = element.tail.translate(_HIDE)
    for name, value in element.attrib.items():
        if "{" in value or "}" in value:
            element.set(name, value.translate(_HIDE))
    if not element.text:
        return
    paragraph = next(element.iterancestors(PARAGRAPH), None) if element.tag == TEXT else None
    if paragraph is None or paragraph not in with_tags:
        element.text = element.text.translate(_HIDE)


def _write_in_line(nodes: Sequence["etree._Element"], tags: Sequence[Tag]) -> None:
    """Each piece of text anew: its own text, and whole the tags that begin in it."""
    position, current = 0, 0
    for node in nodes:
        text = node.text or ""
        at, end = position, position + len(text)
        pieces: list[str] = []
        while at < end:
            while current < len(tags) and tags[current].end <= at:
                current += 1
            tag = tags[current] if current < len(tags) else None
            if tag is None or tag.start >= end:
                pieces.append(text[at - position :].translate(_HIDE))
                at = end
            elif tag.start > at:
                pieces.append(text[at - position : tag.start - position].translate(_HIDE))
                at = tag.start
            else:
                pieces.append(_canonical(tag) if tag.start == at else "")
                at = min(tag.end, end)
        node.text = "".join(pieces)
        node.set(_SPACE, "preserve")
        position = end


def _write_alone(tag: Tag) -> None:
    """The paragraph or row goes, and with it whatever else it held; only the tag stays."""
    holder = tag.paragraph if tag.height == "p" else row_of(tag.paragraph)
    if holder is None:
        return
    if tag.kind == "comment":
        _remove(holder)
        return
    for child in tuple(holder):
        holder.remove(child)
    if tag.height == "tr":
        holder = etree.SubElement(etree.SubElement(holder, CELL), PARAGRAPH)
    etree.SubElement(etree.SubElement(holder, RUN), TEXT).text = _canonical(tag)


def _remove(element: "etree._Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _canonical(tag: Tag) -> str:
    if tag.kind == "comment":
        return ""
    if tag.kind == "value":
        return f"{{{{ {tag.body} }}}}"
    mark = "" if tag.height == "line" else tag.height
    return f"{{%{mark} {tag.body} %}}"

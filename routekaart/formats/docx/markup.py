"""The building bricks of WordprocessingML: runs, paragraphs and tables as elements.

Looks come from styles, named here by what they are for; the styles themselves are in `base/`.
Elements are made one by one and not through objects of python-docx: those look up the whole table
again for each of its cells.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from routekaart.formats.docx.words import clean

Element = BaseOxmlElement

# Paragraphs, by their ids in `base/word/styles.xml`.
NORMAL: Final = "Normal"
TITLE: Final = "Title"
SUBTITLE: Final = "Subtitle"
STATUS: Final = "MessageHeader"
INTRO: Final = "BodyText"
SOFT: Final = "BodyText2"
MISSING: Final = "BodyText3"
NOTE: Final = "BlockText"
CALLOUT: Final = "IntenseQuote"
ANSWER: Final = "Quote"
BULLET: Final = "ListBullet"
CARD_BULLET: Final = "ListBullet2"
FACT: Final = "List"
SMALL_FACT: Final = "List2"
NUMBERED: Final = "List3"
CAPTION: Final = "Caption"
WRITING_LINE: Final = "Signature"
SPACER: Final = "Closing"
CELL: Final = "NoSpacing"
COLUMN_TITLE: Final = "NoteHeading"

# Characters.
STRONG: Final = "Strong"
QUIET: Final = "SubtleEmphasis"
NUMBER: Final = "IntenseEmphasis"
LABEL: Final = "SubtleReference"
QUIET_HEADING: Final = "IntenseReference"
FIGURE: Final = "BookTitle"

# Tables.
DATA: Final = "PlainTable2"
CARDS: Final = "TableGridLight"
COLUMNS: Final = "PlainTable4"
DRAWING: Final = "PlainTable5"
TITLE_FIELD: Final = "GridTable5Dark"

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# Parts of `w:pPr` that are put in later, each before all that follow it in the schema.
_AFTER_KEEP_NEXT: Final = ("w:keepNext", "w:pStyle")
_name = cache(qn)


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A new element; `attributes` are of the namespace `w`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_name(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, style: str = "") -> list[Element]:
    """The text as a run, line ends as breaks; nothing for an empty text."""
    text = clean(text)
    if not text:
        return []
    made = element("w:r")
    if style:
        made.append(element("w:rPr", element("w:rStyle", val=style)))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        if line:
            made.append(_text(line))
    return [made]


def _text(line: str) -> Element:
    text = element("w:t")
    text.text = line
    text.set(_SPACE, "preserve")
    return text


def line_break() -> list[Element]:
    return [element("w:r", element("w:br"))]


def tab() -> list[Element]:
    return [element("w:r", element("w:tab"))]


def page_number(field: str) -> list[Element]:
    """A field such as PAGE or NUMPAGES; Word works it out when it opens the document."""
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", _instruction(field)),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        element("w:r", _text("1")),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def _instruction(field: str) -> Element:
    instruction = element("w:instrText")
    instruction.text = f" {field} "
    instruction.set(_SPACE, "preserve")
    return instruction


def paragraph(style: str, *content: Iterable[Element], at_end: bool = False) -> Element:
    """A paragraph in a style. `at_end`: set at the end of the line, as numbers in a table are."""
    made = element("w:p")
    properties = element("w:pPr")
    if style != NORMAL:
        properties.append(element("w:pStyle", val=style))
    if at_end:
        properties.append(element("w:jc", val="right"))
    if len(properties):
        made.append(properties)
    for part in content:
        made.extend(part)
    return made


def properties_of(paragraph: Element) -> Element:
    """The properties of a paragraph, made where it has none."""
    found: Element | None = paragraph.find(_name("w:pPr"))
    if found is None:
        found = element("w:pPr")
        paragraph.insert(0, found)
    return found


def put_early(paragraph: Element, tag: str) -> None:
    """Say `keepNext` or `pageBreakBefore` of a paragraph, where the schema has its place."""
    properties = properties_of(paragraph)
    if properties.find(_name(tag)) is not None:
        return
    before = {_name(name) for name in _AFTER_KEEP_NEXT}
    place = sum(1 for child in properties if child.tag in before)
    properties.insert(place, element(tag))


def flatten(paragraph: Element) -> None:
    """A paragraph one point high: it has to be there, and shows nothing."""
    properties_of(paragraph).append(
        element("w:spacing", before=0, after=0, line=20, lineRule="exact")
    )


def start_at_top(paragraph: Element) -> None:
    """No white above a paragraph that starts a page or a column."""
    properties = properties_of(paragraph)
    spacing = element("w:spacing", before=0)
    aligned = properties.find(_name("w:jc"))
    if aligned is None:
        properties.append(spacing)
    else:
        aligned.addprevious(spacing)


def paragraphs_of(item: Element) -> Iterator[Element]:
    """The paragraph itself, or those of a table."""
    yield from item.iter(_name("w:p"))


def text_length(item: Element) -> int:
    """How many characters are read in an element."""
    return sum(len(text.text or "") for text in item.iter(_name("w:t")))

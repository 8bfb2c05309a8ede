"""What a document is written on: elements in reading order, and what the next one must know."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from routekaart.formats.docx.markup import (
    SPACER,
    Element,
    element,
    line_break,
    paragraph,
    paragraphs_of,
    properties_of,
    put_early,
    start_at_top,
    text_length,
)
from routekaart.formats.docx.pictures import Pictures
from routekaart.formats.docx.tables import keep_if_small

# Of A4 between the margins, in twips: as the section of `base/word/document.xml` says.
TEXT_WIDTH: Final = 9241

_PARAGRAPH = element("w:p").tag
_TABLE = element("w:tbl").tag
_ROW = element("w:tr").tag
_SECTION = element("w:sectPr").tag
_STYLE = element("w:pStyle").tag
_VALUE = next(iter(element("w:pStyle", val="").attrib))
_COLUMNS = element("w:cols").tag
_ONLY_FIRST = [element(f"w:{tag}").tag for tag in ("headerReference", "footerReference", "titlePg")]
# They bring white above themselves.
_WITH_SPACE_ABOVE = {"Heading1", "Heading2", "Heading3", "BlockText", "IntenseQuote", "Caption"}
# More than this would fill a page, and then nothing is gained by moving it to the next one.
_MOST_KEPT = 3000


@dataclass(slots=True)
class Page:
    """`width`: of the text, in twips. `section`: the last section of the document, to copy."""

    width: int
    section: Element
    pictures: Pictures
    items: list[Element] = field(default_factory=list)
    # The last heading, which names the table below it.
    heading: str = ""
    break_page: bool = False
    break_column: bool = False
    in_columns: bool = False
    # The next paragraph starts a column that begins by itself.
    at_top: bool = False
    _sections: int = 0

    def write(self, style: str, *content: Iterable[Element], keep_next: bool = False) -> None:
        """Add a paragraph."""
        made = paragraph(style, *content)
        if keep_next:
            put_early(made, "w:keepNext")
        self._add_paragraph(made)

    def place(self, table: Element) -> None:
        """Add a table. Word makes one of two that touch, so there is always something between."""
        if self.break_page or self.break_column or self._ends_with_table():
            self._add_paragraph(paragraph(SPACER))
        keep_if_small(table)
        self.items.append(table)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added stays on one page with what follows it, where it fits on one."""
        start = len(self.items)
        yield
        added = self.items[start:]
        if sum(map(text_length, added)) > _MOST_KEPT:
            return
        for number, item in enumerate(added, start=1):
            parts = item.findall(_ROW) if item.tag == _TABLE else [item]
            for part in parts if number < len(added) else parts[:-1]:
                for each in paragraphs_of(part):
                    put_early(each, "w:keepNext")

    @contextmanager
    def columns(self) -> Iterator[None]:
        """What is added stands in two columns; `break_column` starts the second one."""
        whole, gap = self.width, int(self._columns_of(self.section).get(_SPACE_BETWEEN, "0"))
        starts_page, self.break_page = self.break_page, False
        if self.items:
            self._end_section(columns=1, kind="continuous")
        self.width, self.in_columns = (whole - gap) // 2, True
        self.at_top = True
        yield
        self.width, self.in_columns = whole, False
        self._end_section(columns=2, kind="nextPage" if starts_page else "continuous")

    def finish(self) -> None:
        """Put everything into the document. The first section brings header and footer."""
        if not self.items or self._ends_with_table() or self._ends_section():
            self._add_paragraph(paragraph(SPACER))
        for item in self.items:
            self.section.addprevious(item)
        if self._sections:
            _goes_on(self.section, "continuous")

    def _add_paragraph(self, made: Element) -> None:
        style = properties_of(made).find(_STYLE)
        name = "" if style is None else style.get(_VALUE)
        if self._ends_with_table() and name not in {*_WITH_SPACE_ABOVE, SPACER}:
            self.items.append(paragraph(SPACER))
        if self.break_page:
            put_early(made, "w:pageBreakBefore")
        if self.break_column:
            made[1:1] = line_break("column")
        if self.break_page or self.break_column or self.at_top:
            start_at_top(made)
        self.at_top = self.break_page = self.break_column = False
        self.items.append(made)

    def _end_section(self, *, columns: int, kind: str) -> None:
        last = self.items[-1] if self.items else None
        if last is None or last.tag != _PARAGRAPH or self._ends_section():
            self._add_paragraph(paragraph(SPACER))
            last = self.items[-1]
        section = deepcopy(self.section)
        if columns > 1:
            self._columns_of(section).set(_NUMBER, str(columns))
        if self._sections:
            _goes_on(section, kind)
        properties_of(last).append(section)
        self._sections += 1

    def _columns_of(self, section: Element) -> Element:
        found: Element | None = section.find(_COLUMNS)
        if found is None:
            raise ValueError("The section of the base document names no columns.")
        return found

    def _ends_with_table(self) -> bool:
        return bool(self.items) and self.items[-1].tag == _TABLE

    def _ends_section(self) -> bool:
        return bool(self.items) and properties_of(self.items[-1]).find(_SECTION) is not None


def _goes_on(section: Element, kind: str) -> None:
    """A section after the first: it takes over head and foot, and has no first page of its own."""
    for tag in _ONLY_FIRST:
        for each in section.findall(tag):
            section.remove(each)
    section.insert(0, element("w:type", val=kind))


_SPACE_BETWEEN = next(iter(element("w:cols", space=0).attrib))
_NUMBER = next(iter(element("w:cols", num=0).attrib))

"""What a document is written on: elements in reading order, and what the next one must know."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from routekaart.formats.docx.markup import (
    SPACER,
    Element,
    element,
    flatten,
    paragraph,
    paragraphs_of,
    put_early,
    start_at_top,
    text_length,
)
from routekaart.formats.docx.pictures import Pictures
from routekaart.formats.docx.tables import keep_if_small

# Of A4 between the margins, in twips: as the section of `base/word/document.xml` says.
TEXT_WIDTH: Final = 9241

_TABLE = element("w:tbl").tag
_ROW = element("w:tr").tag
# They bring white above themselves.
_WITH_SPACE_ABOVE = {
    SPACER,
    *("Heading1", "Heading2", "Heading3"),
    *("BlockText", "IntenseQuote", "Caption", "MessageHeader"),
}
# More than this would fill a page, and then nothing is gained by moving it to the next one.
_MOST_KEPT = 3000


@dataclass(slots=True)
class Page:
    """A page, or a part of one that is `width` twips wide."""

    width: int
    pictures: Pictures
    # The last heading, which names the table below it.
    heading: str = ""
    items: list[Element] = field(default_factory=list)
    # What the next paragraph does: start a page, or stand at the top of a column.
    break_page: bool = False
    at_top: bool = False

    def write(self, style: str, *content: Iterable[Element], keep_next: bool = False) -> None:
        """Add a paragraph."""
        made = paragraph(style, *content)
        if keep_next:
            put_early(made, "w:keepNext")
        if self._ends_with_table() and style not in _WITH_SPACE_ABOVE:
            self.items.append(paragraph(SPACER))
        if self.break_page:
            put_early(made, "w:pageBreakBefore")
        if self.break_page or self.at_top:
            start_at_top(made)
        self.break_page = self.at_top = False
        self.items.append(made)

    def place(self, table: Element) -> None:
        """Add a table. Word makes one of two that touch, so there is always something between."""
        if self.break_page or self._ends_with_table():
            self.write(SPACER)
        keep_if_small(table)
        self.at_top = False
        self.items.append(table)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added stays on one page, where it fits on one."""
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

    def column(self, width: int) -> "Page":
        """A part of this page, that stands beside another one."""
        return Page(width, self.pictures, heading=self.heading, at_top=True)

    def finished(self) -> list[Element]:
        """Everything that was written; the last thing is a paragraph, as Word wants it."""
        if not self.items:
            self.write(SPACER)
        elif self._ends_with_table():
            # Below a table that fills its page a higher one would start a page for itself.
            self.write(SPACER)
            flatten(self.items[-1])
        return self.items

    def _ends_with_table(self) -> bool:
        return bool(self.items) and self.items[-1].tag == _TABLE

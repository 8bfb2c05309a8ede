"""Drawn blocks: a caption that can be edited, and a picture that says in words what it shows."""

from typing import Any

from routekaart.domain.content.blocks import BarChart, PointGrid, YearStrip
from routekaart.domain.content.canonical import as_json
from routekaart.formats.docx.markup import CAPTION, CELL, DRAWING, NORMAL, Element, paragraph, run
from routekaart.formats.docx.page import Page
from routekaart.formats.docx.tables import cell, row, table
from routekaart.formats.printable import PrintableText


def year_strip(block: YearStrip, page: Page) -> None:
    page.write(NORMAL, _picture(as_json(block), block.timeline.alt, page))


def bar_chart(block: BarChart, page: Page) -> None:
    _titled(block, page)


def point_grid(block: PointGrid, page: Page) -> None:
    _titled(block, page)


def _titled(block: BarChart | PointGrid, page: Page) -> None:
    """In a row of a table: not every program keeps a heading with a line as high as a drawing."""
    if block.title:
        page.write(CAPTION, run(block.title))
    # The title stands above the picture as text, so the picture needs none.
    picture = _picture(as_json(block) | {"title": ""}, block.alt, page)
    held = cell(page.width, paragraph(CELL, picture))
    page.place(table(DRAWING, [page.width], [row([held])]))


def _picture(data: dict[str, Any], alt: str, page: Page) -> list[Element]:
    shown = PrintableText().of(data)
    return page.pictures.drawing(shown, alt=alt, most=page.width)

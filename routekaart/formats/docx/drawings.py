"""Drawn blocks: a caption that can be edited, and a picture that says in words what it shows."""

from typing import Any

from routekaart.domain.content.blocks import BarChart, PointGrid, YearStrip
from routekaart.domain.content.canonical import as_json
from routekaart.formats.docx.markup import CAPTION, NORMAL, run
from routekaart.formats.docx.page import Page
from routekaart.formats.printable import PrintableText


def year_strip(block: YearStrip, page: Page) -> None:
    _picture(as_json(block), block.timeline.alt, page)


def bar_chart(block: BarChart, page: Page) -> None:
    _titled(block, page)


def point_grid(block: PointGrid, page: Page) -> None:
    _titled(block, page)


def _titled(block: BarChart | PointGrid, page: Page) -> None:
    if block.title:
        page.write(CAPTION, run(block.title))
    # The title stands above the picture as text, so the picture needs none.
    _picture(as_json(block) | {"title": ""}, block.alt, page)


def _picture(data: dict[str, Any], alt: str, page: Page) -> None:
    shown = PrintableText().of(data)
    page.write(NORMAL, page.pictures.drawing(shown, alt=alt, most=page.width))

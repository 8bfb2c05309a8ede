"""The first thing that is read: a cover with the title page, or a short head."""

from routekaart.domain.content.parts import Meta
from routekaart.formats.docx.markup import (
    FACT,
    QUIET,
    STATUS,
    STRONG,
    SUBTITLE,
    TITLE,
    TITLE_FIELD,
    paragraph,
    run,
    tab,
)
from routekaart.formats.docx.page import Page
from routekaart.formats.docx.tables import TWIPS_PER_MM, cell, row, table

# The cell has as much white on either side.
_INSET = 454
_COVER_TEXT_HEIGHT = round(84 * TWIPS_PER_MM)


def cover(meta: Meta, page: Page) -> None:
    """A page of its own: a field with the title and a drawn route, the state, the facts."""
    title = [
        paragraph(SUBTITLE, run(meta.organisation)),
        paragraph(TITLE, run(meta.title)),
        paragraph(SUBTITLE, run(meta.school_year)),
        paragraph(SUBTITLE, run(meta.subject, STRONG)),
    ]
    route = paragraph(SUBTITLE, page.pictures.cover(page.width - 2 * _INSET))
    page.place(
        table(
            TITLE_FIELD,
            [page.width],
            [
                row([cell(page.width, *title)], height=_COVER_TEXT_HEIGHT),
                row([cell(page.width, route)]),
            ],
        )
    )
    page.write(STATUS, run(meta.status))
    for fact in meta.facts:
        page.write(FACT, run(fact.label, QUIET), tab(), run(fact.value))
    page.break_page = True


def head(meta: Meta, page: Page) -> None:
    """A short head above the first block: whose it is, what it is, its state."""
    about = [*run(meta.subject, STRONG), *run(f" · {meta.school_year}"), *tab(), *run(meta.status)]
    title = [
        paragraph(SUBTITLE, run(meta.organisation)),
        paragraph(TITLE, run(meta.title)),
        paragraph(SUBTITLE, about),
    ]
    page.place(table(TITLE_FIELD, [page.width], [row([cell(page.width, *title)])]))

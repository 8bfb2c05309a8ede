"""Blocks that stand in rows and columns as Word tables."""

from collections.abc import Sequence

from routekaart.domain.content.blocks import (
    Card,
    Cards,
    ClaimLine,
    Claims,
    KeyFigures,
    Signatures,
    TableBlock,
)
from routekaart.domain.content.parts import Column, Table
from routekaart.formats.docx.markup import (
    CARD_BULLET,
    CARDS,
    CELL,
    COLUMN_TITLE,
    DATA,
    FIGURE,
    LABEL,
    MISSING,
    QUIET,
    STRONG,
    WRITING_LINE,
    Element,
    line_break,
    paragraph,
    run,
)
from routekaart.formats.docx.page import Page
from routekaart.formats.docx.tables import TWIPS_PER_MM, cell, empty_cell, row, shares, table
from routekaart.formats.docx.texts import labelled
from routekaart.formats.docx.words import clean

_FIGURES_IN_A_ROW = 3
_CARDS_IN_A_ROW = 2
# Subject, value with its scale, for whom, source.
_CLAIM_SHARES = (27, 50, 31, 55)
_SCALE_COLUMN = 1
_SIGNATURE_SHARES = (5, 3, 6)
_WRITING_HEIGHT = round(9 * TWIPS_PER_MM)
_SIGNATURE_HEIGHT = round(13 * TWIPS_PER_MM)


def table_block(block: TableBlock, page: Page) -> None:
    if not block.table.rows:
        page.write(MISSING, run(block.table.missing))
        return
    page.place(_data(block.table, page, block.alt, dense=block.dense))


def _data(content: Table, page: Page, alt: str, *, dense: bool) -> Element:
    columns = content.columns
    widths = shares(page.width, [column.width for column in columns])
    rows = [_header([column.title for column in columns], widths, columns)]
    # Empty rows are there to write in by hand, as in a list to sign.
    height = 0 if all(map(any, content.rows)) else _WRITING_HEIGHT
    for texts in content.rows:
        values = [_value(*pair) for pair in zip(texts, columns, strict=True)]
        rows.append(row(_cells(values, widths, columns), height=height))
    return table(
        DATA,
        widths,
        rows,
        header=True,
        totals=content.totals,
        caption=page.heading,
        description=alt,
        dense=dense,
    )


def _header(
    titles: Sequence[str], widths: Sequence[int], columns: Sequence[Column] = ()
) -> Element:
    made = _cells([run(title) for title in titles], widths, columns, style=COLUMN_TITLE)
    return row(made, header=True)


def _cells(
    contents: Sequence[list[Element]],
    widths: Sequence[int],
    columns: Sequence[Column] = (),
    align: str = "",
    style: str = CELL,
) -> list[Element]:
    ends = [_at_end(column) for column in columns] or [False] * len(widths)
    return [
        cell(width, paragraph(style, content, at_end=end), align=align)
        for width, content, end in zip(widths, contents, ends, strict=True)
    ]


def _at_end(column: Column) -> bool:
    return column.align == "end"


def _value(text: str, column: Column) -> list[Element]:
    first, _, rest = clean(text).partition("\n")
    if not column.lead or not rest:
        return run(text)
    return [*run(first), *line_break(), *run(rest, QUIET)]


def claims(block: Claims, page: Page) -> None:
    if not block.claims:
        return
    widths = shares(page.width, _CLAIM_SHARES)
    # The scale stands before its value and needs no column: one without a title helps nobody.
    titles = [title for at, title in enumerate(block.columns) if at != _SCALE_COLUMN]
    rows = [_header(titles, widths)]
    for claim in block.claims:
        contents = (
            run(claim.subject),
            _claimed(claim, page),
            run(claim.applies_to),
            run(claim.source),
        )
        rows.append(row(_cells(contents, widths)))
    page.place(table(DATA, widths, rows, header=True, caption=page.heading))


def _claimed(claim: ClaimLine, page: Page) -> list[Element]:
    scale = [*page.pictures.scale(claim.scale), *run("\u2002")] if claim.scale else []
    mark = [*line_break(), *run(claim.mark, LABEL)] if claim.mark else []
    return [*scale, *run(claim.value), *mark]


def key_figures(block: KeyFigures, page: Page) -> None:
    cells = [
        paragraph(CELL, run(item.value, FIGURE), run("\u00a0 "), run(item.label, QUIET))
        for item in block.items
    ]
    _grid([[one] for one in cells], _FIGURES_IN_A_ROW, page, align="center")


def cards(block: Cards, page: Page) -> None:
    _grid([_card(item) for item in block.items], _CARDS_IN_A_ROW, page)


def _card(item: Card) -> list[Element]:
    return [
        paragraph(CELL, labelled(item.label, run(item.title, STRONG))),
        *(paragraph(CARD_BULLET, run(text)) for text in item.items),
        *(paragraph(WRITING_LINE) for _ in range(item.lines)),
    ]


def _grid(contents: Sequence[list[Element]], columns: int, page: Page, align: str = "") -> None:
    if not contents:
        return
    widths = shares(page.width, [1] * columns)
    rows = []
    for start in range(0, len(contents), columns):
        here = contents[start : start + columns]
        made = [
            cell(width, *content, align=align) for width, content in zip(widths, here, strict=False)
        ]
        made += [empty_cell(width) for width in widths[len(here) :]]
        rows.append(row(made))
    page.place(table(CARDS, widths, rows))


def signatures(block: Signatures, page: Page) -> None:
    widths = shares(page.width, _SIGNATURE_SHARES)
    rows = [_header(["", block.date_label, block.signature_label], widths)]
    for item in block.items:
        name = [*line_break(), *run(item.name)] if item.name else []
        contents: list[list[Element]] = [[*run(item.role, STRONG), *name], run(item.date), []]
        rows.append(row(_cells(contents, widths, align="bottom"), height=_SIGNATURE_HEIGHT))
    page.place(table(DATA, widths, rows, header=True, caption=page.heading))

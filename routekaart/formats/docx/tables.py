"""Tables as elements: column widths that hold, rows that stay whole, a header that repeats."""

from collections.abc import Sequence

from docx.oxml.ns import qn

from routekaart.formats.docx.markup import (
    CELL,
    WRITING_LINE,
    Element,
    element,
    paragraph,
    paragraphs_of,
    put_early,
    text_length,
)
from routekaart.formats.docx.words import clean

# Twentieths of a point: 1 mm is 1440 / 25.4.
TWIPS_PER_MM = 1440 / 25.4
# A row with so much text may be longer than a page, and then has to be cut.
_LONG_ROW = 900
# So much text and no more is kept on a page.
_SMALL_TABLE = 1300
_PER_ROW = 60
# An empty line to write on takes the place of so many letters, half the width as it is.
_PER_WRITING_LINE = 35
# Of a dense table, in twips.
_DENSE = 15


def shares(width: int, parts: Sequence[float]) -> list[int]:
    """`width` divided in proportion, in whole units that add up to it."""
    whole = sum(parts) or 1
    ends = [round(width * sum(parts[: number + 1]) / whole) for number in range(len(parts))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def table(
    style: str,
    widths: Sequence[int],
    rows: Sequence[Element],
    *,
    header: bool = False,
    totals: bool = False,
    caption: str = "",
    description: str = "",
    dense: bool = False,
) -> Element:
    """A table of the given column widths in twips.

    `caption` and `description` are what Word calls alternative text. `totals`: the last row sums.
    `dense`: less white above and below the text of a cell than the style says.
    """
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style),
        element("w:tblW", w=sum(widths), type="dxa"),
        # Fixed: an endless word breaks inside its cell and cannot push the table off the page.
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook",
            val=f"{0x0600 + (0x20 if header else 0) + (0x40 if totals else 0):04X}",
            firstRow=int(header),
            lastRow=int(totals),
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    )
    if dense:
        sides = (element(side, w=_DENSE, type="dxa") for side in ("w:top", "w:bottom"))
        properties.insert(len(properties) - 1, element("w:tblCellMar", *sides))
    if clean(caption):
        properties.append(element("w:tblCaption", val=clean(caption)))
    if clean(description):
        properties.append(element("w:tblDescription", val=clean(description)))
    grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
    return element("w:tbl", properties, grid, *rows)


def row(cells: Sequence[Element], *, header: bool = False, height: int = 0) -> Element:
    """A row that is not cut at the end of a page, unless it holds very much.

    `height`: at least so high, in twips.
    """
    properties = element("w:trPr")
    if sum(map(text_length, cells)) <= _LONG_ROW:
        properties.append(element("w:cantSplit"))
    if height:
        properties.append(element("w:trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(element("w:tblHeader"))
    return element("w:tr", *([properties] if len(properties) else []), *cells)


def cell(width: int, *paragraphs: Element, align: str = "") -> Element:
    """A cell with at least one paragraph, as Word wants it. `align`: center or bottom."""
    properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
    if align:
        properties.append(element("w:vAlign", val=align))
    return element("w:tc", properties, *(paragraphs or (paragraph(CELL),)))


def empty_cell(width: int) -> Element:
    """A cell where there is nothing to show: without the colour of its table."""
    made = cell(width)
    made[0].append(
        element("w:shd", val="clear", color="auto", fill="FFFFFF", themeFill="background1")
    )
    return made


def keep_if_small(made: Element) -> None:
    """A small table stays on one page; a header never stands alone."""
    rows = made.findall(_ROW)
    small = sum(map(_size, rows)) <= _SMALL_TABLE
    for one in rows[:-1] if small else rows[:1]:
        for each in paragraphs_of(one):
            put_early(each, "w:keepNext")


def _size(row: Element) -> int:
    """How much place a row takes, in letters."""
    lines = sum(1 for one in row.iter(_STYLE) if one.get(_VALUE) == WRITING_LINE)
    return text_length(row) + _PER_ROW + _PER_WRITING_LINE * lines


_ROW = element("w:tr").tag
_STYLE = element("w:pStyle").tag
_VALUE = qn("w:val")

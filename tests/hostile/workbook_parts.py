"""A small workbook that is right, to be made wrong part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.texts import HEAD, row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
RELATIONS = "_rels/.rels"
TYPES = "[Content_Types].xml"


def cell(place: str, text: str) -> str:
    """A cell with its own text."""
    return f'<c r={quoteattr(place)} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def line(number: int, cells: Sequence[str]) -> str:
    """A row of such cells from the first column on."""
    inner = "".join(cell(f"{chr(65 + place)}{number}", text) for place, text in enumerate(cells))
    return f'<row r="{number}">{inner}</row>'


def sheet(rows: str, after: str = "", before: str = "") -> bytes:
    """A sheet with these rows as XML."""
    return (
        f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()


def lines(*rows: Sequence[str]) -> str:
    """The headings and these rows."""
    return "".join(line(number, cells) for number, cells in enumerate((HEAD, *rows), start=1))


def parts(**changed: bytes) -> dict[str, bytes]:
    """The parts of a right workbook with one person."""
    relation = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    one = f'<Relationship Id="{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    found = {
        TYPES: f'<Types xmlns="{_PACKAGE}/content-types">{_types()}</Types>'.encode(),
        RELATIONS: relation.format(one.format("r1", "officeDocument", "xl/workbook.xml")).encode(),
        BOOK: (
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        BOOK_RELATIONS: relation.format(
            one.format("r1", "worksheet", "worksheets/sheet1.xml")
            + one.format("r2", "sharedStrings", "sharedStrings.xml")
            + one.format("r3", "styles", "styles.xml")
        ).encode(),
        STRINGS: f'<sst xmlns="{MAIN}"><si><t>noor@x.nl</t></si></sst>'.encode(),
        STYLES: (
            f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts>'
            "<fills><fill><patternFill/></fill></fills>"
            '<borders><border/></borders><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        ).encode(),
        SHEET: sheet(lines(row())),
    }
    return found | {_NAMES[name]: content for name, content in changed.items()}


def _types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    of_part = {BOOK: "sheet.main", SHEET: "worksheet", STRINGS: "sharedStrings", STYLES: "styles"}
    return (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{kind}.{what}+xml"/>'
            for name, what in of_part.items()
        )
    )


_NAMES = {
    "sheet": SHEET,
    "strings": STRINGS,
    "styles": STYLES,
    "book": BOOK,
    "relations": RELATIONS,
    "book_relations": BOOK_RELATIONS,
}


def zipped(found: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """These parts in a ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return made.getvalue()


def workbook(**changed: bytes) -> bytes:
    """The right workbook with some of its parts changed."""
    return zipped(parts(**changed))

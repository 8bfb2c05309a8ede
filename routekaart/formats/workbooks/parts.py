"""The small parts of a workbook: where its sheets are, its texts, which formats are dates."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from routekaart.formats.strict_xml import Limits, Reader, listen
from routekaart.formats.workbooks.container import Container
from routekaart.formats.workbooks.refusals import unreadable
from routekaart.formats.workbooks.values import is_date_format, unescaped

_OFFICE_DOCUMENT = "/officeDocument"
_STRINGS, _STYLES = "/sharedStrings", "/styles"
_NO_PHONETICS = "rPh"


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another: `kind` ends in what it is, `target` is the name of the part."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Book:
    """`sheet`: the part with the first sheet that can be seen. Empty names: there is no such."""

    sheet: str
    strings: str
    styles: str
    since_1904: bool


def find_book(container: Container, limits: Limits) -> Book:
    """Where everything is. Raises `BadInput` where there is no visible sheet."""
    main = next(
        (
            one.target
            for one in _relations(container, "", limits).values()
            if one.kind.endswith(_OFFICE_DOCUMENT)
        ),
        "xl/workbook.xml",
    )
    sheets = _Sheets()
    listen(container.chunks(main), sheets, limits)
    relations = _relations(container, main, limits)
    sheet = relations.get(sheets.first)
    if sheet is None or not sheet.kind.endswith("/worksheet"):
        raise unreadable()

    def of_kind(kind: str) -> str:
        return next((one.target for one in relations.values() if one.kind.endswith(kind)), "")

    return Book(sheet.target, of_kind(_STRINGS), of_kind(_STYLES), sheets.since_1904)


def shared_strings(container: Container, name: str, limits: Limits, most: int) -> list[str]:
    """The texts that cells point at, by number; each cut off past `most` signs."""
    if name not in container:
        return []
    reader = _Strings(most)
    listen(container.chunks(name), reader, limits)
    return reader.found


def date_styles(container: Container, name: str, limits: Limits) -> frozenset[int]:
    """The numbers of the styles that show a day or a time."""
    if name not in container:
        return frozenset()
    reader = _Styles()
    listen(container.chunks(name), reader, limits)
    dates = {
        kind for kind in set(reader.styles) if is_date_format(kind, reader.codes.get(kind, ""))
    }
    return frozenset(number for number, kind in enumerate(reader.styles) if kind in dates)


def whole(text: str | None, default: int = 0) -> int:
    """A number as XML has it; `default` for anything else, and for one that is far too long."""
    usable = text is not None and text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if usable and text else default


def _relations(container: Container, source: str, limits: Limits) -> Mapping[str, Relation]:
    folder, file = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name not in container:
        return {}
    reader = _Relations(folder)
    listen(container.chunks(name), reader, limits)
    return reader.found


class _Relations(Reader):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        # What lies elsewhere is never fetched.
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.join("/", self._folder, attributes.get("Target", ""))
            target = posixpath.normpath(path).lstrip("/")
            self.found[attributes.get("Id", "")] = Relation(attributes.get("Type", ""), target)


class _Sheets(Reader):
    def __init__(self) -> None:
        self.first = ""
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet" and not self.first and attributes.get("state") in {None, "visible"}:
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            self.first = next(ids, "")


class _Strings(Reader):
    def __init__(self, most: int) -> None:
        self.found: list[str] = []
        self._most = most
        self._pieces: list[str] = []
        self._size = 0
        self._reads = False
        self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as all
        if name == "si":
            self._pieces, self._size = [], 0
        elif name == _NO_PHONETICS:
            self._phonetic = True
        self._reads = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._reads = False
        if name == _NO_PHONETICS:
            self._phonetic = False
        elif name == "si":
            self.found.append(unescaped("".join(self._pieces)))

    def text(self, text: str) -> None:
        if self._reads and self._size <= self._most:
            self._pieces.append(text[: self._most + 1])
            self._size += len(text)


class _Styles(Reader):
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.styles.append(whole(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

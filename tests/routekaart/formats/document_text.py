"""The texts of content in reading order, and what a reader finds back in a PDF."""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from routekaart.domain.content.blocks import BlockDocument, Chapter
from routekaart.domain.content.canonical import as_json
from routekaart.formats.printable import PrintableText
from routekaart.formats.typst_pdf import render_pdf

# Not printed as text: identity of the kind, and what a drawing says to those who cannot see it.
# The heads of the tables of claims stand in the content once, and are printed with each table.
_UNSEEN = {"kind", "block", "tone", "alt", "language", "made_on", "align", "claim_columns"}
# In letters: what makes a row high, and how much of a text that is cut is looked for.
_LONG, _PART = 300, 20
_GLUE = re.compile(r"[\s\-\u00ad\u200b]+")


def texts_of(value: Any) -> Iterator[str]:
    """Every text that must stand in the document, in the order in which it is read."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        yield from _of_part(value)


def _of_part(part: dict[str, Any]) -> Iterator[str]:
    if "months" in part:  # a timeline: what is drawn as text
        yield from (month["label"] for month in part["months"])
        for lane in part["lanes"]:
            yield lane["label"]
            yield from (mark["symbol"] for mark in lane["marks"] if mark["symbol"])
        yield part["closed_label"]
    elif "bars" in part or "points" in part:  # drawings: what they say in words is their `alt`
        yield part["title"]
    elif "claims" in part and "columns" in part:
        if part["claims"]:
            yield from texts_of([part["columns"], part["claims"]])
    elif "columns" in part:  # a table: `missing` takes the place of rows
        if part["rows"]:
            yield from (column["title"] for column in part["columns"])
            yield from texts_of(part["rows"])
        else:
            yield part["missing"]
    elif "nothing" in part:  # a list of open points
        yield part["title"]
        yield from texts_of(part["items"] or part["nothing"])
    else:
        for key, value in part.items():
            if key not in _UNSEEN:
                yield from texts_of(value)


def glued(text: str) -> str:
    """Text without spaces and hyphens, which move when lines break; ligatures taken apart."""
    return _GLUE.sub("", unicodedata.normalize("NFKC", text))


def read_on(printed: str, text: str, place: int) -> int:
    """Where reading goes on after `text`, from `place` in the glued text; -1 where it is not there.

    A high row may be cut over two pages, and then what stands beside a text is printed before its
    rest: of a text that is not there in one piece the beginning counts, and its end after that.
    """
    whole = glued(text)
    # The same long text may stand whole further on.
    found = printed.find(whole, place) if len(whole) <= _LONG else -1
    if found >= 0:
        return found + len(whole)
    if len(whole) < 2 * _PART:
        return -1
    found = printed.find(whole[:_PART], place)
    if found >= 0 and printed.startswith(whole, found):
        return found + len(whole)
    return found + _PART if found >= 0 and whole[-_PART:] in printed[found:] else -1


def pages_of(pdf: bytes, *furniture: str) -> str:
    """The glued text of all pages, without the running head and foot."""
    pages = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        text = glued(page.extract_text())
        for piece in furniture:
            text = text.replace(glued(piece), "", 1)
        pages.append(re.sub(r"pagina\d+van\d+", "", text))
    return "".join(pages)


def _without_names_of_blocks(value: Any) -> Any:
    """What is printed of some blocks: not what kind of block it is, nor how it looks."""
    if isinstance(value, list):
        return [_without_names_of_blocks(one) for one in value]
    if isinstance(value, dict):
        if value.get("block") == "heading":  # its label stands above it
            return [value["label"], value["title"]]
        return {
            key: _without_names_of_blocks(one)
            for key, one in value.items()
            if key not in {"block", "tone"}
        }
    return value


def assert_printed_whole(document: BlockDocument) -> None:
    """Every text of the blocks is printed in the PDF, each after the one before it."""
    meta = document.meta
    furniture = meta.running_head, meta.school_year, f"{meta.status} · {meta.version}"
    printed = pages_of(render_pdf(document), *PrintableText().of(list(furniture)))
    data = PrintableText().of(as_json(document))
    if document.front == "cover":
        for fact in data["meta"]["facts"]:
            assert glued(fact["label"] + fact["value"]) in printed
    first = next(block for block in document.blocks if isinstance(block, Chapter))
    # Without a cover the facts stand above the first chapter.
    place = printed.index(glued(f"{first.number} {first.title}")) * (document.front == "cover")
    for text in texts_of(_without_names_of_blocks(data["blocks"])):
        if not glued(text):
            continue
        place = read_on(printed, text, place)
        if place < 0:
            pytest.fail(f"not found, or not in its place: {text[:200]!r}")

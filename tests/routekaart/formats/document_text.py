"""The texts of content in reading order, and what a reader finds back in a PDF."""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

# Not printed as text: identity of the kind, and what a drawing says to those who cannot see it.
# The heads of the tables of claims stand in the content once, and are printed with each table.
_UNSEEN = {"kind", "alt", "language", "made_on", "align", "claim_columns", "block", "tone"}
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


def pages_of(pdf: bytes, *furniture: str) -> str:
    """The glued text of all pages, without the running head and foot."""
    pages = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        text = glued(page.extract_text())
        for piece in furniture:
            text = text.replace(glued(piece), "", 1)
        pages.append(re.sub(r"pagina\d+van\d+", "", text))
    return "".join(pages)

"""XML from a stranger as a stream of elements, with limits on everything that takes memory or time.

Expat builds no tree. A document type is refused where the parser meets it, whatever the encoding:
entities that grow need one, and no file of an office program has one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.parsers import expat


class BadXml(Exception):
    """No XML, or XML that nobody wrote in good faith."""


class DocumentType(BadXml):
    """It declares a document type."""


class TooMuchXml(BadXml):
    """More of something than is allowed."""


@dataclass
class Limits:
    """`elements`: how many may still come, over all parts that are read with these limits."""

    elements: int
    depth: int = 60
    # Office programs know a few hundred; the parser keeps every one. Other parsers compare each
    # attribute of an element with all others: with 200,000 that takes minutes.
    names: int = 2_000
    # Of a tag or a comment, in bytes: until it ends, all of it waits in memory.
    tag: int = 100_000


class Reader:
    """Who listens. Names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of the text inside an element."""


def listen(chunks: Iterable[bytes], reader: Reader, limits: Limits) -> None:
    """Tells `reader` what is in the XML. Raises `BadXml`."""
    # None: the parser keeps no table of names for Python.
    parser = expat.ParserCreate(intern=None)
    parser.buffer_text = True
    _Guard(reader, limits).attach(parser)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.tag:
                raise TooMuchXml
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        # An encoding that nobody knows is among them.
        raise BadXml from None


class _Guard:
    """Stands between the parser and who listens."""

    def __init__(self, reader: Reader, limits: Limits) -> None:
        self._reader = reader
        self._limits = limits
        self._depth = 0
        self._names: set[str] = set()

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._reader.text
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._limits.elements -= 1
        self._names.add(name)
        self._names.update(attributes)
        if (
            self._limits.elements < 0
            or self._depth > self._limits.depth
            or len(self._names) > self._limits.names
        ):
            raise TooMuchXml
        self._reader.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._reader.end(name.rpartition(":")[2])


def _refuse(*_declared: object) -> None:
    raise DocumentType

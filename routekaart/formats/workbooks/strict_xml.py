"""XML from a stranger as a stream of elements, with limits on everything that takes memory or time.

Expat builds no tree. A document type is refused where the parser meets it, whatever the encoding:
entities that grow need one. No part of a workbook has one.
"""

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from routekaart.formats.workbooks.refusals import too_large, unreadable

# Half a second of work. A list of 500 people has some ten thousand.
MOST_ELEMENTS = 500_000
_MOST_DEPTH = 60
# A workbook knows a few hundred; the parser keeps every one.
_MOST_NAMES = 2_000
# Of a tag or a comment: until it ends, all of it waits in memory.
_LONGEST_TAG = 100_000


class Reader:
    """Who listens. Names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of the text inside an element."""


class Budget:
    """How many elements may still come, over all parts of one workbook."""

    def __init__(self) -> None:
        self.left = MOST_ELEMENTS


def listen(chunks: Iterable[bytes], reader: Reader, budget: Budget) -> None:
    """Tells `reader` what is in the XML. Raises `BadInput`: `unreadable_table`, `too_large`."""
    # None: the parser keeps no table of names for Python.
    parser = expat.ParserCreate(intern=None)
    parser.buffer_text = True
    _Limits(reader, budget).attach(parser)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise too_large()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        # An encoding that nobody knows is among them.
        raise unreadable() from None


class _Limits:
    """Stands between the parser and who listens."""

    def __init__(self, reader: Reader, budget: Budget) -> None:
        self._reader = reader
        self._budget = budget
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
        self._budget.left -= 1
        self._names.add(name)
        self._names.update(attributes)
        if self._budget.left < 0:
            raise too_large()
        if self._depth > _MOST_DEPTH or len(self._names) > _MOST_NAMES:
            raise unreadable()
        self._reader.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._reader.end(name.rpartition(":")[2])


def _refuse(*_declared: object) -> None:
    raise unreadable()

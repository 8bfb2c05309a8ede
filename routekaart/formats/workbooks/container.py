"""Opening the ZIP that a stranger's workbook is: only the parts that are asked for, piece by piece.

What a ZIP says of its own sizes may be a lie, so that what really comes out is counted too.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from routekaart.formats.workbooks.refusals import too_large, unreadable

MOST_UNPACKED = 20_000_000
_MOST_PARTS = 500
_CHUNK = 32_768
# What spreadsheets pack with. Others unpack without end in one go, however little is asked for.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
)


class Container:
    """The parts of a workbook by name. All of them together give no more than is allowed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED:
            raise too_large()
        self._archive = archive
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        # Of two with one name, another program may open the other one.
        if len({name.casefold() for name in self._entries}) < len(entries):
            raise unreadable()
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part. Raises `BadInput` where it is not there, or grows too large."""
        entry = self._entries.get(name)
        if entry is None or entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
            raise unreadable()
        with self._archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise too_large()
                yield chunk


@contextmanager
def opened(data: bytes) -> Iterator[Container]:
    """The container; what is damaged inside, whenever it shows, becomes one plain refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Container(archive)
    except _BROKEN:
        raise unreadable() from None

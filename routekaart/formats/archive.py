"""Files → one ZIP, piece by piece: however many there are, memory holds a piece of one.

The same files give the same bytes: fixed timestamps, no compression (documents are compressed
already), the order as given.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from routekaart.formats.fixed_zip import fixed_entry

CONTENT_TYPE = "application/zip"
EXTENSION = "zip"
VERSION = ("zip stored", "1")
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the ZIP; `size` in bytes, `opened` gives it as a stream.

    `compressed`: for what is not compressed by itself.
    """

    name: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]] = field(repr=False)
    compressed: bool = False


def write_zip(target: BinaryIO, entries: Iterable[Entry]) -> None:
    """Writes the ZIP to `target`, which must be seekable."""
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for entry in entries:
            info = fixed_entry(entry.name)
            info.compress_type = ZIP_DEFLATED if entry.compressed else ZIP_STORED
            # Tells beforehand whether this entry needs the large form.
            info.file_size = entry.size
            with entry.opened() as source, archive.open(info, "w") as into:
                shutil.copyfileobj(source, into, _PIECE)


def distinct(names: Iterable[str]) -> list[str]:
    """The names in their order, the second of two equal ones numbered: plan.pdf, plan-2.pdf.

    Capitals do not tell names apart, because on Windows they do not either.
    """
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        stem, dot, extension = name.rpartition(".")
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem or extension}-{number}{dot}{extension if stem else ''}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found

"""The data of a person as a ZIP: a text to read, and a file for programs."""

import io
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from functools import partial
from typing import BinaryIO

from routekaart.domain.content.person_data import DATA, README, PersonData, as_json, readable
from routekaart.formats.archive import Entry, write_zip


def person_data_files(data: PersonData) -> dict[str, bytes]:
    """The files by name, in their order; the same data give the same bytes."""
    return {README: readable(data).encode(), DATA: as_json(data)}


def write_person_data(target: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Writes the ZIP to `target`, which must be seekable."""
    write_zip(
        target,
        (Entry(name, len(content), partial(_opened, content)) for name, content in files.items()),
    )


def _opened(content: bytes) -> AbstractContextManager[BinaryIO]:
    return closing(io.BytesIO(content))

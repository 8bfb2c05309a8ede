"""The one file of a backup: read with distrust, and checked whole before anything is done.

Nothing is unpacked by a name out of the archive: a part is asked for by a name that the manifest
allows, and documents go to the storage under the hash of what was read.
"""

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from routekaart.domain.backups import MANIFEST, BackupRefused, Manifest, Part, read_manifest

_PIECE = 256 * 1024
# Bytes. Some 300,000 documents.
_LARGEST_MANIFEST = 64 * 1024 * 1024
_AGE = b"age-encryption.org/"
_SEALED = frozenset({".age", ".gpg"})
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened backup of which the manifest is read. `check` reads the rest."""

    manifest: Manifest
    _container: zipfile.ZipFile = field(repr=False)

    def check(self) -> None:
        """Reads every part. Raises `BackupRefused` for the first that is not what it should be."""
        for part in self.manifest.parts:
            self.copy(part, lambda _piece: None)

    def copy(self, part: Part, write: Callable[[bytes], object]) -> None:
        """Gives the bytes of a part to `write`, a piece at a time, then checks them."""
        digest, size = hashlib.sha256(), 0
        with _entry(self._container, part.name) as source:
            for piece in _pieces(source):
                size += len(piece)
                if size > part.size:
                    break
                digest.update(piece)
                write(piece)
        if size != part.size or digest.hexdigest() != part.sha256:
            raise _damaged(f"{part.name} is niet wat het moet zijn")

    def read(self, part: Part) -> bytes:
        """A small part as a whole."""
        pieces: list[bytes] = []
        self.copy(part, pieces.append)
        return b"".join(pieces)

    def save(self, part: Part, place: Path) -> None:
        """A part as a file."""
        with place.open("xb") as target:
            self.copy(part, target.write)


@contextmanager
def opened(place: Path) -> Iterator[Archive]:
    """The backup in this file. Raises `BackupRefused` when it is none, or not whole."""
    try:
        stream: BinaryIO = place.open("rb")
    except OSError as error:
        raise BackupRefused(
            f"De back-up {place} is niet te lezen: {error.strerror}.", code="unreadable"
        ) from None
    with stream:
        _check_not_sealed(place, stream)
        with _readable():
            container = zipfile.ZipFile(stream)
        with container:
            yield Archive(_manifest_of(container), container)


def _check_not_sealed(place: Path, stream: BinaryIO) -> None:
    start = stream.read(len(_AGE))
    stream.seek(0)
    if start == _AGE or place.suffix in _SEALED:
        raise BackupRefused(
            "Deze back-up is versleuteld. Open hem eerst met je sleutel (age --decrypt, of gpg "
            "--decrypt) en zet het bestand dat je dan krijgt terug.",
            code="sealed",
        )


def _manifest_of(container: zipfile.ZipFile) -> Manifest:
    names = Counter(info.orig_filename for info in container.infolist())
    if names[MANIFEST] != 1 or container.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise _damaged("er is geen inhoudsopgave")
    content = bytearray()
    with _entry(container, MANIFEST) as source:
        for piece in _pieces(source):
            content += piece
            if len(content) > _LARGEST_MANIFEST:
                raise _damaged("de inhoudsopgave is te groot")
    manifest = read_manifest(bytes(content))
    if names != Counter([MANIFEST, *(part.name for part in manifest.parts)]):
        raise _damaged("wat erin zit is niet wat de inhoudsopgave zegt")
    return manifest


def _entry(container: zipfile.ZipFile, name: str) -> IO[bytes]:
    with _readable():
        return container.open(name)


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while True:
        with _readable():
            piece = source.read(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise _damaged(str(error) or type(error).__name__) from error


def _damaged(why: str) -> BackupRefused:
    return BackupRefused(
        f"De back-up is beschadigd of niet compleet ({why}). Gebruik een andere back-up.",
        code="damaged",
    )

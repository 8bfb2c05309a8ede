"""Files by content hash: the name of a file is the SHA-256 of its bytes.

A file is written whole or not at all: temporary name → write → fsync → rename → fsync of the
folder. Two writers of the same bytes end at the same name, which is harmless. A file that no row
points at is harmless too; the sweep takes it away once it is old enough.
"""

import errno
import fcntl
import hashlib
import math
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from routekaart.domain.errors import DomainError

_HASH = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".part"
_SWEEP_BATCH = 500
_PIECE = 256 * 1024


class StorageUnavailable(DomainError):
    """The storage cannot take a file now. Nothing was stored; trying again later may work."""

    code = "storage_unavailable"


class FileMissing(Exception):
    """There is no file under this hash."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the storage for good. `size` in bytes."""

    content_hash: str
    size: int


@dataclass(frozen=True, slots=True)
class Storage:
    """The files under one folder, which is made when it is not there yet."""

    folder: Path

    def put(self, data: bytes) -> StoredFile:
        """Stores `data` and gives its hash. Returns only when it would survive a power cut.

        Raises `StorageUnavailable` with a plain reason when the disk is full or read-only; then
        nothing was stored, not even half.
        """
        stored = StoredFile(hashlib.sha256(data).hexdigest(), len(data))
        try:
            with self._held(fcntl.LOCK_SH):
                if not self._keeps(stored):
                    self._write(self._place(stored.content_hash), data)
        except OSError as error:
            raise _unavailable(error) from error
        return stored

    def put_written(self, write: Callable[[BinaryIO], None]) -> StoredFile:
        """Stores what `write` writes to the file it is given, as `put` does, whatever its size.

        The file can be sought in and is read once more for its hash, a piece at a time.
        """
        try:
            with self._held(fcntl.LOCK_SH):
                # Nobody knows yet which folder it ends up in: they are all of one file system.
                temporary = self.folder / f"{secrets.token_hex(16)}{_TEMPORARY}"
                try:
                    return self._put_written(temporary, write)
                except BaseException:
                    with suppress(OSError):
                        temporary.unlink()
                    raise
        except OSError as error:
            raise _unavailable(error) from error

    def open(self, content_hash: str) -> BinaryIO:
        """The file as a stream; the caller closes it. Raises `FileMissing`."""
        try:
            return self._place(content_hash).open("rb")
        except FileNotFoundError:
            raise FileMissing(content_hash) from None

    def exists(self, content_hash: str) -> bool:
        return self._place(content_hash).is_file()

    def sound_size(self, content_hash: str) -> int | None:
        """The size of the file in bytes; None when it is gone or its bytes have another hash.

        Reads all of it.
        """
        try:
            with self.open(content_hash) as file:
                return file.tell() if hash_of(file) == content_hash else None
        except (FileMissing, OSError):
            return None

    def renew(self, content_hash: str) -> bool:
        """Makes a sound file young again, so that no sweep takes it before its row is there.

        False when it is gone or harmed.
        """
        with self._held(fcntl.LOCK_SH):
            if self.sound_size(content_hash) is None:
                return False
            os.utime(self._place(content_hash))
            return True

    def check_writable(self) -> None:
        """Raises `StorageUnavailable` when no file can be stored here."""
        try:
            with self._held(fcntl.LOCK_SH):
                pass
        except OSError as error:
            raise _unavailable(error) from error

    def sweep(
        self, *, older_than: timedelta, in_use: Callable[[frozenset[str]], Iterable[str]]
    ) -> int:
        """Removes temporary files and orphans older than `older_than`; gives how many.

        `in_use` is asked which of some hashes a row points at. Writers wait meanwhile, so that a
        file that is stored again at this moment is not taken away.
        """
        limit = time.time() - older_than.total_seconds()
        removed = 0
        if not self.folder.is_dir():
            return 0
        with self._held(fcntl.LOCK_EX):
            batch: dict[str, Path] = {}
            for place in self._older_files(limit):
                if place.name.endswith(_TEMPORARY):
                    removed += _remove(place)
                    continue
                batch[place.name] = place
                if len(batch) == _SWEEP_BATCH:
                    removed += _remove_unused(batch, in_use)
                    batch = {}
            return removed + _remove_unused(batch, in_use)

    def discard(
        self,
        hashes: Iterable[str],
        *,
        in_use: Callable[[frozenset[str]], Iterable[str]],
        put_before: float = math.inf,
    ) -> int:
        """Removes these files now, except those that a row still points at; gives how many.

        Writers wait meanwhile, as with `sweep`. Of who put one again since `put_before`, in seconds
        since 1970, the row may still be on its way: that file stays too, and a sweep sees to it.
        """
        places = {one: self._place(one) for one in hashes}
        if not places:
            return 0
        with self._held(fcntl.LOCK_EX):
            return _remove_unused(
                {name: place for name, place in places.items() if _is_from(place, put_before)},
                in_use,
            )

    def _place(self, content_hash: str) -> Path:
        # The hash becomes a path: nothing but a hash may get here.
        if not _HASH.fullmatch(content_hash):
            raise FileMissing(content_hash)
        return self.folder / content_hash[:2] / content_hash

    def _keeps(self, stored: StoredFile) -> bool:
        """Whether this file lies here already; it is then young again."""
        place = self._place(stored.content_hash)
        if not _has_size(place, stored.size):
            return False
        # So that a sweep leaves it until its new row is there.
        os.utime(place)
        # Who wrote it may have died between the rename and this.
        _fsync_folder(place.parent)
        return True

    def _put_written(self, temporary: Path, write: Callable[[BinaryIO], None]) -> StoredFile:
        with temporary.open("x+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            content_hash = hash_of(file)
            stored = StoredFile(content_hash, file.seek(0, os.SEEK_END))
        if self._keeps(stored):
            temporary.unlink()
            return stored
        place = self._place(content_hash)
        if not place.parent.is_dir():
            self._make_folders()
        temporary.rename(place)
        _fsync_folder(place.parent)
        return stored

    def _write(self, place: Path, data: bytes) -> None:
        if not place.parent.is_dir():
            self._make_folders()
        temporary = place.parent / f"{place.name[:16]}-{secrets.token_hex(8)}{_TEMPORARY}"
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(place)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _fsync_folder(place.parent)

    def _make_folders(self) -> None:
        # All at once: one wait for the disk instead of one for each of the first documents.
        for number in range(256):
            (self.folder / f"{number:02x}").mkdir(exist_ok=True)
        _fsync_folder(self.folder)

    def _older_files(self, limit: float) -> Iterator[Path]:
        for folder in sorted(self.folder.iterdir()):
            if not folder.is_dir():
                # What was being written when its writer died, before it had a hash.
                if folder.name.endswith(_TEMPORARY) and folder.stat().st_mtime < limit:
                    yield folder
                continue
            for place in sorted(folder.iterdir()):
                name = place.name
                if not (name.endswith(_TEMPORARY) or _HASH.fullmatch(name)):
                    continue
                if place.stat().st_mtime < limit:
                    yield place

    @contextmanager
    def _held(self, kind: int) -> Iterator[None]:
        """The lock of the folder: many writers together, or one sweep alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)


def hash_of(file: BinaryIO) -> str:
    """The SHA-256 of what is left to read in a file, in hex."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _unavailable(error: OSError) -> StorageUnavailable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageUnavailable(
            "De schijf is vol. Maak ruimte vrij; daarna lukt het opslaan weer.",
            code="storage_full",
        )
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StorageUnavailable(
            "De map voor documenten is alleen-lezen. Geef het programma schrijfrechten.",
            code="storage_read_only",
        )
    return StorageUnavailable(
        f"Het document kon niet worden opgeslagen ({os.strerror(error.errno or errno.EIO)})."
    )


def _has_size(place: Path, size: int) -> bool:
    try:
        return place.stat().st_size == size
    except FileNotFoundError:
        return False


def _is_from(place: Path, before: float) -> bool:
    try:
        return place.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(place: Path) -> int:
    place.unlink(missing_ok=True)
    return 1


def _remove_unused(
    places: dict[str, Path], in_use: Callable[[frozenset[str]], Iterable[str]]
) -> int:
    if not places:
        return 0
    kept = set(in_use(frozenset(places)))
    return sum(_remove(place) for name, place in places.items() if name not in kept)

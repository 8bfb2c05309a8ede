"""A folder for work in progress, that the next run takes away when this one is killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from routekaart.domain.backups import BackupRefused


@contextmanager
def work_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder that only its owner can read, gone at the end.

    What others with this prefix left behind goes first: whoever still works has it locked.
    """
    for left in sorted(parent.glob(f"{prefix}*")):
        _remove_if_left(left)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    descriptor = _opened(folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


@contextmanager
def one_at_a_time(place: Path) -> Iterator[None]:
    """Raises `BackupRefused` when another process is in here with the same file."""
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _locked(descriptor):
            raise BackupRefused(
                "Er wordt al een back-up teruggezet. Wacht tot dat klaar is.", code="busy"
            )
        yield
    finally:
        os.close(descriptor)


@contextmanager
def told_when_full() -> Iterator[None]:
    """A disk that takes nothing more, as a `BackupRefused` that says so."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise BackupRefused(
            f"Schrijven lukte niet ({why}). Maak ruimte, of kies een andere map.",
            code="cannot_write",
        ) from error


def _remove_if_left(folder: Path) -> None:
    try:
        descriptor = _opened(folder)
    except OSError:
        return
    try:
        if _locked(descriptor):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

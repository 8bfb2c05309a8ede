"""Files by content hash: whole or not at all, and only orphans are swept."""

import errno
import hashlib
import os
import resource
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from routekaart.storage import FileMissing, Storage, StorageUnavailable, StoredFile

DATA = b"scholingsplan"
HASH = hashlib.sha256(DATA).hexdigest()
HOUR = timedelta(hours=1)


def files_under(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and p.name != ".lock")


def nothing_in_use(_: frozenset[str]) -> Iterable[str]:
    return ()


def make_old(storage: Storage, name: str) -> None:
    place = next(storage.folder.rglob(name))
    os.utime(place, (0, 0))


def test_puts_and_reads_back_under_the_hash_of_the_bytes(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "files")
    assert storage.put(DATA) == StoredFile(content_hash=HASH, size=len(DATA))
    with storage.open(HASH) as file:
        assert file.read() == DATA
    assert storage.exists(HASH)
    assert files_under(tmp_path) == [HASH]


def test_same_bytes_are_one_file(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.put(DATA) == storage.put(DATA)
    assert files_under(tmp_path) == [HASH]


def test_bytes_are_on_disk_before_the_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, real = Storage(tmp_path), os.fsync
    (tmp_path / HASH[:2]).mkdir()
    synced: list[tuple[str, bool]] = []

    def fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append((kind, storage.exists(HASH)))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    storage.put(DATA)
    assert synced == [("file", False), ("folder", True)]
    # Somebody else may have been cut off between the name and this.
    storage.put(DATA)
    assert synced[2:] == [("folder", True)]


def test_a_cut_file_is_written_anew(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(DATA)
    next(tmp_path.rglob(HASH)).write_bytes(b"cut")
    storage.put(DATA)
    with storage.open(HASH) as file:
        assert file.read() == DATA


def test_an_unknown_hash_is_missing(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert not storage.exists(HASH)
    with pytest.raises(FileMissing):
        storage.open(HASH)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", HASH.upper(), HASH + "/x", HASH[:-1]])
def test_only_a_hash_becomes_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileMissing):
        Storage(tmp_path).open(name)


def fails_with(monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage_full"),
        (errno.EDQUOT, "storage_full"),
        (errno.EROFS, "storage_read_only"),
        (errno.EIO, "storage_unavailable"),
    ],
)
def test_a_failing_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    storage = Storage(tmp_path)
    fails_with(monkeypatch, "fsync", number)
    # The subfolder stands already, so that the first fsync is that of the file.
    (tmp_path / HASH[:2]).mkdir()
    with pytest.raises(StorageUnavailable) as caught:
        storage.put(DATA)
    assert caught.value.code == code
    assert files_under(tmp_path) == []
    monkeypatch.undo()
    assert storage.put(DATA).content_hash == HASH


def test_a_file_that_is_cut_off_halfway_leaves_nothing(tmp_path: Path) -> None:
    # A real short write: the system takes the first 1,000 bytes and refuses the rest.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(StorageUnavailable) as caught:
            Storage(tmp_path).put(DATA * 1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.code == "storage_unavailable"
    assert files_under(tmp_path) == []


def test_a_folder_that_cannot_be_made_gives_a_plain_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    storage = Storage(tmp_path / "file" / "files")
    with pytest.raises(StorageUnavailable):
        storage.put(DATA)
    with pytest.raises(StorageUnavailable):
        storage.check_writable()


@contextmanager
def without_root() -> Iterator[None]:
    """Root may write everywhere: as somebody else meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageUnavailable) as caught, without_root():
        Storage(tmp_path).put(DATA)
    assert caught.value.code == "storage_read_only"


def test_sweep_takes_old_orphans_and_keeps_the_rest(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    used, orphan, young = (storage.put(data).content_hash for data in (b"1", b"2", b"3"))
    make_old(storage, used)
    make_old(storage, orphan)
    asked: list[frozenset[str]] = []

    def in_use(hashes: frozenset[str]) -> Iterable[str]:
        asked.append(hashes)
        return [used]

    assert storage.sweep(older_than=HOUR, in_use=in_use) == 1
    assert asked == [frozenset({used, orphan})]
    assert files_under(tmp_path) == sorted([used, young])


def test_sweep_takes_old_temporary_files_only(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(DATA)
    folder = tmp_path / HASH[:2]
    (folder / "left-behind.part").write_bytes(b"half")
    (folder / "being-written.part").write_bytes(b"half")
    (folder / "of-someone-else.txt").write_bytes(b"whole")
    make_old(storage, "left-behind.part")
    make_old(storage, "of-someone-else.txt")
    assert storage.sweep(older_than=HOUR, in_use=nothing_in_use) == 1
    assert files_under(tmp_path) == sorted([HASH, "being-written.part", "of-someone-else.txt"])


def test_storing_again_makes_an_orphan_young(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.put(DATA)
    make_old(storage, HASH)
    storage.put(DATA)
    assert storage.sweep(older_than=HOUR, in_use=nothing_in_use) == 0
    assert storage.exists(HASH)


def test_sweep_of_a_folder_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert Storage(tmp_path / "none").sweep(older_than=HOUR, in_use=nothing_in_use) == 0
    assert not (tmp_path / "none").exists()


def test_many_writers_of_the_same_bytes(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    start = threading.Barrier(8)
    stored: list[StoredFile] = []

    def write() -> None:
        start.wait()
        stored.append(storage.put(DATA * 10_000))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(stored)) == 1
    assert len(stored) == 8
    assert files_under(tmp_path) == [stored[0].content_hash]


# --- Written piece by piece --------------------------------------------------------------------
def in_pieces(target: BinaryIO) -> None:
    """DATA, with a piece that is put right afterwards, as a ZIP does."""
    target.write(b"?" + DATA[1:])
    target.seek(0)
    target.write(DATA[:1])


def test_what_is_written_in_pieces_lies_under_its_hash(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "files")
    assert storage.put_written(in_pieces) == StoredFile(content_hash=HASH, size=len(DATA))
    assert storage.put_written(in_pieces) == storage.put(DATA)
    assert files_under(storage.folder) == [HASH]
    with storage.open(HASH) as file:
        assert file.read() == DATA


def test_a_disk_that_fails_halfway_leaves_no_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = Storage(tmp_path)
    fails_with(monkeypatch, "fsync", errno.ENOSPC)
    with pytest.raises(StorageUnavailable) as caught:
        storage.put_written(in_pieces)
    assert caught.value.code == "storage_full"
    monkeypatch.undo()
    # A real short write, in the middle of the pieces.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(StorageUnavailable):
            storage.put_written(lambda target: target.writelines([DATA] * 1_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files_under(tmp_path) == []


def test_whoever_writes_and_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def burst(target: BinaryIO) -> None:
        target.write(DATA)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Storage(tmp_path).put_written(burst)
    assert files_under(tmp_path) == []


def test_sweep_takes_what_a_killed_writer_left_without_a_hash(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    for name in ("old.part", "young.part", "mine.txt"):
        (tmp_path / name).write_bytes(DATA)
    make_old(storage, "old.part")
    make_old(storage, "mine.txt")
    assert storage.sweep(older_than=HOUR, in_use=nothing_in_use) == 1
    assert files_under(tmp_path) == ["mine.txt", "young.part"]


def test_a_harmed_file_is_not_sound(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "files")
    assert storage.sound_size(HASH) is None
    storage.put(DATA)
    assert storage.sound_size(HASH) == len(DATA)
    next((tmp_path / "files").rglob(HASH)).write_bytes(bytes(len(DATA)))
    assert storage.sound_size(HASH) is None
    assert storage.sound_size("../" + HASH) is None


def test_a_renewed_file_is_left_by_the_next_sweep(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "files")
    assert not storage.renew(HASH)
    storage.put(DATA)
    make_old(storage, HASH)
    assert storage.renew(HASH)
    assert storage.sweep(older_than=HOUR, in_use=nothing_in_use) == 0
    next((tmp_path / "files").rglob(HASH)).write_bytes(b"anders")
    assert not storage.renew(HASH)

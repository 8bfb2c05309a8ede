"""Files → ZIP: the same files are the same bytes, and big ones are not held."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

import pytest

from routekaart.formats.archive import Entry, distinct, write_zip


def entry(name: str, data: bytes) -> Entry:
    return Entry(name, len(data), lambda: closing(io.BytesIO(data)))


def packed(*entries: Entry) -> bytes:
    target = io.BytesIO()
    write_zip(target, entries)
    return target.getvalue()


def test_every_file_in_its_order_with_nothing_of_the_moment() -> None:
    made = packed(entry("LEES MIJ.txt", "Één".encode()), entry("school/plan-ü.pdf", b"%PDF"))
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert found.testzip() is None
        assert [(one.filename, found.read(one)) for one in found.infolist()] == [
            ("LEES MIJ.txt", "Één".encode()),
            ("school/plan-ü.pdf", b"%PDF"),
        ]
        assert {(one.date_time, one.external_attr >> 16) for one in found.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o644)
        }
    assert made == packed(
        entry("LEES MIJ.txt", "Één".encode()), entry("school/plan-ü.pdf", b"%PDF")
    )


def test_what_is_not_packed_by_itself_can_be() -> None:
    data = b"rij;" * 10_000
    loose = Entry("database", len(data), lambda: closing(io.BytesIO(data)), compressed=True)
    made = packed(loose, entry("plan.pdf", data))
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert [(one.compress_type, found.read(one)) for one in found.infolist()] == [
            (zipfile.ZIP_DEFLATED, data),
            (zipfile.ZIP_STORED, data),
        ]
    assert len(data) < len(made) < len(data) + 1000
    assert made == packed(loose, entry("plan.pdf", data))


class _Nowhere(io.BytesIO):
    """Takes bytes and keeps none."""

    def __init__(self) -> None:
        super().__init__()
        self.place = 0

    def write(self, data: object) -> int:
        size = len(bytes(data))  # type: ignore[call-overload]
        self.place += size
        return int(size)

    def tell(self) -> int:
        return self.place

    def seek(self, place: int, whence: int = 0) -> int:
        self.place = place if whence == 0 else self.place
        return self.place


def test_memory_holds_a_piece_of_one_file() -> None:
    size = 8 * 1024 * 1024

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with open("/dev/zero", "rb") as zeroes:  # noqa: PTH123
            yield _Limited(zeroes, size)  # type: ignore[misc]

    tracemalloc.start()
    try:
        write_zip(_Nowhere(), [Entry(f"{number}.pdf", size, opened) for number in range(4)])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * 1024 * 1024


class _Limited:
    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self._left = size

    def read(self, count: int) -> bytes:
        data = self._source.read(min(count, self._left))
        self._left -= len(data)
        return data


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.pdf", "b.pdf"], ["a.pdf", "b.pdf"]),
        (["a.pdf", "a.pdf", "A.pdf"], ["a.pdf", "a-2.pdf", "A-3.pdf"]),
        (["a.pdf", "a-2.pdf", "a.pdf"], ["a.pdf", "a-2.pdf", "a-3.pdf"]),
        (["a.pdf", "a.docx"], ["a.pdf", "a.docx"]),
        (["x/a.pdf", "y/a.pdf"], ["x/a.pdf", "y/a.pdf"]),
        (["zonder", "zonder"], ["zonder", "zonder-2"]),
    ],
)
def test_no_two_names_are_the_same(names: list[str], expected: list[str]) -> None:
    assert distinct(names) == expected

"""Workbooks whose ZIP means harm, and other files that are called a workbook."""
# ruff: noqa: E501 - what means harm is longer than a line

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from tests.hostile.kinds import NO_COLUMNS, RIGHT, TOO_LARGE, UNREADABLE, Variants, given, kind
from tests.hostile.texts import csv, row
from tests.hostile.workbook_parts import (
    BOOK,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    parts,
    workbook,
    zipped,
)

_MEGABYTE = 1_000_000
_BLANK = b" " * _MEGABYTE


def _packed(before: bytes, megabytes: int, after: bytes = b"") -> bytes:
    """Deflated blanks between two pieces: quick to make, however much comes out."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [packer.compress(before)]
    pieces.extend(packer.compress(_BLANK) for _ in range(megabytes))
    return b"".join([*pieces, packer.compress(after), packer.flush()])


def by_hand(
    entries: Mapping[str, tuple[bytes, int]], *, method: int = 8, flags: int = 0, again: int = 1
) -> bytes:
    """A ZIP of packed contents that says whatever size of them. `again`: the list so many times."""
    body, listed = b"", b""
    for name, (packed, size) in entries.items():
        raw = name.encode()
        fields = (20, flags, method, 0, 0x21, 0, len(packed), size, len(raw), 0)
        head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *fields)
        listed += (
            struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, len(body))
            + raw
        )
        body += head + raw + packed
    count = min(len(entries) * again, 65_535)
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed) * again, len(body), 0
    )
    return body + listed * again + end


def _around(part: str, packed: bytes, size: int, method: int = 8) -> bytes:
    return by_hand(_packed_parts() | {part: (packed, size)}, method=method)


def _packed_parts() -> dict[str, tuple[bytes, int]]:
    return {
        name: (zlib.compress(content, 9)[2:-4], len(content)) for name, content in parts().items()
    }


def _bomb(part: str, size: int) -> bytes:
    return _around(part, _packed(b"<a>", 300), size)


def _many_bombs() -> bytes:
    one = (_packed(b"", 1), _MEGABYTE)
    return by_hand({f"xl/{number}.xml": one for number in range(400)})


@kind(TOO_LARGE, UNREADABLE)
def zip_bombs(_chance: Random) -> Variants:
    for part in (SHEET, STRINGS, STYLES, BOOK, "xl/media/image1.png"):
        yield f"says-so-{part}", partial(_bomb, part, 300 * _MEGABYTE)
    for part in (SHEET, STRINGS, STYLES, BOOK):
        for size in (0, 10, _MEGABYTE, 0xFFFFFFFF):
            yield f"says-{size}-{part}", partial(_bomb, part, size)
    yield "many-small", _many_bombs


def _bzip2() -> bytes:
    packer = bz2.BZ2Compressor(9)
    pieces = [packer.compress(_BLANK) for _ in range(300)]
    return b"".join([*pieces, packer.flush()])


def _lzma() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA1, "preset": 0, "dict_size": 65_536}]
    packer = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=filters)
    pieces = [packer.compress(_BLANK) for _ in range(300)]
    return b"\x09\x04\x05\x00\x5d\x00\x00\x01\x00" + b"".join([*pieces, packer.flush()])


@kind(UNREADABLE, TOO_LARGE)
def other_packers(_chance: Random) -> Variants:
    for name, method, packed in (("bzip2", 12, _bzip2), ("lzma", 14, _lzma)):
        for part in (SHEET, STRINGS, BOOK):
            yield f"{name}-{part}", partial(_later, part, packed, method)
    for method in (1, 9, 93, 97, 99):
        one = by_hand({BOOK: (b"x" * 50, 50)}, method=method)
        yield f"method-{method}", given(one)
        yield f"sheet-method-{method}", given(_around(SHEET, b"x" * 50, 50, method=method))


def _later(part: str, packed: Callable[[], bytes], method: int) -> bytes:
    return _around(part, packed(), 100, method=method)


def _many(count: int) -> bytes:
    return zipped(parts() | {f"xl/{number}": b"" for number in range(count)}, zipfile.ZIP_STORED)


@kind(UNREADABLE, TOO_LARGE)
def lists_of_parts(_chance: Random) -> Variants:
    empty = (b"\x03\x00", 0)
    for again in (2, 499, 501, 5_000, 39_000):
        yield f"same-{again}", given(by_hand({"a": empty}, again=again))
    for count in (501, 2_000, 12_000):
        yield f"many-{count}", partial(_many, count)
    for name in (SHEET, BOOK, STRINGS):
        yield f"twice-{name}", given(by_hand(_packed_parts() | {f"/{name}": empty}))
        yield f"capitals-{name}", given(by_hand(_packed_parts() | {name.upper(): empty}))


@kind(UNREADABLE)
def no_workbooks(_chance: Random) -> Variants:
    inner = zipped({"a.csv": csv(row()).encode()})
    yield "zip-of-csv", given(inner)
    for _ in range(40):
        inner = zipped({"inner.zip": inner}, zipfile.ZIP_STORED)
    yield "nested-40", given(inner)
    yield "zip-of-workbook", given(zipped({"lijst.xlsx": workbook()}))
    yield "zip-of-many", given(zipped({f"{number}.xlsx": workbook() for number in range(50)}))
    for name in ("content.xml", "word/document.xml", "xl/workbook.bin", "Index/Document.iwa",
                 "META-INF/MANIFEST.MF", "AndroidManifest.xml", "ppt/presentation.xml", "mimetype"):  # fmt: skip
        content = {name: b"<a/>"} if "/" not in name else {TYPES: b"<a/>", name: b"<a/>"}
        yield f"other-{name}", given(zipped(content))
    yield "no-parts", given(by_hand({}))
    yield "types-only", given(zipped({TYPES: b"<Types/>"}))


@kind(UNREADABLE, "old_excel", NO_COLUMNS, RIGHT)
def wrong_extensions(_chance: Random) -> Variants:
    for name, data in {
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "gif": b"GIF89a\x01\x00", "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "exe": b"MZ\x90\0\x03",
        "elf": b"\x7fELF\x02\x01\x01\0", "gzip": b"\x1f\x8b\x08\0\0\0\0\0", "7z": b"7z\xbc\xaf\x27\x1c\0",
        "rar": b"Rar!\x1a\x07\x01\0", "xz": b"\xfd7zXZ\0", "bzip2": b"BZh91AY&SY", "rtf": b"{\\rtf1 e-mail",
        "html": b"<html><table><tr><td>e-mail", "xml-2003": b"<?xml version='1.0'?><Workbook>",
        "svg": b"<svg onload='x'>", "json": b'[{"e-mail": "a@x.nl"}]', "php": b"<?php eval($_GET[1]);",
        "sqlite": b"SQLite format 3\0", "pickle": b"\x80\x04\x95\0", "shell": b"#!/bin/sh\nrm -rf /",
        "vcard": b"BEGIN:VCARD\nEMAIL:a@x.nl", "ics": b"BEGIN:VCALENDAR\n", "eml": b"From: a@x.nl\n\nx",
        "yaml": b"a: &a [x]\nb: *a", "toml": b"[a]\nb = 1", "nothing": b"", "space": b" \n \n",
        "old-excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "encrypted-xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "biff2": b"\x09\0\x04\0\x02\0\x10\0", "html-after-mark": b"\xef\xbb\xbf\r\n <table>",
        "slk": b"ID;PWXL;N;E\nC;Y1;X1;K\"e-mail\"", "dif": b"TABLE\n0,1\n\"EXCEL\"", "dbf": b"\x03\x7e\x01\0",
    }.items():  # fmt: skip
        yield name, given(data)


@kind(UNREADABLE, TOO_LARGE, NO_COLUMNS)
def cut_short(chance: Random) -> Variants:
    whole = workbook()
    for share in (1, 5, 25, 50, 75, 90, 99):
        yield f"percent-{share}", given(whole[: len(whole) * share // 100])
    for number in range(6):
        yield f"somewhere-{number}", given(whole[: chance.randrange(4, len(whole) - 1)])
    yield "one-less", given(whole[:-1])
    yield "begin-gone", given(whole[100:])


@kind()
def changed_bytes(chance: Random) -> Variants:
    stored = zipped(parts(), zipfile.ZIP_STORED)
    for number in range(30):
        data = bytearray(stored if number % 2 else workbook())
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield str(number), given(bytes(data))


@kind(UNREADABLE)
def with_a_password(_chance: Random) -> Variants:
    for flags in (1, 0x41, 0x2001):
        yield str(flags), given(by_hand(_packed_parts(), flags=flags))


@kind(RIGHT)
def odd_but_right_archives(_chance: Random) -> Variants:
    yield "stored", given(zipped(parts(), zipfile.ZIP_STORED))
    yield "reversed", given(zipped(dict(reversed(parts().items()))))
    yield "with-macros", given(zipped(parts() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99}))
    yield "links-elsewhere", given(zipped(parts() | {
        "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE a><externalLink/>",
        "xl/embeddings/oleObject1.bin": b"MZ" * 99,
        "../../etc/passwd": b"x", "C:\\a.exe": b"x",
    }))  # fmt: skip
    saved = io.BytesIO(workbook())
    with zipfile.ZipFile(saved, "a") as archive:
        archive.comment = b"x" * 60_000
    yield "comment", given(saved.getvalue())

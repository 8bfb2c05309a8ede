"""Files that are no DOCX, or one that no Word would write: refused with what to do."""

import time
import zipfile

import pytest

from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.checking import check_template
from routekaart.formats.word_template.filling import fill_template
from routekaart.formats.word_template.package import (
    MOST_BYTES,
    MOST_MEMBERS,
    MOST_UNPACKED,
    MOST_XML,
    open_package,
)
from routekaart.formats.word_template.tags import MOST_TAGS
from tests.resident_memory import growth
from tests.word_files import (
    CONTENT_TYPES,
    DOCUMENT,
    RELATIONS,
    changed,
    members,
    with_member,
    with_xml,
    word_file,
    zipped,
)

GOOD = word_file("{{ team }}")
_MAIN = "document.main+xml"
_ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def code_of(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        open_package(data)
    assert refused.value.field == "file"
    return refused.value.code


def with_start(data: bytes, start: str) -> bytes:
    found = members(data)
    xml = found[DOCUMENT].decode()
    found[DOCUMENT] = (start + xml[xml.index("<w:document") :]).encode()
    return zipped(found)


def with_size(size: int, name: str) -> bytes:
    """A member whose content is not worth packing, next to a good document."""
    rows = bytes(range(256)) * (size // 256 + 1)
    return zipped(members(GOOD) | {name: rows[:size]}, zipfile.ZIP_STORED)


def encrypted(data: bytes) -> bytes:
    """The same bytes with the mark of a password on every member."""
    marked = bytearray(data)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            marked[at + flags] |= 1
            at = data.find(signature, at + 1)
    return bytes(marked)


def test_a_good_file_opens() -> None:
    package = open_package(GOOD)
    assert package.main == DOCUMENT
    assert package.kinds[DOCUMENT].endswith(_MAIN)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_docx"),
        (b"%PDF-1.7", "not_a_docx"),
        (b"{\\rtf1 hoi}", "not_a_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_word"),
        (b"PK\x03\x04" + b"\0" * 40, "damaged"),
        (GOOD[:-30], "damaged"),
        (b"PK\x03\x04" + b"x" * MOST_BYTES, "too_large"),
        (zipped({"tekst.txt": b"hoi"}), "not_a_docx"),
        (zipped({CONTENT_TYPES: b"<Types/>"}), "damaged"),
        (zipped({CONTENT_TYPES: b"<Types"}), "damaged"),
        (encrypted(GOOD), "encrypted"),
        (zipped(members(GOOD), zipfile.ZIP_LZMA), "damaged"),
        (changed(GOOD, DOCUMENT, "</w:body>", ""), "damaged"),
        (changed(GOOD, RELATIONS, 'Target="styles.xml"', 'Target="weg.xml"'), "damaged"),
        (changed(GOOD, RELATIONS, 'Target="styles.xml"', 'Target="../../../x"'), "damaged"),
        (with_member(GOOD, RELATIONS, b"<a/>"), "damaged"),
        (changed(GOOD, RELATIONS, ' Id="rId3"', ""), "damaged"),
        (changed(GOOD, RELATIONS, ' Id="rId3"', ' Id="rId4"'), "damaged"),
        (with_member(GOOD, "WORD/document.xml", b"<a/>"), "damaged"),
    ],
)
def test_what_is_no_docx_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "macros"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "macros"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "template_type",
        ),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "not_a_docx",
        ),
    ],
)
def test_another_kind_of_document_is_refused(kind: str, code: str) -> None:
    """Also when it was given the name of a .docx: the name is never looked at."""
    usual = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert code_of(changed(GOOD, CONTENT_TYPES, usual, kind)) == code


def test_a_strict_document_is_refused() -> None:
    usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    assert code_of(changed(GOOD, "_rels/.rels", usual, strict)) == "strict_docx"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_member(GOOD, "word/media/a.png", b"\0" * 4_000_000), id="packed tight"),
        pytest.param(with_member(GOOD, "word/media/a.xml", b" " * 4_000_000), id="tight XML"),
        pytest.param(with_size(MOST_XML + 1, "word/media/a.xml"), id="one large XML"),
        pytest.param(
            zipped(
                members(GOOD)
                | {f"word/media/{n}.bin": b"abcd" * 48_000 for n in range(MOST_UNPACKED // 192_000)}
            ),
            id="many that are each small enough",
        ),
        pytest.param(
            zipped(members(GOOD) | {f"a{n}": b"" for n in range(MOST_MEMBERS)}), id="many members"
        ),
        pytest.param(with_xml(GOOD, "<w:p/>" * 60_000), id="many elements"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused(data: bytes) -> None:
    assert len(data) <= MOST_BYTES
    assert code_of(data) == "bomb"


def test_a_size_that_lies_is_refused() -> None:
    """The list says 10 bytes; what is packed there is much more."""
    data = with_member(GOOD, "word/media/a.png", b"\0" * 5_000_000)
    true = (5_000_000).to_bytes(4, "little")
    assert true in data
    assert code_of(data.replace(true, (10).to_bytes(4, "little"))) == "damaged"


@pytest.mark.parametrize("start", [_ENTITIES, _OUTSIDE, "<!DOCTYPE w:document>"])
def test_a_document_type_is_refused(start: str) -> None:
    data = with_start(GOOD, start)
    assert code_of(data) == "document_type"
    wide = members(data)
    wide[DOCUMENT] = ('<?xml version="1.0" encoding="UTF-16"?>' + wide[DOCUMENT].decode()).encode(
        "utf-16"
    )
    assert code_of(zipped(wide)) == "document_type"


def test_deep_nesting_is_refused() -> None:
    assert code_of(with_xml(GOOD, "<w:sdt>" * 400 + "</w:sdt>" * 400)) == "bomb"


def test_another_encoding_is_read() -> None:
    found = members(GOOD)
    xml = found[DOCUMENT].decode()
    xml = xml[xml.index("<w:document") :]
    found[DOCUMENT] = ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")
    filled = fill_template(zipped(found), {"team": "Kraaien"})
    assert b"Kraaien" in members(filled)[DOCUMENT]


@pytest.mark.parametrize(
    "body",
    [
        # A parser that compares each name with all others takes minutes.
        "<w:p " + " ".join(f'a{number}=""' for number in range(220_000)) + "/>",
        "".join(f"<n{number}/>" for number in range(150_000)),
        "<w:p/>" * 300_000,
        f'<w:fldSimple w:instr="{"x" * 2_000_000}"/>',
        f"<!--{'x' * 2_000_000}-->",
    ],
    ids=["attributes", "names", "elements", "value", "comment"],
)
def test_what_would_take_minutes_or_memory_is_refused_at_once(body: str) -> None:
    data = zipped(members(with_xml(GOOD, body)), zipfile.ZIP_STORED)
    started = time.process_time()
    with growth() as grown:
        assert code_of(data) == "bomb"
    assert time.process_time() - started < 5
    assert grown.megabytes < 200


@pytest.mark.parametrize("tag", ["{{ team }}", "{{ {{ }}", "{# x #}", "}}"])
def test_any_number_of_tags_in_one_line_is_told_at_once(tag: str) -> None:
    body = f"<w:p><w:r><w:t>{tag * (2_000_000 // len(tag))}</w:t></w:r></w:p>"
    data = zipped(members(with_xml(GOOD, body)), zipfile.ZIP_STORED)
    started = time.process_time()
    with growth() as grown:
        found = check_template(data)
    assert 0 < len(found.problems) <= MOST_TAGS + 2
    assert time.process_time() - started < 5
    assert grown.megabytes < 200

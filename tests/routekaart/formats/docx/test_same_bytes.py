"""Same content, same Word file, to the byte: on any machine, on any day."""

import gc
import hashlib
import io
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from docx.image.image import Image
from docx.oxml.document import CT_Document

from routekaart.formats.docx.render import render_docx, renderer_version
from tests.routekaart.sample_blocks import every_block, plain_head

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_docx(every_block())


def test_same_content_gives_the_same_bytes(made: bytes) -> None:
    render_docx(plain_head())
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(render_docx, [every_block()] * 4)) == [made] * 4


def test_another_process_gives_the_same_bytes(made: bytes) -> None:
    code = (
        "import hashlib\n"
        "from routekaart.formats.docx.render import render_docx, renderer_version\n"
        "from tests.routekaart.sample_blocks import every_block\n"
        "made = render_docx(every_block())\n"
        'print(hashlib.sha256(made).hexdigest(), *renderer_version(), sep="|")\n'
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().split("|") == [
        hashlib.sha256(made).hexdigest(),
        *renderer_version(),
    ]


def test_holds_no_clock_and_nothing_that_word_does_not_need(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        entries = package.infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in entries]
        text = b"".join(package.read(name) for name in names if name.endswith((".xml", ".rels")))
    assert names[0] == "[Content_Types].xml"
    # Three drawings, the route of the cover and two scales.
    assert sorted(name for name in names if "media" in name) == [
        f"word/media/image{number}.png" for number in range(1, 7)
    ]
    for unwanted in (b"rsid", b"python-docx", b"<!--", b"example", b"/work"):
        assert unwanted not in text


def test_names_what_decides_the_bytes() -> None:
    said = renderer_version()
    assert said[0] == "docx"
    assert [one.split()[0] for one in said[1:6]] == [
        "layout",
        "python-docx",
        "zlib",
        "typst",
        "Fira",
    ]


def test_leaves_nothing_behind_for_the_next_one() -> None:
    gc.collect()
    gc.disable()
    try:
        render_docx(plain_head())
        kept = [one for one in gc.get_objects() if isinstance(one, CT_Document | Image)]
    finally:
        gc.enable()
    assert kept == []

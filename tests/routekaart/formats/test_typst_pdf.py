"""The PDF of a scholingsplan: accessible, complete, the same every time, hard to break."""

import hashlib
import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import Destination

from routekaart.domain.content.canonical import as_json
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.plan_blocks import plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats import typesetting
from routekaart.formats.printable import PrintableText
from routekaart.formats.typesetting import RenderError
from routekaart.formats.typst_pdf import document_hash, render_pdf
from tests.routekaart.formats.document_text import glued, pages_of, read_on, texts_of
from tests.routekaart.sample_team import empty, renamed, sample
from tests.tiers import examples

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = {
    "typst": '#panic(1) $x$ *b* _i_ `c` @ref <l> \\ // /* [x] #eval("1") = H',
    "template": "{{x}} {% include '/etc/passwd' %}",
    "formula": "=cmd|' /C calc'!A0",
    "html": "<script>alert(1)</script> & <b>",
    "endless word": "A" * 5000,
    "long word": "W" * 32,
    "emoji": "Noor 😀👩🏽‍🏫",
    "right to left": "Jan\u202egpj.exe",
    "hebrew": "עברית",
    "chinese": "张伟",
    "control": "a\x07b\x1bc\x7fd",
    "nul": "a\x00b",
    "marks": "Z" + "\u0301\u0327\u0338" * 20,
    "only marks": "\u0301\u0301",
    "surrogate": "a\ud800b",
    "lines": "regel 1\nregel 2\r\nregel 3\u2028regel 4",
    "invisible": "\U000e0041\u200b",
    "private use": "\ue000",
    "nothing": "",
    "spaces": "   ",
    "many words": "woord " * 800,
}


@pytest.fixture(scope="module")
def content() -> Scholingsplan:
    return build_scholingsplan(sample())


@pytest.fixture(scope="module")
def pdf(content: Scholingsplan) -> bytes:
    return render_pdf(plan_document(content))


def _render(given_: ScholingsplanInput) -> tuple[Scholingsplan, bytes]:
    content = build_scholingsplan(given_)
    return content, render_pdf(plan_document(content))


def _text(content: Scholingsplan, pdf: bytes) -> str:
    meta = content.meta
    return pages_of(pdf, meta.running_head, meta.school_year, f"{meta.status} · {meta.version}")


def _assert_complete(content: Scholingsplan, pdf: bytes) -> None:
    """Every text of the chapters is found, each after the one before it."""
    printed = _text(content, pdf)
    data = PrintableText().of(as_json(content))
    meta = data.pop("meta")
    for fact in meta["facts"]:
        assert glued(fact["label"] + fact["value"]) in printed
    place = printed.index(glued("1 Samenvatting"))
    for text in texts_of(data):
        if not glued(text):
            continue
        place = read_on(printed, text, place)
        assert place >= 0, f"not found, or not in its place: {text[:200]!r}"


def test_every_text_stands_in_reading_order(content: Scholingsplan, pdf: bytes) -> None:
    _assert_complete(content, pdf)


def test_is_tagged_dutch_and_archivable(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_has_title_and_bookmarks(content: Scholingsplan, pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Scholingsplan – Team middenbouw"
    chapters = [item.title for item in reader.outline if isinstance(item, Destination)]
    assert chapters == [
        "1 Samenvatting",
        "2 Doelen",
        "3 Cursussen per doel en functie",
        "4 Studiedagen",
        "5 Professionele leergemeenschap (PLG)",
        "6 Wie doet wat, en wanneer",
        "7 Uren",
        "8 Vervolg en evaluatie",
        "9 Instemming en ondertekening",
        "10 Bronnen",
        "11 Wat nog open staat",
    ]
    people = reader.outline[reader.outline.index(_chapter(reader, "6 Wie doet")) + 1]
    assert isinstance(people, list)
    titles = [item.title for item in people if isinstance(item, Destination)]
    assert titles == [person.heading for person in content.people.people]


def _chapter(reader: PdfReader, start: str) -> Any:
    return next(
        item
        for item in reader.outline
        if isinstance(item, Destination) and str(item.title).startswith(start)
    )


def _structure(node: Any, found: list[Any]) -> list[Any]:
    """All elements of the structure tree, in order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            _structure(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            _structure(node["/K"], found)
    return found


def test_tags_say_what_things_are(content: Scholingsplan, pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    elements = _structure(root["/StructTreeRoot"], [])
    kinds = [element["/S"] for element in elements]
    assert kinds.count("/H1") == 11
    assert kinds.count("/Table") == sum(1 for _ in _tables(as_json(content)))
    assert kinds.count("/TH") == sum(len(head) for head in _tables(as_json(content)))
    drawings = [element["/Alt"] for element in elements if "/Alt" in element]
    assert content.goals.evidence_and_cost is not None
    assert content.hours.per_week is not None
    assert drawings == [
        content.summary.timeline.alt,
        content.goals.evidence_and_cost.alt,
        content.hours.per_week.alt,
    ]


def _tables(value: Any) -> Any:
    """The head of every table with rows, and of every table of claims."""
    if isinstance(value, dict):
        if "columns" in value and value["rows"]:
            yield [column["title"] for column in value["columns"]]
        if value.get("claims"):
            yield ["Wat", "Schaal", "Volgens de bron", "Geldt voor", "Bron en jaar"]
        for item in value.values():
            yield from _tables(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tables(item)


def test_embeds_only_our_own_fonts(pdf: bytes) -> None:
    names: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]))
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+FiraSans-[A-Za-z]+", name) for name in names)


def test_same_content_gives_the_same_bytes(content: Scholingsplan, pdf: bytes) -> None:
    document = plan_document(content)
    render_pdf(plan_document(build_scholingsplan(empty())))
    assert render_pdf(plan_document(build_scholingsplan(sample()))) == pdf
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(render_pdf, [document] * 4)) == [pdf] * 4


def test_another_process_gives_the_same_bytes(pdf: bytes) -> None:
    code = (
        "import hashlib\n"
        "from routekaart.domain.content.plan_blocks import plan_document\n"
        "from routekaart.domain.content.scholingsplan import build_scholingsplan\n"
        "from routekaart.formats.typst_pdf import render_pdf, document_hash\n"
        "from tests.routekaart.sample_team import sample\n"
        "content = plan_document(build_scholingsplan(sample()))\n"
        "print(hashlib.sha256(render_pdf(content)).hexdigest(), document_hash(content))\n"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        )
        expected = hashlib.sha256(pdf).hexdigest()
        content = plan_document(build_scholingsplan(sample()))
        assert done.stdout.split() == [expected, document_hash(content)]


def test_other_content_has_another_hash(content: Scholingsplan) -> None:
    other = replace(content, meta=replace(content.meta, status="Vastgesteld"))
    assert document_hash(other) != document_hash(content)
    assert re.fullmatch(r"[0-9a-f]{64}", document_hash(content))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_a_document(text: str) -> None:
    content, pdf = _render(renamed(sample(people=1, goals=1, days=1), text))
    _assert_complete(content, pdf)


@settings(max_examples=examples(10, 300), deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gives_a_document(text: str) -> None:
    content, pdf = _render(renamed(sample(people=1, goals=1, days=1), text))
    _assert_complete(content, pdf)


def test_says_so_when_a_character_could_not_be_printed() -> None:
    team = sample(people=1, goals=1, days=1)
    content, pdf = _render(replace(team, team="Team 😀"))
    assert "Opplekkenmet▯stondeenteken" in _text(content, pdf)
    content, pdf = _render(team)
    assert "▯" not in _text(content, pdf)


def test_an_empty_plan_says_what_is_missing() -> None:
    content, pdf = _render(empty())
    _assert_complete(content, pdf)
    printed = _text(content, pdf)
    for said in (
        "Dit team heeft nog geen doelen gekozen.",
        "Er zijn nog geen studiedagen gepland.",
        "Er zijn nog geen mensen aan dit team gekoppeld.",
        "De planning over het schooljaar.",
    ):
        assert glued(said) in printed


@pytest.mark.parametrize(("people", "goals"), [(200, 3), (3, 60), (1, 1)])
def test_any_size_of_team_is_printed_whole(people: int, goals: int) -> None:
    content = build_scholingsplan(sample(people=people, goals=goals))
    _assert_complete(content, render_pdf(plan_document(content)))


def test_summary_is_one_page() -> None:
    for given_ in (empty(), sample(), renamed(sample(goals=60, people=3), "W" * 32)):
        content, pdf = _render(given_)
        first = PdfReader(io.BytesIO(pdf)).pages[:5]
        pages = [glued(page.extract_text()) for page in first]
        starts = {
            title: next(number for number, text in enumerate(pages) if glued(title) in text)
            for title in ("1 Samenvatting", "2 Doelen")
        }
        assert starts["2 Doelen"] - starts["1 Samenvatting"] == 1
        assert glued(content.summary.open_line) in pages[starts["1 Samenvatting"]]


def test_templates_stand_alone_in_their_folder() -> None:
    files = {path.name for path in typesetting.TEMPLATES.iterdir()}
    assert files == {
        *("blocks.typ", "drawings.typ", "house.typ", "picture.typ"),
        *("group-plan.typ", "person-plan.typ", "scholingsplan.typ", "study-day-booklet.typ"),
        *("board-overview.typ", "school-overview.typ"),
        *("mr-school-summary.typ", "mr-summary.typ"),
    }
    for path in typesetting.TEMPLATES.iterdir():
        source = path.read_text()
        assert "eval(" not in source
        assert "@preview" not in source


def test_a_refusal_of_typst_tells_no_names(content: Scholingsplan) -> None:
    broken = replace(content, meta=replace(content.meta, made_on="Fenna Visser"))
    with pytest.raises(RenderError) as caught:
        render_pdf(plan_document(broken))
    assert "Fenna" not in str(caught.value)

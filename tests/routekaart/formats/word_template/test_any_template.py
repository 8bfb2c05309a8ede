"""Any template and any value: a clear answer each time, and never a crash or a broken file."""

import io
import re
from contextlib import suppress
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.content.template_field import Value
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.checking import check_template
from routekaart.formats.word_template.filling import fill_template
from tests.tiers import examples
from tests.word_files import DOCUMENT, changed, members, text_of, with_xml, word_file, zipped

_EMPTY = word_file()
PIECES = st.sampled_from(
    [
        *("{{ team }}", "{{ d.doel }}", "{% for d in doelen %}", "{% endfor %}", "{% if team %}"),
        *("{% else %}", "{% elif school %}", "{% endif %}", "{%p if team %}", "{%tr endif %}"),
        *("{# uitleg #}", "{", "}", "{{", "}}", "{%", "%}", "#}", "%", " ", "tekst", "é{é"),
        *("{{ team|upper }}", "{{ zzz }}", "{{ doelen }}", "{{ loop.index }}", "{% set x = 1 %}"),
        *("{% for i in d.interventies %}", "{{ i.effect }}", "\u00a0", "&", "<w:p>", "{_{"),
    ]
)
TEXTS = st.lists(PIECES, max_size=5).map("".join)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Paragraphs and tables, each text cut into runs at any place."""
    blocks: list[str] = []
    for text in draw(st.lists(TEXTS, max_size=7)):
        shape = draw(st.sampled_from(["p", "p", "p", "row", "nested", "control"]))
        paragraph = f"<w:p>{_runs(draw, text)}</w:p>"
        cell = f"<w:tc>{paragraph}</w:tc>"
        blocks.append(
            {
                "p": paragraph,
                "row": f"<w:tbl><w:tr>{cell}<w:tc><w:p/></w:tc></w:tr><w:tr>{cell}</w:tr></w:tbl>",
                "nested": f"<w:p><w:r><w:pict><w:txbxContent>{paragraph}</w:txbxContent></w:pict>"
                f"</w:r>{_runs(draw, text)}</w:p>",
                "control": f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>",
            }[shape]
        )
    return "".join(blocks)


def _runs(draw: st.DrawFn, text: str) -> str:
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    cut = [0, *places, len(text)]
    pieces = [text[one:two] for one, two in pairwise(cut)]
    return "".join(f"<w:r><w:t>{escape(piece)}</w:t></w:r>" for piece in pieces)


VALUES: dict[str, Value] = {
    "team": "{{ school }}",
    "school": "",
    "doelen": (
        {"doel": "<a> & {% b %}", "interventies": ({"effect": "c"},)},
        {"doel": "", "interventies": ()},
    ),
}


@given(body=bodies())
@settings(max_examples=examples(60, 2_000), deadline=None, derandomize=True)
def test_any_template_is_checked_and_what_is_right_is_filled(body: str) -> None:
    data = with_xml(_EMPTY, body)
    check = check_template(data)
    if not check.is_usable:
        assert all(problem.message for problem in check.problems)
        return
    made = fill_template(data, VALUES)
    document = Document(io.BytesIO(made))
    for cell in document.element.body.iter("{*}tc"):
        assert cell[-1].tag.endswith(("}p", "}sdt"))
    assert fill_template(data, VALUES) == made


@given(text=st.text())
@settings(max_examples=examples(60, 1_000), deadline=None, derandomize=True)
def test_any_value_is_only_text(text: str) -> None:
    data = word_file("<{{ team }}>", "{% for d in doelen %}", "{{ d.doel }}", "{% endfor %}")
    made = text_of(fill_template(data, {"team": text, "doelen": ({"doel": text},)}))
    # One paragraph for each: a value neither makes one nor takes one away.
    assert len(made) == 2
    assert made[0] == f"<{made[1]}>"
    assert re.sub(r"\s", "", "".join(made[1])) in re.sub(r"\s", "", f"{text}{made[1]}")


_GOOD = members(word_file("{{ team }}", "{% if team %}", "x", "{% endif %}", header="{{ team }}"))
_PIECE = re.compile(rb'"[^"]*"|<[^>]+>|>[^<]+<')


@given(data=st.data())
@settings(max_examples=examples(60, 3_000), deadline=None, derandomize=True)
def test_parts_with_pieces_out_of_place_are_a_problem_and_no_crash(data: st.DataObject) -> None:
    """A part in which attributes, elements and texts went, or came where others were."""
    name = data.draw(st.sampled_from(sorted(one for one in _GOOD if one.endswith(("xml", "rels")))))
    part = _GOOD[name]
    for _ in range(data.draw(st.integers(1, 3))):
        spans = st.sampled_from([found.span() for found in _PIECE.finditer(part)])
        (start, end), (first, last) = data.draw(spans), data.draw(spans)
        put = data.draw(st.sampled_from([b"", part[first:last], part[start:end] * 2, b'"x"']))
        part = part[:start] + put + part[end:]
        if not _PIECE.search(part):
            break
    broken = zipped(_GOOD | {name: part})
    if check_template(broken).is_usable:
        assert fill_template(broken, VALUES)


@given(data=st.binary(max_size=400), at=st.integers(0, 30_000), kind=st.booleans())
@settings(max_examples=examples(40, 1_000), deadline=None, derandomize=True)
def test_damaged_bytes_are_a_problem_and_no_crash(data: bytes, at: int, kind: bool) -> None:
    """Bytes put into the file, or into its text before it was packed."""
    good = word_file("{{ team }}", "{% if team %}", "x", "{% endif %}")
    if kind:
        place = at % len(good)
        broken = good[:place] + data + good[place + len(data) :]
    else:
        xml = members(good)[DOCUMENT].decode()
        piece = xml[at % (len(xml) - 9) :][:9]
        broken = changed(good, DOCUMENT, piece, data.decode("latin-1"))
    check: Any = check_template(broken)
    assert check.is_usable == (check.problems == () and check.unknown == ())
    if check.is_usable:
        assert fill_template(broken, VALUES)
        return
    # Nothing else than a refusal.
    with suppress(BadInput):
        fill_template(broken, VALUES)


@settings(max_examples=examples(25, 1000), deadline=None)
@given(st.data())
def test_a_damaged_file_is_checked_all_the_same(data: st.DataObject) -> None:
    whole = zipped(members(word_file("{{ team }}")), data.draw(st.sampled_from((0, 8))))
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = check_template(bytes(content))
    assert all(problem.message for problem in found.problems)


@settings(max_examples=examples(25, 1000), deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_are_checked(data: bytes) -> None:
    assert check_template(data).problems

"""Filling a template: values are text and nothing else, whatever they hold, and bytes repeat."""

import io
import time
import zipfile

import pytest
from docx import Document
from lxml import etree

from routekaart.domain.content.template_field import Value, example_values
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.filling import fill_template
from tests.word_files import DOCUMENT, members, text_of, with_member, with_xml, word_file, zipped

EXAMPLES = example_values(FIELDS)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
)


def filled(*paragraphs: str, **values: Value) -> list[str]:
    """The paragraphs of the document."""
    return text_of(fill_template(word_file(*paragraphs), {**EXAMPLES, **values}))


def goals(*texts: str) -> tuple[dict[str, str], ...]:
    return tuple({"nummer": str(n), "doel": text} for n, text in enumerate(texts, start=1))


def code_of(*paragraphs: str, **values: Value) -> str:
    with pytest.raises(BadInput) as refused:
        filled(*paragraphs, **values)
    return refused.value.code


def test_a_value_takes_the_place_of_its_field() -> None:
    assert filled("Team {{ team }} van {{ school }}.", team="Kraaien", school="De Wilg") == [
        "Team Kraaien van De Wilg."
    ]


def test_a_field_keeps_the_look_of_its_first_piece() -> None:
    runs = "<w:r><w:rPr><w:b/></w:rPr><w:t>A {{ te</w:t></w:r><w:r><w:t>am }} Z</w:t></w:r>"
    data = with_xml(word_file(), f"<w:p>{runs}</w:p>")
    document = Document(io.BytesIO(fill_template(data, {"team": "Kraaien"})))
    first, second = document.paragraphs[0].runs
    assert (first.text, first.bold) == ("A Kraaien", True)
    assert (second.text, second.bold) == (" Z", None)


def test_a_loop_on_lines_of_its_own_leaves_no_empty_lines() -> None:
    lines = filled(
        "Doelen:",
        "{% for doel in doelen %}",
        "{{ loop.index }} van {{ loop.length }}: {{ doel.doel }}",
        "{% endfor %}",
        "Einde.",
        doelen=goals("Vragen", "Lezen"),
    )
    assert lines == ["Doelen:", "1 van 2: Vragen", "2 van 2: Lezen", "Einde."]


def test_a_loop_within_a_line() -> None:
    line = "{% for d in doelen %}{{ d.doel|upper }}{% if not loop.last %}, {% endif %}{% endfor %}."
    assert filled(line, doelen=goals("Vragen", "Lezen")) == ["VRAGEN, LEZEN."]


def test_a_loop_over_rows() -> None:
    data = word_file(
        rows=[
            ["Titel", "Jaar"],
            ["{% for bron in bronnen %}", ""],
            ["{{ bron.titel }}", "{{ bron.jaar }}"],
            ["{% endfor %}", ""],
        ]
    )
    sources = ({"titel": "Een", "jaar": "2020"}, {"titel": "Twee", "jaar": "2021"})
    (table,) = Document(io.BytesIO(fill_template(data, {"bronnen": sources}))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Titel", "Jaar"],
        ["Een", "2020"],
        ["Twee", "2021"],
    ]


def test_a_table_whose_rows_all_go_goes_too() -> None:
    rows = [["{%tr for b in bronnen %}"], ["{{ b.titel }}"], ["{%tr endfor %}"]]
    data = fill_template(word_file("{{ team }}", rows=rows), {"team": "x", "bronnen": ()})
    assert Document(io.BytesIO(data)).tables == []


def test_a_cell_keeps_a_paragraph() -> None:
    cell = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for text in ("{% if team %}", "{{ team }}", "{% endif %}")
    )
    other = "<w:tc><w:p><w:r><w:t>vast</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{cell}</w:tc>{other}</w:tr></w:tbl>"
    data = fill_template(with_xml(word_file(), table), {"team": ""})
    (made,) = Document(io.BytesIO(data)).tables
    assert [one.text for one in made.rows[0].cells] == ["", "vast"]


@pytest.mark.parametrize(("status", "expected"), [("Concept", ["let op"]), ("Anders", ["zie x"])])
def test_a_condition(status: str, expected: list[str]) -> None:
    lines = (
        "{% if status == “Concept” and not geen_data %}",
        "let op",
        "{% elif status != 'x' or team %}",
        "zie x",
        "{% else %}",
        "niets",
        "{% endif %}",
    )
    assert filled(*lines, status=status) == expected


def test_an_explanation_falls_away() -> None:
    assert filled("{# Dit is {{ uitleg #}", "a{# b #}c {{ team }}", team="d") == ["ac d"]


def test_headers_footers_and_footnotes_are_filled_once() -> None:
    data = word_file("{{ team }}", header="{{ school }}", footer="{{ versie }}")
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p><w:r><w:t>{{{{ team }}}}</w:t></w:r></w:p>'
    data = with_member(
        data, "word/footnotes.xml", f"{note}</w:footnote></w:footnotes>".encode(), _FOOTNOTES
    )
    found = members(data)
    line = f'<Relationship Id="rId91" Type="{_FOOTNOTES_RELATION}" Target="footnotes.xml"/>'
    name = "word/_rels/document.xml.rels"
    found[name] = found[name].replace(b"</Relationships>", f"{line}</Relationships>".encode())
    # Two sections: what goes through the footnotes for each would run what it filled in.
    section = b"<w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:sectPr"
    found[DOCUMENT] = found[DOCUMENT].replace(b"<w:sectPr", section, 1)
    made = fill_template(zipped(found), {**EXAMPLES, "team": "{{ school }}", "school": "De Wilg"})
    assert b">{{ school }}<" in members(made)["word/footnotes.xml"]
    document = Document(io.BytesIO(made))
    assert document.sections[-1].header.paragraphs[0].text == "De Wilg"
    assert document.sections[-1].footer.paragraphs[0].text == "versie 3"


HOSTILE = [
    "{{ 7 * 7 }}",
    "{% for x in doelen %}{{ x }}{% endfor %}",
    "{# weg #}",
    "{{ ''.__class__ }}",
    "{_{ school }_} {_% if x %_}",
    "{% colspan 3 %}{% vm %}{%tr if x %}{{r x }}",
    "</w:t></w:r></w:p><w:p><w:r><w:t>los",
    '<w:p w:x="1">&amp;lt; & < > " \'',
    "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "]]> <![CDATA[ <?xml ?> <!-- -->",
    "=cmd|'/k calc'!A1",
    '#panic("uit") $x$ \\begin{a}',
    "👩🏽‍🏫 🇳🇱 ✅ é ſ ∑",
    "woord" * 1_000,
    "…“”‘’„",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_and_nothing_else(value: str) -> None:
    """In a line, in a loop, in a table, in a header: everywhere exactly what was typed."""
    data = word_file(
        "<{{ team }}>",
        "{% for d in doelen %}",
        "{{ d.doel }}",
        "{% endfor %}",
        rows=[["{{ school }}"]],
        header="{{ team }}",
    )
    made = fill_template(data, {"team": value, "school": value, "doelen": goals(value)})
    document = Document(io.BytesIO(made))
    assert [paragraph.text for paragraph in document.paragraphs][:2] == [f"<{value}>", value]
    assert document.tables[0].cell(0, 0).text == value
    assert document.sections[0].header.paragraphs[0].text == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("a\u202eb\u200fc\u2066d", "abcd"),
        ("a\ufdd0b\ufdd1c", "abc"),
        ("een\r\ntwee\rdrie\nvier\u2028vijf\x0bzes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
        ("a\tb", "a b"),
        (" a  b ", " a  b "),
        ("", ""),
    ],
)
def test_what_no_document_holds_is_left_out(value: str, shown: str) -> None:
    assert filled("{{ team }}", team=value) == [shown]


def test_braces_of_the_template_itself_stay() -> None:
    data = with_xml(word_file("Kies { of } en {{ team }} %"), '<w:bookmarkStart w:name="{{ x }}"/>')
    made = fill_template(data, {"team": "a"})
    assert text_of(made) == ["Kies { of } en a %"]
    assert b'w:name="{{ x }}"' in members(made)[DOCUMENT]


def test_braces_in_two_paragraphs_are_no_tag() -> None:
    assert filled("a {", "{ team } b", "{", "% if team %", "{{ team }}", team="c") == [
        "a {", "{ team } b", "{", "% if team %", "c",
    ]  # fmt: skip


def test_comments_in_the_xml_are_no_tags() -> None:
    data = with_xml(word_file("{{ team }}"), "<!-- {{ ''.__class__ }} {% for %} --><?a {{ b }}?>")
    assert text_of(fill_template(data, {"team": "a"})) == ["a"]


def test_a_template_that_the_check_refuses_is_not_filled() -> None:
    assert code_of("{{ zzz }}") == "unusable_template"
    assert code_of("{{ team|safe }}") == "unusable_template"
    assert code_of("{% if team %}") == "unusable_template"


def test_loops_that_never_end_soon_are_stopped_soon() -> None:
    lines = ["{% for a in doelen %}", "{% for b in doelen %}", "{% for c in doelen %}", "x"]
    many = goals(*["doel"] * 2_000)
    before = time.process_time()
    assert code_of(*lines, *["{% endfor %}"] * 3, doelen=many) == "too_much"
    within = "{% for a in doelen %}{% for b in doelen %}{% endfor %}{% endfor %}"
    assert code_of(within, doelen=many) == "too_much"
    # Little work for each turn, but a text that is too long.
    long = ["{% for a in doelen %}", "woord" * 5_000, "{% endfor %}"]
    assert code_of(*long, doelen=many) == "too_much"
    # Many conditions that come to nothing.
    idle = "{% for a in doelen %}" + "{% if not a.doel %}{% endif %}" * 490 + "{% endfor %}"
    assert code_of(*["{% for z in doelen %}", idle, "{% endfor %}"], doelen=many) == "too_much"
    assert time.process_time() - before < 20


def test_hostile_markup_takes_no_time() -> None:
    """What looks for tags with patterns must not go through a long text over and over."""
    # Different each time, for what packs too well is refused.
    words = [str(number * 7919 % 1_000_003) for number in range(8_000)]
    runs = "".join(f"<w:r><w:t>% # }} {word} {{ % }}</w:t></w:r>" for word in words)
    cells = "".join(
        f"<w:tc><w:tcPr/><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in words[:5_000]
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"
    lines = ("{{ team }}", "{% if team %}", "{% endif %}")
    data = with_xml(word_file(*lines), f"<w:p>{runs}</w:p>{table}")
    before = time.process_time()
    fill_template(data, {"team": "a"})
    assert time.process_time() - before < 15


def test_the_same_gives_the_same_bytes() -> None:
    data = word_file("{{ team }}", header="{{ school }}")
    made = fill_template(data, EXAMPLES, title="Plan", made_on="2026-06-24")
    assert made == fill_template(data, EXAMPLES, title="Plan", made_on="2026-06-24")
    with zipfile.ZipFile(io.BytesIO(made)) as container:
        infos = container.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in infos]
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    # Packed by another program, it is the same template.
    again = zipped(dict(reversed(members(data).items())), zipfile.ZIP_STORED)
    assert made == fill_template(again, EXAMPLES, title="Plan", made_on="2026-06-24")


def test_the_properties_are_of_the_plan_and_not_of_who_made_the_template() -> None:
    made = fill_template(
        word_file("{{ team }}"), EXAMPLES, title="Plan {{ x }}\x07", made_on="2026-06-24"
    )
    properties = Document(io.BytesIO(made)).core_properties
    assert (properties.title, properties.author) == ("Plan {{ x }}", "")
    assert properties.language == "nl-NL"
    assert properties.created is not None
    assert properties.created.isoformat() == "2026-06-24T00:00:00+00:00"


def test_a_control_shows_what_was_filled_in() -> None:
    """And not the property that it was bound to."""
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/titel"/></w:sdtPr><w:sdtContent><w:p><w:r>'
        "<w:t>{{ team }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    xml = members(fill_template(with_xml(word_file(), control), {"team": "Kraaien"}))[DOCUMENT]
    assert b"Kraaien" in xml
    assert b"dataBinding" not in xml


def test_what_is_repeated_has_no_numbers_twice() -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    lines = "".join(
        f'<w:p xmlns:w14="{w14}" w14:paraId="0000000{n}"><w:r><w:t>{text}</w:t></w:r></w:p>'
        for n, text in enumerate(["{% for d in doelen %}", "{{ d.doel }}", "{% endfor %}"])
    )
    made = fill_template(with_xml(word_file(), lines), {"doelen": goals("a", "b")})
    xml = members(made)[DOCUMENT]
    assert b"paraId" not in xml
    assert etree.fromstring(xml).tag == f"{{{W}}}document"

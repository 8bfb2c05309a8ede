"""The check of a template: what is wrong and where, what is unknown, missing and used."""

import io

import pytest
from docx import Document

from routekaart.domain.content.template_check import (
    MissingField,
    TemplateProblem,
    UnknownField,
    UsedField,
)
from routekaart.formats.word_template.checking import check_template
from routekaart.formats.word_template.example import example_template
from routekaart.formats.word_template.tags import MOST_TAGS
from tests.word_files import (
    DOCUMENT,
    RELATIONS,
    changed,
    members,
    with_member,
    with_xml,
    word_file,
    zipped,
)

REFUSED = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ team.__class__ }}",
    "{{ team['__class__'] }}",
    "{{ team|attr('__class__') }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum() }}",
    "{{ team() }}",
    "{{ team.upper() }}",
    "{{ doelen.items() }}",
    "{{ doelen[0] }}",
    "{{ 7 * 7 }}",
    "{{ 'a' * 999999999 }}",
    "{{ team ~ team }}",
    "{{ team|center(999999999) }}",
    "{{ team|replace('a', 'b') }}",
    "{{ team|format(1) }}",
    "{{ team|safe }}",
    "{{ team|counted }}",
    "{{ doelen|tojson }}",
    "{{ doelen|join }}",
    "{{ doelen|map(attribute='__class__')|list }}",
    "{{ range(10) }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ (1, 2) }}",
    "{{ team if team }}",
    "{{ team is defined }}",
    "{{ 'a' in team }}",
    "{{ -team }}",
    "{{ team, school }}",
    "{{ team;school }}",
    "{{ 1.5 }}",
    "{{ \\x41 }}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% set x = 1 %}",
    "{% macro x() %}",
    "{% block x %}",
    "{% raw %}",
    "{% autoescape false %}",
    "{% call x() %}",
    "{% filter upper %}",
    "{% do x %}",
    "{% debug %}",
    "{% vm %}",
    "{% hm %}",
    "{% colspan 3 %}",
    "{% cellbg team %}",
    "{%- if team %}",
    "{%r if team %}",
    "{%tc if team %}",
    "{{r team }}",
    "{{p team }}",
    "{% %}",
    "{{ }}",
    "{% for x in range(9) %}{% endfor %}",
    "{% for x in [1] %}{% endfor %}",
    "{% for x in 'abc' %}{% endfor %}",
    "{% for x, y in doelen %}{% endfor %}",
    "{% for x in doelen recursive %}{% endfor %}",
    "{% for x in doelen if x %}{% endfor %}",
    "{% for _x in doelen %}{% endfor %}",
    "{% for loop in doelen %}{% endfor %}",
    "{% for x in doelen|upper %}{% endfor %}",
    "{% for x in team %}{% endfor %}",
    "{% if lipsum() %}{% endif %}",
    "{% if team is string %}{% endif %}",
    "{% if %}{% endif %}",
    "{% for %}{% endfor %}",
    "{% endfor doelen %}",
    "{{ loop }}",
)


def problem(*paragraphs: str) -> TemplateProblem:
    """The only problem of a document with these paragraphs."""
    check = check_template(word_file(*paragraphs))
    assert not check.is_usable
    (found,) = check.problems
    return found


def code(*paragraphs: str) -> str:
    return problem(*paragraphs).code


def test_the_example_is_right_and_whole() -> None:
    check = check_template(example_template())
    assert (check.problems, check.unknown, check.missing) == ((), (), ())
    assert check.is_usable


def test_what_is_no_docx_is_one_problem() -> None:
    check = check_template(b"%PDF")
    assert check.problems == (
        TemplateProblem("not_a_docx", "Dit is geen Word-bestand. Sla het in Word op als .docx."),
    )


def test_a_text_without_fields_is_no_template() -> None:
    assert code("Ons plan") == "no_fields"


def test_used_fields_stand_with_the_parts_they_are_in() -> None:
    data = word_file(
        "{{ team }}", "{% for d in doelen %}", "{{ d.doel }}", "{% endfor %}", header="{{ team }}"
    )
    assert check_template(data).used == (
        UsedField("team", ("de tekst", "de koptekst")),
        UsedField("doelen", ("de tekst",)),
        UsedField("doelen.doel", ("de tekst",)),
    )


def test_tables_of_the_example_keep_their_rows_whole() -> None:
    document = Document(io.BytesIO(example_template()))
    rows = [row for table in document.tables for row in table.rows]
    assert rows
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)
    titles = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Heading 2"
    ]
    assert [title for title in titles if "Plg" in title] == []
    assert "Agenda van de PLG" in titles


def test_missing_fields_come_with_an_example() -> None:
    check = check_template(word_file("{{ team }} {% for x in doelen %}{{ x.doel }}{% endfor %}"))
    assert check.is_usable
    assert [field.path for field in check.missing] == [
        "schooljaar",
        "school",
        "versie",
        "status",
        "uitleg_cijfers",
        "doelen.merkbaar",
        "studiedagen",
        "instemming",
        "bronnen",
        "open_punten",
    ]
    assert check.missing[0] == MissingField("schooljaar", "Het schooljaar.", "{{ schooljaar }}")
    assert check.missing[5].example == "{{ doel.merkbaar }}"
    assert check.missing[6].example == (
        "{% for dag in studiedagen %} {{ dag.nummer }} {% endfor %}"
    )


@pytest.mark.parametrize(
    ("tag", "name", "meant"),
    [
        ("{{ doelstelling }}", "doelstelling", "doelen"),
        ("{{ Team }}", "Team", "team"),
        ("{{ scholjaar }}", "scholjaar", "schooljaar"),
        ("{{ merkbaar }}", "merkbaar", "doel.merkbaar"),
        ("{{ kwartaalcijfer }}", "kwartaalcijfer", "kerncijfers"),
        ("{{ zzz }}", "zzz", ""),
        ("{% if zzz %}x{% endif %}", "zzz", ""),
        ("{% for d in doelen %}{{ d.merkbaer }}{% endfor %}", "d.merkbaer", "d.merkbaar"),
        ("{% for d in doel %}{{ d.merkbaar }}{% endfor %}", "doel", "doel.doel"),
        ("{% for d in doelen %}{% endfor %}{{ d.doel }}", "d", ""),
        ("{% for d in doelen %}{% else %}{{ d.doel }}{% endfor %}", "d", ""),
        ("{{ loop.index }}", "loop", ""),
    ],
)
def test_an_unknown_field_names_what_was_perhaps_meant(tag: str, name: str, meant: str) -> None:
    check = check_template(word_file(tag))
    assert not check.is_usable
    assert [(found.name, found.meant) for found in check.unknown] == [(name, meant)]
    assert check.problems == ()


def test_an_unknown_field_says_where_it_stands() -> None:
    long = "Dit is een lange zin over ons team voor {{ tem }} en daarna nog meer over het plan."
    assert check_template(word_file(long)).unknown == (
        UnknownField(
            "tem", "de tekst, bij ‘…lange zin over ons team voor {{ tem }} en daarna nog meer over "
            "het p…’", "team",
        ),
    )  # fmt: skip


def test_an_unknown_field_says_so_in_words() -> None:
    assert UnknownField("doelstelling", "", "doelen").message == (
        "Onbekend veld `doelstelling`. Bedoel je `doelen`?"
    )
    assert UnknownField("zzz", "", "").message == "Onbekend veld `zzz`."


def test_what_no_template_needs_is_refused() -> None:
    check = check_template(word_file(*REFUSED))
    refused = {found.place for found in check.problems}
    refused |= {found.place for found in check.unknown}
    assert [tag for tag in REFUSED if f"de tekst, bij ‘{tag}’" not in refused] == []
    assert [found.name for found in check.unknown] == ["self", "cycler", "loop"]
    assert {found.code for found in check.problems} == {
        "not_allowed", "unreadable", "not_a_list", "no_fields",
    }  # fmt: skip


def test_a_refusal_names_tag_and_place() -> None:
    assert problem("Dit is {{ team|center(9) }} van ons") == TemplateProblem(
        "not_allowed",
        "`|center` kan niet in een sjabloon. Wel kan: upper, lower, capitalize, length.",
        "de tekst, bij ‘Dit is {{ team|center(9) }} van ons’",
    )


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["{{ team"], "unclosed"),
        (["{{ team }"], "unclosed"),
        (["{{ team {{ school }}"], "unclosed"),
        (["{% if team"], "unclosed"),
        (["{# uitleg"], "unclosed"),
        (["team }}"], "stray_end"),
        (["{{ team }} }}"], "stray_end"),
        (["{{ '" + "a" * 200 + "' }}"], "too_long"),
        (["{% if team %}"], "not_ended"),
        (["{% for d in doelen %}", "{{ d.doel }}"], "not_ended"),
        (["{% endif %}"], "not_begun"),
        (["{% else %}"], "not_begun"),
        (["{% if team %}", "{% endfor %}", "{% endif %}"], "wrong_end"),
        (["{% if team %}a{% else %}b{% else %}c{% endif %}"], "wrong_end"),
        (["{% for d in doelen %}{% elif d %}{% endfor %}"], "wrong_end"),
        (["{{ doelen }}"], "no_text"),
        (["{% for d in doelen %}{{ d }}{% endfor %}"], "no_text"),
        (["{{ doelen.doel }}"], "no_fields"),
        (["{{ team.naam }}"], "no_fields"),
        (["a {%p if team %} b{% endif %}"], "not_alone_p"),
        (["a {%tr if team %} b{% endif %}"], "not_alone_tr"),
        (["a {% for d in doelen %} b", "{{ d.doel }}{% endfor %}"], "misplaced"),
        (["{% for d in doelen %}", "{{ d.doel }}{% endfor %}"], "misplaced"),
        (["{% if team %}" * 9 + "x" + "{% endif %}" * 9], "too_deep"),
        (["{{ team }}" * (MOST_TAGS + 1)], "too_many_tags"),
    ],
)
def test_a_fault_in_the_build_is_named(paragraphs: list[str], expected: str) -> None:
    assert code(*paragraphs) == expected


def test_a_tag_does_not_go_on_in_the_next_paragraph() -> None:
    problems = check_template(word_file("{{ team", "}}")).problems
    assert [found.code for found in problems] == ["unclosed", "stray_end"]


def test_a_loop_over_cells_says_how_it_can() -> None:
    data = word_file(rows=[["{% for b in bronnen %}{{ b.titel }}", "{{ b.jaar }}{% endfor %}"]])
    (found,) = check_template(data).problems
    assert found.code == "misplaced"
    assert found.message == (
        "`{% for b in bronnen %}` en `{% endfor %}` staan niet op dezelfde hoogte. Zet ze "
        "allebei in één regel tekst, of elk op een eigen regel, of elk in een eigen rij van "
        "dezelfde tabel."
    )


def test_a_loop_across_tables_is_refused() -> None:
    rows = [["{% for b in bronnen %}", ""], ["{{ b.titel }}", "{{ b.jaar }}"]]
    found = check_template(word_file("{% endfor %}", rows=rows))
    assert {each.code for each in found.problems} == {"not_begun", "not_ended"}
    inside = word_file(rows=[*rows, ["x {% endfor %}", ""]])
    assert [each.code for each in check_template(inside).problems] == ["misplaced"]


def test_every_fault_is_told_at_once_and_once() -> None:
    check = check_template(word_file("{{ zzz }}", "{{ zzz }}", "{{ team }", "{% include x %}"))
    assert [found.code for found in check.problems] == ["unclosed", "not_allowed"]
    assert [found.name for found in check.unknown] == ["zzz"]


def test_a_fault_in_a_header_says_so() -> None:
    (found,) = check_template(word_file("{{ team }}", header="{{ team|safe }}")).problems
    assert found.place == "de koptekst, bij ‘{{ team|safe }}’"


def test_a_field_where_nothing_is_filled_in_is_named() -> None:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = (
        f'<w:endnotes xmlns:w="{w}"><w:endnote><w:p><w:r><w:t>{{{{ team }}}}</w:t></w:r></w:p>'
        "</w:endnote></w:endnotes>"
    )
    data = with_member(
        word_file("{{ team }}"), "word/endnotes.xml", notes.encode(), f"{office}.endnotes+xml"
    )
    (found,) = check_template(data).problems
    assert (found.code, found.place) == ("not_filled", "een eindnoot")


def test_a_tag_that_word_cut_into_runs_is_read() -> None:
    pieces = "{", "{ te", "am ", "}", "} en {", "% if te", "am %}ja{%", " endif %}"
    runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{piece}</w:t></w:r>" for piece in pieces)
    check = check_template(with_xml(word_file(), f"<w:p>{runs}</w:p>"))
    assert check.is_usable
    assert [used.path for used in check.used] == ["team"]


def test_the_quotes_of_word_are_read() -> None:
    assert check_template(word_file("{% if status == “Concept” %}Let op{% endif %}")).is_usable


def test_a_capital_that_word_put_there_is_read() -> None:
    assert check_template(word_file("{% If team %}", "{{ team }}", "{%p Endif %}")).is_usable


def test_a_nested_loop_is_checked_against_its_own_fields() -> None:
    data = word_file(
        "{% for doel in doelen %}",
        "{% for i in doel.interventies %}",
        "{{ loop.index }} {{ i.titel|upper }} {{ doel.nummer }} {{ i.doel }}",
        "{% endfor %}",
        "{% endfor %}",
    )
    check = check_template(data)
    assert [(found.name, found.meant) for found in check.unknown] == [("i.doel", "")]


def test_a_file_of_another_maker_opens() -> None:
    """Members under a name with a slash in front, and more parts than Word itself writes."""
    found = members(word_file("{{ team }}"))
    assert check_template(zipped({f"/{name}": each for name, each in found.items()})).is_usable
    picture = changed(
        zipped(found | {"word/media/a.png": b"\x89PNG"}),
        RELATIONS,
        "</Relationships>",
        '<Relationship Id="rId77" Type="urn:x" Target="media/a.png"/></Relationships>',
    )
    assert [each.code for each in check_template(picture).problems] == ["damaged"]
    assert DOCUMENT in found

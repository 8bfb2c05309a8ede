"""A whole plan in the example template: everything is in it, also as LibreOffice reads it."""

from collections.abc import Iterator
from pathlib import Path

from docx import Document

from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.domain.content.template_field import Value, example_values
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.content.template_values import template_fields
from routekaart.formats.word_template.example import example_template
from routekaart.formats.word_template.filling import fill_template
from routekaart.formats.word_template.plan import fill, filled_hash
from tests.libreoffice import converted
from tests.routekaart.sample_team import empty, renamed, sample
from tests.word_files import members, squeezed, word_file

TEMPLATE = example_template()


def texts(value: Value) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
        return
    for item in value:
        for inner in item.values():
            yield from texts(inner)


def missing(values: dict[str, Value], shown: str) -> list[str]:
    return [
        text for value in values.values() for text in texts(value) if squeezed(text) not in shown
    ]


def test_libreoffice_reads_every_value(tmp_path: Path) -> None:
    """The example filled in, a plan, one with hostile names, and one with hardly anything."""
    name = "{{ 7*7 }} <w:p> & =cmd|'/k calc'!A1 {%tr for x in y %} 👩🏽‍🏫"
    values = {
        "voorbeeld": example_values(FIELDS),
        "plan": template_fields(build_scholingsplan(sample())),
        "vreemd": template_fields(build_scholingsplan(renamed(sample(), name))),
        "leeg": template_fields(build_scholingsplan(empty())),
    }
    files = {f"{each}.docx": fill_template(TEMPLATE, values[each]) for each in values}
    read = converted(files, "txt:Text (encoded):UTF8", tmp_path)
    shown = {each: squeezed(read[f"{each}.docx"].decode("utf-8-sig")) for each in values}
    assert {each: missing(values[each], shown[each]) for each in values} == {
        each: [] for each in values
    }
    assert "{" not in shown["plan"]
    assert squeezed(name) in shown["vreemd"]
    assert "ditteamheeftnoggeendoelengekozen." in shown["leeg"].lower()


def test_the_styles_are_those_of_word(tmp_path: Path) -> None:
    place = tmp_path / "plan.docx"
    place.write_bytes(fill(build_scholingsplan(sample()), TEMPLATE))
    document = Document(str(place))
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert used == {
        "Title", "Subtitle", "Normal", "List Bullet", "Heading 1", "Heading 2", "Heading 3",
    }  # fmt: skip
    assert {table.style.name for table in document.tables if table.style} == {"Table Grid"}
    header = document.tables[0].rows[0]._tr.xml
    assert "<w:tblHeader/>" in header
    assert b'w:lang w:val="nl-NL"' in members(TEMPLATE)["word/styles.xml"]


def test_the_same_plan_gives_the_same_bytes_and_the_hash_follows_them() -> None:
    content, other = build_scholingsplan(sample()), build_scholingsplan(sample(seed="b"))
    assert fill(content, TEMPLATE) == fill(build_scholingsplan(sample()), TEMPLATE)
    assert example_template() == TEMPLATE
    first = filled_hash(content, "a" * 64)
    assert first == filled_hash(build_scholingsplan(sample()), "a" * 64)
    assert first != filled_hash(other, "a" * 64)
    assert first != filled_hash(content, "b" * 64)


def test_a_small_template_holds_only_what_it_asks_for() -> None:
    made = fill(build_scholingsplan(sample()), word_file("{{ team }}: {{ status }}"))
    assert b"Team middenbouw: Concept" in members(made)["word/document.xml"]

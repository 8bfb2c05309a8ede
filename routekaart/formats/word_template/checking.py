"""Checking a template before a school puts it to use: all that is wrong at once, with its place."""

from routekaart.domain.content.template_check import (
    TemplateCheck,
    TemplateProblem,
    UsedField,
    missing_fields,
)
from routekaart.domain.content.template_field import example_values
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.filling import fill_opened
from routekaart.formats.word_template.language import Reader
from routekaart.formats.word_template.opened import Opened, open_template


def check_template(data: bytes) -> TemplateCheck:
    """What is wrong, unknown, missing and used. A file that is no safe DOCX is one problem.

    A template without faults is also filled once with the examples of the table.
    """
    try:
        opened = open_template(data)
    except BadInput as refused:
        return TemplateCheck(problems=(_as_problem(refused),))
    reader = Reader(FIELDS)
    for _name, tags in opened.parts:
        reader.read(tags)
    problems = [*opened.problems, *reader.problems]
    if not problems and not reader.unknown:
        problems = _when_filled(opened)
    if not problems and not reader.unknown and not reader.used:
        problems = [
            TemplateProblem(
                "no_fields",
                "In dit document staat geen enkel veld. Zet er velden in, zoals {{ team }}, of "
                "begin met het voorbeeld.",
            )
        ]
    places: dict[str, dict[str, None]] = {}
    for path, place in reader.used:
        places.setdefault(path, {})[place] = None
    return TemplateCheck(
        problems=tuple(dict.fromkeys(problems)),
        unknown=tuple(dict.fromkeys(reader.unknown)),
        missing=missing_fields(FIELDS, tuple(places)),
        used=tuple(UsedField(path, tuple(found)) for path, found in places.items()),
    )


def _when_filled(opened: Opened) -> list[TemplateProblem]:
    try:
        fill_opened(opened, example_values(FIELDS))
    except BadInput as refused:
        return [_as_problem(refused)]
    return []


def _as_problem(refused: BadInput) -> TemplateProblem:
    return TemplateProblem(refused.code, refused.message)

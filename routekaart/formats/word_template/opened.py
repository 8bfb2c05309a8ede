"""A template that was opened safely: its parts with the tags in them, ready to read or to fill."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from routekaart.domain.content.template_check import TemplateProblem
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.active_content import refuse_active_content
from routekaart.formats.word_template.package import Package, open_package
from routekaart.formats.word_template.tags import Found, find_tags
from routekaart.formats.word_template.words import NAMESPACE

_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = "de tekst"
_FILLED = {
    f"{_WORDPROCESSING}document.main+xml": _MAIN,
    f"{_WORDPROCESSING}header+xml": "de koptekst",
    f"{_WORDPROCESSING}footer+xml": "de voettekst",
    f"{_WORDPROCESSING}footnotes+xml": "een voetnoot",
}
_LEFT = {
    f"{_WORDPROCESSING}endnotes+xml": "een eindnoot",
    f"{_WORDPROCESSING}comments+xml": "een opmerking",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The package, and per part that is filled its name and its tags; the text comes first."""

    package: Package
    parts: tuple[tuple[str, Found], ...]
    problems: tuple[TemplateProblem, ...]


def open_template(data: bytes) -> Opened:
    """The template with its tags. Raises `BadInput` on `file` when it is no safe DOCX."""
    package = open_package(data)
    refuse_active_content(package)
    names = sorted(package.trees, key=lambda name: (name != package.main, name))
    parts = tuple(
        (name, find_tags(package.trees[name], _FILLED[package.kinds[name]]))
        for name in names
        if package.kinds[name] in _FILLED
    )
    for name, _tags in parts:
        _require_usual_names(package.trees[name])
    problems = [problem for _name, tags in parts for problem in tags.problems]
    return Opened(package, parts, (*problems, *_left_out(package)))


def _require_usual_names(tree: "etree._Element") -> None:
    """What fills the template knows the elements by the prefix that Word gives them."""
    for element in tree.iter(etree.Element):
        ours = etree.QName(element).namespace == NAMESPACE
        if ours != (element.prefix == "w"):
            raise BadInput(
                "file",
                "Dit bestand is niet door Word gemaakt zoals we het kennen. Open het in Word en "
                "sla het opnieuw op.",
                code="damaged",
            )


def _left_out(package: Package) -> Iterator[TemplateProblem]:
    """Tags where nothing fills them in would come out as they are."""
    for name, kind in package.kinds.items():
        tree = package.trees.get(name)
        if kind not in _LEFT or tree is None:
            continue
        if find_tags(tree, _LEFT[kind]):
            yield TemplateProblem(
                "not_filled",
                "Op deze plek vullen we geen velden in. Zet het veld in de tekst, de koptekst of "
                "de voettekst.",
                _LEFT[kind],
            )

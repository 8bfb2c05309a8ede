"""Filling a template: the same template with the same values gives the same bytes.

docxtpl takes the tags to where Jinja can run them and puts the parts back; what it would do with
looks for tags, tables and properties of its own is left out here, for all tags are known by then.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from routekaart.domain.content.template_field import Value
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.language import Reader
from routekaart.formats.word_template.opened import Opened, open_template
from routekaart.formats.word_template.package import Package, pack
from routekaart.formats.word_template.properties import CORE_KIND, core_properties
from routekaart.formats.word_template.rewriting import harmless, mend, shown, write_tags
from routekaart.formats.word_template.sandbox import Sandbox

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSION = "docx"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def fill_template(
    template: bytes, values: Mapping[str, Value], *, title: str = "", made_on: str = ""
) -> bytes:
    """The document: the template with `values` in its fields. They are text and nothing else.

    `title` and `made_on` (an ISO date) go into the properties of the file. Raises `BadInput` on
    `file`: as `open_package` and `refuse_active_content` do, `unusable_template` for a template
    that the check refuses, and `too_much` where it would become too large.
    """
    opened = open_template(template)
    reader = Reader(FIELDS)
    for _name, tags in opened.parts:
        reader.read(tags)
    if opened.problems or reader.problems or reader.unknown:
        raise BadInput(
            "file",
            "Dit sjabloon kan niet worden ingevuld. Kijk bij het sjabloon wat er mis is.",
            code="unusable_template",
        )
    return fill_opened(opened, values, title=title, made_on=made_on)


def fill_opened(
    opened: Opened, values: Mapping[str, Value], *, title: str = "", made_on: str = ""
) -> bytes:
    """As `fill_template`, of a template whose tags were all found right. Uses `opened` up."""
    package = opened.package
    for name, tags in opened.parts:
        write_tags(package.trees[name], tags)
    for name, kind in package.kinds.items():
        if kind == CORE_KIND:
            package.trees[name] = core_properties(title=harmless(title), made_on=made_on)
    filling = _Filling(io.BytesIO(pack(_written(package).items())))
    try:
        filling.render(harmless(values), Sandbox())
    except (TemplateError, etree.XMLSyntaxError):
        raise BadInput(
            "file",
            "Dit sjabloon kan niet worden ingevuld. Zet elk begin en eind van een herhaling op "
            "een eigen regel of in een eigen tabelrij.",
            code="unusable_template",
        ) from None
    made = io.BytesIO()
    filling.save(made)
    with zipfile.ZipFile(made) as container:
        return pack(_finished(container))


class _Filling(DocxTemplate):  # type: ignore[misc]  # no types are published for it
    def render_xml_part(
        self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Sandbox
    ) -> str:
        """One part, run and mended. A value with line ends gets lines."""
        self.current_rendering_part = part
        lines = self.resolve_listing(jinja_env.filled(src_xml, context))
        tree = etree.fromstring(lines, _parser())
        mend(tree)
        made: str = etree.tostring(tree, encoding="unicode")
        return made

    def get_xml(self) -> str:
        """The whole part and not its body alone: moving a body takes ever longer with its size."""
        whole: str = self.xml_to_string(self.docx.element)
        return whole

    def map_tree(self, tree: "etree._Element") -> None:
        self.docx.part._element = tree  # noqa: SLF001 - what python-docx writes

    def fix_tables(self, xml: str) -> "etree._Element":
        """The tree as it is: no template makes columns."""
        return etree.fromstring(xml, _parser())

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: properties are our own, and hold no fields."""

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: Sandbox) -> None:
        """The footnotes, once: what is filled in is never run again."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type == _FOOTNOTES:
                source = self.patch_xml(self.get_part_xml(part))
                part._blob = self.render_xml_part(source, part, context, jinja_env).encode()  # noqa: SLF001 - its own way to set it


def _parser() -> "etree.XMLParser":
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _written(package: Package) -> dict[str, bytes]:
    trees = {
        name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, tree in package.trees.items()
    }
    return {**package.others, **trees}


def _finished(container: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """What was filled in, with the braces of texts again."""
    for name in container.namelist():
        content = container.read(name)
        yield name, shown(content) if name.endswith((".xml", ".rels")) else content

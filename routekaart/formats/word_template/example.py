"""The example template: a document with every field of the table, in Word's own styles.

Made from the table, so that a new field is in the example without another word. A list of three
texts or more becomes a table, a shorter one bullets, and one with lists inside a heading per item.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row

from routekaart.domain.content.template_field import TemplateField
from routekaart.domain.content.template_table import CHAPTERS
from routekaart.formats.word_template.package import pack

_WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC)
_LONGEST_ROW = 6
_LEAST_COLUMNS = 3
_NOTHING = "geen_"
# In millimetres: six columns have room for the words in them, such as `gespecialiseerd`.
_MARGIN = 20
_WIDTH = 210 - 2 * _MARGIN
_LEAST_LETTERS, _MOST_LETTERS = 20, 26
_FONT = "Calibri"
_CELL = "Tabeltekst"
# Where a heading reads better than the name of the field.
_HEADINGS = {
    "cursus_opmerkingen": "Bij de cursussen",
    "plg": "PLG",
    "plg_agenda": "Agenda van de PLG",
    "plg_vragen": "Vragen van de PLG",
    "uitleg_cijfers": "Over de cijfers",
    "uren_uitleg": "Over de uren",
}
_WELCOME = (
    "{# Dit is een voorbeeld met alle velden. Haal weg wat je niet nodig hebt, en maak er jullie "
    "eigen document van. Deze uitleg valt weg als het document wordt gemaakt. #}"
)


def example_template() -> bytes:
    """The example as DOCX bytes; always the same."""
    document = Document()
    _set_language(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(_MARGIN)
    _set_styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Voorbeeldsjabloon", "", ""
    properties.language = "nl-NL"
    properties.created = properties.modified = _WRITTEN_ON
    head, *chapters = CHAPTERS
    document.add_paragraph(_WELCOME)
    document.add_paragraph("{{ titel }} {{ schooljaar }}", style="Title")
    document.add_paragraph("{{ team }}, {{ school }}", style="Subtitle")
    _write(document, [field for field in head.fields if field.name != "titel"], "", 2)
    for chapter in chapters:
        document.add_heading(chapter.title, 1)
        for field in chapter.fields:
            has_heading = field.is_list and label_of(field) != chapter.title
            if has_heading:
                document.add_heading(label_of(field), 2)
            _write(document, [field], "", 2 if has_heading else 1)
    footer = page.footer.paragraphs[0]
    footer.text = "{{ school }} · {{ team }} · {{ versie }} · {{ status }}"
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as container:
        return pack([(name, container.read(name)) for name in container.namelist()])


def label_of(field: TemplateField) -> str:
    """The name of a field as a heading: Voor wie."""
    return _HEADINGS.get(field.name) or field.name.replace("_", " ").capitalize()


def _write(document: DocumentType, fields: Sequence[TemplateField], item: str, level: int) -> None:
    """What may be empty takes its line, table or label away."""
    for field in fields:
        name = f"{item}{field.name}"
        # A list at the top without items leaves nothing behind, unless it has a row of headings.
        may_go = field.optional and (bool(item) or not field.is_list or _is_table(field))
        if may_go:
            document.add_paragraph(f"{{% if {name} %}}")
        if not field.is_list:
            _write_text(document, field, name)
        else:
            if item:
                label = document.add_paragraph()
                label.add_run(label_of(field)).bold = True
                label.paragraph_format.keep_with_next = True
            _write_list(document, field, name, level)
        if may_go:
            document.add_paragraph("{% endif %}")


def _write_text(document: DocumentType, field: TemplateField, name: str) -> None:
    paragraph = document.add_paragraph()
    if not field.name.startswith(_NOTHING):
        paragraph.add_run(f"{label_of(field)}: ").bold = True
    paragraph.add_run(f"{{{{ {name} }}}}")


def _write_list(document: DocumentType, field: TemplateField, name: str, level: int) -> None:
    if _is_table(field):
        _write_table(document, field, name)
    elif any(part.is_list for part in field.item) or len(field.item) > _LONGEST_ROW:
        _write_items(document, field, name, level)
    else:
        texts = " – ".join(f"{{{{ {field.item_name}.{part.name} }}}}" for part in field.item)
        document.add_paragraph(f"{{% for {field.item_name} in {name} %}}")
        document.add_paragraph(texts, style="List Bullet")
        document.add_paragraph("{% endfor %}")


def _is_table(field: TemplateField) -> bool:
    flat = field.is_list and not any(part.is_list for part in field.item)
    return flat and _LEAST_COLUMNS <= len(field.item) <= _LONGEST_ROW


def _write_items(document: DocumentType, field: TemplateField, name: str, level: int) -> None:
    item = field.item_name
    titles = field.item[:2] if field.item[0].name == "nummer" else field.item[:1]
    document.add_paragraph(f"{{% for {item} in {name} %}}")
    heading = " ".join(f"{{{{ {item}.{part.name} }}}}" for part in titles)
    document.add_heading(heading, level + 1)
    _write(document, field.item[len(titles) :], f"{item}.", level + 1)
    document.add_paragraph("{% endfor %}")


def _write_table(document: DocumentType, field: TemplateField, name: str) -> None:
    table = document.add_table(rows=4, cols=len(field.item), style="Table Grid")
    table.autofit = False
    for place, part in enumerate(field.item):
        head, below = (table.cell(row, place).paragraphs[0] for row in (0, 2))
        head.add_run(label_of(part)).bold = True
        below.add_run(f"{{{{ {field.item_name}.{part.name} }}}}")
        head.style = below.style = document.styles[_CELL]
    table.cell(1, 0).text = f"{{% for {field.item_name} in {name} %}}"
    table.cell(3, 0).text = "{% endfor %}"
    _share_width(table, field)
    _repeat_first_row(table)
    for row in table.rows:
        _keep_whole(row)
    # Word needs something between two tables, else it makes one of them.
    document.add_paragraph()


def _share_width(table: Table, field: TemplateField) -> None:
    """Columns as wide as what is usual in them: a week needs less than the title of a course."""
    shares = [
        min(_MOST_LETTERS, max(_LEAST_LETTERS, len(part.example), len(part.name)))
        for part in field.item
    ]
    for column, share in zip(table.columns, shares, strict=True):
        # Word goes by the cells, other programs by the column.
        column.width = width = Mm(_WIDTH * share / sum(shares))
        for cell in column.cells:
            cell.width = width


def _repeat_first_row(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the way python-docx has
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    """A row goes to the next page as a whole."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the way python-docx has
    properties.insert(0, OxmlElement("w:cantSplit"))


def _set_styles(document: DocumentType) -> None:
    """One font, and a style of its own for what stands in tables: each can be changed in Word."""
    document.styles["Normal"].font.name = _FONT
    cell = document.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    cell.font.size = Pt(9)
    cell.paragraph_format.space_after = Pt(0)


def _set_language(document: DocumentType) -> None:
    """Dutch for the whole document: a screen reader and the spelling follow it."""
    styles = cast("Any", document.styles.element)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")

"""What a template may not hold: anything that runs, or that reaches outside the document.

A link to a page or mail address does nothing until somebody follows it: that may stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.package import Package, Relation
from routekaart.formats.word_template.words import W

_LINK = "hyperlink"
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-zA-Z*@#]")
# The last word of a relationship type, in lower case, and what it would bring in.
_FOREIGN = {
    "attachedtemplate": "external_template",
    "afchunk": "embedded_object",
    "subdocument": "external_content",
    "frame": "external_content",
    "mailmergesource": "external_content",
    "mailmergeheadersource": "external_content",
    "oleobject": "embedded_object",
    "package": "embedded_object",
    "control": "active_control",
    "activexcontrolbinary": "active_control",
    "vbaproject": "macros",
    "wordvbadata": "macros",
    "attachedtoolbars": "macros",
    "keymapcustomizations": "macros",
    "ui/extensibility": "macros",
    "extensibility": "macros",
}
# Parts of a name or content type, in lower case.
_MARKS = (
    ("vbaproject", "macros"),
    ("vbadata", "macros"),
    ("macroenabled", "macros"),
    ("customui", "macros"),
    ("activex", "active_control"),
    ("oleobject", "embedded_object"),
    ("/embeddings/", "embedded_object"),
    ("spreadsheetml", "embedded_object"),
    ("presentationml", "embedded_object"),
)
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_ELEMENTS = {
    f"{W}altChunk": "embedded_object",
    f"{W}object": "embedded_object",
    f"{W}control": "active_control",
    f"{W}subDoc": "external_content",
    f"{W}mailMerge": "external_content",
    f"{_OFFICE}OLEObject": "embedded_object",
    # A film from the web, with the page that plays it.
    "{http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing}webVideoPr": (
        "external_content"
    ),
}
_OLDER_DRAWINGS = ("{urn:schemas-microsoft-com:vml}", _OFFICE)
# Fields that only show what the document itself holds.
_HARMLESS_FIELDS = frozenset(
    (
        *("page", "numpages", "section", "sectionpages", "pageref", "ref", "noteref", "styleref"),
        *("toc", "tc", "index", "xe", "seq", "listnum", "autonum", "autonumlgl", "autonumout"),
        *("date", "time", "createdate", "savedate", "printdate", "edittime", "title", "subject"),
        *("author", "lastsavedby", "keywords", "comments", "filename", "filesize", "numwords"),
        *("numchars", "revnum", "docproperty", "info", "symbol", "eq", "advance", "quote", "="),
        *("hyperlink", "formtext", "formcheckbox", "formdropdown", "citation", "bibliography"),
        *("bidioutline", "toa", "ta", "private", "template", "userinitials", "username"),
    )
)  # fmt: skip
_MESSAGES = {
    "macros": "In dit bestand zitten macro’s. Sla het op als .docx, zonder macro’s.",
    "external_template": "Dit document hangt aan een sjabloon op een andere plek. Maak het los in "
    "Word: Bestand, Opties, Invoegtoepassingen, Sjablonen.",
    "external_content": "Dit document haalt iets op van buiten het bestand, zoals een gekoppeld "
    "plaatje. Voeg het in het document zelf in, of haal het weg.",
    "embedded_object": "In dit document zit een ander bestand, zoals een Excel-tabel of grafiek. "
    "Vervang het door een plaatje of een gewone tabel.",
    "active_control": "In dit document zit een knop of besturingselement (ActiveX). Haal het weg.",
    "active_field": "In dit document zit een Word-veld dat iets uitvoert of ophaalt ({field}). "
    "Haal dat veld weg.",
}


@dataclass(slots=True)
class _OpenField:
    instruction: str = ""
    told: bool = False


def refuse_active_content(package: Package) -> None:
    """Raises `BadInput` on `file` for the first thing that runs or reaches outside.

    Codes: `macros`, `external_template`, `external_content`, `embedded_object`,
    `active_control`, `active_field`.
    """
    for name, kind in package.kinds.items():
        for mark, code in _MARKS:
            if mark in f"/{name.casefold()}" or mark in kind:
                raise _refused(code)
    for relation in package.relations:
        _check_relation(relation)
    for tree in package.trees.values():
        _check_elements(tree)
        for instruction in _instructions(tree):
            _check_field(instruction)


def _check_relation(relation: Relation) -> None:
    kind = relation.kind.rstrip("/").rpartition("/")[2].casefold()
    if kind in _FOREIGN:
        raise _refused(_FOREIGN[kind])
    if not relation.external:
        return
    local = relation.target.startswith("#")
    if kind != _LINK or not (local or _ADDRESS.match(relation.target)):
        raise _refused("external_content")


def _check_elements(tree: "etree._Element") -> None:
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        if tag in _ELEMENTS:
            raise _refused(_ELEMENTS[tag])
        if tag.startswith(_OLDER_DRAWINGS):
            _check_older_drawing(element)


def _check_older_drawing(element: "etree._Element") -> None:
    """It may name a picture by its address, without a relationship that would show it; a server
    (`\\\\server\\map`, `//server`) or a file nearby is one too."""
    if any(element.get(name, "").strip() for name in ("src", f"{_OFFICE}href")):
        raise _refused("external_content")
    link = element.get("href", "").strip()
    if link and not (link.startswith("#") or _ADDRESS.match(link)):
        raise _refused("external_content")


def _instructions(tree: "etree._Element") -> Iterator[str]:
    """What each field does, whole: Word may cut an instruction into pieces."""
    open_fields: list[_OpenField] = []
    for element in tree.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag != f"{W}fldChar":
            if open_fields:
                open_fields[-1].instruction += element.text or ""
            else:
                yield element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            open_fields.append(_OpenField())
        elif open_fields:
            if not open_fields[-1].told:
                open_fields[-1].told = True
                yield open_fields[-1].instruction
            if element.get(f"{W}fldCharType") == "end":
                open_fields.pop()
    yield from (each.instruction for each in open_fields)


def _check_field(instruction: str) -> None:
    words = instruction.split()
    name = words[0].casefold() if words else ""
    # A formula may stand right behind its sign.
    if name.startswith("="):
        name = "="
    if name in _HARMLESS_FIELDS and not _opens_something(name, words):
        return
    raise _refused("active_field", field=words[0][:20] if words else "zonder naam")


def _opens_something(name: str, words: list[str]) -> bool:
    """A link by field has its address in the instruction: the same schemes as elsewhere."""
    if name != _LINK:
        return False
    switches = {word.casefold() for word in words if _SWITCH.fullmatch(word)}
    address = next((word for word in words[1:] if not _SWITCH.fullmatch(word)), "").strip('"“”')
    if not _ADDRESS.match(address):
        # A place in the document itself is named behind \l.
        return "\\l" not in switches or not address.isprintable() or "\\" in address
    return False


def _refused(code: str, **values: str) -> BadInput:
    return BadInput("file", _MESSAGES[code].format(**values), code=code)

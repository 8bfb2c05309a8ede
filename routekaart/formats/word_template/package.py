"""Opening a stranger's DOCX: no more than needed is unpacked, and nothing of it is trusted.

A DOCX is a ZIP with XML inside. Its sizes are limited while it is read, for what a ZIP says of
itself may be a lie; entities and document types are refused before anything else reads the XML.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from routekaart.domain.errors import BadInput
from routekaart.formats.fixed_zip import packed
from routekaart.formats.strict_xml import (
    BadXml,
    DocumentType,
    Limits,
    Reader,
    TooMuchXml,
    listen,
)

MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_XML = 3_000_000
MOST_MEMBERS = 400
# A page of text packs to a tenth, a table of equal rows to a fiftieth; a bomb to a thousandth.
MOST_RATIO = 150
_SMALL = 200_000
# Parts of a letter with pictures have a few thousand; each costs far more memory than its text.
MOST_ELEMENTS = 60_000
_MOST_DEPTH = 250
# Word writes old drawings down in one attribute.
_LONGEST_TAG = 1_000_000
_CHUNK = 65_536
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE_DOCUMENT = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)
_STRICT = "http://purl.oclc.org/ooxml/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_EXTENSION = re.compile(r"\.([^./]+)$")


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a .rels part: `source` points at `target`, a part, or an address if `external`."""

    source: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What is in the file. `trees`: the XML parts by name; `others`: pictures and fonts.

    `kinds`: the content type of each part, in lower case. `main` is the name of the document.
    """

    trees: dict[str, "etree._Element"]
    others: dict[str, bytes]
    kinds: dict[str, str]
    relations: tuple[Relation, ...]
    main: str


def open_package(data: bytes) -> Package:
    """The parts of a DOCX. Raises `BadInput` on `file` with what is the matter.

    Codes: `too_large`, `old_word`, `not_a_docx`, `macros`, `template_type`, `strict_docx`,
    `encrypted`, `bomb`, `document_type`, `damaged`.
    """
    members = _members(data)
    trees: dict[str, etree._Element] = {}
    others: dict[str, bytes] = {}
    limits = Limits(MOST_ELEMENTS, depth=_MOST_DEPTH, tag=_LONGEST_TAG)
    for name, content in members.items():
        if not name.endswith((".xml", ".rels", ".vml")):
            others[name] = content
            continue
        _measure(content, limits)
        trees[name] = _tree(content)
    relations = tuple(_all_relations(trees, members))
    kinds = _kinds(trees, members)
    main = _main(relations, kinds)
    typed = all(kinds[each.target] for each in relations if not each.external)
    if main not in trees or not typed:
        raise _damaged()
    return Package(trees, others, kinds, relations, main)


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A DOCX of these parts, without a clock: the names in order, the list of types first."""
    return packed(sorted(members, key=lambda one: (one[0] != CONTENT_TYPES, one[0])))


def _members(data: bytes) -> dict[str, bytes]:
    if len(data) > MOST_BYTES:
        raise _refused(
            "too_large", "Dit bestand is groter dan 5 MB. Maak de plaatjes kleiner, of haal ze weg."
        )
    if data.startswith(_OLD_OFFICE):
        raise _refused(
            "old_word",
            "Dit is een oud Word-bestand of het heeft een wachtwoord. Sla het zonder wachtwoord "
            "op als .docx.",
        )
    if not data.startswith(_ZIP):
        raise _refused("not_a_docx", "Dit is geen Word-bestand. Sla het in Word op als .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return _unpacked(container)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise _damaged() from None


def _unpacked(container: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in container.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise _refused("bomb", "Dit bestand heeft te veel onderdelen. Gebruik een ander document.")
    if len({info.filename.casefold() for info in infos}) < len(infos):
        raise _damaged()
    left = MOST_UNPACKED
    found: dict[str, bytes] = {}
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise _refused("encrypted", "Dit bestand heeft een wachtwoord. Haal dat eraf.")
        if info.compress_type not in _METHODS or "\\" in info.filename:
            raise _damaged()
        content = _read(container, info, left)
        left -= len(content)
        found[info.filename.lstrip("/")] = content
    if CONTENT_TYPES not in found:
        raise _refused("not_a_docx", "Dit is geen Word-bestand. Sla het in Word op als .docx.")
    return found


def _read(container: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    is_xml = info.filename.endswith((".xml", ".rels", ".vml"))
    with container.open(info) as member:
        while chunk := member.read(_CHUNK):
            size += len(chunk)
            packed = size > _SMALL and size > MOST_RATIO * max(info.compress_size, 1)
            if packed or size > left or (is_xml and size > MOST_XML):
                raise _refused(
                    "bomb",
                    "Dit bestand is uitgepakt te groot. Gebruik een ander document, of kopieer "
                    "de tekst naar een nieuw bestand.",
                )
            parts.append(chunk)
    return b"".join(parts)


def _measure(content: bytes, limits: Limits) -> None:
    """Before a tree is made of it: that takes far more memory, and time where names are many."""
    pieces = (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))
    try:
        listen(pieces, Reader(), limits)
    except DocumentType:
        raise _document_type() from None
    except TooMuchXml:
        raise _refused(
            "bomb", "Dit document is te groot. Maak een sjabloon van een paar pagina’s."
        ) from None
    except BadXml:
        raise _damaged() from None


def _tree(content: bytes) -> "etree._Element":
    # Made anew for each part: a parser keeps what it read.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged() from None
    if tree.getroottree().docinfo.doctype:
        raise _document_type()
    return tree


def _document_type() -> BadInput:
    return _refused(
        "document_type",
        "Dit bestand bevat code die Word niet maakt (een DOCTYPE). Kopieer de tekst naar een "
        "nieuw bestand.",
    )


def _all_relations(trees: dict[str, "etree._Element"], members: dict[str, bytes]) -> list[Relation]:
    found: list[Relation] = []
    for name, tree in trees.items():
        folder, _slash, file = name.rpartition("/")
        if not name.endswith(".rels") or folder.rpartition("/")[2] != "_rels":
            continue
        if tree.tag != f"{_RELATIONS}Relationships":
            raise _damaged()
        base = folder.removesuffix("_rels").rstrip("/")
        source = f"{base}/{file.removesuffix('.rels')}".strip("/")
        lines = list(tree.iter(f"{_RELATIONS}Relationship"))
        ids = {each.get("Id") for each in lines}
        if None in ids or len(ids) < len(lines):
            raise _damaged()
        for each in lines:
            external = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not external:
                target = _inside(base, target)
                if target not in members:
                    raise _damaged()
            found.append(Relation(source, each.get("Type", ""), target, external))
    return found


def _inside(base: str, target: str) -> str:
    path = target
    if not path.startswith("/"):
        path = f"/{base}/{path}"
    return posixpath.normpath(path).lstrip("/")


def _kinds(trees: dict[str, "etree._Element"], members: dict[str, bytes]) -> dict[str, str]:
    root = trees[CONTENT_TYPES]
    if root.tag != f"{_TYPES}Types":
        raise _damaged()
    defaults = {
        each.get("Extension", "").casefold(): each.get("ContentType", "").casefold()
        for each in root.iter(f"{_TYPES}Default")
    }
    own = {
        each.get("PartName", "").lstrip("/"): each.get("ContentType", "").casefold()
        for each in root.iter(f"{_TYPES}Override")
    }
    found: dict[str, str] = {}
    for name in members:
        extension = _EXTENSION.search(name)
        by_default = defaults.get(extension[1].casefold(), "") if extension else ""
        found[name] = own.get(name, by_default)
    return found


def _main(relations: tuple[Relation, ...], kinds: dict[str, str]) -> str:
    """The name of the part that is the document itself."""
    of_package = [each for each in relations if not each.source and not each.external]
    for each in of_package:
        if each.kind == _OFFICE_DOCUMENT:
            _require_document(kinds.get(each.target, ""))
            return each.target
    if any(each.kind.startswith(_STRICT) for each in of_package):
        raise _refused(
            "strict_docx",
            "Dit is een ‘strikt’ Word-bestand. Sla het op als gewoon Word-document (.docx).",
        )
    raise _refused("not_a_docx", "Dit is geen Word-bestand. Sla het in Word op als .docx.")


def _require_document(kind: str) -> None:
    if "macroenabled" in kind:
        raise _refused(
            "macros", "In dit bestand zitten macro’s. Sla het op als .docx, zonder macro’s."
        )
    if kind == _TEMPLATE_MAIN:
        raise _refused(
            "template_type",
            "Dit is een Word-sjabloon (.dotx). Open het in Word en sla het op als Word-document "
            "(.docx).",
        )
    if kind != _MAIN:
        raise _refused("not_a_docx", "Dit is geen Word-bestand. Sla het in Word op als .docx.")


def _damaged() -> BadInput:
    return _refused(
        "damaged",
        "Dit bestand is beschadigd. Open het in Word, sla het opnieuw op en probeer het nog eens.",
    )


def _refused(code: str, message: str) -> BadInput:
    return BadInput("file", message, code=code)

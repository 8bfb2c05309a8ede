"""What a Word document starts from: the folder `base`, and which version of it and of its code."""

import hashlib
from functools import cache
from pathlib import Path

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from routekaart.formats.fixed_zip import packed

_HERE = Path(__file__).parent
_BASE = _HERE / "base"
# What decides the bytes and lies outside this folder.
_PACKING = _HERE.parent / "fixed_zip.py"


@cache
def base_package() -> bytes:
    """An empty document with the styles of the house: the folder `base` as one file."""
    return packed((name, _without_comments(path)) for name, path in _parts())


def _without_comments(path: Path) -> bytes:
    """What we say to each other in a part is not for the readers of a document."""
    part = parse_xml(path.read_bytes())
    for child in [child for child in part.iter() if not isinstance(child.tag, str)]:
        child.getparent().remove(child)
    return serialize_part_xml(part)


@cache
def layout_version() -> str:
    """SHA-256 (hex) of what lays a document out: the styles it starts from, and the code beside."""
    digest = hashlib.sha256(base_package())
    for path in (*sorted(_HERE.glob("*.py")), _PACKING):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _parts() -> list[tuple[str, Path]]:
    paths = sorted(path for path in _BASE.rglob("*") if path.is_file())
    named = [(path.relative_to(_BASE).as_posix(), path) for path in paths]
    # The list of content types comes first, as in every such package.
    return sorted(named, key=lambda part: not part[0].startswith("[Content_Types]"))

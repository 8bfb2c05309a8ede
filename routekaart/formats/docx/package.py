"""The file around a Word document: what it starts from, and bytes that depend on nothing else."""

import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

_HERE = Path(__file__).parent
_BASE = _HERE / "base"
# The oldest moment that a ZIP file can name.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PERMISSIONS = 0o644 << 16
_LEVEL = 6


@cache
def base_package() -> bytes:
    """An empty document with the styles of the house: the folder `base` as one file."""
    return _zipped([(name, _without_comments(path)) for name, path in _parts()])


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
    for path in sorted(_HERE.glob("*.py")):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def settled(package: bytes) -> bytes:
    """The same package with a fixed time for each of its parts: same content, same bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return _zipped([(entry.filename, parts.read(entry)) for entry in parts.infolist()])


def _parts() -> list[tuple[str, Path]]:
    paths = sorted(path for path in _BASE.rglob("*") if path.is_file())
    named = [(path.relative_to(_BASE).as_posix(), path) for path in paths]
    # The list of content types comes first, as in every such package.
    return sorted(named, key=lambda part: not part[0].startswith("[Content_Types]"))


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Else the system that makes the file could be read from it.
            entry.create_system = _UNIX
            entry.external_attr = _PERMISSIONS
            package.writestr(entry, data, compresslevel=_LEVEL)
    return made.getvalue()

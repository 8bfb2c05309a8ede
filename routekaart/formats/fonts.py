"""The one font family of the documents: from a package, never from the system.

Every weight of Fira Sans holds the same characters, so one file tells what can be printed.
"""

import struct
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Fira Sans"
FOLDER = Path(str(files("fontpkg_fira_sans"))) / "files"
_REGULAR = FOLDER / "FiraSans-Regular.ttf"


@cache
def printable_characters() -> frozenset[int]:
    """The code points that the font has a glyph for, read from its Unicode table."""
    data = _REGULAR.read_bytes()
    return frozenset(_format_4(_unicode_table(data)))


def _unicode_table(font: bytes) -> bytes:
    """The subtable of `cmap` for Windows Unicode (platform 3, encoding 1)."""
    (count,) = struct.unpack_from(">H", font, 4)
    for entry in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * entry)
        if tag == b"cmap":
            table = font[offset : offset + length]
            break
    else:
        raise ValueError("The font has no table of characters.")
    (subtables,) = struct.unpack_from(">H", table, 2)
    for entry in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * entry)
        if (platform, encoding) == (3, 1):
            return table[offset:]
    raise ValueError("The font has no Unicode table of characters.")


def _format_4(table: bytes) -> set[int]:
    """Code points of a subtable in format 4: segments, each with an offset or a list of glyphs."""
    form, _length, _language, double_count = struct.unpack_from(">HHHH", table)
    if form != 4:
        raise ValueError("The font's table of characters has another format than expected.")
    count = double_count // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double_count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double_count)
    offsets_at = 16 + 3 * double_count
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    found: set[int] = set()
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[segment]:
                at = offsets_at + 2 * segment + offsets[segment] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, at)
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                found.add(code)
    return found

"""Drawings as pictures: laid out by Typst as in the PDF, with their words as alternative text."""

import struct
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu

from routekaart.domain.content.canonical import as_json
from routekaart.domain.content.parts import Scale
from routekaart.formats.docx.markup import Element, element
from routekaart.formats.docx.words import clean
from routekaart.formats.typesetting import typeset

# Sharp on paper, and small enough to mail.
_DOTS_PER_INCH = 220
_EMU_PER_INCH = 914_400
_EMU_PER_TWIP = 635
# How Word marks a picture that says nothing of its own, so that nobody is told of it.
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_ID = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(slots=True)
class Pictures:
    """The pictures of one document; equal ones are stored once."""

    part: StoryPart
    _relations: dict[bytes, str] = field(default_factory=dict)
    _count: int = 0

    def drawing(self, data: dict[str, Any], *, alt: str, most: int) -> list[Element]:
        """A drawing of the template `picture`, no wider than `most` twips."""
        return self._inline(_png(data), alt=alt, most=most)

    def scale(self, scale: Scale) -> list[Element]:
        """A small scale in the line; the value beside it says the same in words."""
        return self._inline(_scale(scale), alt="")

    def cover(self, most: int) -> list[Element]:
        """The drawn route of the cover."""
        return self._inline(_cover(), alt="", most=most)

    def _inline(self, png: bytes, *, alt: str, most: int = 0) -> list[Element]:
        width, height = _size(png)
        if most and width > most * _EMU_PER_TWIP:
            width, height = most * _EMU_PER_TWIP, height * most * _EMU_PER_TWIP // width
        if png not in self._relations:
            self._relations[png], _ = self.part.get_or_add_image(BytesIO(png))
        self._count += 1
        inline = CT_Inline.new_pic_inline(
            self._count,
            self._relations[png],
            f"{self._count}.png",
            Emu(width),
            Emu(height),
        )
        # Said though it is the default: where it is missing some programs leave white around it.
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        if alt:
            inline.docPr.set("descr", clean(alt))
        else:
            inline.docPr.append(_decorative())
        return [element("w:r", element("w:drawing", inline))]


def _png(data: dict[str, Any]) -> bytes:
    return typeset("picture", data, format="png", ppi=_DOTS_PER_INCH)


@lru_cache(maxsize=64)
def _scale(scale: Scale) -> bytes:
    return _png({"block": "scale", **as_json(scale)})


@lru_cache(maxsize=1)
def _cover() -> bytes:
    return _png({"block": "cover"})


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in EMU, at the resolution in which Typst made it."""
    across, down = struct.unpack_from(">LL", png, 16)
    return (across * _EMU_PER_INCH // _DOTS_PER_INCH, down * _EMU_PER_INCH // _DOTS_PER_INCH)


def _decorative() -> Element:
    extensions = OxmlElement("a:extLst")
    extension = OxmlElement("a:ext")
    extension.set("uri", _DECORATIVE_ID)
    name = f"{{{_DECORATIVE}}}decorative"
    extension.append(extension.makeelement(name, {"val": "1"}, {"adec": _DECORATIVE}))
    extensions.append(extension)
    return extensions

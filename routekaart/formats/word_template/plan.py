"""A scholingsplan in a school's own template: the format that a worker registers."""

from functools import cache
from importlib.metadata import version

from routekaart.domain.content.canonical import content_hash
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.template_values import template_fields
from routekaart.formats.word_template.filling import EXTENSION, fill_template

# Raised when the same template with the same plan no longer gives the same bytes.
_VERSION = "1"


def fill(content: Scholingsplan, template: bytes) -> bytes:
    """The plan as DOCX bytes. Raises `BadInput` as `fill_template` does."""
    meta = content.meta
    return fill_template(
        template,
        template_fields(content),
        title=f"{meta.title} {meta.subject} {meta.school_year}",
        made_on=meta.made_on,
    )


def filled_hash(content: Scholingsplan, template_hash: str) -> str:
    """SHA-256 (hex) over content, template and what fills it: equal means equal bytes.

    `template_hash` is that of the bytes of the template, by which it lies in the storage.
    """
    return content_hash(content, *_renderer(), template_hash)


@cache
def _renderer() -> tuple[str, ...]:
    libraries = ("docxtpl", "jinja2", "lxml", "python-docx")
    return (EXTENSION, "own template", _VERSION, *(f"{one} {version(one)}" for one in libraries))

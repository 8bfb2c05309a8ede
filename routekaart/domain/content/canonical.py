"""Content as canonical JSON, and its hash: same content, same hash, on every machine."""

import hashlib
from dataclasses import Field
from typing import Any, ClassVar, Protocol

from pydantic_core import to_json, to_jsonable_python


class Part(Protocol):
    """Any frozen dataclass of texts, numbers and tuples."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


class Content(Part, Protocol):
    """The content of a whole document. `kind` names its template."""

    @property
    def kind(self) -> str: ...


def as_json(content: Part) -> dict[str, Any]:
    """Content as plain dicts, lists, strings and numbers."""
    plain: dict[str, Any] = to_jsonable_python(content)
    return plain


def canonical_json(content: Part) -> bytes:
    """Content as JSON bytes: fields in the order of their classes, no spaces, UTF-8."""
    return to_json(content)


def content_hash(content: Part, *renderer: str) -> str:
    """SHA-256 (hex) of the content and of what turns it into a file: template, renderer, fonts.

    The class name counts too: two kinds of document with equal fields are two documents.
    """
    digest = hashlib.sha256()
    for part in (type(content).__name__, *renderer):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    digest.update(canonical_json(content))
    return digest.hexdigest()

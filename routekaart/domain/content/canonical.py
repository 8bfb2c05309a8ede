"""Content as canonical JSON, and its hash: same content, same hash, on every machine."""

import hashlib
import re
from dataclasses import Field
from typing import Any, ClassVar, Protocol

from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

_HALF = re.compile("[\ud800-\udfff]")


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
    """Content as JSON bytes: fields in the order of their classes, no spaces, UTF-8.

    Half a pair of UTF-16 has no bytes in UTF-8, and becomes the sign for what cannot be shown.
    """
    try:
        return to_json(content)
    except PydanticSerializationError:
        return to_json(_whole(as_json(content)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    return value


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

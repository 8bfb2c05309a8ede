"""Content as canonical JSON, and its hash: same content, same hash, on every machine."""

import hashlib
import json
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import Any, ClassVar, Protocol


class Part(Protocol):
    """Any frozen dataclass of texts, numbers and tuples."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


class Content(Part, Protocol):
    """The content of a whole document. `kind` names its template."""

    @property
    def kind(self) -> str: ...


def as_json(content: Part) -> dict[str, Any]:
    """Content as plain dicts, lists, strings and numbers."""
    if not is_dataclass(content):
        raise TypeError("Content is a frozen dataclass.")
    plain: dict[str, Any] = _plain(content)
    return plain


def _plain(value: Any) -> Any:
    # `dataclasses.asdict` copies every text as if it could change, which takes four times as long.
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return {name: _plain(getattr(value, name)) for name in _names(value.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def canonical_json(content: Part) -> bytes:
    """Content as JSON bytes: keys sorted, no spaces, ASCII only (lone surrogates survive)."""
    return json.dumps(
        as_json(content), ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("ascii")


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

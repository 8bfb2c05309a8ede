"""Content as canonical JSON, and its hash: same content, same hash, on every machine."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_json(content: "DataclassInstance") -> dict[str, Any]:
    """Content as plain dicts, lists, strings and numbers."""
    if not is_dataclass(content):
        raise TypeError("Content is a frozen dataclass.")
    return asdict(content)


def canonical_json(content: "DataclassInstance") -> bytes:
    """Content as JSON bytes: keys sorted, no spaces, ASCII only (lone surrogates survive)."""
    return json.dumps(
        as_json(content), ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("ascii")


def content_hash(content: "DataclassInstance", *renderer: str) -> str:
    """SHA-256 (hex) of the content and of what turns it into a file: template, renderer, fonts.

    The class name counts too: two kinds of document with equal fields are two documents.
    """
    digest = hashlib.sha256()
    for part in (type(content).__name__, *renderer):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    digest.update(canonical_json(content))
    return digest.hexdigest()

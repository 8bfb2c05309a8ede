"""What a backup says of itself, and when it may be put back."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from routekaart.domain.errors import DomainError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
ERASURES: Final = "erasures.txt"
# Why a message did not go.
HELD: Final = (
    "Vastgehouden: er is een back-up teruggezet, en misschien was dit bericht al verstuurd."
)
_FILES: Final = "files/"
_HASH: Final = r"^[0-9a-f]{64}$"
_PRODUCTS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BackupRefused(DomainError):
    """A backup cannot be made, or cannot be put back. Nothing was changed."""

    code = "backup_refused"


class Kind(StrEnum):
    """The kind of database, as Django names it."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    @property
    def part(self) -> str:
        """The name of the database in the archive."""
        return {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}[self]

    @property
    def product(self) -> str:
        """Its own name."""
        return _PRODUCTS[self]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """One file in the archive; `size` in bytes."""

    name: str
    size: NonNegativeInt
    sha256: Annotated[str, Field(pattern=_HASH)]

    @property
    def content_hash(self) -> str | None:
        """Under which name the storage keeps it; None for what is no document."""
        return self.sha256 if self.name == file_name(self.sha256) else None


class Engine(_Strict):
    """Which database it came from, with the first number of the versions; 0 where that is moot."""

    kind: Kind
    server: NonNegativeInt = 0
    tool: NonNegativeInt = 0


class Manifest(_Strict):
    """All that is in a backup. The same content and moment give the same bytes.

    `tables`: rows per table. `missing`: files that a row points at and that were not there, or
    damaged, when the backup was made.
    """

    format: int
    product: str
    made_at: AwareDatetime
    engine: Engine
    migrations: tuple[str, ...]
    tables: Mapping[str, NonNegativeInt]
    parts: tuple[Part, ...]
    missing: tuple[Annotated[str, Field(pattern=_HASH)], ...] = ()

    def part(self, name: str) -> Part:
        """The part of this name. Raises `BackupRefused`."""
        for part in self.parts:
            if part.name == name:
                return part
        raise BackupRefused(f"De back-up is niet compleet: {name} ontbreekt.", code="damaged")

    @property
    def files(self) -> tuple[Part, ...]:
        """The documents and templates."""
        return tuple(part for part in self.parts if part.content_hash)


def file_name(content_hash: str) -> str:
    """The name in the archive of a file of the storage."""
    return f"{_FILES}{content_hash}"


def archive_name(made_at: datetime) -> str:
    """The name of a backup: routekaart-20261129T030000Z.zip for a moment in UTC."""
    return f"routekaart-{made_at:%Y%m%dT%H%M%SZ}.zip"


def manifest_bytes(manifest: Manifest) -> bytes:
    """As it stands in the archive."""
    content = manifest.model_dump(mode="json")
    return json.dumps(content, sort_keys=True, indent=1).encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """The manifest of an archive. Raises `BackupRefused` for one that this code cannot read."""
    try:
        if json.loads(content)["format"] != FORMAT:
            raise BackupRefused(
                "Deze back-up heeft een andere vorm dan deze versie van routekaart kent. "
                "Gebruik de versie waarmee hij is gemaakt.",
                code="other_format",
            )
        manifest = Manifest.model_validate_json(content)
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError):
        raise BackupRefused(
            "De inhoudsopgave van de back-up klopt niet. Gebruik een andere back-up.",
            code="damaged",
        ) from None
    _check_names(manifest)
    return manifest


def _check_names(manifest: Manifest) -> None:
    names = [part.name for part in manifest.parts]
    expected = {manifest.engine.kind.part, ERASURES}
    strange = [
        part.name
        for part in manifest.parts
        if part.name not in expected and part.content_hash is None
    ]
    if strange or len(set(names)) != len(names) or not expected <= set(names):
        raise BackupRefused(
            "De inhoudsopgave van de back-up klopt niet: er ontbreekt iets, of er staat iets in "
            "dat er niet hoort. Gebruik een andere back-up.",
            code="damaged",
        )


def check_fits(manifest: Manifest, *, known: Collection[str], here: Engine) -> None:
    """Raises `BackupRefused` when this code or this database cannot take the backup.

    `known`: the migrations of this code. `here`: the database it would go to.
    """
    there = manifest.engine
    if set(manifest.migrations) - set(known):
        raise BackupRefused(
            f"Deze back-up is van een nieuwere versie van routekaart ({manifest.product}). "
            "Werk routekaart eerst bij.",
            code="newer_backup",
        )
    if there.kind is not here.kind:
        raise BackupRefused(
            f"Deze back-up is van {there.kind.product}, en hier draait {here.kind.product}. "
            f"Zet hem terug op {there.kind.product} (DATABASE_URL).",
            code="other_database",
        )
    if there.server > here.server:
        raise BackupRefused(
            f"Deze back-up is van PostgreSQL {there.server}, en hier draait versie {here.server}. "
            f"Gebruik een server van versie {there.server} of hoger.",
            code="older_server",
        )
    if there.tool > here.tool:
        raise BackupRefused(
            f"pg_restore is hier versie {here.tool}, en deze back-up is gemaakt met versie "
            f"{there.tool}. Installeer de programma's van PostgreSQL {there.tool} of hoger.",
            code="older_tool",
        )


def major_version(printed: str) -> int:
    """The first number of `pg_dump (PostgreSQL) 17.2 (Debian …)`; 0 when there is none."""
    found = re.search(r"\) (\d+)", printed)
    return int(found[1]) if found else 0

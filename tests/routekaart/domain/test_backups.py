"""What a backup says of itself, and when it fits."""

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from routekaart import __version__
from routekaart.domain.backups import (
    BackupRefused,
    Engine,
    Kind,
    Manifest,
    Part,
    archive_name,
    check_fits,
    file_name,
    major_version,
    manifest_bytes,
    read_manifest,
)

AT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
HASH = "ab" * 32
MANIFEST = Manifest(
    format=1,
    product="0.1.0",
    made_at=AT,
    engine=Engine(kind=Kind.POSTGRESQL, server=15, tool=16),
    migrations=("courses.0001_initial", "routekaart.0001_initial"),
    tables={"routekaart_person": 3, "routekaart_document": 1},
    parts=(
        Part(name="database.pgdump", size=10, sha256="cd" * 32),
        Part(name="erasures.txt", size=0, sha256="ef" * 32),
        Part(name=file_name(HASH), size=7, sha256=HASH),
    ),
)
KNOWN = frozenset(MANIFEST.migrations) | {"routekaart.0002_more"}


def test_a_manifest_reads_back_and_is_the_same_bytes() -> None:
    content = manifest_bytes(MANIFEST)
    assert read_manifest(content) == MANIFEST
    assert manifest_bytes(read_manifest(content)) == content
    assert [part.content_hash for part in MANIFEST.files] == [HASH]
    # The order of what it was made from does not show.
    turned = MANIFEST.model_copy(
        update={"tables": {"routekaart_document": 1, "routekaart_person": 3}}
    )
    assert manifest_bytes(turned) == content


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "other_format"),
        ({"made_at": "2026-11-29T03:00:00"}, "damaged"),
        ({"tables": {"routekaart_person": -1}}, "damaged"),
        ({"engine": {"kind": "oracle"}}, "damaged"),
        ({"parts": []}, "damaged"),
        ({"missing": ["../../x"]}, "damaged"),
        ({"more": 1}, "damaged"),
    ],
)
def test_a_wrong_manifest_is_refused(change: dict[str, Any], code: str) -> None:
    content = json.loads(manifest_bytes(MANIFEST)) | change
    with pytest.raises(BackupRefused) as refused:
        read_manifest(json.dumps(content).encode())
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"[]", b"1", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(BackupRefused) as refused:
        read_manifest(content)
    assert refused.value.code == "damaged"


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "files/x",
        "files/../x",
        file_name("AB" * 32),
        "manifest.json",
        "",
        "secret-key",
    ],
)
def test_no_other_names_are_allowed(name: str) -> None:
    content = json.loads(manifest_bytes(MANIFEST))
    content["parts"][2]["name"] = name
    with pytest.raises(BackupRefused) as refused:
        read_manifest(json.dumps(content).encode())
    assert refused.value.code == "damaged"


def _postgres(server: int, tool: int) -> Engine:
    return Engine(kind=Kind.POSTGRESQL, server=server, tool=tool)


@pytest.mark.parametrize("here", [_postgres(15, 16), _postgres(17, 17)])
def test_it_fits_the_same_and_a_newer_server(here: Engine) -> None:
    check_fits(MANIFEST, known=KNOWN, here=here)


@pytest.mark.parametrize(
    ("here", "known", "code"),
    [
        (_postgres(15, 16), KNOWN - {"courses.0001_initial"}, "newer_backup"),
        (Engine(kind=Kind.SQLITE), KNOWN, "other_database"),
        (_postgres(14, 16), KNOWN, "older_server"),
        (_postgres(15, 15), KNOWN, "older_tool"),
    ],
)
def test_it_does_not_fit(here: Engine, known: frozenset[str], code: str) -> None:
    with pytest.raises(BackupRefused) as refused:
        check_fits(MANIFEST, known=known, here=here)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("pg_dump (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)", 15),
        ("pg_dump (PostgreSQL) 18beta1", 18),
        ("", 0),
        ("something else", 0),
    ],
)
def test_the_version_of_a_program(printed: str, number: int) -> None:
    assert major_version(printed) == number


def test_names_sort_by_moment_and_the_version_is_that_of_the_project() -> None:
    assert archive_name(AT) == "routekaart-20261129T030000Z.zip"
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())
    assert project["project"]["version"] == __version__

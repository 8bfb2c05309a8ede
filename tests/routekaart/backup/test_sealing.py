"""A backup that only the holder of the other key can read."""

import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from routekaart.backup import archive
from routekaart.backup.making import make_backup
from routekaart.backup.sealing import Seal, seal_for
from routekaart.domain.backups import BackupRefused
from tests.personal_stage import AT

needs_gpg = pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not on this machine")


@pytest.fixture
def gpg() -> Iterator[list[str]]:
    """GnuPG with a key pair of its own, in a folder with a short name: sockets have a limit."""
    home = tempfile.mkdtemp(prefix="routekaart-gpg-")
    command = ["gpg", "--homedir", home, "--batch", "--quiet", "--passphrase", ""]
    try:
        subprocess.run(
            [*command, "--quick-generate-key", "kluis@voorbeeld.test", "ed25519", "cert", "never"],
            check=True,
            capture_output=True,
        )
        listed = subprocess.run(
            [*command, "--list-keys", "--with-colons"], check=True, capture_output=True, text=True
        ).stdout
        finger = next(line for line in listed.splitlines() if line.startswith("fpr")).split(":")[9]
        subprocess.run(
            [*command, "--quick-add-key", finger, "cv25519", "encr", "never"],
            check=True,
            capture_output=True,
        )
        yield command
    finally:
        subprocess.run(
            ["gpgconf", "--homedir", home, "--kill", "all"], check=False, capture_output=True
        )
        shutil.rmtree(home, ignore_errors=True)


@needs_gpg
@pytest.mark.usefixtures("school")
def test_only_the_other_key_opens_it(gpg: list[str], tmp_path: Path) -> None:
    key, folder = tmp_path / "sleutel.asc", tmp_path / "backups"
    key.write_bytes(
        subprocess.run([*gpg, "--armor", "--export"], check=True, capture_output=True).stdout
    )
    made = make_backup(folder, at=AT, seal=seal_for(key))
    assert made.place.name == "routekaart-20261005T070000Z.zip.gpg"
    assert stat.S_IMODE(made.place.stat().st_mode) == 0o600
    # Nothing that can be read lies beside it.
    assert list(folder.iterdir()) == [made.place]
    assert b"document 1" not in made.place.read_bytes()
    with pytest.raises(BackupRefused) as refused, archive.opened(made.place):
        pass
    assert refused.value.code == "sealed"
    plain = tmp_path / "open.zip"
    subprocess.run(
        [*gpg, "--output", str(plain), "--decrypt", str(made.place)],
        check=True,
        capture_output=True,
    )
    with archive.opened(plain) as backup:
        backup.check()
        assert backup.manifest == made.manifest


@needs_gpg
@pytest.mark.usefixtures("school")
def test_a_broken_key_leaves_no_backup(tmp_path: Path) -> None:
    key = tmp_path / "sleutel.asc"
    key.write_text("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nonzin\n-----END PGP")
    with pytest.raises(BackupRefused, match=r"^Versleutelen lukte niet: "):
        make_backup(tmp_path / "backups", at=AT, seal=seal_for(key))
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"geen sleutel", b"\xff\xfe", None])
def test_what_is_no_key_is_refused_beforehand(content: bytes | None, tmp_path: Path) -> None:
    key = tmp_path / "sleutel"
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(BackupRefused) as refused:
        seal_for(key)
    assert refused.value.code == "no_key"


def test_the_kind_of_key_chooses_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, programs = tmp_path / "sleutel", tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    key.write_text(
        "# van de kluis\nage1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n"
    )
    with pytest.raises(BackupRefused, match=r"^age is niet gevonden"):
        seal_for(key)
    (programs / "age").write_text("#!/bin/sh\n")
    (programs / "age").chmod(0o755)
    assert seal_for(key) == Seal("age", key)
    assert seal_for(key).ending == ".age"
    (tmp_path / "een.zip").write_bytes(b"age-encryption.org/v1\n-> X25519")
    with pytest.raises(BackupRefused) as refused, archive.opened(tmp_path / "een.zip"):
        pass
    assert refused.value.code == "sealed"

"""Encrypting a backup for who holds the other key: with age or GnuPG, never with code of our own.

Only the public key is here, so that who breaks into the server cannot read old backups.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from routekaart.domain.backups import BackupRefused

_AGE_KEYS = ("age1", "ssh-")
_PGP_KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----"


@dataclass(frozen=True, slots=True)
class Seal:
    """A public key and the program that goes with it."""

    program: str
    key: Path

    @property
    def ending(self) -> str:
        """What the name of a sealed backup ends with."""
        return f".{'age' if self.program == 'age' else 'gpg'}"

    def put_on(self, archive: Path, target: Path) -> None:
        """Writes `archive` encrypted to `target`. Raises `BackupRefused`."""
        home = target.with_suffix(".home")
        home.mkdir(mode=0o700)
        if self.program == "age":
            command = ["-R", str(self.key), "-o", str(target), str(archive)]
        else:
            command = [
                "--homedir", str(home), "--no-options", "--batch", "--trust-model", "always",
                "--compress-algo", "none", "--recipient-file", str(self.key),
                "--output", str(target), "--encrypt", str(archive),
            ]  # fmt: skip
        found = shutil.which(self.program) or self.program
        result = subprocess.run([found, *command], capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
        if result.returncode != 0:
            said = result.stderr.strip().splitlines() or [f"code {result.returncode}"]
            raise BackupRefused(f"Versleutelen lukte niet: {said[-1]}", code="tool_failed")


def seal_for(key: Path) -> Seal:
    """The seal for a file with a public key of age, SSH or OpenPGP. Raises `BackupRefused`."""
    try:
        lines = key.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if first.startswith(_AGE_KEYS):
        program = "age"
    elif first == _PGP_KEY:
        program = "gpg"
    else:
        raise BackupRefused(
            f"{key} is geen leesbare openbare sleutel van age of GnuPG.", code="no_key"
        )
    if shutil.which(program) is None:
        raise BackupRefused(
            f"{program} is niet gevonden. Installeer het, of maak de back-up zonder sleutel.",
            code="no_tool",
        )
    return Seal(program, key.resolve())

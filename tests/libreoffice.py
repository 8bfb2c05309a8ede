"""LibreOffice as a reader of our office files: it knows nothing of how they were made."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
_PATIENCE = 180


def converted(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """Every file, by its name, as LibreOffice turns it into another format such as `pdf`.

    It gets a profile of its own, so that tests can run side by side. Without LibreOffice the test
    is skipped and says so; where CI is set it fails.
    """
    if not SOFFICE:
        if os.environ.get("CI"):
            pytest.fail("Install the package libreoffice-writer: these tests read with it.")
        pytest.skip("libreoffice-writer is not installed")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, data in files.items():
        (given / name).write_bytes(data)
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(made),
            *(str(given / name) for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=_PATIENCE,
    )
    extension = to.partition(":")[0]
    return {name: (made / name).with_suffix(f".{extension}").read_bytes() for name in files}

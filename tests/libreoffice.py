"""LibreOffice as a reader of our office files: it knows nothing of how they were made."""

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest
from pypdf import PdfReader

SOFFICE = shutil.which("soffice")
_PATIENCE = 180
_FONTS = {"Carlito", "Calibri"}


def converted(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """Every file, by its name, as LibreOffice turns it into another format such as `pdf`.

    It gets a profile of its own, so that tests can run side by side. Without LibreOffice the test
    is skipped and says so; where CI is set it fails.
    """
    if not SOFFICE:
        _do_without("libreoffice-writer")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, data in files.items():
        (given / name).write_bytes(data)
    subprocess.run(
        [
            str(SOFFICE),
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


def laid_out(files: Mapping[str, bytes], folder: Path) -> dict[str, PdfReader]:
    """The pages of each Word file, by its name.

    They depend on the font: Carlito is as wide and as high as the Calibri of Word. Where neither
    is there the test is skipped and says so; where CI is set it fails.
    """
    made = {
        name: PdfReader(io.BytesIO(pdf)) for name, pdf in converted(files, "pdf", folder).items()
    }
    if any(not _FONTS & _families(pdf) for pdf in made.values()):
        _do_without("fonts-crosextra-carlito")
    return made


def _families(pdf: PdfReader) -> set[str]:
    """Of the fonts that a PDF holds, without their weight and the mark of a part of a font."""
    fonts: list[Any] = [
        font
        for page in pdf.pages
        for font in cast("Any", page["/Resources"]).get("/Font", {}).values()
    ]
    return {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts}


def _do_without(package: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"Install the package {package}: these tests read with it.")
    # On a machine of one's own the rest can be tested without.
    pytest.skip(f"{package} is not installed")

"""Fixtures for the tests of the catalogue."""

from pathlib import Path

import pytest

from tests.catalogue_files import CatalogueFiles


@pytest.fixture
def files(tmp_path: Path) -> CatalogueFiles:
    """A small catalogue in a folder of its own."""
    return CatalogueFiles(tmp_path / "data")

"""Folders of its own for every test of backups, and a small school with documents."""

from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import School
from tests.backup_school import add_document
from tests.makers import make_colleague, make_team


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"
    settings.ERASURES_FILE.parent.mkdir()
    (tmp_path / "backups").mkdir()


@pytest.fixture
def school(transactional_db: None, settings: Any) -> School:  # noqa: ARG001  (gives the tables)
    """With two colleagues and six documents."""
    team = make_team()
    for name in ("Wim de Wit", "Noor Blauw"):
        make_colleague(team, Role.TEAM_LEAD, name=name)
    with scopes_disabled():
        school = School.objects.get()
    for number in range(6):
        add_document(school, settings.STORAGE_DIR, f"document {number}")
    return school

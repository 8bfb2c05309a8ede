"""`kill -9` in the middle of a backup or a restore leaves what was there."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from routekaart.backup.making import make_backup
from routekaart.models import Person
from tests.backups import all_files, all_rows, databases_beside
from tests.personal_stage import AT
from tests.tiers import LONG
from tests.worker_process import ROOT, environment

pytestmark = pytest.mark.usefixtures("school")


def started(*command: str) -> "subprocess.Popen[str]":
    """A command of the product on the database and in the folders of this test."""
    connection.close()
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=ROOT,
        env=environment(ROUTEKAART_ERASURES=str(django_settings.ERASURES_FILE)),
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_at(line: int, *command: str) -> bool:
    """Kills a command right after so many lines of its progress; False when it had ended before."""
    process = started(*command)
    assert process.stdout is not None
    with process.stdout as told:
        for _ in range(line):
            told.readline()
        process.kill()
    return process.wait() == -signal.SIGKILL


def test_a_killed_backup_leaves_nothing_under_a_name(tmp_path: Path) -> None:
    folder, before = tmp_path / "backups", all_rows()
    for line in (1, 2, 3) if LONG else (2,):
        assert killed_at(line, "backup", str(folder))
        assert list(folder.glob("*.zip")) == []
    assert all_rows() == before
    made = make_backup(folder, at=AT)
    # What the killed ones left is gone.
    assert list(folder.iterdir()) == [made.place]


def test_a_killed_restore_leaves_the_old_state(settings: Any, tmp_path: Path) -> None:
    made = make_backup(tmp_path / "backups", at=AT)
    backup = made.place
    Person.objects.filter(name="Wim de Wit").update(name="Later veranderd")
    before, files = all_rows(), all_files()
    for line in range(1, 7) if LONG else (4, 6):
        assert killed_at(line, "restore", "--replace", "--nobody-erased", str(backup))
        if line == 6 and Person.objects.filter(name="Wim de Wit").exists():
            # The swap was there before the signal: then everything is.
            assert all_rows()["routekaart_document"] == before["routekaart_document"]
            Person.objects.filter(name="Wim de Wit").update(name="Later veranderd")
        else:
            assert all_rows() == before
        assert all_files() == files
    told, _ = started("restore", "--replace", "--nobody-erased", str(backup)).communicate()
    rows = sum(made.manifest.tables.values())
    assert told.splitlines()[-3:] == [
        f"Back-up van 05-10-2026 09:00, routekaart 0.1.0: {rows} rijen en 6 bestanden, alle in orde.",  # noqa: E501 - one line
        "Opnieuw gewist: 0. Post die wacht of is vastgehouden: 0.",
        "Iedereen meldt zich opnieuw aan. Klaar.",
    ]
    assert Person.objects.filter(name="Wim de Wit").exists()
    left = sorted(one.name for one in settings.VAR_DIR.iterdir())
    assert left == ["restore.lock", "secret-key"]
    assert databases_beside() == []

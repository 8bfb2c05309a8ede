"""A backup of an older version comes back with the tables of today."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from routekaart.backup.making import make_backup
from routekaart.backup.restoring import Wanted, restore_backup
from routekaart.models import Person
from tests.backups import all_rows
from tests.personal_stage import AT

# Tables that a version without them would not have: of sessions and of the second factor.
APPS = ("usersessions", "mfa")


@pytest.mark.usefixtures("school")
def test_older_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    now = all_rows()
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    try:
        # Before an upgrade: the code is newer than the tables.
        older = make_backup(tmp_path / "backups", at=AT)
    finally:
        call_command("migrate", verbosity=0)
    assert not [name for name in older.manifest.migrations if name.startswith(APPS)]
    assert "mfa_authenticator" not in older.manifest.tables
    Person.objects.all().delete()
    restore_backup(older.place, at=AT, wanted=Wanted(replace=True, nobody_erased=True))
    after = all_rows()
    assert sorted(after) == sorted(now)
    # When a migration ran is another moment, and a restore is written down.
    moving = {"django_migrations", "routekaart_auditentry"}
    own = [name for name in now if name.startswith(("routekaart_", "courses_", "mfa_", "users"))]
    assert {name: after[name] for name in own if name not in moving} == {
        name: now[name] for name in own if name not in moving
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
        assert cursor.fetchone() == (len(now["django_migrations"]),)

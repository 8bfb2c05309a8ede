"""What only PostgreSQL has: programs of its own, and databases beside each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from routekaart.backup.making import make_backup
from routekaart.backup.postgres import beside_name, check_tools
from routekaart.backup.restoring import Wanted, restore_backup
from routekaart.domain.backups import BackupRefused
from tests.backups import all_rows, databases_beside
from tests.personal_stage import AT


def test_older_programs_are_refused() -> None:
    check_tools(server=15, dump=15, restore=17)
    for dump, restore in ((14, 15), (15, 14)):
        with pytest.raises(BackupRefused, match="PostgreSQL 15 of hoger") as refused:
            check_tools(server=15, dump=dump, restore=restore)
        assert refused.value.code == "older_tool"


def test_the_name_beside_is_new_and_not_too_long() -> None:
    names = {beside_name("routekaart") for _ in range(20)}
    assert len(names) == 20
    assert {name[:-8] for name in names} == {"routekaart_restore_"}
    assert len(beside_name("r" * 63)) == 63


@pytest.mark.postgres
@pytest.mark.usefixtures("school")
class TestOnPostgres:
    """On the database of this run."""

    @pytest.fixture(autouse=True)
    def _only_here(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("only PostgreSQL has these")

    def test_missing_programs_are_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(BackupRefused, match=r"^pg_dump is niet gevonden\. Installeer") as no:
            make_backup(tmp_path / "backups", at=AT)
        assert no.value.code == "no_tool"
        assert list((tmp_path / "backups").iterdir()) == []

    def test_a_program_that_fails_changes_nothing_and_leaves_no_database(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made, before = make_backup(tmp_path / "backups", at=AT), all_rows()
        broken = tmp_path / "bin"
        broken.mkdir()
        (broken / "pg_restore").write_text(
            '#!/bin/sh\n[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 99" && exit\n'
            "echo 'pg_restore: error: no space left' >&2; exit 1\n"
        )
        (broken / "pg_restore").chmod(0o755)
        monkeypatch.setenv("PATH", f"{broken}:{os.environ['PATH']}")
        with pytest.raises(BackupRefused, match="no space left") as failed:
            restore_backup(made.place, at=AT, wanted=Wanted(replace=True, nobody_erased=True))
        assert failed.value.code == "tool_failed"
        assert all_rows() == before
        assert databases_beside() == []

    def test_who_may_not_make_a_database_is_told_which_right_is_missing(
        self, tmp_path: Path
    ) -> None:
        made, before = make_backup(tmp_path / "backups", at=AT), all_rows()
        _role("zonder_recht", "")
        with (
            _as_role("zonder_recht"),
            pytest.raises(BackupRefused, match="CREATEDB") as refused,
        ):
            restore_backup(made.place, at=AT, wanted=Wanted(replace=True, nobody_erased=True))
        assert refused.value.code == "no_right"
        assert all_rows() == before

    def test_an_owner_without_other_powers_can_do_both(self, tmp_path: Path) -> None:
        before = all_rows()
        _role("eigenaar", "CREATEDB")
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        owner = connection.settings_dict["USER"]
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} OWNER TO eigenaar")
        try:
            with _as_role("eigenaar"):
                made = make_backup(tmp_path / "backups", at=AT)
                restore_backup(made.place, at=AT, wanted=Wanted(replace=True, nobody_erased=True))
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER DATABASE {name} OWNER TO {owner}")
                cursor.execute(f"REASSIGN OWNED BY eigenaar TO {owner}")
        assert all_rows()["routekaart_document"] == before["routekaart_document"]
        assert databases_beside() == []

    def test_others_who_are_connected_do_not_stop_it(self, tmp_path: Path) -> None:
        made = make_backup(tmp_path / "backups", at=AT)
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT 1")
        restore_backup(made.place, at=AT, wanted=Wanted(replace=True, nobody_erased=True))
        other.close()
        assert databases_beside() == []


def _role(name: str, powers: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {name}")
        cursor.execute(f"CREATE ROLE {name} LOGIN {powers} IN ROLE pg_read_all_data")


@contextmanager
def _as_role(name: str) -> Iterator[None]:
    given = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = given

"""Migrations of a site in use: what they may do, and that they do not wait long for a table."""

from collections.abc import Iterator
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    Migration,
    RenameField,
    RunPython,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from routekaart.management.commands import migrate
from routekaart.models.operations import AddIndexBesideUse
from tests.migration_rules import faults

# Older ones were made before anybody used the product.
LAST_UNJUDGED = "0017_privacy"
# An exception, by name of the migration: the words of the fault, and why it does no harm.
ALLOWED: dict[str, dict[str, str]] = {
    "0018_role_dates": {
        "Create constraint role_ends_after_its_start on model rolegrant: locks a table that is in "
        "use.": "a few rows per school, looked at in a moment",
    },
    "0020_request_counts": {
        "Moves data and changes tables in one: give each a migration of its own.": "moves none: "
        "the table is new, and is only told not to wait for the disk",
    },
}


def one_by_one() -> MigrationLoader:
    """All migrations as a database goes through that was there before they were made one."""
    return MigrationLoader(None, replace_migrations=False)


def judged() -> Iterator[tuple[Migration, ProjectState]]:
    loader = one_by_one()
    for key, migration in sorted(loader.disk_migrations.items()):
        if key[0] == "routekaart" and key[1] > LAST_UNJUDGED:
            yield migration, loader.project_state(migration.dependencies)


def test_migrations_from_now_on_do_not_get_in_the_way() -> None:
    wrong = [
        f"{migration.name}: {fault}"
        for migration, before in judged()
        for fault in faults(migration, before)
        if fault not in ALLOWED.get(migration.name, {})
    ]
    assert wrong == []


def test_a_new_database_gets_what_an_older_one_grew_into() -> None:
    grown = one_by_one().project_state(("routekaart", "0024_earlier_documents_with_progress"))
    new = MigrationLoader(None).project_state(("routekaart", "0001_squashed_0024"))
    assert shape(new) == shape(grown)


def shape(state: ProjectState) -> dict[tuple[str, str], object]:
    """Every model with its fields, options, indexes and constraints; in which order is nothing."""
    return {
        key: (
            {name: field.deconstruct()[1:] for name, field in model.fields.items()},
            {name: in_order(option) for name, option in model.options.items() if option},
            model.bases,
            model.managers,
        )
        for key, model in state.models.items()
    }


def in_order(option: object) -> object:
    return sorted(map(repr, option)) if isinstance(option, list) else option


def state() -> ProjectState:
    return one_by_one().project_state(("routekaart", LAST_UNJUDGED))


def migration_of(*operations: Operation, atomic: bool = True) -> Migration:
    kind = type("Trial", (Migration,), {"operations": list(operations), "atomic": atomic})
    made: Migration = kind("0099_trial", "routekaart")
    return made


INDEX = models.Index(fields=["kind"], name="job_kind")
UNIQUE = models.UniqueConstraint(fields=["kind"], name="one_per_kind")


def _nothing(*_: object) -> None: ...


@pytest.mark.parametrize(
    ("operations", "fault"),
    [
        ([AddIndex("job", INDEX)], "locks a table that is in use"),
        ([AddIndexBesideUse("job", INDEX)], "needs `atomic = False`"),
        ([AddConstraint("job", UNIQUE)], "locks a table that is in use"),
        ([AddField("job", "n", models.IntegerField(default=0))], "the old version cannot insert"),
        ([AddField("job", "n", models.IntegerField(null=True, unique=True))], "under a lock"),
        ([AlterField("job", "kind", models.IntegerField())], "writes the whole table anew"),
        ([RenameField("job", "kind", "sort")], "still reads the old name"),
        (
            [RunPython(_nothing), AddField("job", "n", models.IntegerField(null=True))],
            "Moves data and changes tables",
        ),
    ],
)
def test_what_gets_in_the_way_is_found(operations: list[Operation], fault: str) -> None:
    (found,) = faults(migration_of(*operations), state())
    assert fault in found


def test_what_does_no_harm_is_let_through() -> None:
    migration = migration_of(
        CreateModel("Trial", [("id", models.BigAutoField(primary_key=True))]),
        AddIndex("trial", models.Index(fields=["id"], name="trial_id")),
        AddIndexBesideUse("job", INDEX),
        AddField("job", "n", models.IntegerField(null=True)),
        AddField("job", "m", models.IntegerField(db_default=0)),
        AlterField("job", "kind", models.CharField(max_length=40)),
        atomic=False,
    )
    assert faults(migration, state()) == []


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_and_taken_away_beside_use() -> None:
    operation = AddIndexBesideUse("job", INDEX)
    before = state()
    after = before.clone()
    operation.state_forwards("routekaart", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("routekaart", editor, before, after)
    assert "job_kind" in indexes()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("routekaart", editor, after, before)
    assert "job_kind" not in indexes()


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "routekaart_job"))


@pytest.fixture
def other() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Somebody else at the same database."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: given[name] for name in names if name in given}) as one:
        yield one


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_busy_table_is_not_waited_for_long(
    other: "psycopg.Connection[tuple[object, ...]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", 1)
    ((_, last),) = MigrationLoader(None).graph.leaf_nodes("routekaart")
    one_more(monkeypatch, last)
    # Somebody reads jobs and has not ended yet.
    other.execute("SELECT count(*) FROM routekaart_job")
    with pytest.raises(CommandError, match="langer dan 1 seconden in gebruik"):
        call_command("migrate", verbosity=0)
    assert "proef" not in columns_of_jobs()
    other.rollback()
    call_command("migrate", verbosity=0)
    assert "proef" in columns_of_jobs()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
    call_command("migrate", "routekaart", last, verbosity=0)


def one_more(monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    """A migration after the last one, that changes a table in use."""
    load = MigrationLoader.load_disk

    def load_with_it(loader: MigrationLoader) -> None:
        load(loader)
        trial = AddField("Job", "proef", models.BooleanField(null=True))
        content = {"operations": [trial], "dependencies": [("routekaart", last)]}
        kind = type("Trial", (Migration,), content)
        loader.disk_migrations["routekaart", "9999_trial"] = kind("9999_trial", "routekaart")

    monkeypatch.setattr(MigrationLoader, "load_disk", load_with_it)


def columns_of_jobs() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "routekaart_job")
        return {column.name for column in found}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_go_one_after_the_other(
    other: "psycopg.Connection[tuple[object, ...]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    other.execute("SELECT pg_advisory_lock(%s)", [migrate._ONE_AT_A_TIME])
    other.commit()
    waits: list[float] = []

    def leave(seconds: float) -> None:
        waits.append(seconds)
        other.execute("SELECT pg_advisory_unlock(%s)", [migrate._ONE_AT_A_TIME])
        other.commit()

    # Only there: threads of workers that other tests left behind sleep too.
    monkeypatch.setattr(migrate, "time", SimpleNamespace(sleep=leave))
    call_command("migrate", verbosity=0)
    assert len(waits) == 1

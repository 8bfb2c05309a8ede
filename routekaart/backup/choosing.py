"""Which database the product runs on."""

from django.db import connection

from routekaart.backup.database import Database
from routekaart.backup.postgres import PostgresDatabase
from routekaart.backup.sqlite import SqliteDatabase
from routekaart.domain.backups import Kind


def database_in_use() -> Database:
    """The one that Django is connected to."""
    if connection.vendor == Kind.POSTGRESQL:
        return PostgresDatabase()
    return SqliteDatabase()

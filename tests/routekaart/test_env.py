"""Environment readers fail loudly, and an address becomes the right database."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from routekaart.env import BadEnvironment, Environment, database_settings
from tests.tiers import examples

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("1", True), ("NO", False), ("", True)]
)
def test_a_flag(text: str, value: bool) -> None:
    assert Environment({"SWITCH": text}).flag("SWITCH", default=True) is value


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"SWITCH": "misschien"}, "SWITCH moet true of false zijn, niet 'misschien'."),
        ({"SWITCH": "2"}, "SWITCH moet true of false zijn, niet '2'."),
    ],
)
def test_a_flag_that_is_none(values: dict[str, str], message: str) -> None:
    with pytest.raises(BadEnvironment, match=f"^{message}$"):
        Environment(values).flag("SWITCH", default=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("drie", "NUMBER moet een geheel getal zijn, niet 'drie'."),
        ("0", "NUMBER moet minstens 1 zijn, niet 0."),
        ("366", "NUMBER mag hoogstens 365 zijn, niet 366."),
    ],
)
def test_a_number_that_cannot_be_used(text: str, message: str) -> None:
    with pytest.raises(BadEnvironment, match=f"^{message}$"):
        Environment({"NUMBER": text}).whole_number("NUMBER", default=5, minimum=1, maximum=365)


def test_what_is_not_set_takes_the_default() -> None:
    env = Environment({"BLANK": "  "})
    assert env.whole_number("BLANK", default=5) == 5
    assert env.text("BLANK", "iets") == "iets"
    assert env.names("BLANK", ("a",)) == ("a",)
    assert env.folder("BLANK", Path("/ergens")) == Path("/ergens")


def test_names_are_split_and_stripped() -> None:
    assert Environment({"HOSTS": "a.nl, b.nl,,"}).names("HOSTS") == ("a.nl", "b.nl")


def test_no_address_is_the_file_on_this_machine() -> None:
    settings = database_settings("", default_file=Path("/var/x.sqlite3"))
    assert (settings["ENGINE"], settings["NAME"]) == (
        "django.db.backends.sqlite3",
        "/var/x.sqlite3",
    )


def test_sqlite_is_set_for_several_writers_and_for_power_cuts(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    settings = database_settings("", default_file=tmp_path / "x.sqlite3")
    connection = ConnectionHandler({"default": settings})["default"]
    answers = {}
    try:
        # A database of its own, not the one of the tests.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
                cursor.execute(f"PRAGMA {name}")
                [answers[name]] = cursor.fetchone()
    finally:
        connection.close()
    # 2 is FULL.
    assert answers == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_a_postgresql_server() -> None:
    settings = database_settings(
        "postgresql://anna:p%40ss@db.example:5433/kaart?sslmode=require", default_file=Path("x")
    )
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [settings[name] for name in names] == [
        "django.db.backends.postgresql",
        "kaart",
        "anna",
        "p@ss",
        "db.example",
        "5433",
        {"sslmode": "require"},
    ]


def test_an_address_of_a_unix_socket() -> None:
    settings = database_settings("postgresql://anna@/kaart?host=/run/pg", default_file=Path("x"))
    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == ("/run/pg", "", {})


def test_an_address_that_is_not_known() -> None:
    with pytest.raises(BadEnvironment, match="moet beginnen met postgresql:// of sqlite://"):
        database_settings("mysql://x", default_file=Path("x"))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"DATABASE_URL": "mysql://x"},
            "DATABASE_URL moet beginnen met postgresql:// of sqlite://",
        ),
        ({"ROUTEKAART_VAR": "/dev/null/x"}, "Kan niet schrijven in /dev/null/x: kies met"),
        ({"ROUTEKAART_PRODUCTION": "true"}, "SECRET_KEY ontbreekt: in productie"),
    ],
)
def test_a_command_says_in_one_sentence_what_is_wrong(
    values: dict[str, str], sentence: str
) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **values},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


ADDRESSES = st.text() | st.builds(
    "{}://{}:{}@{}:{}/{}?{}={}".format,
    st.sampled_from(["postgresql", "postgres", "sqlite", "mysql"]),
    *[st.text(max_size=8)] * 7,
)


@settings(max_examples=examples(100, 5000))
@given(ADDRESSES)
def test_any_address_of_a_database_is_understood_or_refused(url: str) -> None:
    with contextlib.suppress(BadEnvironment):
        assert database_settings(url, default_file=Path("x"))["ENGINE"]


@pytest.mark.parametrize(
    "url", ["postgresql://[::1/a", "postgres://a:b@c:veel/d", "postgres://c:99999/d"]
)
def test_no_address_of_a_database(url: str) -> None:
    with pytest.raises(BadEnvironment, match="DATABASE_URL is geen adres"):
        database_settings(url, default_file=Path("x"))


@settings(max_examples=examples(100, 5000))
@given(st.text())
def test_any_value_is_read_or_refused(value: str) -> None:
    read = Environment({"X": value})
    assert all(read.names("X")) or not read.names("X")
    with contextlib.suppress(BadEnvironment):
        assert read.flag("X", default=True) in {True, False}
    with contextlib.suppress(BadEnvironment):
        assert 0 <= read.whole_number("X", default=1, maximum=9) <= 9

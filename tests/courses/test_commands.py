"""The commands: what they print, and one clear sentence instead of a traceback."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from courses import models
from courses.catalogue import forget_catalogue
from courses.export import export
from courses.files import read_catalogue
from tests.catalogue_files import CatalogueFiles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_catalogue()
    yield
    forget_catalogue()


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_load_says_what_it_did(files: CatalogueFiles) -> None:
    version = read_catalogue(files.folder).version[:12]
    first = run("load_catalogue", "--folder", str(files.folder))
    created = int(first.split(" nieuw")[0].split()[-1])
    assert first == (
        f"Catalogus geladen, versie {version}: {created} nieuw, 0 gewijzigd, 0 vervallen, "
        "0 ongewijzigd.\n"
    )
    assert run("load_catalogue", "--folder", str(files.folder)) == (
        f"Catalogus geladen, versie {version}: 0 nieuw, 0 gewijzigd, 0 vervallen, "
        f"{created} ongewijzigd.\n"
    )


def test_load_lists_all_mistakes_and_loads_nothing(files: CatalogueFiles) -> None:
    files.replace("courses.toml", 'title = "Luister"', 'titel = "Luister"')
    with pytest.raises(CommandError) as raised:
        run("load_catalogue", "--folder", str(files.folder))
    lines = str(raised.value).split("\n")
    assert lines[0] == "De catalogus is niet geladen, de tabellen zijn zoals ze waren. 2 fouten:"
    assert [line.split(":")[0] for line in lines[1:]] == [
        "- courses.toml, regel 28, courses[4].title",
        "- courses.toml, regel 30, courses[4].titel",
    ]
    assert raised.value.returncode == 1
    assert models.Course.objects.count() == 0


def test_check_loads_nothing(files: CatalogueFiles) -> None:
    assert run("load_catalogue", "--folder", str(files.folder), "--check") == (
        "De bestanden kloppen: 2 interventies en 4 cursussen. Er is niets geladen.\n"
    )
    assert models.Course.objects.count() == 0


def test_export_prints_the_catalogue_of_the_tables(files: CatalogueFiles) -> None:
    run("load_catalogue", "--folder", str(files.folder))
    printed = run("export_catalogue")
    assert json.loads(printed) == export(read_catalogue(files.folder))
    assert run("export_catalogue") == printed


def test_export_keeps_letters_with_accents(files: CatalogueFiles) -> None:
    files.replace("courses.toml", 'title = "Luister"', 'title = "Efficiënt – luisteren"')
    run("load_catalogue", "--folder", str(files.folder))
    assert '"title": "Efficiënt – luisteren"' in run("export_catalogue")


def test_report_reads_the_tables(files: CatalogueFiles) -> None:
    run("load_catalogue", "--folder", str(files.folder))
    printed = run("catalogue_report")
    assert "Bronnen verschillen (1)" in printed
    assert "- Bijles: Leerwinst" in printed


@pytest.mark.parametrize("command", ["export_catalogue", "catalogue_report"])
def test_without_a_catalogue_one_sentence_says_what_to_do(command: str) -> None:
    with pytest.raises(CommandError) as raised:
        run(command)
    assert str(raised.value) == (
        "De catalogus is nog niet geladen; draai eerst 'python manage.py load_catalogue'."
    )


@pytest.mark.parametrize("command", ["load_catalogue", "export_catalogue", "catalogue_report"])
def test_without_tables_one_sentence_says_what_to_do(command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE courses_cataloguestate RENAME TO courses_weg")
    with pytest.raises(CommandError, match=r"draai eerst 'python manage\.py migrate'"):
        run(command)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="deze map bestaat niet"):
        run("load_catalogue", "--folder", str(tmp_path / "nergens"))

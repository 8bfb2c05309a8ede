"""The data of somebody who left every school, made on the server."""

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from routekaart.clock import now
from routekaart.models import AuditEntry, Departure, Person, School
from tests.makers import make_person, make_school
from tests.routekaart.management.leaver import EMAIL, NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(person: Person, schools: list[School]) -> Person:
    """With somebody else who left one of the schools."""
    with scopes_disabled():
        Departure.objects.create(
            person=make_person("Iemand Anders"), school=schools[0], left_at=now()
        )
    return person


def run(file: Path, email: str = EMAIL) -> str:
    said = StringIO()
    call_command("export_person", email, str(file), stdout=said)
    return said.getvalue()


def logged() -> set[tuple[object, ...]]:
    with scopes_disabled():
        rows = AuditEntry.objects.values_list("school", "person_id", "action", "object_id")
        return set(rows)


def test_all_of_every_school_is_in_one_file(
    schools: list[School], person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "lies.zip"
    make_school(name="Elders")
    assert run(file, f" {EMAIL.upper()}") == (
        f"Gemaakt: {file}. Het staat in het logboek van: De Eik en De Wilg.\n"
    )
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["LEES MIJ.txt", "gegevens.json"]
        assert archive.read("LEES MIJ.txt").decode().startswith(f"Gegevens van {NAME}\n")
        data = json.loads(archive.read("gegevens.json"))
    assert [row["email"] for row in data["tables"]["Person"]] == [EMAIL]
    assert {row["school"] for row in data["tables"]["Departure"]} == {
        str(school.pk) for school in schools
    }
    # Nobody else on the server reads it.
    assert file.stat().st_mode & 0o777 == 0o600
    assert logged() == {
        (school.pk, None, "export_person_on_server", str(person.pk)) for school in schools
    }


@pytest.mark.usefixtures("person")
def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "lies.zip"
    file.write_text("van een ander")
    with pytest.raises(CommandError, match="bestaat al"):
        run(file)
    assert file.read_text() == "van een ander"
    with pytest.raises(CommandError, match="kan hier niet gemaakt worden"):
        run(tmp_path / "geen map" / "lies.zip")
    assert logged() == set()


def test_an_address_of_nobody_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "niemand.zip"
    with pytest.raises(CommandError, match="Er is geen account met dit adres"):
        run(file)
    assert not file.exists()


def test_who_was_put_off_is_still_somebody(person: Person, tmp_path: Path) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert run(tmp_path / "lies.zip").startswith("Gemaakt: ")

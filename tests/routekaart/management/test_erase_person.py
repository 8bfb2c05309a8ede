"""Erasing somebody on the server: who left two boards, of which neither may do it alone."""

import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.privacy.erasing import erase_person
from routekaart.models import AuditEntry, Erasure, Person, School
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_board,
    make_person,
    make_school,
    make_team,
)
from tests.routekaart.management.leaver import EMAIL, NAME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def run(*more: str, email: str = EMAIL) -> str:
    said = StringIO()
    call_command("erase_person", email, *more, stdout=said)
    return said.getvalue()


def kept() -> bool:
    return Person.objects.filter(email=EMAIL, name=NAME, is_active=True).exists()


def test_every_school_reads_it_in_its_log_and_a_backup_does_not_bring_it_back(
    schools: list[School],
    person: Person,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_school(name="Elders")
    with django_capture_on_commit_callbacks(execute=True):
        assert run("--yes", email=f" {EMAIL.upper()}") == (
            "Gewist. De aantallen blijven, de naam is weg. "
            "Het staat in het logboek van: De Eik en De Wilg.\n"
        )
    person.refresh_from_db()
    assert (person.name, person.email, person.is_active) == (
        "Oud-medewerker",
        f"{person.pk}@gewist.invalid",
        False,
    )
    with scopes_disabled():
        rows = AuditEntry.objects.filter(person=None)
        assert set(rows.values_list("school", "action", "object_id")) == {
            (school.pk, "erase_person_on_server", str(person.pk)) for school in schools
        }
        assert rows.count() == AuditEntry.objects.count() == 2
    assert Erasure.objects.get().person_id == person.pk
    assert settings.ERASURES_FILE.read_text().split()[0] == str(person.pk)
    # Done is done: for the server, and for a school that tries it later.
    with pytest.raises(CommandError, match="Er is geen account met dit adres"):
        run("--yes")
    with pytest.raises(CommandError, match="Er is geen account met dit adres"):
        run("--yes", email=person.email)
    admin = make_person()
    grant(admin, Role.SCHOOL_ADMIN, school=schools[0])
    erase_person(
        by=access_for(admin), school_id=schools[0].pk, person_id=person.pk, confirmation=NAME
    )
    with scopes_disabled():
        assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "erased"), [(f" {EMAIL.upper()}\n", True), ("ja\n", False), ("", False)]
)
@pytest.mark.usefixtures("person")
def test_without_yes_it_tells_what_it_will_do_and_asks(
    monkeypatch: pytest.MonkeyPatch, answer: str, erased: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(answer))
    asked = (
        f"Dit account wissen: {NAME}, {EMAIL}.\n"
        "Scholen die er iets van bewaren: De Eik en De Wilg.\n"
        "Dit gaat weg: naam, e-mailadres en wachtwoord, en wat verder bij het account hoort; "
        "vertrek bij een school, met de datum (2).\n"
        "Dit blijft, zonder naam: niets.\n"
        "Ook weg: alle gemaakte documenten van deze scholen en over hun hele bestuur, met de "
        "links die verstuurd zijn. Ze kunnen opnieuw gemaakt worden; de naam komt niet terug.\n"
        "Typ het adres nog eens om te wissen: "
    )
    if erased:
        assert run().startswith(f"{asked}\nGewist.")
    else:
        with pytest.raises(CommandError, match=r"Dit is niet het adres\. Er is niets veranderd\."):
            run()
    assert kept() is not erased
    assert Erasure.objects.exists() is erased


def _works(person: Person, school: School) -> Model:
    return employ(person, school)


def _visits(person: Person, school: School) -> Model:
    return join(person, make_team(school))


def _has_a_role(person: Person, school: School) -> Model:
    return grant(person, Role.TRAINER, school=school)


@pytest.mark.parametrize("place", [_works, _visits, _has_a_role])
def test_who_has_a_place_is_not_erased(person: Person, place: Any) -> None:
    with scopes_disabled():
        found = place(person, make_school(name="De Linde"))
    for more in ((), ("--yes",)):
        with pytest.raises(CommandError, match=r"hoort nog bij: De Linde\. Beëindig"):
            run(*more)
    assert kept()
    with scopes_disabled():
        found.delete()
    assert run("--yes").startswith("Gewist.")


def test_nor_who_has_a_role_for_a_board_without_schools(person: Person) -> None:
    grant(person, Role.BOARD, board=make_board("Stichting Leeg"))
    with pytest.raises(CommandError, match=r"hoort nog bij: Stichting Leeg\. Beëindig"):
        run("--yes")
    assert kept()


def test_who_left_no_trace_is_erased_too() -> None:
    Person.objects.create_user("alleen@voorbeeld.test", "Al Leen")
    assert run("--yes", email="alleen@voorbeeld.test") == (
        "Gewist. De aantallen blijven, de naam is weg.\n"
    )
    assert not Person.objects.filter(name="Al Leen").exists()


def test_an_address_of_nobody() -> None:
    with pytest.raises(CommandError, match="Er is geen account met dit adres"):
        run("--yes", email="niemand@voorbeeld.test")

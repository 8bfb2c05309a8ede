"""A list of people on the pages: chosen once, looked at, and then read in."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Employment, Mail, Person, School, Team
from routekaart.storage import Storage
from tests.makers import grant, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HEADINGS = "e-mail;naam;rol;team;wtf;kleur"
GOOD = f"{HEADINGS}\nnoor@school.test;Noor Nieuw;teamleider;Onderbouw;0,8;rood\n"


class Office:
    """Who runs a school, before the pages of reading in."""

    def __init__(self, pages: Client) -> None:
        self.school: School = make_school(name="De Wilg")
        self.team: Team = make_team(self.school, "Onderbouw")
        self.admin = make_colleague(self.team, Role.SCHOOL_ADMIN, name="Ada Beheer")
        self.pages = pages
        pages.force_login(self.admin)
        self.at = f"/beheer/{self.school.pk}/medewerkers/inlezen"

    def choose(self, text: str | bytes, name: str = "lijst.csv") -> Any:
        data = text if isinstance(text, bytes) else text.encode()
        return self.pages.post(self.at, {"lijst": SimpleUploadedFile(name, data)})

    def check(self, status: int = 200, **query: str) -> str:
        answer = self.pages.get(f"{self.at}/controle", query)
        assert answer.status_code == status
        return " ".join(answer.content.decode().split())

    def sign(self) -> str:
        """What stands hidden on the page for what it shows; empty where nothing can be done."""
        found = re.search(r'name="gezien" value="([^"]*)"', self.check())
        return found[1] if found else ""

    def confirm(self, sign: str | None = None) -> Any:
        return self.pages.post(
            f"{self.at}/controle", {"gezien": self.sign() if sign is None else sign}
        )

    def people(self) -> list[str]:
        with scopes_disabled():
            rows = Employment.objects.filter(school=self.school)
            return sorted(rows.values_list("person__email", flat=True))


@pytest.fixture
def office(pages: Client) -> Iterator[Office]:
    with standing_at(MOMENT):
        yield Office(pages)


def test_a_list_is_looked_at_first_and_then_read_in(office: Office) -> None:
    before = office.people()
    answer = office.choose(GOOD)
    assert (answer.status_code, answer["Location"]) == (302, f"{office.at}/controle")
    html = office.check()
    assert "lijst.csv: 1 nieuw." in html
    assert "<strong>Noor Nieuw</strong>" in html
    assert "<li>rol: <ins>teamleider</ins></li>" in html
    assert "<li>wtf: <ins>0,8</ins></li>" in html
    assert "<li>team: <ins>Onderbouw (vanaf 5 oktober 2026)</ins></li>" in html
    assert "Deze kolommen lezen we niet: kleur." in html
    assert office.people() == before
    answer = office.confirm()
    assert (answer.status_code, answer["Location"]) == (302, f"{office.at}/klaar")
    assert "1 nieuw, 0 gewijzigd." in office.pages.get(answer["Location"]).content.decode()
    assert office.people() == sorted([*before, "noor@school.test"])
    # It waits no longer; the same list once more changes nothing.
    assert "Er staat geen lijst klaar" in office.check()
    office.choose(GOOD)
    html = office.check()
    assert "lijst.csv: 1 blijft gelijk." in html
    assert "Nu invoeren" not in html
    office.choose(f"{GOOD}{office.admin.email};;;;;\n")
    assert "lijst.csv: 2 blijven gelijk." in office.check()


def test_a_row_that_is_refused_is_named_and_nothing_is_stored(office: Office) -> None:
    with scopes_disabled():
        person = make_person("Noor")
        Person.objects.filter(pk=person.pk).update(email="noor@school.test")
        for number in range(3):
            Mail.objects.create(
                school=office.school, person=person, kind="welcome", key=str(number), state="sent"
            )
    office.choose(GOOD)
    before = office.people()
    answer = office.confirm()
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    assert "Regel 2 (noor@school.test): Deze medewerker kreeg het afgelopen uur al 3" in page
    assert "Haal die regel uit je bestand" in page
    assert "Er is iets veranderd" not in page
    assert office.people() == before


def test_what_changed_since_the_look_is_shown_before_anything_is_stored(office: Office) -> None:
    office.choose(GOOD)
    seen = office.sign()
    before = office.people()
    with scopes_disabled():
        # The team of the list goes by another id now: the same words, but not the same team.
        office.team.delete()
    again = make_team(office.school, "Onderbouw")
    answer = office.confirm(seen)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Er is iets veranderd sinds je de lijst bekeek." in html
    assert "<title>Fout: Controleer de lijst" in html
    assert office.people() == before
    # What the page of the refusal shows can be said yes to.
    now = re.search(r'name="gezien" value="([^"]*)"', html)
    assert now is not None
    assert now[1] != seen
    assert office.confirm(now[1]).status_code == 302
    with scopes_disabled():
        assert again.memberships.count() == 1
    assert office.people() == sorted([*before, "noor@school.test"])


@pytest.mark.parametrize("sign", ["", "x" * 64, "é\0"])
def test_nothing_is_stored_that_was_not_seen(office: Office, sign: str) -> None:
    before = office.people()
    office.choose(GOOD)
    assert office.confirm(sign).status_code == 422
    assert office.people() == before


def test_a_second_click_changes_nothing_and_is_no_error(office: Office) -> None:
    office.choose(GOOD)
    seen = office.sign()
    session = office.pages.session["chosen_file"]
    assert office.confirm(seen).status_code == 302
    # As the other of two requests at once has it: the file still waits.
    kept = office.pages.session
    kept["chosen_file"] = session
    kept.save()
    assert office.confirm(seen).status_code == 302
    assert office.people().count("noor@school.test") == 1


def test_a_change_shows_what_was(office: Office) -> None:
    office.choose(f"e-mail;wtf\n{office.admin.email};0,5\n")
    assert "<li>wtf: <del>1</del> wordt <ins>0,5</ins></li>" in office.check()


def test_a_wrong_row_says_what_to_do_and_nothing_is_read_in(office: Office) -> None:
    before = office.people()
    office.choose(f"{GOOD}sam;Sam;koning;Elders;9;\n")
    html = office.check()
    assert "1 regel klopt nog niet." in html
    assert "<title>Controleer de lijst – Routekaart</title>" in html
    assert "1 met een fout, 1 nieuw." in html
    assert "<li><strong>e-mail</strong>: Dit is geen e-mailadres. Controleer het.</li>" in html
    assert "<strong>team</strong>: Het team ‘Elders’ is er niet." in html
    assert "Mist er een team? <a" in html
    assert "Nu invoeren" not in html
    answer = office.confirm()
    assert answer.status_code == 422
    assert "<title>Fout: Controleer de lijst" in answer.content.decode()
    assert office.people() == before


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "Dit bestand is leeg. Kies een ander bestand."),
        (b"naam;rol\nNoor;teamlid\n", "In deze lijst staat geen kolom voor het e-mailadres."),
        (b"%PDF-1.7\nlijst", "Dit bestand is geen tabel. Sla de lijst op als .csv of .xlsx."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Dit bestand is geen tabel."),
        (b"\xd0\xcf\x11\xe0oud", "Dit is een oud Excel-bestand of het heeft een wachtwoord."),
        (b"e-mail;bsn\n", "Haal de kolom ‘bsn’ uit de lijst"),
        (b"e-mail\n" + b"x" * 2_000_001, "Dit bestand is groter dan 2 MB."),
    ],
)
def test_what_is_no_list_is_refused_at_once(office: Office, file: bytes, message: str) -> None:
    answer = office.choose(file)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fout: Een lijst inlezen" in html
    assert f"Bestand met medewerkers: {message}" in html
    assert "Er staat geen lijst klaar" in office.check()


def test_without_a_file(office: Office) -> None:
    answer = office.pages.post(office.at, {})
    assert answer.status_code == 422
    assert "Bestand met medewerkers: Kies een bestand." in answer.content.decode()


def test_a_list_waits_an_hour(office: Office) -> None:
    office.choose(GOOD)
    with standing_at(MOMENT + timedelta(minutes=59)):
        assert "Nu invoeren" in office.check()
    with standing_at(MOMENT + timedelta(minutes=61)):
        assert "Er staat geen lijst klaar" in office.check()
        office.confirm()
    assert "noor@school.test" not in office.people()


def test_a_list_that_the_sweep_took_is_asked_again(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    # A folder of its own: it sweeps everything.
    settings.STORAGE_DIR = tmp_path
    office.choose(GOOD)
    Storage(tmp_path).sweep(older_than=timedelta(0), in_use=lambda _hashes: ())
    assert "Er staat geen lijst klaar" in office.check()


def test_a_list_for_one_school_is_not_read_in_at_another(office: Office) -> None:
    second = make_school(name="De Es")
    make_colleague(make_team(second), Role.SCHOOL_ADMIN)
    office.choose(GOOD)
    answer = office.pages.get(f"/beheer/{second.pk}/medewerkers/inlezen/controle")
    assert answer.status_code == 404
    grant(office.admin, Role.SCHOOL_ADMIN, school=second)
    answer = office.pages.get(f"/beheer/{second.pk}/medewerkers/inlezen/controle")
    assert "Er staat geen lijst klaar" in answer.content.decode()


def test_the_template_can_be_filled_in(office: Office) -> None:
    answer = office.pages.get(f"{office.at}/voorbeeld.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"medewerkers-{office.school.brin}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "e-mail" in answer.content.decode("utf-8-sig").splitlines()[0]
    # As it is, it holds nobody.
    office.choose(answer.content)
    assert "geen enkele regel" in office.check()


def test_many_rows_come_by_the_page_in_as_many_queries(office: Office) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.check()
        return len(queries)

    office.choose(GOOD)
    # The first look may read the catalogue as well.
    count()
    few = count()
    rows = [f"p{number:02d}@school.test;Persoon {number};;;;" for number in range(60)]
    office.choose("\n".join([HEADINGS, *rows]))
    assert count() == few <= 15
    html = office.check(bladzijde="2")
    assert "Bladzijde 2 van 2" in html
    assert html.count('">regel ') == 10


def test_who_does_not_manage_people_reads_in_nothing(office: Office, pages: Client) -> None:
    pages.force_login(make_colleague(office.team, Role.DIRECTOR))
    for path in ("", "/controle", "/klaar", "/voorbeeld.csv"):
        assert pages.get(f"{office.at}{path}").status_code == 403
    assert office.choose(GOOD).status_code == 403

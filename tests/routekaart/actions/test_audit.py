"""What no person did stands in the log as done by the server or by the clock."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.board_roles import grant_board_role, withdraw_board_role
from routekaart.actions.organisation.first_organisation import Wanted, create_organisation
from routekaart.actions.organisation.people import end_employment
from routekaart.actions.organisation.roles_over import clear_roles_that_are_over
from routekaart.actions.privacy.erasing import apply_erasures, erase_departed, erase_person
from routekaart.clock import now
from routekaart.models import Employment, Person, RoleGrant, School
from routekaart.queries.organisation.school_log import log_lines, school_log
from tests.makers import access_for, employ, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def new_school() -> tuple[School, Person]:
    made = create_organisation(
        Wanted(
            board_name="Stichting De Proef",
            board_number="12345",
            school_name="De Proefschool",
            brin="01AB00",
            sector="po",
            region="noord",
            admin_name="Ada Admin",
            admin_email="ada@voorbeeld.test",
        )
    )
    return made.school, made.admin


def read(school: School, admin: Person) -> list[str]:
    by = access_for(admin)
    return [line.text for line in log_lines(by=by, entries=school_log(by=by, school_id=school.pk))]


def test_the_server_and_the_clock_say_so_themselves() -> None:
    school, admin = new_school()
    number, email, role = "12345", "wim@voorbeeld.test", Role.TRAINER
    for _ in range(2):
        grant_board_role(number=number, email=email, role=role, name="Wim de Wit")
    withdraw_board_role(number=number, email=email, role=role)
    grant_board_role(number=number, email=email, role=role, name="")
    RoleGrant.objects.filter(role=Role.TRAINER).update(ends_on=date(2026, 1, 1))
    clear_roles_that_are_over(day=date(2026, 1, 2))
    erase_departed(at=now() + timedelta(days=31 * django_settings.RETENTION_MONTHS))
    assert read(school, admin) == [
        "Het programma wiste de gegevens van iemand die lang weg is.",
        "Het programma liet een rol aflopen.",
        "De technisch beheerder gaf iemand een rol bij het bestuur.",
        "De technisch beheerder trok een rol bij het bestuur in.",
        "De technisch beheerder gaf iemand een rol bij het bestuur.",
        "De technisch beheerder gaf iemand een rol bij het bestuur.",
        "De technisch beheerder richtte de school in.",
    ]


@pytest.mark.usefixtures("catalogue")
def test_what_somebody_did_who_is_erased_is_of_a_former_colleague() -> None:
    school, admin = new_school()
    one, other = make_person("Noor Blauw"), make_person("Wim de Wit")
    employ(one, school)
    RoleGrant.objects.create(person=other, role=Role.SCHOOL_ADMIN, school=school)
    with scopes_disabled():
        work = Employment.objects.get(person=one)
    end_employment(by=access_for(other), employment_id=work.pk)
    erase_person(
        by=access_for(other), school_id=school.pk, person_id=one.pk, confirmation="Noor Blauw"
    )
    assert apply_erasures(at=now(), also={other.pk: None}) == 1
    assert read(school, admin)[:2] == [
        "Een oud-collega wiste de gegevens van iemand die weg is.",
        "Een oud-collega legde vast dat iemand van school gaat.",
    ]


def test_who_was_erased_by_the_clock_is_erased_for_the_school_as_well() -> None:
    school, admin = new_school()
    person = make_person("Wim de Wit")
    employ(person, school)
    with scopes_disabled():
        work = Employment.objects.get(person=person)
    end_employment(by=access_for(admin), employment_id=work.pk)
    erase_departed(at=now() + timedelta(days=31 * django_settings.RETENTION_MONTHS))
    before = read(school, admin)
    # Safe to repeat, whoever did it first.
    erase_person(
        by=access_for(admin), school_id=school.pk, person_id=person.pk, confirmation="Wim de Wit"
    )
    assert read(school, admin) == before

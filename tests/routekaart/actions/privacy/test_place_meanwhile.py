"""Somebody gets a place while the account is erased: whoever comes second sees the first.

On PostgreSQL: on SQLite nobody writes beside another.
"""

from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment
from routekaart.actions.privacy.erasing_on_server import erase_person_on_server
from routekaart.domain.errors import Conflict
from routekaart.domain.personal_data.names import erased_address
from routekaart.models import Departure, Employment, Person
from tests.at_once import PATIENCE, at_once, somebody_waits
from tests.makers import access_for, employ, grant, make_person, make_school
from tests.worker_process import until

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("catalogue")]
ADDRESS = "wim@klimboom.example"


@pytest.fixture
def admin(
    transactional_db: None,  # noqa: ARG001  (gives tables that two connections see)
    settings: Any,
    tmp_path: Path,
) -> Person:
    """Of a school that somebody left."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two write at once")
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"
    school, person = make_school(), make_person("Jo van Dam")
    employ(person, school)
    grant(person, Role.SCHOOL_ADMIN, school=school)
    left = make_person("Wim de Wit")
    Person.objects.filter(pk=left.pk).update(email=ADDRESS)
    with scopes_disabled():
        Departure.objects.create(person=left, school=school, left_at=timezone.now())
    return person


def place_for(admin: Person) -> Employment:
    with scopes_disabled():
        school = Employment.objects.get(person=admin).school_id
    return add_employment(
        by=access_for(admin),
        school_id=school,
        email=ADDRESS,
        name="Wim de Wit",
        roles=[],
        functions=[],
        fte=Decimal(1),
        working_days=[0],
        weekly_study_minutes=None,
    )


def test_who_is_erased_first_comes_back_as_somebody_new(admin: Person) -> None:
    erased = Event()

    def erase() -> None:
        with transaction.atomic():
            erase_person_on_server(email=ADDRESS)
            erased.set()
            until(somebody_waits, "somebody waits for a lock")

    def place() -> Employment:
        assert erased.wait(PATIENCE)
        return place_for(admin)

    old = Person.objects.get(email=ADDRESS)
    _, employment = at_once(erase, place)
    old.refresh_from_db()
    assert old.email == erased_address(old.pk)
    assert employment.person_id != old.pk
    assert (employment.person.email, employment.person.name) == (ADDRESS, "Wim de Wit")


def test_who_gets_a_place_first_stays(admin: Person) -> None:
    placed = Event()

    def place() -> None:
        with transaction.atomic():
            place_for(admin)
            placed.set()
            until(somebody_waits, "somebody waits for a lock")

    def erase() -> str:
        assert placed.wait(PATIENCE)
        with pytest.raises(Conflict) as refused:
            erase_person_on_server(email=ADDRESS)
        return refused.value.code

    assert at_once(place, erase)[1] == "still_in_use"
    assert Person.objects.get(email=ADDRESS).name == "Wim de Wit"

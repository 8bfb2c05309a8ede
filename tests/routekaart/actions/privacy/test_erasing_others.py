"""One person of whom the erasure fails does not keep the others, and it does not pass unnoticed."""

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.privacy.erasing import NotAllErased, apply_erasures, erase_departed
from routekaart.actions.privacy.erasure_list import listed_erasures
from routekaart.logs.lines import JsonLines
from routekaart.models import AuditEntry, Departure, Erasure, FrozenPlan, Person, School
from routekaart.queries.privacy.leavers import people_who_left
from tests.makers import access_for, grant, make_person, make_school
from tests.personal_damage import damage_a_frozen_plan
from tests.personal_stage import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def three_who_left_long_ago() -> tuple[list[Person], list[School]]:
    """In the order in which they are erased. Of the first it fails: what was frozen at the school
    is damaged."""
    people = sorted((make_person() for _ in range(3)), key=lambda one: one.pk)
    for number, person in enumerate(people):
        person.name = f"Wim de Wit {number}"
        person.save()
    schools = [make_school() for _ in people]
    left_at = AT.replace(year=AT.year - django_settings.RETENTION_MONTHS // 12 - 1)
    with scopes_disabled():
        for person, school in zip(people, schools, strict=True):
            Departure.objects.create(person=person, school=school, left_at=left_at)
    damage_a_frozen_plan(schools[0])
    return people, schools


def names_of(people: list[Person]) -> list[str]:
    return [Person.objects.get(pk=one.pk).name for one in people]


def test_one_who_cannot_be_erased_does_not_keep_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    people, schools = three_who_left_long_ago()
    with pytest.raises(NotAllErased) as told:
        erase_departed(at=AT)
    assert (told.value.done, told.value.failed) == (2, 1)
    assert names_of(people) == ["Wim de Wit 0", *["Oud-medewerker"] * 2]
    # Nothing of the first was done, and there it is not said that it was.
    with scopes_disabled():
        trail = AuditEntry.objects.filter(action="erase_departed")
        assert set(trail.values_list("school", "object_id")) == {
            (schools[number].pk, str(people[number].pk)) for number in (1, 2)
        }
    (line,) = [one for one in caplog.records if one.levelname == "ERROR"]
    said = JsonLines().format(line)
    assert json.loads(said)["error"]["kinds"] == ["zlib.error"]
    for person in people:
        assert [one for one in (person.name, str(person.pk), person.email) if one in said] == []
    # Once it is mended the next night does the rest.
    with scopes_disabled():
        FrozenPlan.objects.all().delete()
    assert erase_departed(at=AT) == 1


def test_what_ends_the_whole_is_not_taken_for_a_failure_of_one() -> None:
    people, _ = three_who_left_long_ago()
    with pytest.raises(zlib.error):
        erase_departed(at=AT, ended_by=(zlib.error,))
    assert names_of(people)[1:] == ["Wim de Wit 1", "Wim de Wit 2"]


def test_after_a_restore_too_the_others_are_erased_again() -> None:
    people, _ = three_who_left_long_ago()
    with pytest.raises(NotAllErased) as told:
        apply_erasures(at=AT, also={one.pk: AT for one in people})
    assert (told.value.done, told.value.failed) == (2, 1)
    assert names_of(people) == ["Wim de Wit 0", *["Oud-medewerker"] * 2]
    # Who is still to be erased stays on the list.
    assert set(listed_erasures()) == {one.pk for one in people}


def test_the_command_says_so_too() -> None:
    people, _ = three_who_left_long_ago()
    Erasure.objects.create(person_id=people[0].pk, erased_at=AT)
    with pytest.raises(CommandError, match=r"^Opnieuw gewist: 0\. Niet gelukt: 1\."):
        call_command("apply_erasures")


def test_who_is_on_the_list_and_kept_the_name_can_still_be_erased() -> None:
    """By a school admin, who sees them among who left, and on the server."""
    people, schools = three_who_left_long_ago()
    with pytest.raises(NotAllErased):
        apply_erasures(at=AT, also={one.pk: AT for one in people})
    assert Erasure.objects.filter(pk=people[0].pk).exists()
    admin = make_person()
    grant(admin, Role.SCHOOL_ADMIN, school=schools[0])
    seen = people_who_left(by=access_for(admin), school_id=schools[0].pk)
    assert list(seen) == [people[0]]
    with scopes_disabled():
        FrozenPlan.objects.all().delete()
    call_command("erase_person", people[0].email, "--yes")
    assert names_of(people) == ["Oud-medewerker"] * 3
    assert Erasure.objects.get(pk=people[0].pk).erased_at == AT
    assert list(seen.all()) == []
    # Done is done.
    for address in (people[0].email, Person.objects.get(pk=people[0].pk).email):
        with pytest.raises(CommandError, match="Er is geen account met dit adres"):
            call_command("erase_person", address, "--yes")

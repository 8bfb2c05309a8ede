"""Erasing somebody who left: no sign of the person anywhere, and the same counts."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.privacy.account import erase_account
from routekaart.actions.privacy.erasing import apply_erasures, erase_departed, erase_person
from routekaart.clock import now, standing_at
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.personal_data import TABLES, Rows
from routekaart.models import (
    AuditEntry,
    Departure,
    Employment,
    Erasure,
    IdempotencyKey,
    Person,
    RoleGrant,
    School,
    Team,
)
from routekaart.queries.privacy.leavers import erasure_preview, people_who_left
from routekaart.queries.privacy.rows import model_of, rows_with
from tests.everything_kept import everything_kept
from tests.makers import (
    access_for,
    client_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
    make_school,
    make_team,
)
from tests.personal_stage import (
    AT,
    EMAIL,
    NAME,
    OF_NOBODY,
    SIGN,
    name_in_every_text,
    person_everywhere,
    signed_columns,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def _where(sign: str) -> list[str]:
    wanted = re.compile(rf"{sign}|{NAME}|{EMAIL}", re.IGNORECASE)
    return sorted(place for place, text in everything_kept().items() if wanted.search(text))


def _team(school: School) -> Team:
    with scopes_disabled():
        return Team.objects.filter(school=school).first() or make_team(school)


def _left(school: School, name: str = "Wim de Wit") -> Person:
    person = make_colleague(_team(school), name=name)
    admin = access_for(make_colleague(_team(school), Role.SCHOOL_ADMIN))
    with scopes_disabled():
        employment = Employment.objects.get(person=person)
    end_employment(by=admin, employment_id=employment.pk)
    return person


def _admin(school: School) -> Any:
    return access_for(make_colleague(_team(school), Role.SCHOOL_ADMIN))


@pytest.mark.usefixtures("catalogue")
def test_nothing_of_the_person_is_left_in_any_table_or_file(
    django_capture_on_commit_callbacks: Any,
) -> None:
    stage, person = person_everywhere()
    texts = name_in_every_text(stage)
    signed = signed_columns(person, texts=False)
    assert texts > 60
    assert len(signed) > 20
    with scopes_disabled():
        missing = [
            (table.model, lookup)
            for table in TABLES.values()
            for lookup in (*table.owners, *table.of_doers())
            if lookup != "visit__host" and not rows_with((lookup,), table, person.pk).exists()
            if (table.model, lookup) != ("routekaart.LessonVisit", "host")
        ]
        assert missing == []
        stay = [table for table in TABLES.values() if table.rows is Rows.STAY and table.owners]
        before = {table.model: model_of(table)._default_manager.count() for table in stay}
        audit = AuditEntry.objects.count()
    assert len(_where(SIGN)) > 30

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_account(person.pk, at=AT)

    assert _where(SIGN) == []
    # What is about nobody stays; of the others it stays known that they were asked.
    told = dict(IdempotencyKey.objects.filter(person=stage.lead).values_list("key", "response"))
    assert {key for key, response in told.items() if response} == {OF_NOBODY}
    assert told.keys() == {OF_NOBODY, "named", "addressed", "id", "no-json"}
    assert everything_kept()["sessions"].count(OF_NOBODY) == 1
    with scopes_disabled():
        after = {table.model: model_of(table)._default_manager.count() for table in stay}
        assert after == before
        assert AuditEntry.objects.count() == audit
        going = [table for table in TABLES.values() if table.rows is Rows.GO]
        assert [
            table.model for table in going if rows_with(table.owners, table, person.pk).exists()
        ] == []
    # Once more changes nothing.
    assert not erase_account(person.pk, at=AT)


def test_who_left_is_erased_by_name_and_only_once(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    school = make_school()
    person, admin = _left(school, "Wim de Wit"), _admin(school)
    assert [one.name for one in people_who_left(by=admin, school_id=school.pk)] == ["Wim de Wit"]
    shown = erasure_preview(by=admin, school_id=school.pk, person_id=person.pk)
    assert [(one.title, one.count) for one in shown.goes] == [
        ("vertrek bij een school, met de datum", 1)
    ]
    with pytest.raises(BadInput) as refused:
        erase_person(by=admin, school_id=school.pk, person_id=person.pk, confirmation="Wim")
    assert refused.value.code == "name_differs"
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            erase_person(
                by=admin, school_id=school.pk, person_id=person.pk, confirmation="wim  de wit"
            )
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Oud-medewerker", False)
    assert person.email == f"{person.pk}@gewist.invalid"
    assert not person.has_usable_password()
    assert list(people_who_left(by=admin, school_id=school.pk)) == []
    with scopes_disabled():
        rows = AuditEntry.objects.filter(action="erase_person")
        assert [row.object_id for row in rows] == [str(person.pk)]
    who, moment = settings.ERASURES_FILE.read_text().split()
    assert who == str(person.pk)
    assert datetime.fromisoformat(moment) == Erasure.objects.get().erased_at.replace(microsecond=0)


def test_who_has_a_place_is_not_erased() -> None:
    school, elsewhere = make_school(), make_school()
    admin = _admin(school)
    working = make_colleague(_team(school), name="Wim de Wit")

    def refusal(who: Person, by: Any = admin) -> str:
        with pytest.raises(Conflict) as refused:
            erase_person(by=by, school_id=school.pk, person_id=who.pk, confirmation="Wim de Wit")
        return refused.value.code

    assert refusal(working) == "still_here"
    # Nor oneself, who would be the last school admin.
    assert refusal(admin.person) == "still_here"
    left = _left(school)
    grant(left, Role.TRAINER, school=elsewhere)
    assert refusal(left) == "not_yours_alone"
    assert Person.objects.filter(name="Wim de Wit").count() == 2


def test_what_another_school_keeps_is_not_erased_from_here() -> None:
    """A school could otherwise add somebody of elsewhere, let them go and wipe what is there."""
    school, elsewhere = make_school(), make_school()
    admin = _admin(school)
    left = _left(school)
    with scopes_disabled():
        Departure.objects.create(person=left, school=elsewhere, left_at=now())

    def erase(by: Any) -> None:
        erase_person(by=by, school_id=school.pk, person_id=left.pk, confirmation="Wim de Wit")

    with pytest.raises(Conflict) as refused:
        erase(admin)
    assert refused.value.code == "not_yours_alone"
    # To see the other school is not to run it.
    grant(admin.person, Role.DIRECTOR, school=elsewhere)
    with pytest.raises(Conflict):
        erase(access_for(admin.person))
    assert Person.objects.filter(name="Wim de Wit").exists()
    grant(admin.person, Role.SCHOOL_ADMIN, school=elsewhere)
    erase(access_for(admin.person))
    assert not Person.objects.filter(name="Wim de Wit").exists()


def test_a_stranger_is_not_there() -> None:
    school, elsewhere = make_school(), make_school()
    with pytest.raises(NotFound):
        erase_person(
            by=_admin(school),
            school_id=school.pk,
            person_id=_left(elsewhere).pk,
            confirmation="Wim de Wit",
        )
    with pytest.raises(NotFound):
        erase_person(
            by=_admin(school),
            school_id=elsewhere.pk,
            person_id=_left(elsewhere).pk,
            confirmation="Wim de Wit",
        )


def test_who_runs_no_people_hears_nothing_of_who_is_there() -> None:
    school, elsewhere = make_school(), make_school()
    works, gone = make_person(), _left(school)
    employ(works, school)
    erase_person(
        by=_admin(school), school_id=school.pk, person_id=gone.pk, confirmation="Wim de Wit"
    )
    director = make_person()
    grant(director, Role.DIRECTOR, school=school)
    for person in (works, gone):
        with pytest.raises(Forbidden):
            erase_person(
                by=access_for(director), school_id=school.pk, person_id=person.pk, confirmation=""
            )
        # Nor who runs another one, although the school's log can be read by that person.
        other = make_person()
        grant(other, Role.SCHOOL_ADMIN, school=elsewhere)
        grant(other, Role.DIRECTOR, school=school)
        with pytest.raises(Forbidden):
            erase_person(
                by=access_for(other), school_id=school.pk, person_id=person.pk, confirmation=""
            )


@pytest.mark.usefixtures("catalogue")
def test_the_clock_erases_who_left_long_enough_ago(settings: Any) -> None:
    settings.RETENTION_MONTHS = 24
    with standing_at(AT):
        school = make_school()
        old, back = _left(school, "Wim de Wit"), _left(school, "Noor Blauw")
        admin = _admin(school)
        add_employment(
            by=admin,
            school_id=school.pk,
            email=back.email,
            name=back.name,
            roles=(),
            functions=[],
            fte=1,  # type: ignore[arg-type]
            working_days=[1],
            weekly_study_minutes=None,
        )
    with scopes_disabled():
        assert [one.person_id for one in Departure.objects.all()] == [old.pk]
    due = AT.replace(year=AT.year + 2)
    assert erase_departed(at=due - timedelta(seconds=1)) == 0
    assert erase_departed(at=due) == 1
    assert erase_departed(at=due) == 0
    assert sorted(Person.objects.values_list("name", flat=True))[:1] == ["Noor Blauw"]
    assert not Person.objects.filter(name="Wim de Wit").exists()


def test_the_clock_erases_an_account_that_nobody_came_in_with(settings: Any) -> None:
    """It left nothing: without a departure nothing says since when, but the account itself."""
    settings.RETENTION_MONTHS = 24
    school = make_school()
    never = make_person("Wim de Wit")
    came, with_key, works, has_role, in_team, left = (make_person() for _ in range(6))
    Person.objects.update(created_at=AT)
    Person.objects.filter(pk=came.pk).update(last_login=AT)
    client_for(with_key)
    employ(works, school)
    grant(has_role, Role.TRAINER, school=school)
    join(in_team, make_team(school))
    with scopes_disabled():
        Departure.objects.create(person=left, school=school, left_at=AT + timedelta(days=1))
    make_person("Noor Later")
    due = AT.replace(year=AT.year + 2)
    assert erase_departed(at=due - timedelta(seconds=1)) == 0
    assert erase_departed(at=due) == 1
    assert erase_departed(at=due) == 0
    assert [one.person_id for one in Erasure.objects.all()] == [never.pk]
    never.refresh_from_db()
    assert (never.name, never.is_active) == ("Oud-medewerker", False)


@pytest.mark.parametrize(("left_home", "kept_days"), [(False, 9), (True, 0)])
def test_who_never_came_to_a_school_is_not_kept_longer_by_it(
    settings: Any, kept_days: int, *, left_home: bool
) -> None:
    settings.RETENTION_MONTHS = 24
    home, strange = make_school(), make_school()
    person = make_person("Wim de Wit")
    with scopes_disabled():
        if left_home:
            Departure.objects.create(person=person, school=home, left_at=AT)
        Departure.objects.create(
            person=person, school=strange, left_at=AT + timedelta(days=9), given_name="Xx"
        )
    due = AT.replace(year=AT.year + 2) + timedelta(days=kept_days)
    assert erase_departed(at=due - timedelta(seconds=1)) == 0
    assert erase_departed(at=due) == 1
    # Nor does a school to which that person never came hear of it.
    with scopes_disabled():
        told = set(AuditEntry.objects.filter(action="erase_departed").values_list("school"))
    assert told == ({(home.pk,)} if left_home else set())


def test_a_restored_backup_is_erased_again(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    school = make_school()
    person = make_colleague(_team(school), name="Wim de Wit")
    IdempotencyKey.objects.create(
        person=make_person(), key="k", fingerprint="f", response={"body": '{"name": "Wim de Wit"}'}
    )
    settings.ERASURES_FILE.parent.mkdir(parents=True)
    # Half a line of a process that died, and somebody this backup never knew.
    unknown = "00000000-0000-4000-8000-000000000001"
    settings.ERASURES_FILE.write_text(f"{person.pk}\n{unknown}\n00000000-00")
    with django_capture_on_commit_callbacks(execute=True):
        assert apply_erasures(at=AT) == 1
        assert apply_erasures(at=AT) == 0
    assert not Person.objects.filter(name="Wim de Wit").exists()
    assert not RoleGrant.objects.filter(person=person).exists()
    assert _where("Wim de Wit") == []
    assert {str(one) for one in Erasure.objects.values_list("pk", flat=True)} == {
        str(person.pk),
        unknown,
    }
    assert not any(
        place.read_text().count("Wim") for place in Path(settings.ERASURES_FILE).parent.iterdir()
    )


def test_nothing_is_erased_when_half_of_it_fails(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    school = make_school()
    person, admin = _left(school, "Wim de Wit"), _admin(school)

    @transaction.atomic
    def broken_off() -> None:
        erase_person(by=admin, school_id=school.pk, person_id=person.pk, confirmation="Wim de Wit")
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        broken_off()
    person.refresh_from_db()
    assert person.name == "Wim de Wit"
    assert not Erasure.objects.exists()
    assert not settings.ERASURES_FILE.exists()

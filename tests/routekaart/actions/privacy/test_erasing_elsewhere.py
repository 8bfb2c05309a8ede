"""Erasing one person at one school leaves others, and other schools, alone."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.privacy.account import erase_account
from routekaart.actions.privacy.erasing import erase_departed, erase_person
from routekaart.actions.privacy.scrubbing import scrub
from routekaart.domain.personal_data.names import Named
from routekaart.models import (
    AuditEntry,
    Departure,
    Document,
    FrozenPlan,
    Job,
    Person,
    School,
    Team,
)
from routekaart.storage import Storage
from tests.makers import (
    access_for,
    grant,
    make_board,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)
from tests.personal_stage import AT
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def left(person: Person, *schools: School, years: int = 0) -> None:
    with scopes_disabled():
        for school in schools:
            Departure.objects.create(
                person=person, school=school, left_at=AT.replace(year=AT.year - years)
            )


def erased() -> set[tuple[object, str]]:
    """At which school the log says so of whom."""
    with scopes_disabled():
        rows = AuditEntry.objects.filter(action__in=("erase_person", "erase_departed"))
        return set(rows.values_list("school", "object_id"))


def test_one_school_does_not_hear_that_the_other_erased_somebody() -> None:
    schools = here, there = make_school(), make_school()
    admin, person = make_person(), make_person("Wim de Wit")
    for school in schools:
        grant(admin, Role.SCHOOL_ADMIN, school=school)
    left(person, here)

    def erase(school: School) -> None:
        erase_person(
            by=access_for(admin),
            school_id=school.pk,
            person_id=person.pk,
            confirmation="Wim de Wit",
        )

    for _ in range(2):
        erase(here)
    with pytest.raises(NotFound):
        erase(there)
    assert erased() == {(here.pk, str(person.pk))}


def test_the_clock_writes_it_down_where_that_person_was() -> None:
    here, there = make_school(), make_school()
    old, new = make_person("Wim de Wit"), make_person("Noor Blauw")
    left(old, here, years=django_settings.RETENTION_MONTHS // 12 + 1)
    left(new, there)
    assert erase_departed(at=AT) == 1
    assert erased() == {(here.pk, str(old.pk))}


def test_documents_go_where_somebody_may_ever_have_stood_in_them(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Also without persons: a text that named somebody may read otherwise by now."""
    here, there, elsewhere = make_school(), make_school(), make_school()
    person = make_person("Wim de Wit")
    left(person, here)
    routekaart = make_routekaart(make_team(here))
    storage = Storage(django_settings.STORAGE_DIR)
    files: dict[str, str] = {}

    def document(school: School, what: str, **values: Any) -> None:
        files[what] = storage.put(what.encode()).content_hash
        fields: dict[str, Any] = {
            "kind": "school",
            "format": "pdf",
            "length": "full",
            "size": 1,
            "content_hash": files[what],
        }
        Document.objects.create(school=school, input_hash=what, **fields | values)

    with scopes_disabled():
        document(here, "own", kind="person-data", person=person)
        document(here, "with people", holds_persons=True)
        document(here, "without people")
        document(here, "for the MR, of a goal as it was then", kind="mr", routekaart=routekaart)
        document(elsewhere, "with others", holds_persons=True)
        document(there, "own, of another school", kind="person", person=person)
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(person.pk, at=AT)
    with scopes_disabled():
        kept = set(Document.objects.values_list("input_hash", flat=True))
    assert kept == {"with others"}
    assert {what for what, content in files.items() if storage.exists(content)} == kept


def test_what_is_about_a_whole_board_goes_wherever_it_is_kept(
    django_capture_on_commit_callbacks: Any,
) -> None:
    board = make_board()
    here, kept_at, elsewhere = make_school(board), make_school(board), make_school()
    person, token = make_person("Wim de Wit"), uuid4()
    left(person, here)
    storage = Storage(django_settings.STORAGE_DIR)
    files: dict[str, str] = {}
    jobs: dict[str, Job] = {}
    with scopes_disabled():
        for name, school, of_board in (
            ("of the board", kept_at, board),
            ("of that school", kept_at, None),
            ("of another board", elsewhere, elsewhere.board),
        ):
            files[name] = storage.put(name.encode()).content_hash
            Document.objects.create(
                school=school,
                board=of_board,
                kind="bundle",
                format="zip",
                length="full",
                size=1,
                holds_persons=True,
                input_hash=name,
                content_hash=files[name],
            )
            jobs[name] = Job.objects.create(
                school=school,
                board=of_board,
                kind="bundle",
                requested_by=make_person(),
                state="running",
                attempts=1,
                token=token,
            )
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(person.pk, at=AT)
    goes_on = {"of that school", "of another board"}
    with scopes_disabled():
        assert set(Document.objects.values_list("input_hash", flat=True)) == goes_on
    assert {name for name, content in files.items() if storage.exists(content)} == goes_on
    for job in jobs.values():
        job.refresh_from_db()
    assert {name for name, job in jobs.items() if job.token == token} == goes_on
    assert (jobs["of the board"].state, jobs["of the board"].attempts) == ("queued", 0)


@pytest.mark.usefixtures("catalogue")
def test_the_same_name_in_what_another_school_approved_stays() -> None:
    stage = Stage().approved()
    named = Named(str(stage.member.pk), "Mo Lid", stage.member.email)

    def kept() -> bytes:
        return bytes(FrozenPlan.objects.get().content)

    with scopes_disabled():
        before = kept()
        scrub(named, [make_school().pk])
        assert kept() == before
        scrub(named, [stage.school.pk])
        assert kept() != before


def test_what_stands_in_the_place_of_a_short_name_fits_its_column() -> None:
    team = make_team(name="Jo Li ".ljust(200, "x"))
    with scopes_disabled():
        scrub(Named("1", "Jo Li", "jo@voorbeeld.test"), [team.school.pk])
        team.refresh_from_db()
    assert team.name == "oud-medewerker ".ljust(200, "x")


def test_the_words_of_a_colleague_elsewhere_stay() -> None:
    here, there = make_school(), make_school()
    for school in (here, there):
        make_team(school, "Team Wim de Wit")
    with scopes_disabled():
        scrub(Named("1", "Wim de Wit", "wim@voorbeeld.test"), [here.pk])
        assert dict(Team.objects.values_list("school", "name")) == {
            here.pk: "Team oud-medewerker",
            there.pk: "Team Wim de Wit",
        }

"""What happened at a school, for who runs it: also who opened whose document."""

from decimal import Decimal

import pytest
from django.db.models import Model
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.audit import record
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.clock import now
from routekaart.models import AuditEntry, Departure, Document, Employment, Person
from routekaart.queries.organisation.school_log import log_lines, school_log
from tests.makers import access_for, grant, join, make_colleague, make_person
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def document_of(stage: Stage, person: Person | None = None) -> Document:
    with scopes_disabled():
        return Document.objects.create(
            school=stage.school,
            routekaart=None if person else stage.routekaart,
            person=person,
            kind="person" if person else "team",
            format="pdf",
            length="full",
            input_hash=f"{Document.objects.count():064}",
            content_hash="0" * 64,
            size=1,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )


def read(by: Access, stage: Stage, *, only_documents: bool = False) -> list[tuple[str, str]]:
    rows = school_log(by=by, school_id=stage.school.pk, only_documents=only_documents)
    return [(line.text, line.about) for line in log_lines(by=by, entries=rows)]


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def admin(stage: Stage) -> Access:
    return access_for(make_colleague(stage.team, Role.SCHOOL_ADMIN, name="Sam Beheer"))


def done(stage: Stage, by: Access, action: str, subject: Model) -> None:
    with by.entered():
        record(by=by, school=stage.school.pk, action=action, subject=subject)


def test_who_opened_whose_document(stage: Stage, admin: Access) -> None:
    done(stage, stage.as_lead, "open_document", document_of(stage))
    done(stage, stage.as_lead, "open_document", document_of(stage, stage.member))
    assert read(admin, stage, only_documents=True) == [
        ("Lies Leider opende een document.", "persoonlijk scholingsplan van Mo Lid"),
        ("Lies Leider opende een document.", f"scholingsplan van team {stage.team.name}"),
    ]


def test_a_document_is_called_what_people_call_it(stage: Stage, admin: Access) -> None:
    made = document_of(stage)
    team = stage.team.name
    called = []
    for kind, subject, routekaart in (
        ("study-day", "woensdag 14 oktober 2026", stage.routekaart),
        ("mr", "", stage.routekaart),
        ("school", "De Brug, 2026-2027", None),
        ("bundle", "", None),
    ):
        made.kind, made.subject, made.routekaart = kind, subject, routekaart
        with scopes_disabled():
            made.save()
        done(stage, stage.as_lead, "open_document", made)
        called.append(read(admin, stage)[0][1])
    assert called == [
        f"programmaboekje: woensdag 14 oktober 2026 (team {team})",
        f"samenvatting voor de MR (team {team})",
        "overzicht van de school: De Brug, 2026-2027",
        "documenten van alle teams",
    ]


def test_what_was_done_with_people(stage: Stage, admin: Access) -> None:
    with scopes_disabled():
        employment = Employment.objects.get(person=stage.member)
    done(stage, admin, "change_employment", employment)
    done(stage, admin, "grant_role", stage.member)
    done(stage, admin, "rename_team", stage.team)
    done(stage, admin, "change_school", stage.school)
    assert read(admin, stage) == [
        ("Sam Beheer wijzigde de school.", ""),
        ("Sam Beheer gaf een team een andere naam.", f"team {stage.team.name}"),
        ("Sam Beheer gaf iemand een rol.", "Mo Lid"),
        ("Sam Beheer wijzigde een dienstverband.", "Mo Lid"),
    ]
    assert read(admin, stage, only_documents=True) == []


@pytest.mark.parametrize("action", ["complete_assignment", "add_note", "answer_scan", "vote"])
def test_what_somebody_learns_or_writes_is_in_it_for_nobody(
    stage: Stage, admin: Access, action: str
) -> None:
    done(stage, stage.as_member, action, stage.member)
    assert read(admin, stage) == []


def test_of_another_school_there_is_nothing(stage: Stage, admin: Access) -> None:
    other = Stage()
    done(other, other.as_lead, "open_document", document_of(other))
    assert read(admin, stage) == []
    with pytest.raises(NotFound):
        school_log(by=admin, school_id=other.school.pk)
    # Nor for who runs both.
    grant(admin.person, Role.SCHOOL_ADMIN, school=other.school)
    both = access_for(admin.person)
    assert (read(both, stage), len(read(both, other))) == ([], 1)


def test_only_for_who_runs_the_school(stage: Stage) -> None:
    for by in (stage.as_lead, stage.as_member, stage.as_director):
        with pytest.raises(Forbidden):
            school_log(by=by, school_id=stage.school.pk)


def test_who_never_came_and_is_gone_is_called_as_the_school_did(
    stage: Stage, admin: Access
) -> None:
    """The own name is not for it."""
    person = make_person("Eigen Naam")
    employment = add_employment(
        by=admin,
        school_id=stage.school.pk,
        name="Xx",
        email=person.email,
        functions=["leerkracht"],
        roles=(),
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )
    done(stage, admin, "grant_role", person)
    assert read(admin, stage)[0] == ("Sam Beheer gaf iemand een rol.", "Xx")
    end_employment(by=admin, employment_id=employment.pk)
    assert ("Sam Beheer gaf iemand een rol.", "Xx") in read(admin, stage)


@pytest.mark.parametrize("how", ["left", "role", "board", "team"])
def test_who_has_or_had_a_place_without_work_is_named(
    stage: Stage, admin: Access, how: str
) -> None:
    person = make_person("Wim de Wit")
    with scopes_disabled():
        match how:
            case "left":
                Departure.objects.create(person=person, school=stage.school, left_at=now())
            case "role":
                grant(person, Role.TRAINER, school=stage.school)
            case "board":
                grant(person, Role.BOARD, board=stage.school.board)
            case "team":
                join(person, stage.team)
    done(stage, admin, "grant_role", person)
    assert read(admin, stage) == [("Sam Beheer gaf iemand een rol.", "Wim de Wit")]


def test_what_is_gone_is_not_named(stage: Stage, admin: Access) -> None:
    document = document_of(stage)
    done(stage, stage.as_lead, "open_document", document)
    with scopes_disabled():
        document.delete()
        AuditEntry.objects.update(person=None)
    assert read(admin, stage) == [("Een oud-collega opende een document.", "")]


def test_as_many_queries_for_one_line_as_for_three(
    stage: Stage, admin: Access, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        done(stage, stage.as_lead, "open_document", document_of(stage))
        rows = school_log(by=admin, school_id=stage.school.pk)
        with django_assert_num_queries(2):
            log_lines(by=admin, entries=rows)

"""To whom a document can be sent: exactly those who may read it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart import clock
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.models import Document, Person, Plan
from routekaart.models.jobs import DocumentKind
from routekaart.queries.documents.documents import document_for, visible_documents
from routekaart.queries.documents.recipients import possible_recipients, readers_among
from tests.handing_over import Handing
from tests.makers import access_for, employ, grant, join, make_colleague, make_person, make_team
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    return Handing()


def names(by: Access, document: Document) -> list[tuple[str, str]]:
    found = possible_recipients(by=by, document_id=document.pk)
    return [(one.role.value, one.person.name) for one in found]


def test_by_role_the_director_first(handing: Handing) -> None:
    by = access_for(handing.people[Role.TRAINER])
    assert names(by, handing.document()) == [
        ("director", "Dirk Directeur"),
        ("director", "Roel director"),
        ("board", "Roel board"),
        ("team_lead", "Lies Leider"),
        ("team_lead", "Roel team_lead"),
        ("trainer", "Tess Trainer"),
        ("member", "Mo Lid"),
        ("member", "Roel member"),
    ]


def test_people_are_called_and_sorted_as_the_school_of_the_document_does(handing: Handing) -> None:
    member, elsewhere = handing.stage.member, make_team()
    grant(handing.people[Role.TRAINER], Role.TRAINER, school=elsewhere.school)
    employ(member, elsewhere.school, given_name="Eva Elders")
    with scopes_disabled():
        member.employments.filter(school=handing.stage.school).update(given_name="Zoë Anders")
    by, document = access_for(handing.people[Role.TRAINER]), handing.document()
    assert names(by, document)[-2:] == [("member", "Roel member"), ("member", "Zoë Anders")]
    readers = readers_among(by=by, document=document, persons=[member.pk])
    assert [one.name for one in readers.values()] == ["Zoë Anders"]
    with scopes_disabled():
        Document.objects.update(person=member)
    assert [one.person.name for one in visible_documents(by) if one.person] == ["Zoë Anders"]


def test_a_board_finds_who_answers_for_the_school_and_nobody_of_a_team(handing: Handing) -> None:
    by, other = access_for(handing.people[Role.BOARD]), make_person("Bo Bestuur")
    grant(other, Role.BOARD, board=handing.board)
    document = handing.document()
    assert names(by, document) == [
        ("director", "Dirk Directeur"),
        ("director", "Roel director"),
        ("board", "Bo Bestuur"),
    ]
    # Somebody who answers for it and is in the team too is known as what answers.
    asked = [handing.stage.director.pk, handing.stage.lead.pk, other.pk]
    found = readers_among(by=by, document=document, persons=asked)
    assert set(found) == {handing.stage.director.pk, other.pk}


def test_with_persons_only_who_sees_what_each_does(handing: Handing) -> None:
    by = access_for(handing.people[Role.TRAINER])
    assert names(by, handing.document(holds_persons=True)) == [
        ("team_lead", "Lies Leider"),
        ("team_lead", "Roel team_lead"),
        ("trainer", "Tess Trainer"),
    ]
    of_one = handing.document(
        kind=DocumentKind.PERSON, person=handing.stage.member, holds_persons=True
    )
    assert ("member", "Mo Lid") in names(by, of_one)
    assert ("member", "Roel member") not in names(by, of_one)


def adopted_plan(handing: Handing) -> Plan:
    with scopes_disabled():
        return Plan.objects.create(
            routekaart=handing.stage.routekaart, version=1, content={}, approved_at=clock.now()
        )


def kinds(handing: Handing) -> list[dict[str, Any]]:
    plan = adopted_plan(handing)
    return [
        {},
        # That the plan was adopted says nothing of what the document was made from.
        {"plan": plan},
        {"plan": plan, "adopted": True},
        {"plan": plan, "adopted": True, "kind": DocumentKind.STUDY_DAY},
        {"kind": DocumentKind.MR},
        {"routekaart": None, "kind": DocumentKind.MR_SCHOOL},
        {"kind": DocumentKind.STUDY_DAY},
        {"holds_persons": True},
        {"holds_persons": True, "person": handing.stage.member, "kind": DocumentKind.PERSON},
        {
            "holds_persons": True,
            "holds_progress": True,
            "person": handing.stage.trainer,
            "kind": DocumentKind.PERSON,
        },
        {"private": True, "person": handing.stage.trainer, "kind": DocumentKind.PERSON},
        {"routekaart": None, "kind": DocumentKind.SCHOOL},
        {"routekaart": None, "kind": DocumentKind.SCHOOL, "holds_persons": True},
        {"routekaart": None, "kind": DocumentKind.BOARD, "board": handing.board},
    ]


def test_the_list_is_the_rule_of_who_reads(handing: Handing) -> None:
    """The list is made in a few queries; the rule itself asks for each person."""
    stage, wilg = handing.stage, handing.stage.school
    teams = (make_team(wilg, "Onderbouw"), make_team(handing.sibling), Stage().team)
    everybody: list[Person] = [
        *handing.people.values(),
        stage.lead,
        stage.member,
        stage.director,
        *(make_colleague(team, role) for team in teams for role in Role),
    ]
    # Someone who is only in the team, one who reads both schools, and one who left.
    visitor, reader = make_person("Vera"), make_person("Bo")
    join(visitor, stage.team)
    for school in (wilg, handing.sibling):
        grant(reader, Role.DIRECTOR, school=school)
    left = make_colleague(stage.team, Role.DIRECTOR, name="Weg")
    Person.objects.filter(pk=left.pk).update(is_active=False)
    everybody += [visitor, reader]
    by = access_for(stage.trainer)
    sender = access_for(handing.people[Role.TRAINER])
    grant(sender.person, Role.DIRECTOR, school=handing.sibling)
    for values in kinds(handing):
        document = handing.document(**values)
        allowed = set()
        for person in everybody:
            try:
                document_for(by=access_for(person), document_id=document.pk)
            except NotFound:
                continue
            allowed.add(person.pk)
        # Who reads documents of the whole board.
        who = access_for(reader) if document.board_id else by
        listed = {one.person.pk for one in possible_recipients(by=who, document_id=document.pk)}
        assert listed == allowed - {who.person.pk}, values
        assert len(allowed) > 1 or document.private or document.holds_progress


def test_who_may_ask(handing: Handing) -> None:
    document, hidden = handing.document(), handing.document(holds_persons=True)
    for role, refused in (
        (Role.MEMBER, Forbidden),
        (Role.MR_READER, NotFound),
        (Role.SCHOOL_ADMIN, NotFound),
    ):
        with pytest.raises(refused):
            possible_recipients(by=access_for(handing.people[role]), document_id=document.pk)
    with pytest.raises(NotFound):
        possible_recipients(by=handing.stage.as_director, document_id=hidden.pk)
    with pytest.raises(NotFound):
        possible_recipients(by=Stage().as_director, document_id=document.pk)


def test_as_many_queries_for_a_larger_school(handing: Handing) -> None:
    document, by = handing.document(), handing.stage.as_trainer

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            possible_recipients(by=by, document_id=document.pk)
        return len(found)

    few = queries()
    for role in (Role.DIRECTOR, Role.MEMBER, Role.MR_READER):
        for _ in range(5):
            make_colleague(handing.stage.team, role)
    assert queries() == few == 3

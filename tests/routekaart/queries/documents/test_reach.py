"""Documents of whole schools and boards, for who oversees one school and leads a team at another.

What a right in some team gives at the other school is never a right on all of it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django_scopes import scopes_disabled

from routekaart.access import ROLE_PERMISSIONS, Access, Forbidden, Permission, Role
from routekaart.models import Document, Job, Person, RoleGrant, Routekaart, School, Team
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind
from routekaart.queries.documents.adopted import adopted_routekaarten, schools_with_adopted
from routekaart.queries.documents.bundle_places import Choice, Place, bundle_choices
from routekaart.queries.documents.bundles import team_plans
from routekaart.queries.documents.documents import documents_of, visible_documents
from routekaart.queries.documents.health import document_desk
from routekaart.queries.documents.jobs import jobs_for, may_handle
from routekaart.queries.documents.kinds_desk import person_choices
from routekaart.queries.documents.overview_desk import documents_of_school, overview_desk
from routekaart.queries.documents.person_plan import routekaart_for_person
from tests.makers import (
    access_for,
    grant,
    join,
    make_board,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 5)


class Reach:
    """A director of school A who leads a team at school B of the same board.

    A plans the year to come, B the present one; a third school is of another board.
    """

    def __init__(self) -> None:
        self.a: School = make_school(name="A")
        self.b: School = make_school(self.a.board, name="B")
        make_school(name="C")
        self.team: Team = make_team(self.a)
        self.led: Team = make_team(self.b)
        self.of_a: Routekaart = make_routekaart(self.team, school_year=2027, state="running")
        make_routekaart(self.led, school_year=2026, state="running")
        self.person: Person = make_person()
        grant(self.person, Role.DIRECTOR, school=self.a)
        grant(self.person, Role.TEAM_LEAD, school=self.b)
        join(self.person, self.led)

    @property
    def by(self) -> Access:
        return access_for(self.person)

    def director_of_both(self) -> Access:
        person = make_person()
        for school in (self.a, self.b):
            grant(person, Role.DIRECTOR, school=school)
        return access_for(person)


@pytest.fixture
def reach() -> Reach:
    return Reach()


def test_adopted_plans_are_of_the_schools_that_one_reads_wholly(reach: Reach) -> None:
    assert schools_with_adopted(by=reach.by) == (reach.a.pk,)
    with scopes_disabled():
        assert list(adopted_routekaarten(by=reach.by)) == [reach.of_a]
    lead = make_person()
    grant(lead, Role.TEAM_LEAD, school=reach.b)
    join(lead, reach.led)
    with pytest.raises(Forbidden):
        schools_with_adopted(by=access_for(lead))


def test_documents_of_all_teams_are_asked_for_at_the_own_school(reach: Reach) -> None:
    assert bundle_choices(by=reach.by) == (Choice(Place(school=reach.a.pk), "A", persons=False),)
    desk = overview_desk(by=reach.by)
    assert [choice.name for choice in desk.places] == ["A"]
    assert desk.years == (2027,)


def test_the_year_of_all_teams_is_that_of_the_school_that_is_asked_about(reach: Reach) -> None:
    def year(*schools: UUID) -> int:
        return team_plans(by=reach.by, schools=schools, school_year=None, today=TODAY).year

    assert (year(reach.a.pk), year(reach.a.pk, reach.b.pk)) == (2027, 2026)


def about_the_board(reach: Reach) -> Document:
    """Kept at school A."""
    with scopes_disabled():
        return Document.objects.create(
            school=reach.a,
            board=reach.a.board,
            kind=DocumentKind.BOARD,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            input_hash="1" * 64,
            content_hash="2" * 64,
            size=1,
            media_type="application/pdf",
            file_name="overzicht.pdf",
        )


def test_what_was_made_of_the_board_of_before_is_not_about_the_school(reach: Reach) -> None:
    document = about_the_board(reach)
    with scopes_disabled():
        School.objects.filter(pk=reach.a.pk).update(board=make_board())
    by = reach.director_of_both()
    assert list(documents_of_school(by=by, school_id=reach.b.pk)) == [document]
    assert list(documents_of_school(by=by, school_id=reach.a.pk)) == []


def test_a_document_about_a_board_is_for_who_reads_all_of_its_schools(reach: Reach) -> None:
    document = about_the_board(reach)
    assert list(visible_documents(reach.director_of_both())) == [document]
    assert list(visible_documents(reach.by)) == []


def test_a_job_of_a_whole_school_is_not_for_who_leads_a_team_or_only_reads(reach: Reach) -> None:
    jobs = [Job.objects.create(school=one, kind=JobKind.DOCUMENT) for one in (reach.a, reach.b)]
    both = reach.director_of_both()
    for by, expected in (
        (reach.by, [True, False]),
        (both, [True, True]),
        (replace(both, closed=frozenset({reach.a.pk})), [False, True]),
    ):
        assert [may_handle(by=by, job=job) for job in jobs] == expected


def test_what_is_made_for_somebody_alone_is_for_that_person_as_long_as_the_school_is_in_reach(
    reach: Reach,
) -> None:
    asking = make_colleague(reach.team)
    job = Job.objects.create(
        school=reach.a, kind=JobKind.PERSON_DATA, private=True, requested_by=asking
    )
    assert list(jobs_for(by=access_for(asking))) == [job]
    assert list(jobs_for(by=reach.by)) == []
    RoleGrant.objects.filter(person=asking).delete()
    assert list(jobs_for(by=access_for(asking))) == []


def test_of_whom_else_one_may_have_a_plan_made(reach: Reach) -> None:
    lead = make_colleague(reach.team, Role.TEAM_LEAD)
    make_colleague(reach.team, name="Mo Lid")
    make_colleague(make_team(reach.a, "Bovenbouw"), name="Els Ernaast")
    found = person_choices(by=access_for(lead), routekaart_id=reach.of_a.pk)
    assert (found.own, [name for _, name in found.people]) == (True, ["Mo Lid"])


def test_a_right_on_plans_is_none_on_documents(
    reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer, member = make_colleague(reach.team, Role.TRAINER), make_colleague(reach.team)
    by, here = access_for(trainer), reach.of_a.pk
    asks: dict[Permission, list[Callable[[], object]]] = {
        Permission.VIEW_DOCUMENT: [
            lambda: documents_of(by=by, routekaart_id=here),
            lambda: document_desk(by=by, routekaart_id=here),
        ],
        Permission.MAKE_DOCUMENT: [
            lambda: routekaart_for_person(by=by, routekaart_id=here, person_id=member.pk)
        ],
    }
    every = ROLE_PERMISSIONS[Role.TRAINER]
    for needed, questions in asks.items():
        for ask in questions:
            monkeypatch.setitem(ROLE_PERMISSIONS, Role.TRAINER, every)
            ask()
            # No role is like that today.
            monkeypatch.setitem(ROLE_PERMISSIONS, Role.TRAINER, every - {needed})
            with pytest.raises(Forbidden):
                ask()

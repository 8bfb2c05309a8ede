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
from routekaart.models import Document, Job, Person, Routekaart, School, Team
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind
from routekaart.queries.documents.adopted import adopted_routekaarten, schools_with_adopted
from routekaart.queries.documents.bundle_places import Choice, Place, bundle_choices
from routekaart.queries.documents.bundles import team_plans
from routekaart.queries.documents.documents import documents_of, visible_documents
from routekaart.queries.documents.health import document_desk
from routekaart.queries.documents.jobs import may_handle
from routekaart.queries.documents.overview_desk import overview_desk
from routekaart.queries.documents.person_plan import routekaart_for_person
from tests.makers import (
    access_for,
    grant,
    join,
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


def test_a_document_about_a_board_is_for_who_reads_all_of_its_schools(reach: Reach) -> None:
    with scopes_disabled():
        document = Document.objects.create(
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

"""What a school calls its people stands on what is read, and nowhere else."""

from datetime import date

import pytest
from django.db.models import F, Prefetch
from pytest_django import DjangoAssertNumQueries

from routekaart.access import school_scope
from routekaart.models import Agreement, Leave, Person, Team, TeamMembership
from routekaart.queries.organisation.names import called_at, people_at, person_at
from tests.makers import employ, join, make_person, make_routekaart, make_school, make_team

pytestmark = pytest.mark.django_db


def called_otherwise() -> tuple[Person, Team, Team]:
    """Somebody in two teams, whose schools each call them by another name than their own."""
    person, here, elsewhere = make_person("Zoë Eigennaam"), make_team(), make_team(make_school())
    for team, name in ((here, "Anja Anders"), (elsewhere, "Eva Elders")):
        employ(person, team.school, given_name=name)
        join(person, team)
    return person, here, elsewhere


def test_each_school_has_its_own_name_also_for_who_reads_both(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, here, elsewhere = called_otherwise()
    plain = make_person("Bo Bekend")
    employ(plain, here.school)
    join(plain, here)
    with school_scope([here.school_id, elsewhere.school_id]):
        rows = called_at(TeamMembership.objects.all(), "person", school="team__school")
        with django_assert_num_queries(1):
            found = [(row.team_id, row.person.name) for row in rows.order_by(F("called_person"))]
    assert found == [
        (here.pk, "Anja Anders"),
        (here.pk, "Bo Bekend"),
        (elsewhere.pk, "Eva Elders"),
    ]
    person.refresh_from_db()
    assert person.name == "Zoë Eigennaam"


def test_another_school_is_not_asked() -> None:
    person, here, elsewhere = called_otherwise()
    with school_scope([here.school_id, elsewhere.school_id]):
        rows = called_at(TeamMembership.objects.all(), "person", school=here.school_id)
        assert {row.person.name for row in rows} == {"Anja Anders"}
        person.employments.filter(school=here.school_id).update(given_name="")
        assert {row.person.name for row in rows.all()} == {"Zoë Eigennaam"}


def test_where_nobody_stands_nobody_is_called() -> None:
    person, here, _ = called_otherwise()
    routekaart = make_routekaart(here)
    with school_scope([here.school_id]):
        for owner in (None, person):
            Agreement.objects.create(
                routekaart=routekaart,
                what="We kijken bij elkaar.",
                owner=owner,
                due_on=date(2027, 3, 1),
                check_on=date(2027, 3, 1),
            )
        rows = called_at(Agreement.objects.all(), "owner", school="routekaart__team__school")
        found = {row.owner.name if row.owner else None for row in rows}
    assert found == {None, "Anja Anders"}


def test_somebody_may_stand_further_away() -> None:
    person, here, _ = called_otherwise()
    with school_scope([here.school_id]):
        Leave.objects.create(
            employment=person.employments.get(school=here.school_id),
            first_day=date(2026, 9, 1),
            last_day=date(2026, 9, 4),
        )
        rows = called_at(Leave.objects.all(), "employment__person", school="employment__school")
        assert [row.employment.person.name for row in rows] == ["Anja Anders"]


def test_what_is_read_along_is_called_so_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _, here, elsewhere = called_otherwise()
    with school_scope([here.school_id, elsewhere.school_id]):
        members = called_at(TeamMembership.objects.all(), "person", school="team__school")
        teams = Team.objects.prefetch_related(Prefetch("memberships", members))
        with django_assert_num_queries(2):
            found = {team.pk: [one.person.name for one in team.memberships.all()] for team in teams}
    assert found == {here.pk: ["Anja Anders"], elsewhere.pk: ["Eva Elders"]}


def test_people_come_by_the_name_that_the_school_gives(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, here, _ = called_otherwise()
    plain = make_person("Bo Bekend")
    with school_scope([here.school_id]):
        people = people_at(Person.objects.all(), here.school_id)
        with django_assert_num_queries(1):
            assert [(one.pk, one.name) for one in people] == [
                (person.pk, "Anja Anders"),
                (plain.pk, "Bo Bekend"),
            ]


def test_nobody_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person, here, _ = called_otherwise()
    with school_scope([here.school_id]):
        with django_assert_num_queries(1):
            found = person_at(person.pk, here.school_id)
        assert found is not None
        assert (found.pk, found.name) == (person.pk, "Anja Anders")
        with django_assert_num_queries(0):
            assert person_at(None, here.school_id) is None

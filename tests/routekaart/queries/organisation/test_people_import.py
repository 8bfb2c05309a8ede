"""A list of people is compared with one school, also for who runs two of them."""

from datetime import date

import pytest

from routekaart.access import Access, Role, school_scope
from routekaart.domain.people_import import Known, TeamRef
from routekaart.formats.tables import csv_bytes
from routekaart.models import Team
from routekaart.queries.organisation.people_import import people_template, read_people, school_now
from tests.makers import access_for, employ, grant, join, make_colleague, make_person, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def teams() -> tuple[Team, Team]:
    """A team here and one at another school, whose name comes first."""
    return make_team(name="Onderbouw"), make_team(name="Aanvang")


def admin_of(*teams: Team) -> Access:
    person = make_person("Ans Beheer")
    for team in teams:
        grant(person, Role.SCHOOL_ADMIN, school=team.school)
    return access_for(person)


def test_the_example_names_no_team_of_another_school(teams: tuple[Team, Team]) -> None:
    here, _ = teams
    found = people_template(by=admin_of(*teams), school_id=here.school_id).decode("utf-8-sig")
    assert "Onderbouw" in found
    assert "Aanvang" not in found


def test_a_team_of_another_school_is_not_known(teams: tuple[Team, Team]) -> None:
    here, elsewhere = teams
    data = csv_bytes([["Naam", "E-mailadres", "Teams"], ["An", "an@voorbeeld.test", "Aanvang"]])
    with school_scope([here.school_id, elsewhere.school_id]):
        _, [at_home] = read_people(school=here.school, data=data)
        _, [there] = read_people(school=elsewhere.school, data=data)
    assert at_home.problems
    assert not there.problems


def test_nobody_of_another_school_is_known_and_nothing_of_there(teams: tuple[Team, Team]) -> None:
    here, elsewhere = teams
    both = make_colleague(here, Role.MEMBER, name="Sam Samen")
    employ(both, elsewhere.school, ("intern-begeleider",))
    grant(both, Role.TRAINER, school=elsewhere.school)
    join(both, elsewhere)
    make_colleague(elsewhere, name="Els Elders")
    with school_scope([here.school_id, elsewhere.school_id]):
        found = school_now(school=here.school)
        employment = both.employments.get(school=here.school)
    assert found.teams == (TeamRef(here.pk, "Onderbouw"),)
    assert found.people == {
        both.email: Known(
            employment.pk,
            roles=frozenset({"member"}),
            functions=("leerkracht",),
            fte=employment.fte,
            days=tuple(employment.working_days),
            leave=(),
            teams={here.pk: date(2026, 8, 1)},
        )
    }

"""Of whom a school added it reads the address that it typed, until that person comes in."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment
from routekaart.actions.organisation.people_import import import_people
from routekaart.actions.progress.completion_imports import import_completions
from routekaart.domain.errors import Conflict
from routekaart.domain.people_import import Outcome
from routekaart.models import Employment, Person, Team
from routekaart.queries.organisation.office_people import people_of_school
from routekaart.queries.organisation.people import administrators_of
from tests.makers import access_for, client_for, grant, join, make_colleague, make_person, make_team
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TYPED, PRIVATE = "wim@school.test", "wim.prive@thuis.test"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def admin(team: Team) -> Person:
    return make_colleague(team, Role.SCHOOL_ADMIN, name="Ada Admin")


def add(admin: Person, team: Team, name: str, email: str = TYPED) -> Employment:
    return add_employment(
        by=access_for(admin),
        school_id=team.school_id,
        email=email,
        name=name,
        roles=[Role.MEMBER],
        functions=["leerkracht"],
        fte=Decimal(1),
        working_days=[1, 2],
        weekly_study_minutes=None,
    )


@pytest.fixture(params=["Wie Dan Ook", "Wim de Wit"])
def employment(request: pytest.FixtureRequest, admin: Person, team: Team) -> Employment:
    """Of somebody with an account, under another name or the same, whose address changed since."""
    known = make_person("Wim de Wit", password=LONG_PASSWORD)
    Person.objects.filter(pk=known.pk).update(email=TYPED)
    made = add(admin, team, request.param, "Wim@School.test")
    Person.objects.filter(pk=known.pk).update(email=PRIVATE)
    return made


def found_by(admin: Person, team: Team, word: str) -> list[str]:
    by = access_for(admin)
    with by.entered():
        rows = people_of_school(by=by, school_id=team.school_id, search=word)
        return [row.shown_email for row in rows]


def test_the_school_reads_what_it_typed(admin: Person, team: Team, employment: Employment) -> None:
    api, pages = client_for(admin), Client()
    pages.force_login(admin)
    one = f"/employments/{employment.pk}"
    assert api.call("get", one).json()["email"] == TYPED
    for path in ("medewerkers", "medewerkers?zoek=wim"):
        page = pages.get(f"/beheer/{team.school_id}/{path}").text
        assert (TYPED in page, PRIVATE in page) == (True, False)
    page = pages.get(f"/beheer/medewerker/{employment.pk}").text
    assert (TYPED in page, PRIVATE in page) == (True, False)
    # Nor does looking for it tell.
    assert (found_by(admin, team, TYPED), found_by(admin, team, PRIVATE)) == ([TYPED], [])
    sign_in(Client(), Person.objects.get(email=PRIVATE))
    assert api.call("get", one).json()["email"] == PRIVATE
    assert (found_by(admin, team, TYPED), found_by(admin, team, PRIVATE)) == ([], [PRIVATE])


@pytest.mark.usefixtures("catalogue", "employment")
def test_nobody_is_added_once_more_under_it(admin: Person, team: Team) -> None:
    """A second account would tell that the address of the first is another one by now."""
    with pytest.raises(Conflict) as refused:
        add(admin, team, "Wim de Wit")
    assert refused.value.code == "already_employed"
    assert not Person.objects.filter(email=TYPED).exists()


def test_lists_of_the_school_know_it(admin: Person, team: Team, employment: Employment) -> None:
    by, day = access_for(admin), date(2026, 11, 2)
    listed = import_people(
        by=by,
        school_id=team.school_id,
        data=f"e-mail;naam;rol\n{TYPED};Wim;teamlid\n{PRIVATE};Wim;teamlid\n".encode(),
        today=day,
        dry_run=True,
    )
    assert [row.outcome for row in listed.rows] == [Outcome.UNCHANGED, Outcome.ADDED]
    join(employment.person, team)
    course = current_catalogue().courses[0].slug
    done = import_completions(
        by=access_for(make_colleague(team, Role.TRAINER)),
        school_id=team.school_id,
        text=f"e-mail;cursus;datum\n{TYPED};{course};2026-10-01\n{PRIVATE};{course};2026-10-01\n",
        proof="Lijst",
        today=day,
        dry_run=True,
    )
    told = [row.row.done and row.row.done.person for row in done]
    assert told == [employment.person_id, None]


def test_so_do_they_who_ask_an_administrator(
    admin: Person, team: Team, employment: Employment
) -> None:
    grant(employment.person, Role.SCHOOL_ADMIN, school=team.school)
    shown = administrators_of(by=access_for(admin), school_id=team.school_id)
    assert {one.email for one in shown} == {admin.email, TYPED}


def test_every_school_reads_its_own(admin: Person, team: Team) -> None:
    """Also where the same admin runs both."""
    other = make_team()
    grant(admin, Role.SCHOOL_ADMIN, school=other.school)
    for one in (team, other):
        made = add(admin, one, "Nina Nieuw", "nina@school.test")
        grant(made.person, Role.SCHOOL_ADMIN, school=one.school)
    with scopes_disabled():
        Employment.objects.filter(pk=made.pk).update(given_email="nina@elders.test")
        Employment.objects.filter(person=made.person, school=team.school).update(given_email="")

    def shown_at(one: Team) -> set[str]:
        return {person.email for person in administrators_of(by=by, school_id=one.school_id)}

    by = access_for(admin)
    assert shown_at(team) == {admin.email, "nina@school.test"}
    assert shown_at(other) == {admin.email, "nina@elders.test"}
    assert found_by(admin, team, "elders") == []

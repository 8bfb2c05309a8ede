"""The demo school can be loaded again and again."""

import pytest

from routekaart.access import Role, access_of, school_scope
from routekaart.demo.school import (
    PEOPLE,
    STORY_TOKEN_NAME,
    forget_routekaarten,
    has_document,
    load_demo_school,
)
from routekaart.models import ApiToken, Employment, Person, Routekaart, TeamMembership
from routekaart.queries.organisation.tokens import token_for

pytestmark = pytest.mark.django_db


def test_loading_twice_gives_the_same_school_and_new_tokens() -> None:
    first, second = load_demo_school(), load_demo_school()
    assert (first.school, first.team) == (second.school, second.team)
    assert Person.objects.count() == len(PEOPLE) + 1
    with school_scope([first.school.pk]):
        assert Employment.objects.count() == len(PEOPLE)
        assert TeamMembership.objects.count() == sum(person.in_team for person in PEOPLE)
    assert token_for(first.account(Role.TRAINER).token) is None
    assert token_for(second.account(Role.TRAINER).token) is not None
    assert ApiToken.objects.count() == len(second.accounts)


def test_telling_the_story_leaves_the_printed_tokens_valid() -> None:
    printed = load_demo_school().account(Role.TRAINER).token
    for_story = load_demo_school(token_name=STORY_TOKEN_NAME).account(Role.TRAINER).token
    assert token_for(printed) is not None
    assert token_for(for_story) is not None


def test_everyone_has_the_role_that_the_list_says() -> None:
    demo = load_demo_school()
    roles = {
        account.role: access_of(Person.objects.get(email=account.email)).roles[demo.school.pk]
        for account in demo.accounts
    }
    # The director learns along with the team, and reports own courses as every member does.
    both = {Role.DIRECTOR: frozenset({Role.DIRECTOR, Role.MEMBER})}
    assert roles == {role: frozenset({role}) for role in roles} | both
    assert set(roles) == set(Role) - {Role.CATALOGUE_MANAGER}


def test_the_password_works() -> None:
    demo = load_demo_school()
    person = Person.objects.get(email=demo.account(Role.DIRECTOR).email)
    assert person.check_password("klimboom-demo") is True


def test_forgetting_removes_the_routekaarten_and_nothing_else() -> None:
    demo = load_demo_school()
    with school_scope([demo.school.pk]):
        Routekaart.objects.create(team=demo.team, school_year=2026)
    assert has_document(demo.team) is False
    forget_routekaarten(demo.team)
    with school_scope([demo.school.pk]):
        assert Routekaart.objects.count() == 0
        assert TeamMembership.objects.exists() is True

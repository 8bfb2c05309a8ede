"""Entree Federatie: staff of a school that added them, and never a pupil."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from routekaart.access import access_of
from routekaart.models import Person
from tests.makers import make_colleague, make_team
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import school_of, through
from tests.routekaart.web.account.signing_in import is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> Person:
    person = make_colleague(make_team())
    Person.objects.filter(pk=person.pk).update(email="juf@school.test")
    person.refresh_from_db()
    return person


def entree_claims(brin: str, *affiliation: str, **other: object) -> dict[str, object]:
    return {
        "mail": "juf@school.test",
        "nlEduPersonHomeOrganizationId": brin,
        "eduPersonAffiliation": list(affiliation),
        **other,
    }


@pytest.mark.parametrize("whole", [True, False])
def test_staff_of_the_own_school_gets_in_with_what_the_school_gave(
    pages: Client, entree: RealProvider, teacher: Person, whole: bool
) -> None:
    brin = school_of(teacher).brin
    before = access_of(teacher)
    entree.knows("e1", **entree_claims(brin if whole else brin[:4].lower(), "Employee"))
    assert through(pages, entree, "e1", "entree").status_code == 302
    assert is_in(pages)
    assert access_of(teacher) == before


@pytest.mark.parametrize(
    "affiliation", [("student",), ("student", "employee"), ("affiliate",), ()], ids=str
)
def test_pupils_and_who_is_no_staff_stay_out(
    pages: Client, entree: RealProvider, teacher: Person, affiliation: tuple[str, ...]
) -> None:
    brin = school_of(teacher).brin
    # Also when the account was linked before.
    entree.knows("e2", **entree_claims(brin, "employee"))
    through(pages, entree, "e2", "entree")
    entree.knows("e2", **entree_claims(brin, *affiliation))
    later = Client()
    answer = through(later, entree, "e2", "entree")
    assert answer.status_code == 403
    assert "Routekaart is voor medewerkers van scholen." in answer.text
    assert not is_in(later)


@pytest.mark.parametrize("brin", ["99ZZ00", "", "99ZZ"])
def test_a_school_that_did_not_add_this_person_lets_nobody_in(
    pages: Client, entree: RealProvider, teacher: Person, brin: str
) -> None:
    entree.knows("e3", **entree_claims(brin, "employee"))
    answer = through(pages, entree, "e3", "entree")
    assert answer.status_code == 403
    assert "werk je bij een school die je hier niet heeft toegevoegd" in answer.text
    assert not SocialAccount.objects.filter(user=teacher).exists()


def test_an_address_outside_the_named_domains_is_not_verified(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    brin = school_of(teacher).brin
    Person.objects.filter(pk=teacher.pk).update(email="juf@elders.test")
    entree.knows("e4", **entree_claims(brin, "employee", mail="juf@elders.test"))
    assert "heeft niet gecontroleerd" in through(pages, entree, "e4", "entree").text

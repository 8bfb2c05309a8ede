"""Entree Federatie: staff of a school that added them, and never a pupil."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role, access_of
from routekaart.models import AuditEntry, Employment, Person, RoleGrant, School
from tests.makers import make_colleague, make_team
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import school_of, through, through_mailbox
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
    assert through_mailbox(pages, entree, "e1").status_code == 302
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
    through_mailbox(pages, entree, "e2")
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
    answer = through_mailbox(pages, entree, "e3")
    assert answer.status_code == 403
    assert "werk je bij een school die je hier niet heeft toegevoegd" in answer.text
    assert not SocialAccount.objects.filter(user=teacher).exists()


def test_an_address_outside_the_named_domains_is_refused(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    brin = school_of(teacher).brin
    Person.objects.filter(pk=teacher.pk).update(email="juf@elders.test")
    entree.knows("e4", **entree_claims(brin, "employee", mail="juf@elders.test"))
    assert "hoort niet bij de scholen" in through(pages, entree, "e4", "entree").text


# --- Staff that nobody added ---------------------------------------------------------------------
def takes_staff(school: School, *, brin: str = "") -> School:
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(staff_joins=True, brin=brin or school.brin)
        return School.objects.get(pk=school.pk)


NEW = {"mail": "nieuw@school.test", "givenName": "Noor", "sn": "Nieuw"}


def test_staff_becomes_member_of_a_school_that_takes_its_staff_in(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    school = takes_staff(school_of(teacher))
    entree.knows("n1", **entree_claims(school.brin[:4], "employee", **NEW))
    assert through_mailbox(pages, entree, "n1").status_code == 302
    assert is_in(pages)
    person = Person.objects.get(email="nieuw@school.test")
    assert (person.name, person.has_usable_password()) == ("Noor Nieuw", False)
    with scopes_disabled():
        grants = list(RoleGrant.objects.filter(person=person).values_list("role", "school"))
        works = list(Employment.objects.filter(person=person).values_list("school", "functions"))
        (line,) = AuditEntry.objects.filter(person=person)
    assert (grants, works) == ([(Role.MEMBER, school.pk)], [(school.pk, [])])
    assert (line.school_id, line.action) == (school.pk, "join")
    # The second time they are known, whatever the school chose since.
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(staff_joins=False)
    later = Client()
    assert through(later, entree, "n1", "entree").status_code == 302
    assert is_in(later)
    assert Person.objects.filter(email="nieuw@school.test").count() == 1


def test_without_a_name_somebody_is_called_by_the_address(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    school = takes_staff(school_of(teacher))
    entree.knows("n2", **entree_claims(school.brin, "staff", mail="nieuw@school.test"))
    through_mailbox(pages, entree, "n2")
    assert Person.objects.get(email="nieuw@school.test").name == "nieuw@school.test"


def test_a_school_that_did_not_choose_so_takes_nobody_in(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    entree.knows("n3", **entree_claims(school_of(teacher).brin, "employee", **NEW))
    assert "Er is hier geen account voor jou." in through_mailbox(pages, entree, "n3").text
    assert not Person.objects.filter(email="nieuw@school.test").exists()


def test_of_several_schools_of_one_institution_none_takes_anybody_in(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    takes_staff(school_of(teacher), brin="16SW00")
    takes_staff(make_team().school, brin="16SW01")
    entree.knows("n4", **entree_claims("16SW00", "employee", **NEW))
    assert "Er is hier geen account voor jou." in through_mailbox(pages, entree, "n4").text
    assert not Person.objects.filter(email="nieuw@school.test").exists()


@pytest.mark.parametrize("affiliation", [("student", "employee"), ("affiliate",), ()], ids=str)
def test_a_pupil_joins_no_school(
    pages: Client, entree: RealProvider, teacher: Person, affiliation: tuple[str, ...]
) -> None:
    school = takes_staff(school_of(teacher))
    entree.knows("n5", **entree_claims(school.brin, *affiliation, **NEW))
    assert through(pages, entree, "n5", "entree").status_code == 403
    assert not Person.objects.filter(email="nieuw@school.test").exists()


def test_who_left_is_not_taken_in_again(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    school = takes_staff(school_of(teacher))
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    entree.knows("n6", **entree_claims(school.brin, "employee"))
    assert through_mailbox(pages, entree, "n6").status_code == 403
    assert not is_in(pages)
    teacher.refresh_from_db()
    assert not teacher.is_active


@pytest.mark.parametrize(("confirmed", "status"), [(False, 302), (True, 403)])
def test_an_address_that_somebody_typed_is_not_theirs_before_it_is_confirmed(
    pages: Client, entree: RealProvider, teacher: Person, *, confirmed: bool, status: int
) -> None:
    school = takes_staff(school_of(teacher))
    EmailAddress.objects.create(user=teacher, email="nieuw@school.test", verified=confirmed)
    entree.knows("n7", **entree_claims(school.brin, "employee", **NEW))
    assert through_mailbox(pages, entree, "n7").status_code == status
    assert Person.objects.filter(email="nieuw@school.test").exists() is not confirmed
    teacher.refresh_from_db()
    assert teacher.email != "nieuw@school.test"


def test_an_address_that_is_not_verified_joins_no_school(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    school = takes_staff(school_of(teacher))
    entree.knows("n8", **entree_claims(school.brin, "employee", **NEW | {"mail": "n@elders.test"}))
    assert through(pages, entree, "n8", "entree").status_code == 403
    assert not Person.objects.filter(email="n@elders.test").exists()

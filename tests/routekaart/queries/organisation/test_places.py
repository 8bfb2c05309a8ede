"""Where somebody has a place, and what that asks of them."""

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Invitation, School
from routekaart.queries.organisation.places import must_have_second_factor
from tests.makers import employ, grant, make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    """One that asks a second step."""
    return make_school(second_factor_required=True)


def test_the_role_of_one_asks_nothing_of_another(school: School) -> None:
    governs, elsewhere = make_person(), make_person()
    with scopes_disabled():
        grant(governs, Role.BOARD, board=school.board)
    employ(elsewhere, make_school())
    assert must_have_second_factor(person=governs)
    assert not must_have_second_factor(person=elsewhere)


def test_a_board_asks_it_of_who_never_came_to_its_school_too(school: School) -> None:
    person = make_person()
    with scopes_disabled():
        Invitation.objects.create(
            employment=employ(person, school), sent_at=timezone.now(), expires_at=timezone.now()
        )
    assert not must_have_second_factor(person=person)
    with scopes_disabled():
        grant(person, Role.BOARD, board=school.board)
    assert must_have_second_factor(person=person)

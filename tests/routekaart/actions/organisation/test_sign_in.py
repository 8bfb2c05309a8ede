"""Taking away somebody's second step touches nobody else."""

import pytest
from allauth.mfa.models import Authenticator

from routekaart.access import Role
from routekaart.actions.organisation.sign_in import reset_second_factor
from tests.makers import access_for, employ, make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db


def test_a_colleague_keeps_the_second_step() -> None:
    team = make_team()
    lost, kept = make_person(), make_person()
    employment = employ(lost, team.school)
    employ(kept, team.school)
    for person in (lost, kept):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    by = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
    reset_second_factor(by=by, employment_id=employment.pk)
    assert [one.user for one in Authenticator.objects.all()] == [kept]

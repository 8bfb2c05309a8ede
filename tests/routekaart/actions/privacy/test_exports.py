"""Asking for all that is known of somebody."""

import pytest

from routekaart.access import Role
from routekaart.actions.privacy.exports import request_data_for, request_own_data
from tests.makers import access_for, employ, grant, make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db


def test_what_the_school_asks_for_is_not_what_the_person_asked_for() -> None:
    team = make_team()
    person = make_person()
    employment = employ(person, team.school)
    grant(person, Role.MEMBER, school=team.school)
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    for _ in range(2):
        own = request_own_data(by=access_for(person))
        asked = request_data_for(by=access_for(admin), employment_id=employment.pk)
        assert own.payload == asked.payload
        assert (own.requested_by, asked.requested_by) == (person, admin)

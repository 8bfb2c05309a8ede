"""Documents for all teams: a bundle is of who asked for it."""

import pytest

from routekaart.access import Role
from routekaart.actions.documents.bundles import request_bundle
from tests.makers import access_for, make_colleague
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_two_who_ask_the_same_get_one_each() -> None:
    stage = Stage().planned()
    people = [stage.director, make_colleague(stage.team, Role.DIRECTOR)]
    for _ in range(2):
        bundles = [
            request_bundle(by=access_for(person), school_id=stage.school.pk, today=TODAY)
            for person in people
        ]
        assert [bundle.requested_by for bundle in bundles] == people

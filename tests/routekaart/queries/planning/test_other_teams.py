"""What a team is told of the plans of other teams: of its own school only."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Plan, Routekaart, School
from routekaart.models.routekaarten import State
from routekaart.queries.planning.other_teams import other_teams
from tests.makers import (
    access_for,
    grant,
    join,
    make_colleague,
    make_routekaart,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db


def planned(school: School, name: str) -> Routekaart:
    """Of a team with a plan that names the team."""
    routekaart = make_routekaart(make_team(school, name), state=State.PLANNED)
    content: dict[str, Any] = {"study_days": [name], "of": name}
    with scopes_disabled():
        Plan.objects.create(
            routekaart=routekaart, version=1, content=content, input_hash="1", catalogue_version="0"
        )
    return routekaart


def test_whom_it_shares_at_its_own_school_and_of_the_others_only_their_days() -> None:
    school, elsewhere = make_school(), make_school(name="Elders")
    own, shares, apart = (planned(school, name) for name in ("Eigen", "Deelt", "Los"))
    stranger = planned(elsewhere, "Vreemd")
    person = make_colleague(own.team)
    grant(person, Role.MEMBER, school=elsewhere)
    for routekaart in (shares, stranger):
        join(person, routekaart.team)
    # Somebody else is in both of the others.
    neighbour = make_colleague(shares.team)
    for routekaart in (apart, stranger):
        join(neighbour, routekaart.team)

    def told(all_plans: bool) -> tuple[object, list[object]]:
        with access_for(person).entered():
            found = other_teams(own, beside=(), all_plans=all_plans)
        return found.shared, [(plan.team, plan.study_days, plan.content) for plan in found.plans]

    shared = {shares.team_id: {str(person.pk)}}
    theirs = (shares.team_id, ["Deelt"], {"study_days": ["Deelt"], "of": "Deelt"})
    assert told(all_plans=False) == (shared, [theirs])
    assert told(all_plans=True) == (shared, [theirs, (apart.team_id, ["Los"], None)])

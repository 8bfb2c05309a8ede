"""Who looks on is shown what there is, and is offered nothing to change."""

from collections.abc import Callable

import pytest

from routekaart.access import Access, Role
from routekaart.actions.routekaarten.scans import open_scan
from routekaart.queries.routekaarten.choices import choices_of
from routekaart.queries.routekaarten.day_list import day_list
from routekaart.queries.routekaarten.filled_in import filled_in
from routekaart.queries.routekaarten.filling_in import routekaart_to_see
from routekaart.queries.routekaarten.goal_list import goal_list
from routekaart.queries.routekaarten.scan_page import scan_in_hand
from tests.makers import access_for, make_colleague
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def changes_days(by: Access, stage: Stage) -> bool:
    return day_list(by=by, routekaart_id=stage.routekaart.pk).may_edit


def changes_goals(by: Access, stage: Stage) -> bool:
    return goal_list(by=by, routekaart_id=stage.routekaart.pk).may_edit


def sees_scans(by: Access, stage: Stage) -> bool:
    return choices_of(by=by, routekaart_id=stage.routekaart.pk).may_scan


def sees_people(by: Access, stage: Stage) -> bool:
    routekaart = routekaart_to_see(by=by, routekaart_id=stage.routekaart.pk)
    return filled_in(by=by, routekaart=routekaart).members is not None


@pytest.mark.parametrize(
    ("offered", "to"),
    [
        (changes_days, {"member"}),
        (changes_goals, {"member"}),
        (sees_scans, {"member", "director"}),
        (sees_people, {"member", "director"}),
    ],
)
def test_each_is_offered_what_the_role_may(
    offered: Callable[[Access, Stage], bool], to: set[str]
) -> None:
    stage = Stage()
    roles = (Role.MEMBER, Role.DIRECTOR, Role.BOARD)
    people = {role.value: access_for(make_colleague(stage.team, role)) for role in roles}
    assert {role for role, by in people.items() if offered(by, stage)} == to


def test_a_scan_is_answered_by_the_team_and_closed_by_who_guides_it() -> None:
    stage = Stage()
    scan = open_scan(by=stage.as_lead, team_id=stage.team.pk, kind="plg", today=TODAY)

    def offered(by: Access) -> tuple[bool, bool]:
        found = scan_in_hand(by=by, scan_id=scan.pk)
        return found.answers, found.closes

    assert offered(stage.as_member) == (True, False)
    assert offered(stage.as_trainer) == (False, True)
    assert offered(stage.as_director) == (False, False)

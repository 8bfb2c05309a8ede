"""One person at two schools, with another role at each: at each exactly the rights of that one.

The schools are of two boards; the person signs in once.
"""

from collections.abc import Callable
from itertools import permutations

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import ROLE_PERMISSIONS, Permission, Role
from routekaart.models import Goal, Person, Plan, Routekaart, StudyDay
from tests.makers import ApiClient, access_for, client_for, employ, grant, join, make_person
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def with_role(person: Person, role: Role, stage: Stage) -> None:
    if role is Role.BOARD:
        with scopes_disabled():
            grant(person, role, board=stage.school.board)
        return
    grant(person, role, school=stage.school)
    if role in {Role.MEMBER, Role.TEAM_LEAD}:
        employ(person, stage.school)
        join(person, stage.team)


def test_the_rights_of_one_school_never_count_at_the_other() -> None:
    """Every pair of different roles."""
    one, two = Stage(), Stage()
    for here, there in permutations(Role, 2):
        person = make_person()
        roles = ((here, one), (there, two))
        for role, stage in roles:
            with_role(person, role, stage)
        access = access_for(person)
        for role, stage in roles:
            given = {
                permission
                for permission in Permission
                if access.allows(permission, school=stage.school.pk, team=stage.team.pk)
            }
            assert given == set(ROLE_PERMISSIONS[role]), (here, there)


class Both:
    """Director at one school, member of a team at the other; both have a plan to decide on."""

    def __init__(self) -> None:
        self.directs, self.works = Stage(team_name="Onderbouw").planned(), Stage().planned()
        self.person = make_person("Tweede School")
        with_role(self.person, Role.DIRECTOR, self.directs)
        with_role(self.person, Role.MEMBER, self.works)
        self.api: ApiClient = client_for(self.person)


def test_each_school_answers_by_the_role_there() -> None:
    both = Both()
    calls: tuple[tuple[str, Callable[[Stage], str], object, tuple[int, int]], ...] = (
        ("get", lambda stage: f"/routekaarten/{stage.routekaart.pk}", None, (200, 200)),
        ("get", lambda stage: f"/routekaarten/{stage.routekaart.pk}/assignments", None, (403, 200)),
        ("post", lambda stage: f"/study-days/{stage.study_day.pk}/notes",
         {"kind": "question", "text": "Hoe begin je?"}, (403, 201)),
        ("post", lambda stage: f"/schools/{stage.school.pk}/teams", {"name": "Plus"}, (201, 403)),
        ("get", lambda stage: f"/schools/{stage.school.pk}/employments", None, (403, 403)),
        # Last, for it takes the plan out of the state of before.
        ("post", lambda stage: f"/routekaarten/{stage.routekaart.pk}/approve", {}, (200, 403)),
    )  # fmt: skip
    for method, path, body, expected in calls:
        answers = tuple(
            both.api.call(method, path(stage), body).status_code
            for stage in (both.directs, both.works)
        )
        assert answers == expected, path(both.directs)


def test_a_key_for_one_school_is_a_stranger_at_the_other() -> None:
    both = Both()
    for at, elsewhere in ((both.directs, both.works), (both.works, both.directs)):
        key = client_for(both.person, [at.school])
        assert key.call("get", f"/routekaarten/{at.routekaart.pk}").status_code == 200
        assert key.call("get", f"/routekaarten/{elsewhere.routekaart.pk}").status_code == 404
        (school,) = key.call("get", "/me").json()["schools"]
        assert school["id"] == str(at.school.pk)


def test_one_sign_in_reaches_both_and_each_page_speaks_of_one(pages: Client) -> None:
    both = Both()
    pages.force_login(both.person)
    for stage, may_decide in ((both.directs, True), (both.works, False)):
        html = pages.get(f"/routekaart/{stage.routekaart.pk}/besluit").content.decode()
        assert ('value="goedkeuren"' in html) is may_decide
    # What oversees a school shows that school alone.
    html = pages.get("/overzicht").content.decode()
    assert str(both.directs.team.pk) in html
    assert str(both.works.team.pk) not in html


@pytest.mark.parametrize("model", [Routekaart, Goal, StudyDay, Plan])
def test_a_list_for_a_right_holds_only_the_school_that_gives_it(
    model: type[Routekaart | Goal | StudyDay | Plan],
) -> None:
    both = Both()
    access = access_for(both.person)
    with access.entered():
        shown = {
            permission: model._default_manager.filter(access.visible(model, permission)).count()
            for permission in (
                Permission.VIEW_ROUTEKAART,
                Permission.APPROVE,
                Permission.EDIT_ROUTEKAART,
            )
        }
    assert shown == {
        Permission.VIEW_ROUTEKAART: 2,
        Permission.APPROVE: 1,
        Permission.EDIT_ROUTEKAART: 1,
    }

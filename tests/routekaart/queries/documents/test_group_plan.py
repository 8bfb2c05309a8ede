"""Who gets what of the plan of a group."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.domain.assigning import Selection
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.group_input import GroupPlanInput
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.errors import BadInput
from routekaart.queries.documents.group_plan import check_functions, group_plan_input
from tests.makers import access_for, make_colleague
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded first)
    found = Stage()
    make_colleague(found.team, name="Ans Assistent", functions=("onderwijsassistent",))
    return found.planned()


def given(
    stage: Stage,
    by: Access | None = None,
    *functions: str,
    with_persons: bool = True,
) -> GroupPlanInput:
    return group_plan_input(
        by=by or stage.as_lead,
        plan_id=stage.plan.pk,
        functions=functions or ("onderwijsassistent",),
        with_persons=with_persons,
    )


def test_only_who_has_one_of_the_functions(stage: Stage) -> None:
    assert [one.name for one in given(stage).plan.members] == ["Ans Assistent"]
    both = given(stage, None, "onderwijsassistent", "leerkracht")
    assert [one.name for one in both.plan.members] == ["Ans Assistent", "Lies Leider", "Mo Lid"]
    # In the order of the catalogue, however they were asked for.
    assert both.functions == ("leerkracht", "onderwijsassistent")
    assert [one.name for one in given(stage, None, "schoolleider").plan.members] == []


def test_without_persons_the_input_has_no_names_and_nothing_of_anybody(stage: Stage) -> None:
    found = given(stage, stage.as_director, "leerkracht", with_persons=False)
    assert {one.name for one in found.plan.members} == {""}
    plan = found.plan.plan
    assert plan is not None
    assert (plan.hours, plan.preparation_weeks, plan.completed) == ((), (), ())
    printed = canonical_json(build_group_plan(found)).decode()
    assert [name for name in ("Ans", "Lies", "Mo Lid") if name in printed] == []
    assert "Mo Lid" in canonical_json(build_group_plan(given(stage, None, "leerkracht"))).decode()


def test_who_may_have_it(stage: Stage) -> None:
    for role, with_persons in (
        (Role.DIRECTOR, True),
        (Role.BOARD, True),
        (Role.MEMBER, False),
    ):
        by = access_for(make_colleague(stage.team, role, name="Lezer"))
        with pytest.raises(Forbidden):
            given(stage, by, with_persons=with_persons)
    assert given(stage, stage.as_trainer).plan.members
    with pytest.raises(NotFound):
        given(stage, Stage().as_lead)
    # Of what was adopted, and not before.
    with pytest.raises(NotFound):
        given(stage, access_for(make_colleague(stage.team, Role.MR_READER)), with_persons=False)


def test_a_group_needs_functions_of_the_team(stage: Stage) -> None:
    def refused(*functions: str) -> str:
        with pytest.raises(BadInput) as found:
            check_functions(team_id=stage.team.pk, school=stage.school.pk, functions=functions)
        return found.value.code

    assert refused() == "no_functions"
    assert refused("leerkracht", "instructeur") == "function_not_in_team"
    assert check_functions(
        team_id=stage.team.pk, school=stage.school.pk, functions=["leerkracht", "leerkracht"]
    ) == ("leerkracht",)


def test_as_many_queries_for_a_larger_group(stage: Stage) -> None:
    def queries() -> int:
        by = stage.as_lead
        # Its version is read at most once in a few seconds.
        current_catalogue()
        with CaptureQueriesContext(connection) as captured:
            given(stage, by, "leerkracht")
        return len(captured)

    few = queries()
    for number in range(30):
        make_colleague(stage.team, name=f"Collega {number}")
    stage.assign(Selection.ALL)
    assert len(given(stage, None, "leerkracht").plan.members) == 32
    assert queries() == few

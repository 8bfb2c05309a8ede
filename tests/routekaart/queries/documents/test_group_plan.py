"""Who gets what of the plan of a group."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.transitions import approve, return_to_team
from routekaart.domain.assigning import Selection
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.group_input import GroupPlanInput
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.errors import BadInput
from routekaart.models import TeamMembership
from routekaart.queries.documents.group_plan import check_functions, group_plan_input
from routekaart.queries.documents.kinds_desk import group_choices
from tests.makers import access_for, make_colleague
from tests.stages import TODAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded first)
    found = Stage()
    make_colleague(found.team, name="Ans Assistent", functions=("onderwijsassistent",))
    return found.planned()


def five_teachers(stage: Stage) -> None:
    for number in range(3):
        make_colleague(stage.team, name=f"Collega {number}")


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
    five_teachers(stage)
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
    five_teachers(stage)
    # Of what was adopted, and not before.
    with pytest.raises(NotFound):
        given(stage, access_for(make_colleague(stage.team, Role.MR_READER)), with_persons=False)


def check(stage: Stage, *functions: str, with_persons: bool = True) -> str | tuple[str, ...]:
    """The functions of the group, or why there is none."""
    with stage.as_lead.entered():
        try:
            return check_functions(
                plan_id=stage.plan.pk, functions=functions, with_persons=with_persons
            )
        except BadInput as refused:
            return refused.code


def test_a_group_needs_functions_of_the_team(stage: Stage) -> None:
    assert check(stage) == "no_functions"
    assert check(stage, "leerkracht", "instructeur") == "function_not_in_team"
    assert check(stage, "leerkracht", "leerkracht") == ("leerkracht",)


def test_a_group_is_of_the_people_that_the_plan_is_printed_with(stage: Stage) -> None:
    """Of what was approved those of then; of what the team works on those of today."""

    def offered() -> tuple[str | tuple[str, ...], str | tuple[str, ...], list[str]]:
        found = group_choices(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        new, left = check(stage, "instructeur"), check(stage, "onderwijsassistent")
        return new, left, [slug for slug, _ in found.functions]

    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
    make_colleague(stage.team, name="Ina Instructeur", functions=("instructeur",))
    with scopes_disabled():
        TeamMembership.objects.filter(person__name="Ans Assistent").delete()
    as_approved = ["leerkracht", "onderwijsassistent"]
    assert offered() == ("function_not_in_team", ("onderwijsassistent",), as_approved)
    assert [one.name for one in given(stage).plan.members] == ["Ans Assistent"]
    assert given(stage, None, "instructeur").plan.members == ()
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Nog eens.")
    assert offered() == (("instructeur",), "function_not_in_team", ["leerkracht", "instructeur"])
    assert [one.name for one in given(stage, None, "instructeur").plan.members] == [
        "Ina Instructeur"
    ]


def test_without_persons_there_is_no_plan_of_a_few(stage: Stage) -> None:
    """That of one person would be what this person does, for everybody."""
    for functions in (["onderwijsassistent"], ["leerkracht"], ["leerkracht", "onderwijsassistent"]):
        assert check(stage, *functions, with_persons=False) == "group_too_small"
        assert check(stage, *functions) == tuple(functions)
        with pytest.raises(BadInput) as refused:
            given(stage, stage.as_director, *functions, with_persons=False)
        assert refused.value.code == "group_too_small"
    five_teachers(stage)
    assert check(stage, "leerkracht", with_persons=False) == ("leerkracht",)
    assert len(given(stage, stage.as_director, "leerkracht", with_persons=False).plan.members) == 5
    # Laid beside the plan of the teachers it would show what the assistant does.
    both = check(stage, "leerkracht", "onderwijsassistent", with_persons=False)
    assert both == "group_too_small"


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

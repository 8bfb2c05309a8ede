"""A room or trainer that another team has at the same hours is told in the plan."""

import pytest

from routekaart.domain.planner.plan import Note
from routekaart.models import Plan, StudyDay
from routekaart.queries.planning.problems import plan_from_json, problem_of
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def in_the_hall(stage: Stage, room: str = "Aula") -> None:
    with stage.as_lead.entered():
        StudyDay.objects.filter(routekaart=stage.routekaart).update(room=room)


def notes(stage: Stage) -> list[Note]:
    with stage.as_lead.entered():
        latest = Plan.objects.filter(routekaart=stage.routekaart).first()
    assert latest is not None
    found = plan_from_json(latest.content).assumptions
    return [note for note in found if note.code == "room_or_trainer_taken"]


def test_the_second_team_is_told_who_has_the_room() -> None:
    first = Stage()
    second = Stage(first.school, "Bovenbouw")
    for stage, room in ((first, "Aula"), (second, " aula ")):
        stage.accepted()
        in_the_hall(stage, room)
        stage.make_plan()
    assert notes(first) == []
    [note] = notes(second)
    assert f"heeft het team ‘{first.team.name}’ dezelfde ruimte of trainer" in note.text


def test_another_room_another_school_and_a_team_planned_along_take_nothing() -> None:
    first = Stage()
    second, stranger = Stage(first.school, "Bovenbouw"), Stage()
    for stage in (first, second, stranger):
        stage.accepted()
        in_the_hall(stage)
    first.make_plan()

    def taken(stage: Stage, *beside: Stage) -> list[str]:
        found = problem_of(
            routekaart_id=stage.routekaart.pk,
            schools=(stage.school.pk,),
            plan_from=TODAY,
            beside=[other.team.pk for other in beside],
        ).taken
        return [item.team for item in found]

    assert taken(second) == [first.team.name]
    assert (taken(first), taken(stranger), taken(second, first)) == ([], [], [])
    in_the_hall(second, "lokaal 2")
    assert taken(second) == []

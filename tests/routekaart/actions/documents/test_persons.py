"""Asking for a document with persons in it takes the right to see them."""

from collections.abc import Callable
from typing import Any

import pytest

from routekaart.access import Access, Forbidden
from routekaart.actions.documents.documents import request_team_plan
from routekaart.actions.documents.kinds import request_booklet, request_group_plan
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
Asked = Callable[[Access, Stage], Any]


def team_plan(by: Access, stage: Stage) -> Any:
    return request_team_plan(by=by, routekaart_id=stage.routekaart.pk, persons=True)


def group_plan(by: Access, stage: Stage) -> Any:
    return request_group_plan(
        by=by, routekaart_id=stage.routekaart.pk, functions=["leerkracht"], persons=True
    )


def booklet(by: Access, stage: Stage) -> Any:
    return request_booklet(by=by, study_day_id=stage.study_day.pk, persons=True)


@pytest.mark.parametrize("asked", [team_plan, group_plan, booklet])
def test_a_director_cannot_ask_for_persons(asked: Asked) -> None:
    stage = Stage().planned()
    with pytest.raises(Forbidden):
        asked(stage.as_director, stage)


@pytest.mark.parametrize("asked", [team_plan, group_plan, booklet])
def test_a_team_lead_can(asked: Asked) -> None:
    stage = Stage().planned()
    assert asked(stage.as_lead, stage).holds_persons

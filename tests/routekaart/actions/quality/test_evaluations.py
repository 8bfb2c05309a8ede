"""Deciding about a goal that somebody takes away at the same moment."""

import pytest

from routekaart.access import NotFound
from routekaart.actions.quality.evaluations import add_indicator, decide
from routekaart.models import Goal, GoalDecision, Indicator
from tests.stages import TODAY, Interrupted, Stage
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def take_away(stage: Stage) -> None:
    with stage.as_lead.entered():
        Goal.objects.filter(pk=stage.goal.pk).delete()


def test_it_is_not_there_any_more() -> None:
    stage = underway()
    by = Interrupted.by(stage.as_lead, lambda: take_away(stage))
    with pytest.raises(NotFound):
        decide(
            by=by, goal_id=stage.goal.pk, verdict="keep", reason="", decided_on=TODAY, today=TODAY
        )
    with pytest.raises(NotFound):
        add_indicator(by=stage.as_lead, goal_id=stage.goal.pk, values={"name": "Gesprekken"})
    with stage.as_lead.entered():
        assert not GoalDecision.objects.exists()
        assert not Indicator.objects.exists()

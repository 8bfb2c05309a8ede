"""How many assignments an action of assigning asked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.models import Assignment, AssignmentBatch, BatchItem, Goal
from routekaart.queries.assigning.batches import batches_of
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_newest_first_each_assignment_once_however_many_goals_it_serves() -> None:
    stage = Stage().planned()
    with scopes_disabled():
        second = Goal.objects.create(routekaart=stage.routekaart, priority=2, wording="Luisteren.")
        AssignmentBatch.objects.all().delete()
        stage.lead.employments.update(given_name="Anja Anders")
        one, other = Assignment.objects.filter(routekaart=stage.routekaart)[:2]
        for number, asked in enumerate([[one], [one, other], []]):
            batch = AssignmentBatch.objects.create(
                routekaart=stage.routekaart, target="team", title="Allen", made_by=stage.lead
            )
            AssignmentBatch.objects.filter(pk=batch.pk).update(
                made_at=clock.now() - timedelta(days=number)
            )
            for assignment in asked:
                for goal in (stage.goal, second):
                    BatchItem.objects.create(batch=batch, assignment=assignment, goal=goal)
    by = stage.as_lead
    with by.entered():
        found: QuerySet[Any] = batches_of(by=by, routekaart_id=stage.routekaart.pk)
        # Else the name that the school gives is worked out for each assignment.
        assert "GROUP BY" not in str(found.query)
        assert [(row.asked, row.made_by.name) for row in found] == [
            (1, "Anja Anders"),
            (2, "Anja Anders"),
            (0, "Anja Anders"),
        ]

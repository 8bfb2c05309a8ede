"""Holding an object takes its locks in the order of `school_lock`, so nobody waits in a circle."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from routekaart.actions.holding import HELD, hold
from routekaart.models import Employment, Person, Routekaart, School
from tests.stages import Stage

ORDER: tuple[type[Any], ...] = (School, Employment, Person, Routekaart)


def _place(model: type[Any]) -> int:
    return ORDER.index(model) if model in ORDER else len(ORDER)


@pytest.mark.parametrize("model", HELD, ids=lambda model: model.__name__)
def test_the_locks_are_taken_in_the_one_order(model: type[Any]) -> None:
    places = [_place(locked) for locked, _ in HELD[model]]
    assert places == sorted(places)


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_school_is_not_locked_against_the_log() -> None:
    stage = Stage()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        hold(School, stage.school.pk, by=stage.as_lead)
    locks = [one["sql"] for one in queries.captured_queries if "FOR " in one["sql"]]
    assert len(locks) == 1
    assert "FOR NO KEY UPDATE" in locks[0]

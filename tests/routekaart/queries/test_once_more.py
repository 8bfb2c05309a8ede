"""What goes between the look at the rights and the look at the rest is not there any more."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Model
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Access, NotFound
from routekaart.domain.lesson_visit_pairs import Window
from routekaart.models import (
    Agreement,
    Completion,
    Goal,
    GroupCompletion,
    LessonVisit,
    MailBatch,
    MicroStep,
    PlgCycle,
    PlgMeeting,
)
from routekaart.queries.mail.outbox import mail_batch_detail
from routekaart.queries.plg.cycles import cycle_detail, meeting_detail, micro_step_detail
from routekaart.queries.plg.lesson_visits import suggested_round, visit_detail
from routekaart.queries.plg.pages import visit_in_hand
from routekaart.queries.progress.completions import completion_detail, group_completion_detail
from routekaart.queries.quality.agreements import agreement_detail
from routekaart.queries.quality.agreements_page import agreement_in_hand
from routekaart.queries.quality.evaluations import goal_evaluation
from routekaart.storage import Storage
from tests.matrix_world import make_place
from tests.stages import Interrupted

TODAY = date(2026, 11, 9)
WINDOW = Window(first=TODAY, weeks=2, minutes=45)
# The kind, how it is asked for, and the name of its id there and in the world of the matrix.
ASKED: list[tuple[type[Model], Callable[..., Any], str, str]] = [
    (Agreement, agreement_detail, "agreement_id", "agreement_id"),
    (Agreement, agreement_in_hand, "agreement_id", "agreement_id"),
    (Completion, completion_detail, "completion_id", "completion_id"),
    (Goal, goal_evaluation, "goal_id", "goal_id"),
    (
        GroupCompletion,
        partial(group_completion_detail, today=TODAY),
        "group_completion_id",
        "group_completion_id",
    ),
    (LessonVisit, visit_detail, "visit_id", "lesson_visit_id"),
    (LessonVisit, visit_in_hand, "visit_id", "lesson_visit_id"),
    (MailBatch, mail_batch_detail, "batch_id", "mail_batch_id"),
    (MicroStep, micro_step_detail, "step_id", "micro_step_id"),
    (PlgCycle, cycle_detail, "cycle_id", "plg_cycle_id"),
    (PlgCycle, partial(suggested_round, window=WINDOW), "cycle_id", "plg_cycle_id"),
    (PlgMeeting, meeting_detail, "meeting_id", "plg_meeting_id"),
]


def gone(model: type[Model], pk: UUID) -> None:
    with scopes_disabled():
        model._base_manager.get(pk=pk).delete()


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_what_went_in_between_is_not_found(settings: Settings) -> None:
    place = make_place(Storage(settings.STORAGE_DIR))
    for model, query, name, known_as in ASKED:
        pk = UUID(place.ids[known_as])
        # A step is for who is in the PLG.
        by: Access = place.stage.as_member if model is MicroStep else place.stage.as_lead
        assert query(by=by, **{name: pk}) is not None
        with transaction.atomic():
            with pytest.raises(NotFound) as refused:
                query(by=Interrupted.by(by, partial(gone, model, pk)), **{name: pk})
            transaction.set_rollback(True)
        assert refused.value.args == (model.__name__,)

"""Study days of a routekaart."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.routekaarten.study_days import change_study_day, remove_study_day
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, Routekaart, StudyDay
from routekaart.models.routekaarten import State
from tests.makers import make_colleague
from tests.stages import STUDY_DAY, Interrupted, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def days(stage: Stage) -> list[dict[str, Any]]:
    with stage.as_lead.entered():
        return [{name: getattr(day, name) for name in STUDY_DAY} for day in StudyDay.objects.all()]


def test_added_changed_and_removed() -> None:
    stage = Stage()
    day = stage.add_study_day(free_groups=[5, 6])
    assert days(stage) == [STUDY_DAY | {"free_groups": [5, 6]}]
    change_study_day(
        by=stage.as_member,
        study_day_id=day.pk,
        values={"kind": "afternoon", "starts_at": time(13), "minutes": 180},
    )
    assert days(stage) == [
        STUDY_DAY
        | {
            "kind": "afternoon",
            "starts_at": time(13),
            "minutes": 180,
            "free_groups": [5, 6],
        }
    ]
    remove_study_day(by=stage.as_lead, study_day_id=day.pk)
    assert days(stage) == []
    with stage.as_lead.entered():
        assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
            "add_study_day",
            "change_study_day",
            "remove_study_day",
        ]


def test_a_trainer_is_somebody_of_the_school() -> None:
    stage = Stage()
    # By a role there, by working there; who leaves later stays on the day until it changes.
    day = stage.add_study_day(trainer=stage.trainer.pk, room="Aula", fixed=False)
    assert (day.trainer_id, day.room, day.fixed) == (stage.trainer.pk, "Aula", False)
    for trainer in (make_colleague(stage.team, Role.BOARD), stage.member):
        change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"trainer": trainer.pk})
    with stage.as_lead.entered():
        stage.member.employments.all().delete()
        stage.member.role_grants.all().delete()
    change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"title": "Samen"})
    for stranger in (stage.member.pk, Stage().trainer.pk, uuid4()):
        with pytest.raises(BadInput) as caught:
            change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"trainer": stranger})
        assert (caught.value.field, caught.value.code) == ("trainer", "not_at_this_school")
    with stage.as_lead.entered():
        assert StudyDay.objects.get().trainer_id == stage.member.pk
        change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"trainer": None})
        assert StudyDay.objects.get().trainer_id is None


@pytest.mark.parametrize("day", [date(2026, 8, 1), date(2027, 7, 31)])
def test_the_year_runs_from_august_to_july(day: date) -> None:
    stage = Stage()
    assert stage.add_study_day(date=day).date == day


@pytest.mark.parametrize("day", [date(2026, 7, 31), date(2027, 8, 1)])
def test_a_day_outside_the_year_is_refused(day: date) -> None:
    stage = Stage()
    kept = stage.add_study_day()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: stage.add_study_day(date=day),
        lambda: change_study_day(
            by=stage.as_lead, study_day_id=kept.pk, values={"title": "half", "date": day}
        ),
    )
    for refused in attempts:
        with pytest.raises(BadInput) as caught:
            refused()
        assert (caught.value.field, caught.value.code) == ("date", "outside_school_year")
        assert caught.value.message == (
            "Deze dag valt buiten het schooljaar 2026-2027 (1 augustus 2026 tot en met "
            "31 juli 2027). Kies een dag daarbinnen."
        )
    assert days(stage) == [STUDY_DAY]


def test_a_day_ends_before_midnight() -> None:
    stage = Stage()
    kept = stage.add_study_day(starts_at=time(23), minutes=60)
    for values in ({"starts_at": time(23, 1)}, {"minutes": 61}):
        with pytest.raises(BadInput) as caught:
            change_study_day(by=stage.as_lead, study_day_id=kept.pk, values=values)
        assert (caught.value.field, caught.value.code) == ("minutes", "ends_after_midnight")


def test_one_per_date() -> None:
    stage = Stage()
    stage.add_study_day()
    other = stage.add_study_day(date=date(2027, 2, 3))
    attempts: tuple[Callable[[], object], ...] = (
        stage.add_study_day,
        lambda: change_study_day(
            by=stage.as_lead, study_day_id=other.pk, values={"date": STUDY_DAY["date"]}
        ),
    )
    for refused in attempts:
        with pytest.raises(Conflict) as caught:
            refused()
        assert caught.value.code == "study_day_exists"
    assert [day["date"] for day in days(stage)] == [STUDY_DAY["date"], date(2027, 2, 3)]
    # Two teams may well learn on the same day.
    Stage(stage.school, "Bovenbouw").add_study_day()


@pytest.mark.parametrize("state", State)
def test_days_move_until_approval(state: State) -> None:
    stage = Stage()
    day = stage.add_study_day()
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)
    if state in (State.APPROVED, State.RUNNING, State.CLOSED):
        for refused in (
            lambda: stage.add_study_day(date=date(2027, 2, 3)),
            lambda: change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"title": "x"}),
            lambda: remove_study_day(by=stage.as_lead, study_day_id=day.pk),
        ):
            with pytest.raises(Conflict) as caught:
                refused()
            assert caught.value.code == "wrong_state"
        assert days(stage) == [STUDY_DAY]
    else:
        change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"title": "x"})
        assert days(stage) == [STUDY_DAY | {"title": "x"}]


def test_only_by_the_team_and_only_while_it_is_there() -> None:
    stage = Stage()
    day = stage.add_study_day()
    for by, error in ((stage.as_trainer, Forbidden), (Stage().as_lead, NotFound)):
        with pytest.raises(error):
            change_study_day(by=by, study_day_id=day.pk, values={"title": "x"})
        with pytest.raises(error):
            remove_study_day(by=by, study_day_id=day.pk)
    remove_study_day(by=stage.as_lead, study_day_id=day.pk)
    with pytest.raises(NotFound):
        change_study_day(by=stage.as_lead, study_day_id=day.pk, values={"title": "terug"})
    assert days(stage) == []


def test_what_somebody_else_wrote_between_look_and_lock_stays() -> None:
    stage = Stage()
    day = stage.add_study_day()
    by = Interrupted.by(
        stage.as_lead,
        lambda: change_study_day(by=stage.as_member, study_day_id=day.pk, values={"minutes": 300}),
    )
    change_study_day(by=by, study_day_id=day.pk, values={"title": "Samen"})
    assert days(stage) == [STUDY_DAY | {"minutes": 300, "title": "Samen"}]


def test_what_somebody_else_removed_between_look_and_lock_is_not_brought_back() -> None:
    stage = Stage()
    day = stage.add_study_day()
    by = Interrupted.by(
        stage.as_lead, lambda: remove_study_day(by=stage.as_member, study_day_id=day.pk)
    )
    with pytest.raises(NotFound):
        change_study_day(by=by, study_day_id=day.pk, values={"title": "terug"})
    assert days(stage) == []

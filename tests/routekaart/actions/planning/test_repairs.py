"""Repairs: each is carried out through the actions that there are, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Permission, Role
from routekaart.actions.assigning.assignments import make_voluntary
from routekaart.actions.planning.repairs import apply_repair, check_time, check_time_of
from routekaart.domain.errors import Conflict
from routekaart.domain.planner.explain import HelpKind
from routekaart.domain.planner.repairs import Repair
from routekaart.models import Assignment, AuditEntry, Employment, Plan, Routekaart, StudyDay
from routekaart.models.routekaarten import State
from routekaart.queries.planning.problems import plan_from_json
from tests.makers import employ, grant, make_colleague, make_school
from tests.short_of_time import (
    as_lead_and_admin,
    minutes_of,
    set_minutes,
    set_planning,
    short_stage,
)
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def repairs(stage: Stage, by: Access | None = None) -> dict[HelpKind, Repair]:
    found = check_time(by=by or stage.as_lead, routekaart_id=stage.routekaart.pk, today=TODAY)
    return {repair.kind: repair for repair in found.check.repairs}


def apply(stage: Stage, repair: Repair, by: Access | None = None) -> None:
    apply_repair(
        by=by or stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        repair_id=repair.id,
        today=TODAY,
    )


def placed(plan: Plan) -> set[str]:
    return {item.goal_id for item in plan_from_json(plan.content).placements}


def logged(stage: Stage) -> list[str]:
    with stage.as_lead.entered():
        return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def stored() -> list[Any]:
    """Everything that a repair can change."""
    with scopes_disabled():
        return [
            *Routekaart.objects.order_by("pk").values(),
            *StudyDay.objects.order_by("pk").values(),
            *Assignment.objects.order_by("pk").values(),
            *Employment.objects.order_by("pk").values(),
            *AuditEntry.objects.order_by("pk").values(),
        ]


def check_refused(stage: Stage, repair: Repair, by: Access | None = None) -> None:
    before = stored()
    with pytest.raises(Conflict) as caught:
        apply(stage, repair, by)
    assert caught.value.code == "repair_outdated"
    assert stored() == before


# --- Each kind, up to the plan that follows ------------------------------------------------------
def test_an_extra_afternoon() -> None:
    stage, goals = short_stage(goals=2, goals_per_day=1)
    first = stage.make_plan()
    assert placed(first) == {str(goals[0].pk)}
    repair = repairs(stage)[HelpKind.STUDY_AFTERNOON]
    before = logged(stage)
    apply(stage, repair)
    assert logged(stage)[len(before) :] == ["add_study_day", "apply_repair"]
    with stage.as_lead.entered():
        # No plan comes of itself.
        assert Plan.objects.get() == first
        assert sorted(StudyDay.objects.values_list("kind", flat=True)) == ["afternoon", "day"]
    check_refused(stage, repair)
    assert placed(stage.make_plan()) == {str(goal.pk) for goal in goals}
    assert repairs(stage) == {}


def test_one_goal_a_day_more() -> None:
    stage, goals = short_stage(goals=2, goals_per_day=1)
    repair = repairs(stage)[HelpKind.GOALS_PER_DAY]
    before = logged(stage)
    apply(stage, repair)
    assert logged(stage)[len(before) :] == ["change", "apply_repair"]
    assert stage.fresh().goals_per_day == 2
    check_refused(stage, repair)
    assert placed(stage.make_plan()) == {str(goal.pk) for goal in goals}


def test_minutes_for_the_whole_team() -> None:
    stage, (goal,) = short_stage(wait_for_all=True, weekly_minutes=20)
    assert placed(stage.make_plan()) == set()
    repair = repairs(stage)[HelpKind.MORE_MINUTES]
    apply(stage, repair)
    minutes = stage.fresh().weekly_minutes
    assert minutes > 20
    check_refused(stage, repair)
    assert placed(stage.make_plan()) == {str(goal.pk)}
    # Five minutes less, and it would not have been enough.
    set_planning(stage, weekly_minutes=minutes - 5)
    assert placed(stage.make_plan()) == set()


def test_a_wider_window() -> None:
    stage, (goal,) = short_stage(wait_for_all=True, window_weeks=3, weekly_minutes=60)
    set_minutes(stage, stage.lead, 60)
    set_minutes(stage, stage.member, 60)
    apply(stage, repairs(stage)[HelpKind.WINDOW])
    assert stage.fresh().window_weeks > 3
    assert placed(stage.make_plan()) == {str(goal.pk)}


def test_a_course_that_is_voluntary_for_everyone() -> None:
    stage, (goal,) = short_stage(wait_for_all=True, weekly_minutes=20)
    repair = repairs(stage)[HelpKind.VOLUNTARY]
    # Trainers assign, so they can do this one.
    apply(stage, repair, stage.as_trainer)
    with stage.as_lead.entered():
        assert not Assignment.objects.filter(mandatory=True).exists()
        assert Assignment.objects.filter(mandatory=False).count() == 2
    check_refused(stage, repair, stage.as_trainer)
    assert placed(stage.make_plan()) == {str(goal.pk)}


def test_minutes_for_one_person_are_an_agreement_of_that_person() -> None:
    stage, (goal,) = short_stage(wait_for_all=True)
    set_minutes(stage, stage.member, 10)
    assert placed(stage.make_plan()) == set()
    by = as_lead_and_admin(stage)
    repair = repairs(stage, by)[HelpKind.MORE_MINUTES]
    before = logged(stage)
    apply(stage, repair, by)
    assert logged(stage)[len(before) :] == ["change_employment", "apply_repair"]
    minutes = minutes_of(stage, stage.member)
    assert minutes is not None
    assert minutes > 10
    assert minutes % 5 == 0
    assert minutes_of(stage, stage.lead) is None
    check_refused(stage, repair, by)
    assert placed(stage.make_plan()) == {str(goal.pk)}
    set_minutes(stage, stage.member, minutes - 5)
    assert placed(stage.make_plan()) == set()


def test_a_person_who_cannot_be_ready_is_mended_alone() -> None:
    stage, _ = short_stage(wait_for_all=False)
    set_minutes(stage, stage.member, 10)
    by = as_lead_and_admin(stage)
    found = repairs(stage, by)
    assert {repair.member_ids for repair in found.values()} == {(str(stage.member.pk),)}
    apply(stage, found[HelpKind.VOLUNTARY], by)
    with stage.as_lead.entered():
        mandatory = Assignment.objects.values_list("person_id", "mandatory")
        assert set(mandatory) == {(stage.member.pk, False), (stage.lead.pk, True)}
    assert repairs(stage, by) == {}


# --- Who may, and when ---------------------------------------------------------------------------
def test_each_repair_asks_for_the_right_of_what_it_changes() -> None:
    stage, _ = short_stage(wait_for_all=True)
    set_minutes(stage, stage.member, 10)
    found = repairs(stage)
    before = stored()
    for kind, by, error in (
        # The minutes of a person are the school admin's.
        (HelpKind.MORE_MINUTES, stage.as_lead, Forbidden),
        (HelpKind.MORE_MINUTES, stage.as_trainer, Forbidden),
        (HelpKind.VOLUNTARY, stage.as_member, Forbidden),
        (HelpKind.VOLUNTARY, stage.as_director, Forbidden),
        (HelpKind.VOLUNTARY, Stage(stage.school, "Bovenbouw").as_lead, NotFound),
        (HelpKind.VOLUNTARY, Stage().as_lead, NotFound),
    ):
        with pytest.raises(error):
            apply(stage, found[kind], by)
    assert [row for row in stored() if row in before] == before
    crowded, _ = short_stage(goals=2, goals_per_day=1)
    with pytest.raises(Forbidden):
        apply(crowded, repairs(crowded)[HelpKind.STUDY_AFTERNOON], crowded.as_trainer)


def test_the_check_tells_who_may_carry_out_what() -> None:
    stage, _ = short_stage(wait_for_all=True)
    set_minutes(stage, stage.member, 10)

    def may(by: Access) -> dict[HelpKind, bool]:
        found = check_time(by=by, routekaart_id=stage.routekaart.pk, today=TODAY)
        return {repair.kind: found.may_apply[repair.id] for repair in found.check.repairs}

    assert may(stage.as_lead) == {HelpKind.MORE_MINUTES: False, HelpKind.VOLUNTARY: True}
    assert may(as_lead_and_admin(stage)) == dict.fromkeys(may(stage.as_trainer), True)
    with stage.as_lead.entered():
        Routekaart.objects.update(state=State.APPROVED)
    assert may(stage.as_lead) == dict.fromkeys(may(stage.as_trainer), False)
    for by in (stage.as_member, stage.as_director):
        with pytest.raises(Forbidden):
            may(by)


@pytest.mark.parametrize("state", [State.APPROVED, State.RUNNING, State.CLOSED])
def test_not_once_the_plan_is_approved(state: State) -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    repair = repairs(stage)[HelpKind.STUDY_AFTERNOON]
    with stage.as_lead.entered():
        Routekaart.objects.update(state=state)
    with pytest.raises(Conflict) as caught:
        apply(stage, repair)
    assert caught.value.code == "wrong_state"


# --- Nothing half done ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Watched(Access):
    """Does something just before the change: when rights are asked, or when a row is fetched."""

    on_allows: Callable[[], object] = lambda: None
    on_fetch: Callable[[Any], object] = lambda _model: None

    @classmethod
    def like(cls, access: Access, **what: Any) -> "Watched":
        return cls(person=access.person, roles=access.roles, teams=access.teams, **what)

    def allows(self, permission: Permission, *, school: UUID, team: UUID | None = None) -> bool:
        self.on_allows()
        return Access.allows(self, permission, school=school, team=team)

    def fetch(self, model: Any, pk: Any, permission: Permission, **options: Any) -> Any:
        self.on_fetch(model)
        return Access.fetch(self, model, pk, permission, **options)


def test_who_is_overtaken_hears_so_and_changes_nothing() -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    repair = repairs(stage)[HelpKind.STUDY_AFTERNOON]
    overtaken = Watched.like(stage.as_lead, on_allows=lambda: set_planning(stage, goals_per_day=2))
    with pytest.raises(Conflict) as caught:
        apply(stage, repair, overtaken)
    assert caught.value.code == "repair_outdated"
    with stage.as_lead.entered():
        assert StudyDay.objects.count() == 1
    assert "apply_repair" not in logged(stage)


def test_what_fails_halfway_leaves_nothing_behind() -> None:
    stage, _ = short_stage(wait_for_all=True)
    other = make_colleague(stage.team, name="Ans Anders")
    stage.assign()
    for person in (stage.lead, stage.member, other):
        set_minutes(stage, person, 10)
    by = as_lead_and_admin(stage)
    repair = repairs(stage, by)[HelpKind.MORE_MINUTES]
    seen: list[Any] = []

    def fail_at_the_second(model: Any) -> None:
        seen.append(model)
        if seen.count(Employment) == 2:
            raise RuntimeError("the light went out")

    before = stored()
    with pytest.raises(RuntimeError):
        apply(stage, repair, Watched.like(by, on_fetch=fail_at_the_second))
    assert stored() == before
    apply(stage, repair, by)
    (minutes,) = {minutes_of(stage, person) for person in (stage.lead, stage.member, other)}
    assert minutes is not None
    assert minutes > 10


def test_an_unknown_repair_is_refused() -> None:
    stage, _ = short_stage()
    with pytest.raises(Conflict) as caught:
        apply_repair(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, repair_id="0" * 32, today=TODAY
        )
    assert caught.value.code == "repair_outdated"
    assert "opnieuw op" in caught.value.message


# --- Making a course voluntary -------------------------------------------------------------------
def test_only_the_standing_assignments_that_are_meant_become_voluntary() -> None:
    stage, _ = short_stage()
    with stage.as_lead.entered():
        one = Assignment.objects.filter(person=stage.member)[0]
        Assignment.objects.filter(person=stage.lead).update(state="withdrawn")
    count = make_voluntary(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        course=one.course_id,
        person_ids=[stage.member.pk, stage.lead.pk],
    )
    assert count == 1
    with stage.as_lead.entered():
        assert not Assignment.objects.get(pk=one.pk).mandatory
        assert Assignment.objects.filter(person=stage.lead, mandatory=True).exists()
    for by in (stage.as_member, stage.as_director):
        with pytest.raises(Forbidden):
            make_voluntary(
                by=by, routekaart_id=stage.routekaart.pk, course=one.course_id, person_ids=[]
            )


def test_minutes_at_another_school_stay_as_they_were() -> None:
    stage, _ = short_stage(wait_for_all=False)
    set_minutes(stage, stage.member, 10)
    elsewhere = employ(stage.member, make_school())
    grant(stage.lead, Role.SCHOOL_ADMIN, school=elsewhere.school)
    by = as_lead_and_admin(stage)
    apply(stage, repairs(stage, by)[HelpKind.MORE_MINUTES], by)
    assert minutes_of(stage, stage.member) != 10
    with scopes_disabled():
        assert Employment.objects.get(pk=elsewhere.pk).weekly_study_minutes is None


def test_the_check_of_what_was_read_is_for_who_makes_the_plan() -> None:
    stage = Stage()
    by = stage.as_member
    seen = by.fetch(Routekaart, stage.routekaart.pk, Permission.VIEW_PLAN, along=("team__school",))
    with pytest.raises(Forbidden):
        check_time_of(by=by, routekaart=seen, today=TODAY)

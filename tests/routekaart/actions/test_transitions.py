"""From state to state: who may, when, and what holds it back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from routekaart.access import Access, Forbidden, Role, school_scope
from routekaart.actions.advice.rounds import accept_advice, give_advice
from routekaart.actions.assigning.assignments import assign_from_advice, withdraw_assignment
from routekaart.actions.planning.plans import make_plan
from routekaart.actions.progress.progress import waive_assignment
from routekaart.actions.routekaarten.routekaarten import Choice, change_routekaart
from routekaart.actions.routekaarten.study_days import add_study_day
from routekaart.actions.transitions import (
    approve,
    close,
    return_to_team,
    start,
    submit,
    withdraw,
)
from routekaart.domain.assigning import Selection
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.models import (
    Assignment,
    AuditEntry,
    CalendarOverride,
    CourseOverride,
    Leave,
    Routekaart,
    School,
)
from routekaart.models.routekaarten import State
from tests.makers import access_for, employ, join, make_colleague, make_person
from tests.progressed import assignment_of
from tests.stages import INTERVENTION, STUDY_DAY, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

Step = Callable[[Access, UUID], object]
STEPS: dict[str, Step] = {
    "submit": lambda by, pk: submit(by=by, routekaart_id=pk),
    "withdraw": lambda by, pk: withdraw(by=by, routekaart_id=pk),
    "advise": lambda by, pk: give_advice(by=by, routekaart_id=pk, note="", today=TODAY),
    "accept": lambda by, pk: accept_advice(by=by, routekaart_id=pk),
    "assign": lambda by, pk: assign_from_advice(
        by=by, routekaart_id=pk, selection=Selection.ALL, today=TODAY
    ),
    "plan": lambda by, pk: make_plan(by=by, routekaart_id=pk, today=TODAY),
    "return": lambda by, pk: return_to_team(by=by, routekaart_id=pk, comment="Te vol."),
    "approve": lambda by, pk: approve(by=by, routekaart_id=pk, on=TODAY, mr_date=None),
    "start": lambda by, pk: start(by=by, routekaart_id=pk),
    "close": lambda by, pk: close(by=by, routekaart_id=pk),
}
STATES = {
    "submit": {"draft"},
    "withdraw": {"submitted"},
    "advise": {"submitted", "advised"},
    "accept": {"advised"},
    "assign": {"accepted", "planned"},
    "plan": {"accepted", "planned"},
    "return": {"planned", "approved", "running"},
    "approve": {"planned"},
    "start": {"approved"},
    "close": {"running"},
}
ROLES = {
    "submit": {Role.TEAM_LEAD},
    "withdraw": {Role.TEAM_LEAD},
    "advise": {Role.TRAINER},
    "accept": {Role.TEAM_LEAD},
    "assign": {Role.TEAM_LEAD, Role.TRAINER},
    "plan": {Role.TEAM_LEAD, Role.TRAINER},
    "return": {Role.DIRECTOR},
    "approve": {Role.DIRECTOR},
    "start": {Role.TEAM_LEAD},
    "close": {Role.TEAM_LEAD},
}
READERS = (Role.MEMBER, Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR, Role.BOARD, Role.MR_READER)


def in_state(stage: Stage, state: str) -> None:
    with stage.as_lead.entered():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)


def actions_of(stage: Stage) -> list[str]:
    with stage.as_lead.entered():
        return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_in_its_own_states_only(step: str) -> None:
    stage = Stage()
    by = access_for(make_colleague(stage.team, min(ROLES[step])))
    for state in State.values:
        in_state(stage, state)
        if state in STATES[step]:
            continue
        with pytest.raises(Conflict) as caught:
            STEPS[step](by, stage.routekaart.pk)
        assert (caught.value.code, stage.fresh().state) == ("wrong_state", state)
    assert actions_of(stage) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_its_own_roles_only(step: str) -> None:
    stage = Stage()
    # A state in which nobody gets further than the right to try.
    in_state(stage, State.CLOSED)
    for role in READERS:
        by = access_for(make_colleague(stage.team, role))
        with pytest.raises(Conflict if role in ROLES[step] else Forbidden):
            STEPS[step](by, stage.routekaart.pk)


def test_the_whole_way_and_what_is_written_down() -> None:
    stage = Stage().approved()
    row = stage.fresh()
    assert (row.state, row.approved_on, row.mr_date) == (
        "approved",
        TODAY,
        date(2026, 8, 20),
    )
    assert actions_of(stage) == [
        "change",
        "add_goal",
        "add_study_day",
        "submit",
        "advise",
        "accept",
        "assign",
        "plan",
        "approve",
    ]
    assert row.revision == 1 + len(actions_of(stage))


class TestSubmit:
    def test_everything_that_blocks_is_named_at_once(self) -> None:
        stage = Stage()
        change_routekaart(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            changes={
                "funding": "npo",
                "interventions": [
                    Choice("instructie-in-kleine-groepen"),
                    Choice("professionalisering", "Duur programma", "goed onderbouwd"),
                ],
            },
        )
        with pytest.raises(RulesBroken) as caught:
            submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        assert [(f.code, f.severity.value, f.intervention) for f in caught.value.findings] == [
            ("f_not_linked", "error", "professionalisering"),
            ("no_goal", "error", None),
            ("not_fundable", "error", "professionalisering"),
            ("consider_first_unanswered", "question", "instructie-in-kleine-groepen"),
        ]
        assert (stage.fresh().state, actions_of(stage)) == ("draft", ["change"])

    def test_warnings_hold_nothing_back(self) -> None:
        stage = Stage().filled()
        assert submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk).state == "submitted"

    def test_it_can_be_undone_until_the_trainer_has_advised(self) -> None:
        stage = Stage().submitted()
        assert withdraw(by=stage.as_lead, routekaart_id=stage.routekaart.pk).state == "draft"
        stage.choose(INTERVENTION, "directe-instructie")
        submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        stage.advise()
        with pytest.raises(Conflict):
            withdraw(by=stage.as_lead, routekaart_id=stage.routekaart.pk)


class TestReturn:
    def test_the_team_reads_why_and_plans_again(self) -> None:
        stage = Stage().planned()
        return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Te vol.")
        assert (stage.fresh().state, stage.routekaart.return_comment) == ("accepted", "Te vol.")
        stage.add_study_day(date=date(2027, 2, 10))
        assert stage.make_plan().version == 2
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert (stage.fresh().state, stage.routekaart.return_comment) == ("approved", "")

    def test_without_a_change_the_same_plan_comes_back(self) -> None:
        stage = Stage().planned()
        return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Waarom?")
        assert stage.make_plan() == stage.plan
        assert stage.fresh().state == "planned"

    @pytest.mark.parametrize("running", [False, True])
    def test_a_change_after_approval_is_a_new_version_that_is_approved_again(
        self, running: bool
    ) -> None:
        stage = Stage().approved()
        if running:
            start(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Ziek.")
        row = stage.fresh()
        assert (row.state, row.approved_on, row.mr_date) == ("accepted", None, None)
        stage.add_study_day(date=date(2027, 2, 10))
        assert stage.make_plan().version == 2
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert (stage.fresh().state, stage.routekaart.approved_on) == ("approved", TODAY)


def test_after_approval_the_team_starts_and_closes() -> None:
    stage = Stage().approved()
    start(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    assert (stage.fresh().state, stage.routekaart.approved_on) == ("running", TODAY)
    close(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    assert (stage.fresh().state, stage.routekaart.approved_on) == ("closed", TODAY)
    assert actions_of(stage)[-2:] == ["start", "close"]


def newcomer(stage: Stage) -> None:
    person = make_person()
    employ(person, stage.school)
    join(person, stage.team)


# What a plan is made from, and how each part of it may change behind the plan's back.
CHANGES: dict[str, Callable[[Stage], Any]] = {
    "assignment": lambda stage: withdraw_assignment(
        by=stage.as_trainer,
        assignment_id=Assignment.objects.order_by("pk")[0].pk,
        at=stage.plan.made_at,
    ),
    "study day": lambda stage: add_study_day(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        values=STUDY_DAY | {"date": date(2027, 2, 10)},
    ),
    "hours": lambda stage: change_routekaart(
        by=stage.as_lead, routekaart_id=stage.routekaart.pk, changes={"weekly_minutes": 30}
    ),
    "leave": lambda stage: Leave.objects.create(
        employment=stage.lead.employments.get(),
        first_day=date(2026, 9, 1),
        last_day=date(2026, 9, 30),
    ),
    "calendar": lambda stage: CalendarOverride.objects.create(
        school=stage.school,
        title="Kermis",
        first_day=date(2026, 9, 1),
        last_day=date(2026, 9, 1),
    ),
    "duration": lambda stage: CourseOverride.objects.create(
        school=stage.school,
        course_id=Assignment.objects.order_by("pk")[0].course_id,
        duration_minutes=600,
    ),
    "new colleague": newcomer,
}


class TestApprove:
    @pytest.mark.parametrize("change", CHANGES)
    def test_a_plan_that_no_longer_fits_is_not_approved(self, change: str) -> None:
        stage = Stage().planned()
        with school_scope([stage.school.pk]):
            CHANGES[change](stage)
        with pytest.raises(Conflict) as caught:
            approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert caught.value.code == "plan_outdated"
        assert stage.make_plan().version == 2
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert stage.fresh().state == "approved"

    def test_a_plan_in_which_somebody_need_not_do_a_course_any_more_is_approved(self) -> None:
        stage = Stage().planned()
        own = assignment_of(stage, stage.member)
        waive_assignment(by=stage.as_lead, assignment_id=own.pk, reason="Kan het al.", today=TODAY)
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert stage.fresh().state == "approved"

    def test_a_plan_does_not_age_by_itself(self) -> None:
        stage = Stage().planned()
        later = TODAY + timedelta(days=60)
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=later, mr_date=later)
        assert stage.fresh().approved_on == later

    def test_what_nobody_plans_by_changes_nothing(self) -> None:
        stage = Stage().planned()
        with school_scope([stage.school.pk]):
            School.objects.update(name="Nieuwe naam", academy_url="https://academie.test/")
        approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert stage.fresh().state == "approved"

    def test_a_newer_plan_is_not_approved_unseen(self) -> None:
        stage = Stage().planned()
        stage.add_study_day(date=date(2027, 2, 10))
        stage.make_plan()
        with pytest.raises(Conflict) as caught:
            approve(
                by=stage.as_director,
                routekaart_id=stage.routekaart.pk,
                on=TODAY,
                mr_date=None,
                plan_version=1,
            )
        assert (caught.value.code, caught.value.message) == (
            "newer_plan",
            "Er is intussen een nieuwer plan: versie 2. Bekijk dat eerst.",
        )

    def test_the_mr_has_not_agreed_tomorrow(self) -> None:
        stage = Stage().planned()
        with pytest.raises(BadInput) as caught:
            approve(
                by=stage.as_director,
                routekaart_id=stage.routekaart.pk,
                on=TODAY,
                mr_date=TODAY + timedelta(days=1),
            )
        assert (caught.value.field, caught.value.code) == ("mr_date", "in_the_future")
        assert stage.fresh().state == "planned"

    def test_a_mandatory_course_that_went_away_holds_it_back(self) -> None:
        stage = Stage().planned()
        with school_scope([stage.school.pk]):
            School.objects.update(packages=[])
        with pytest.raises(RulesBroken) as caught:
            approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
        assert {finding.code for finding in caught.value.findings} == {"course_not_available"}
        assert stage.fresh().state == "planned"

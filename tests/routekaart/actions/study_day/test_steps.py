"""A study day is ready, closes, and comes back; and how far it is on the way there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound
from routekaart.actions.routekaarten.study_days import change_study_day, remove_study_day
from routekaart.actions.study_day.programmes import store_suggestion
from routekaart.actions.study_day.steps import set_moments, step_study_day
from routekaart.actions.study_day.topics import add_topic
from routekaart.domain.errors import BadInput, Conflict, RulesBroken
from routekaart.domain.planner.plan import Plan
from routekaart.domain.progress import Preparation
from routekaart.domain.readiness import CheckCode
from routekaart.models import Agreement, Assignment, AuditEntry, StudyDay, TeamMembership
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.progress.progress import progress_of
from routekaart.queries.study_day.readiness import day_readiness, readiness_board
from tests.makers import make_colleague
from tests.stages import STUDY_DAY, TODAY, Stage
from tests.underway import noted, put_day_in_state, put_in_state, revision_of, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
DAY: date = STUDY_DAY["date"]


def step(stage: Stage, name: str, **values: Any) -> StudyDay:
    values = {"today": DAY} | values
    return step_study_day(by=stage.as_trainer, study_day_id=stage.study_day.pk, step=name, **values)


def missing(stage: Stage, name: str) -> list[str]:
    with pytest.raises(RulesBroken) as caught:
        step(stage, name)
    return [finding.code for finding in caught.value.findings]


def with_programme(stage: Stage) -> Stage:
    store_suggestion(
        by=stage.as_trainer, study_day_id=stage.study_day.pk, revision=revision_of(stage)
    )
    return stage


def agreed(stage: Stage, **values: Any) -> None:
    with scopes_disabled():
        Agreement.objects.create(
            routekaart=stage.routekaart,
            study_day=stage.study_day,
            what="Elke dag een compliment",
            whole_team=True,
            due_on=DAY + timedelta(days=30),
            check_on=DAY + timedelta(days=30),
            **values,
        )


def wrong(stage: Stage) -> set[CheckCode]:
    found = day_readiness(by=stage.as_lead, study_day_id=stage.study_day.pk, today=TODAY)
    return {check.code for check in found.readiness.checks if not check.ok}


class TestSteps:
    def test_the_life_of_a_day(self) -> None:
        stage = Stage().running()
        assert missing(stage, "mark_ready") == ["day_without_programme"]
        with_programme(stage)
        for _ in range(2):
            assert step(stage, "mark_ready").state == "ready"
        assert step(stage, "back_to_preparing").state == "preparing"
        with pytest.raises(Conflict) as caught:
            step(stage, "close")
        assert caught.value.code == "wrong_state"
        step(stage, "mark_ready")
        agreed(stage, state="dropped")
        assert missing(stage, "close") == ["day_without_agreement"]
        agreed(stage)
        with pytest.raises(Conflict) as early:
            step(stage, "close", today=DAY - timedelta(days=1))
        assert early.value.code == "day_not_held"
        closed = step(stage, "close", outcome="Wij geven complimenten.")
        assert (closed.state, closed.outcome) == ("closed", "Wij geven complimenten.")
        # Closing again without words loses none.
        assert step(stage, "close").outcome == "Wij geven complimenten."
        assert step(stage, "reopen").state == "ready"
        with scopes_disabled():
            actions = AuditEntry.objects.filter(
                routekaart=stage.routekaart.pk, action__endswith="_study_day"
            ).order_by("pk")
            assert list(actions.values_list("action", flat=True)) == [
                "add_study_day",
                "mark_ready_study_day",
                "mark_ready_study_day",
                "back_to_preparing_study_day",
                "mark_ready_study_day",
                "close_study_day",
                "close_study_day",
                "reopen_study_day",
            ]

    def test_without_a_plan_all_of_it_is_missing(self) -> None:
        stage = underway()
        assert missing(stage, "mark_ready") == [
            "day_without_goal",
            "day_without_preparation",
            "day_without_programme",
            "day_without_follow_up",
        ]
        put_day_in_state(stage.study_day, "ready")
        assert missing(stage, "close") == ["day_without_agreement", "day_without_evaluation"]

    @pytest.mark.parametrize("state", ["draft", "closed"])
    def test_only_in_the_year_itself(self, state: str) -> None:
        stage = underway()
        put_in_state(stage, state)
        with pytest.raises(Conflict) as caught:
            step(stage, "mark_ready")
        assert caught.value.code == "wrong_state"

    def test_by_whom(self) -> None:
        stage = underway()
        for by, error in ((stage.as_member, Forbidden), (underway().as_lead, NotFound)):
            with pytest.raises(error):
                step_study_day(by=by, study_day_id=stage.study_day.pk, step="mark_ready", today=DAY)


class TestMoments:
    def test_own_dates_go_before_those_of_the_plan(self) -> None:
        stage = Stage().planned()
        plan: Plan = plan_from_json(stage.plan.content)
        by, day = stage.as_lead, stage.study_day.pk

        def dates() -> tuple[date | None, date | None]:
            facts = day_readiness(by=by, study_day_id=day, today=TODAY).facts
            return facts.follow_up_on, facts.evaluation_on

        planned = (plan.follow_ups[0].date, plan.evaluations[0].date)
        assert dates() == planned
        own = DAY + timedelta(days=9)
        set_moments(by=by, study_day_id=day, values={"follow_up_on": own})
        assert dates() == (own, planned[1])
        set_moments(by=by, study_day_id=day, values={"follow_up_on": None, "evaluation_on": own})
        assert dates() == (planned[0], own)

    def test_after_the_day_and_within_the_year(self) -> None:
        stage = underway()
        for name in ("follow_up_on", "evaluation_on"):
            for moment, code in (
                (DAY, "not_after_day"),
                (date(2027, 8, 1), "outside_school_year"),
            ):
                with pytest.raises(BadInput) as caught:
                    set_moments(
                        by=stage.as_lead, study_day_id=stage.study_day.pk, values={name: moment}
                    )
                assert (caught.value.field, caught.value.code) == (name, code)
        set_moments(
            by=stage.as_lead,
            study_day_id=stage.study_day.pk,
            values={"follow_up_on": DAY + timedelta(days=1), "evaluation_on": date(2027, 7, 31)},
        )
        put_day_in_state(stage.study_day, "closed")
        with pytest.raises(Conflict) as closed:
            set_moments(by=stage.as_lead, study_day_id=stage.study_day.pk, values={})
        assert closed.value.code == "day_closed"


class TestMovingAndRemoving:
    def change(self, stage: Stage, **values: Any) -> StudyDay:
        return change_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk, values=values)

    def remove(self, stage: Stage) -> None:
        remove_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk)

    def test_notes_go_along_and_hold_a_day(self) -> None:
        stage = underway()
        note = noted(stage, shared=False)
        put_in_state(stage, "accepted")
        with pytest.raises(Conflict) as caught:
            remove_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk)
        assert caught.value.code == "day_has_notes"
        self.change(stage, date=DAY + timedelta(days=7))
        with scopes_disabled():
            note.refresh_from_db()
            assert note.study_day.date == DAY + timedelta(days=7)

    def test_ready_stays_on_its_date_and_closed_as_it_is(self) -> None:
        stage = underway()
        put_in_state(stage, "accepted")
        put_day_in_state(stage.study_day, "ready")
        moved = {"date": DAY + timedelta(days=7)}
        assert self.change(stage, title="Anders", date=DAY).title == "Anders"
        for state, values, code in (
            ("ready", moved, "day_ready"),
            ("ready", {"minutes": 300}, "day_ready"),
            ("ready", None, "day_ready"),
            ("closed", {"title": "x"}, "day_closed"),
            ("closed", None, "day_closed"),
        ):
            put_day_in_state(stage.study_day, state)
            with pytest.raises(Conflict) as caught:
                self.remove(stage) if values is None else self.change(stage, **values)
            assert caught.value.code == code

    def test_not_past_its_own_follow_up(self) -> None:
        stage = underway()
        put_in_state(stage, "accepted")
        moment = DAY + timedelta(days=7)
        set_moments(
            by=stage.as_lead, study_day_id=stage.study_day.pk, values={"follow_up_on": moment}
        )
        with pytest.raises(BadInput) as caught:
            self.change(stage, date=moment)
        assert (caught.value.field, caught.value.code) == ("date", "moment_before_day")
        assert self.change(stage, date=moment - timedelta(days=1)).date < moment


class TestReadiness:
    def test_what_is_open_and_what_is_not(self) -> None:
        stage = Stage().planned()
        assert wrong(stage) == {CheckCode.PROGRAMME}
        with_programme(stage)
        assert wrong(stage) == set()
        noted(stage, shared=False)
        assert wrong(stage) == set()
        noted(stage)
        assert wrong(stage) == {CheckCode.OPEN_QUESTIONS}
        with_programme(stage)
        # A note on the table of the opening is still in no topic.
        assert wrong(stage) == {CheckCode.OPEN_QUESTIONS}
        with scopes_disabled():
            StudyDay.objects.filter(pk=stage.study_day.pk).update(room="Aula")
        underway(Stage(stage.school, "Bovenbouw"))
        with scopes_disabled():
            StudyDay.objects.exclude(pk=stage.study_day.pk).update(room="aula")
        assert wrong(stage) == {CheckCode.OPEN_QUESTIONS, CheckCode.CONFLICTS}

    def test_who_is_prepared_is_counted(self) -> None:
        stage = Stage()
        people = [make_colleague(stage.team, name=f"Collega {number}") for number in range(4)]
        stage.planned()

        def prepared() -> Preparation:
            found = day_readiness(by=stage.as_lead, study_day_id=stage.study_day.pk, today=TODAY)
            return found.facts.prepared

        with scopes_disabled():
            # The lead and the member too.
            rows = Assignment.objects.filter(routekaart=stage.routekaart, mandatory=True)
            assert prepared() == Preparation(done=0, asked=6, hidden=False)
            rows.filter(person=people[0]).update(state="done")
            rows.filter(person=people[1]).update(state="waived")
            rows.filter(person=people[3]).update(state="started")
            assert prepared() == Preparation(done=1, asked=5, hidden=False)
            # For whom it is a choice counts along: the others would follow by subtraction.
            rows.filter(person=people[0]).update(mandatory=False)
            assert prepared() == Preparation(done=1, asked=5, hidden=False)

    def test_it_says_no_more_than_the_progress_of_the_team(self) -> None:
        stage = Stage()
        people = [make_colleague(stage.team, name=f"Collega {number}") for number in range(4)]
        stage.planned()
        with scopes_disabled():
            rows = Assignment.objects.filter(routekaart=stage.routekaart, mandatory=True)
            # Who left did it, and for somebody it begins later: neither is counted there.
            rows.filter(person=people[0]).update(state="done")
            TeamMembership.objects.filter(person=people[0]).delete()
            rows.filter(person=people[1]).update(starts_on=TODAY + timedelta(days=1))
        board = day_readiness(by=stage.as_lead, study_day_id=stage.study_day.pk, today=TODAY)
        assert board.facts.prepared == Preparation(done=0, asked=0, hidden=True)
        assert board.facts.preparation == 1
        found = progress_of(by=stage.as_lead, routekaart_id=stage.routekaart.pk, today=TODAY)
        assert [item.hidden for item in found.courses] == [True]

    def test_the_board_has_every_day_by_date(self) -> None:
        stage = underway()
        late = stage.study_day
        put_in_state(stage, "accepted")
        early = stage.add_study_day(date=DAY - timedelta(days=28))
        add_topic(by=stage.as_lead, study_day_id=late.pk, revision=0, values={"title": "Begin"})
        found = readiness_board(
            by=stage.as_director, routekaart_id=stage.routekaart.pk, today=TODAY
        )
        assert [(one.day.pk, one.facts.open_topics) for one in found] == [
            (early.pk, 0),
            (late.pk, 1),
        ]
        assert found[0].readiness.moments[0].on == date(2026, 9, 30)

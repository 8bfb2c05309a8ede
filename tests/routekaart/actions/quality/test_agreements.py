"""Agreements: an owner, a day, and every look back kept."""

from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound
from routekaart.actions.quality.agreements import add_agreement, change_agreement, check_agreement
from routekaart.domain.agreements import AgreementDates, Check, coming_back
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.lifecycle import AGREEMENT
from routekaart.models import (
    Agreement,
    AgreementCheck,
    AuditEntry,
    PlgCycle,
    PlgMeeting,
    Routekaart,
    StudyDay,
    WorkGroup,
)
from routekaart.queries.quality.agreements import AgreementFilter, agreements_of
from tests.makers import make_colleague
from tests.stages import Interrupted, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DUE = date(2026, 11, 18)
TODAY = date(2026, 11, 20)
WEEK = timedelta(days=7)


def add(stage: Stage, **values: Any) -> Agreement:
    fields: dict[str, Any] = {"what": "Exit-ticket.", "whole_team": True, "due_on": DUE}
    return add_agreement(
        by=stage.as_member, routekaart_id=stage.routekaart.pk, values=fields | values
    )


def check(stage: Stage, agreement: Agreement, step: str, **values: Any) -> Agreement:
    return check_agreement(
        by=stage.as_lead, agreement_id=agreement.pk, check=Check(step, **values), today=TODAY
    )


def refused(call: Any) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        call()
    return caught.value.field, caught.value.code


def conflict(call: Any) -> str:
    with pytest.raises(Conflict) as caught:
        call()
    return caught.value.code


class TestOwner:
    def test_exactly_one(self) -> None:
        stage = Stage().accepted()
        with scopes_disabled():
            group = WorkGroup.objects.create(routekaart=stage.routekaart, name="Lezen")
            theirs = WorkGroup.objects.create(routekaart=Stage().routekaart, name="Lezen")
        for values, expected in (
            ({}, ("owner", "agreement_without_owner")),
            (
                {"owner": stage.lead.pk, "work_group": group.pk},
                ("work_group", "agreement_with_several_owners"),
            ),
            ({"owner": stage.trainer.pk}, ("owner", "owner_not_in_team")),
            ({"owner": uuid4()}, ("owner", "owner_not_in_team")),
            ({"work_group": theirs.pk}, ("work_group", "not_of_this_routekaart")),
        ):
            given = {"whole_team": False} | values
            assert refused(lambda given=given: add(stage, **given)) == expected
        made = add(stage, whole_team=False, work_group=group.pk)
        assert (made.owner_id, made.work_group_id, made.whole_team) == (None, group.pk, False)
        with scopes_disabled():
            assert Agreement.objects.count() == 1

    def test_naming_another_replaces_the_old_one(self) -> None:
        stage = Stage().accepted()
        made = add(stage)

        def change(**values: Any) -> tuple[Any, bool]:
            changed = change_agreement(by=stage.as_member, agreement_id=made.pk, values=values)
            return changed.owner_id, changed.whole_team

        assert change(owner=stage.lead.pk) == (stage.lead.pk, False)
        # Emptying what it has not leaves the owner.
        assert change(whole_team=False) == (stage.lead.pk, False)
        assert refused(lambda: change(owner=None)) == ("owner", "agreement_without_owner")
        assert change(owner=None, whole_team=True) == (None, True)


class TestDates:
    def test_it_comes_back_when_due_or_at_the_follow_up(self) -> None:
        stage = Stage().planned()
        follow_up = stage.plan.content["follow_ups"][0]["date"]
        assert add(stage).check_on == DUE
        at_day = add(stage, study_day=stage.study_day.pk)
        assert at_day.check_on.isoformat() == follow_up > DUE.isoformat()
        with scopes_disabled():
            StudyDay.objects.update(follow_up_on=DUE + WEEK)
        assert add(stage, study_day=stage.study_day.pk).check_on == DUE + WEEK
        assert add(stage, study_day=stage.study_day.pk, check_on=DUE).check_on == DUE

    def test_nobody_looks_back_on_a_closed_day_by_itself(self) -> None:
        stage = Stage().accepted()
        saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
        assert add(stage, due_on=saturday).check_on == monday
        assert add(stage, due_on=date(2026, 12, 24)).check_on == date(2027, 1, 4)
        # Who chooses the day gets it, and a year that is over has no open day left.
        assert add(stage, due_on=saturday, check_on=saturday).check_on == saturday
        last = date(2027, 7, 31)
        assert add(stage, due_on=last).check_on == last

    def test_not_before_the_day_it_was_made_at_nor_years_away(self) -> None:
        stage = Stage().accepted()
        day = stage.study_day
        before = day.date - timedelta(days=1)
        assert refused(lambda: add(stage, study_day=day.pk, due_on=before)) == (
            "due_on",
            "due_before_day",
        )
        assert add(stage, study_day=day.pk, due_on=day.date).due_on == day.date
        made = add(stage, due_on=before)
        change = {"study_day": day.pk}
        assert refused(
            lambda: change_agreement(by=stage.as_lead, agreement_id=made.pk, values=change)
        ) == ("due_on", "due_before_day")
        for field, wrong in (
            ("due_on", date(2026, 7, 31)),
            ("due_on", date(2028, 8, 1)),
            ("check_on", date(2099, 1, 1)),
        ):
            assert refused(lambda field=field, wrong=wrong: add(stage, **{field: wrong})) == (
                field,
                "outside_school_year",
            )
        # It may come back next year.
        assert add(stage, check_on=date(2028, 7, 31)).check_on == date(2028, 7, 31)
        far = date(2028, 8, 1)
        assert refused(lambda: check(stage, made, "keep", back_on=far)) == (
            "back_on",
            "outside_school_year",
        )

    def test_not_before_it_is_due(self) -> None:
        stage = Stage().accepted()
        wrong = ("check_on", "check_before_due")
        assert refused(lambda: add(stage, check_on=DUE - WEEK)) == wrong
        made = add(stage)
        assert (
            refused(
                lambda: change_agreement(
                    by=stage.as_member, agreement_id=made.pk, values={"due_on": DUE + WEEK}
                )
            )
            == wrong
        )


class TestWhere:
    def test_only_things_of_the_same_routekaart(self) -> None:
        stage, other = Stage().accepted(), Stage().filled()
        with scopes_disabled():
            cycles = [
                PlgCycle.objects.create(routekaart=one.routekaart, name="PLG")
                for one in (stage, other)
            ]
            ours, theirs = (
                PlgMeeting.objects.create(cycle=cycle, date=DUE, starts_at=time(15))
                for cycle in cycles
            )
        made = add(stage, goal=stage.goal.pk, plg_meeting=ours.pk, study_day=stage.study_day.pk)
        assert (made.goal_id, made.plg_meeting_id, made.study_day_id) == (
            stage.goal.pk,
            ours.pk,
            stage.study_day.pk,
        )
        for field, pk in (
            ("goal", other.goal.pk),
            ("plg_meeting", theirs.pk),
            ("study_day", other.study_day.pk),
            ("goal", uuid4()),
        ):
            assert refused(lambda field=field, pk=pk: add(stage, **{field: pk})) == (
                field,
                "not_of_this_routekaart",
            )

    def test_a_closed_day_gets_no_new_ones_and_keeps_those_it_has(self) -> None:
        stage = Stage().accepted()
        made, loose = add(stage, study_day=stage.study_day.pk), add(stage)
        with scopes_disabled():
            StudyDay.objects.update(state="closed")

        def move(agreement: Agreement, day: Any) -> Agreement:
            return change_agreement(
                by=stage.as_member, agreement_id=agreement.pk, values={"study_day": day}
            )

        for call in (
            lambda: add(stage, study_day=stage.study_day.pk),
            lambda: move(loose, stage.study_day.pk),
            lambda: move(made, None),
        ):
            assert conflict(call) == "study_day_closed"
        # What is said again changes nothing, and looking back goes on.
        assert move(made, stage.study_day.pk).study_day_id == stage.study_day.pk
        assert check(stage, made, "finish").state == "done"

    @pytest.mark.parametrize("state", ["draft", "submitted", "advised", "closed"])
    def test_not_before_the_advice_is_accepted_nor_after_the_year(self, state: str) -> None:
        stage = Stage()
        with scopes_disabled():
            Routekaart.objects.update(state=state)
        assert conflict(lambda: add(stage)) == "wrong_state"


class TestChecks:
    def test_every_look_back_is_kept(self) -> None:
        stage = Stage().accepted()
        made = add(stage)
        kept = check(stage, made, "keep", note="Half.", back_on=TODAY + WEEK)
        assert (kept.state, kept.check_on, kept.due_on) == ("open", TODAY + WEEK, DUE)
        dropped = check(stage, made, "drop", note="Te druk.")
        assert (dropped.state, dropped.reason) == ("dropped", "Te druk.")
        again = check(stage, made, "reopen", note="Toch.", back_on=TODAY + 2 * WEEK)
        assert (again.state, again.reason, again.check_on) == ("open", "", TODAY + 2 * WEEK)
        with scopes_disabled():
            rows = AgreementCheck.objects.values_list("step", "note", "back_on", "checked_on")
            assert list(rows) == [
                ("keep", "Half.", TODAY + WEEK, TODAY),
                ("drop", "Te druk.", None, TODAY),
                ("reopen", "Toch.", TODAY + 2 * WEEK, TODAY),
            ]
            actions = AuditEntry.objects.filter(object_id=str(made.pk), routekaart=stage.routekaart)
            assert sorted(actions.values_list("action", flat=True)) == [
                "add_agreement",
                "agreement_drop",
                "agreement_keep",
                "agreement_reopen",
            ]

    def test_the_very_same_one_counts_once(self) -> None:
        stage = Stage().accepted()
        made = add(stage)
        for _ in range(2):
            check(stage, made, "keep", note="Half.", back_on=TODAY + WEEK)
        with scopes_disabled():
            assert AgreementCheck.objects.filter(agreement=made).count() == 1

    def test_an_ended_one_is_reopened_before_it_changes(self) -> None:
        stage = Stage().accepted()
        made = add_done(stage)

        def change() -> Agreement:
            return change_agreement(
                by=stage.as_member, agreement_id=made.pk, values={"what": "Anders."}
            )

        assert conflict(change) == "wrong_state"
        check(stage, made, "reopen")
        assert change().what == "Anders."

    def test_a_year_that_is_over_is_not_looked_at_again(self) -> None:
        stage = Stage().accepted()
        made = add(stage)
        with scopes_disabled():
            Routekaart.objects.update(state="closed")
        assert conflict(lambda: check(stage, made, "finish")) == "wrong_state"

    def test_nothing_is_lost_whatever_is_done_to_it(self) -> None:
        """A walk of sixty steps, possible ones and impossible ones."""
        stage, random = Stage().accepted(), Random(4)  # noqa: S311 - no secret, a fixed walk
        made, lead = add(stage), stage.as_lead
        notes: list[str] = []
        today = TODAY
        for number in range(60):
            today += timedelta(days=random.randrange(4))
            step = random.choice(sorted(AGREEMENT.steps))
            back = (
                today + timedelta(days=random.randrange(-1, 20)) if random.random() < 0.5 else None
            )
            look = Check(step, f"Notitie {number}", back)
            try:
                check_agreement(by=lead, agreement_id=made.pk, check=look, today=today)
            except (BadInput, Conflict):
                continue
            notes.append(look.note)
        assert 10 < len(notes) < 60
        with scopes_disabled():
            checks = list(AgreementCheck.objects.filter(agreement=made))
            made.refresh_from_db()
        assert [one.note for one in checks] == notes
        assert made.state == AGREEMENT.steps[checks[-1].step].target
        assert (made.what, made.due_on) == ("Exit-ticket.", DUE)

    def test_the_plan_is_not_touched(self) -> None:
        stage = Stage().accepted()
        before = stage.fresh().revision
        check(stage, add(stage), "finish")
        assert stage.fresh().revision == before


class TestReading:
    def test_filters(self) -> None:
        stage = Stage().accepted()
        with scopes_disabled():
            group = WorkGroup.objects.create(routekaart=stage.routekaart, name="Lezen")
            group.member_rows.create(person=stage.member)
        team, late = add(stage), add(stage, due_on=DUE + 9 * WEEK)
        mine = add(stage, whole_team=False, owner=stage.member.pk, goal=stage.goal.pk)
        grouped = add(stage, whole_team=False, work_group=group.pk, study_day=stage.study_day.pk)
        other = add(stage, whole_team=False, owner=stage.lead.pk)
        check(stage, other, "finish")

        def found(**only: Any) -> set[Any]:
            by = stage.as_member
            with by.entered():
                rows = agreements_of(
                    by=by, routekaart_id=stage.routekaart.pk, only=AgreementFilter(**only)
                )
                listed = [row.pk for row in rows]
            assert len(listed) == len(set(listed))
            return set(listed)

        assert found() == {team.pk, late.pk, mine.pk, grouped.pk, other.pk}
        assert found(state="done") == {other.pk}
        assert found(due_before=DUE + WEEK) == {team.pk, mine.pk, grouped.pk, other.pk}
        assert found(due_before=DUE) == set()
        assert found(coming_back_on=TODAY) == {team.pk, mine.pk, grouped.pk}
        # The table and the rule say the same.
        with scopes_disabled():
            rows = Agreement.objects.values_list("pk", "state", "due_on", "check_on")
            waiting = coming_back([AgreementDates(*row) for row in rows], TODAY)
        assert {one.id for one in waiting} == {team.pk, mine.pk, grouped.pk}
        assert found(study_day=stage.study_day.pk) == {grouped.pk}
        assert found(goal=stage.goal.pk) == {mine.pk}
        assert found(mine=True) == {team.pk, late.pk, mine.pk, grouped.pk}


class TestAccess:
    def test_who_may_write(self) -> None:
        stage = Stage().accepted()
        made = add(stage)
        with pytest.raises(Forbidden):
            add_agreement(by=stage.as_director, routekaart_id=stage.routekaart.pk, values={})
        with pytest.raises(NotFound):
            check_agreement(
                by=Stage().as_lead, agreement_id=made.pk, check=Check("finish"), today=TODAY
            )
        check_agreement(
            by=stage.as_trainer, agreement_id=made.pk, check=Check("finish"), today=TODAY
        )

    def test_what_went_to_next_year_meanwhile_is_not_found_here(self) -> None:
        stage = Stage().accepted()
        made = add(stage)

        def move() -> None:
            with scopes_disabled():
                made.routekaart = Routekaart.objects.create(team=stage.team, school_year=2027)
                made.save()

        late = Interrupted.by(stage.as_lead, move)
        with pytest.raises(NotFound):
            check_agreement(by=late, agreement_id=made.pk, check=Check("finish"), today=TODAY)

    def test_somebody_who_left_is_no_owner(self) -> None:
        stage = Stage().accepted()
        colleague = make_colleague(stage.team)
        made = add(stage, whole_team=False, owner=colleague.pk)
        with scopes_disabled():
            colleague.memberships.all().delete()
        # What was agreed stays theirs until the team gives it to somebody else.
        changed = change_agreement(
            by=stage.as_lead, agreement_id=made.pk, values={"what": "Nieuw."}
        )
        assert changed.owner_id == colleague.pk
        assert refused(
            lambda: change_agreement(
                by=stage.as_lead, agreement_id=made.pk, values={"owner": colleague.pk}
            )
        ) == ("owner", "owner_not_in_team")


def add_done(stage: Stage) -> Agreement:
    made = add(stage)
    return check(stage, made, "finish")

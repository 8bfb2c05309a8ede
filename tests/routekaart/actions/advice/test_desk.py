"""The trainer's desk, round after round, and what the team decides."""

import pytest

from courses import models as catalogue_tables
from routekaart.actions.advice.desk import decide_on_advice, save_desk
from routekaart.actions.advice.rounds import accept_advice, give_advice
from routekaart.actions.catalogue.own_courses import add_own_course, change_own_course
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    Decision,
    DeskChange,
    DropCourse,
)
from routekaart.domain.assigning import Selection
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    AdviceDecision,
    AdviceDesk,
    AdviceVersion,
    Assignment,
    AuditEntry,
    Routekaart,
)
from routekaart.queries.advice.desk import desk_of
from routekaart.queries.advice.rounds import changes_of_round
from routekaart.queries.advice.stored import advice_from_json, advice_to_json, taken_advice
from routekaart.queries.planning.problems import plan_from_json
from tests.stages import INTERVENTION, TODAY, Interrupted, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def save(stage: Stage, revision: int, *changes: DeskChange) -> int:
    return save_desk(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        revision=revision,
        changes=changes,
        today=TODAY,
    ).revision


def advise(stage: Stage, desk_revision: int | None = None) -> AdviceVersion:
    return give_advice(
        by=stage.as_trainer,
        routekaart_id=stage.routekaart.pk,
        note="",
        today=TODAY,
        desk_revision=desk_revision,
    )


def decide(stage: Stage, version: int, *decisions: Decision) -> AdviceVersion:
    return decide_on_advice(
        by=stage.as_lead, routekaart_id=stage.routekaart.pk, version=version, decisions=decisions
    )


def decisions(stage: Stage, version: int) -> dict[str, tuple[bool, str]]:
    with stage.as_lead.entered():
        return {
            row.course_id: (row.accepted, row.reason)
            for row in AdviceDecision.objects.filter(advice__version=version)
        }


def own_course(stage: Stage, title: str = "Eigen cursus") -> str:
    made = add_own_course(
        by=stage.as_trainer, school_id=stage.school.pk, title=title, minutes=30, provider="Wij"
    )
    return made.course_id


def courses(version: AdviceVersion) -> list[str]:
    return [item.course for item in advice_from_json(version.content).items]


def desk_courses(stage: Stage) -> list[str]:
    desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
    return [item.course for item in desk.advice.items]


class TestDesk:
    def test_what_is_proposed_is_what_was_on_the_desk(self) -> None:
        stage = Stage().submitted()
        proposed = desk_courses(stage)
        own = own_course(stage)
        revision = stage.fresh().revision
        added = AddCourse(own, "Van ons.", (INTERVENTION,))
        dropped = DropCourse(proposed[0], "Al gedaan.")
        assert save(stage, 0, added, dropped) == 1
        # Only what was looked at changed, not what a plan rests on.
        assert stage.fresh().revision == revision
        desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
        assert (desk.revision, desk.changes, desk.left_out) == (1, (added, dropped), ())
        version = advise(stage, desk_revision=1)
        assert advice_from_json(version.content) == desk.advice
        assert courses(version) == [*proposed[1:], own]
        with stage.as_trainer.entered():
            row = AdviceDesk.objects.get()
            entry = AuditEntry.objects.get(action="change_advice_desk")
        assert (row.changes, row.revision) == ([], 2)
        assert (entry.routekaart_id, entry.person) == (stage.routekaart.pk, stage.trainer)

    def test_the_list_replaces_what_stood_there(self) -> None:
        stage = Stage().submitted()
        first, second = desk_courses(stage)[:2]
        save(stage, 0, DropCourse(first, "x"))
        save(stage, 1, DropCourse(second, "x"))
        assert first in desk_courses(stage)
        assert second not in desk_courses(stage)

    def test_of_two_trainers_the_second_overwrites_nothing(self) -> None:
        stage = Stage().submitted()
        first, second = desk_courses(stage)[:2]
        by = Interrupted.by(stage.as_trainer, lambda: save(stage, 0, DropCourse(first, "eerst")))
        with pytest.raises(Conflict) as caught:
            save_desk(
                by=by,
                routekaart_id=stage.routekaart.pk,
                revision=0,
                changes=[DropCourse(second, "daarna")],
                today=TODAY,
            )
        assert caught.value.code == "stale_revision"
        desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
        assert desk.changes == (DropCourse(first, "eerst"),)
        assert desk.revision == 1

    def test_nothing_is_proposed_that_was_not_seen(self) -> None:
        stage = Stage().submitted()
        save(stage, 0, DropCourse(desk_courses(stage)[0], "x"))
        with pytest.raises(Conflict) as caught:
            advise(stage, desk_revision=0)
        assert caught.value.code == "stale_revision"
        assert stage.fresh().state == "submitted"
        # And who looked at the desk before a proposal, does not write on the new one.
        advise(stage, desk_revision=1)
        with pytest.raises(Conflict) as caught:
            save(stage, 1)
        assert caught.value.code == "stale_revision"

    def test_a_change_that_cannot_be_made_changes_nothing(self) -> None:
        stage = Stage().submitted()
        first = desk_courses(stage)[0]
        with pytest.raises(BadInput) as caught:
            save(stage, 0, DropCourse(first, "x"), DropCourse("bestaat-niet", "x"))
        assert (caught.value.field, caught.value.code) == ("changes.1", "not_in_advice")
        with stage.as_trainer.entered():
            assert AdviceDesk.objects.count() == 0
            assert AuditEntry.objects.filter(action="change_advice_desk").count() == 0

    def test_what_stopped_fitting_is_shown_and_holds_the_proposal_back(self) -> None:
        stage = Stage().submitted()
        own = add_own_course(
            by=stage.as_trainer, school_id=stage.school.pk, title="Eigen", minutes=30
        )
        added = AddCourse(own.course_id, "Van ons.", (INTERVENTION,))
        save(stage, 0, added)
        change_own_course(by=stage.as_trainer, own_course_id=own.pk, values={"in_use": False})
        desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
        assert [left.change for left in desk.left_out] == [added]
        with pytest.raises(Conflict) as caught:
            advise(stage)
        assert caught.value.code == "desk_outdated"
        save(stage, 1)
        assert advise(stage).version == 1

    def test_not_before_it_is_submitted_nor_after_it_was_accepted(self) -> None:
        stage = Stage().filled()
        with pytest.raises(Conflict) as caught:
            save(stage, 0)
        assert caught.value.code == "wrong_state"
        assert desk_courses(stage) != []

    def test_a_course_that_the_catalogue_retired_is_refused(self) -> None:
        stage = Stage().submitted()
        own = own_course(stage)
        catalogue_tables.Course.objects.filter(pk=own).update(retired_at="2026-01-01T00:00Z")
        with pytest.raises(BadInput) as caught:
            save(stage, 0, AddCourse(own, "x", (INTERVENTION,)))
        assert caught.value.code == "unknown_slug"

    def test_goals_are_those_of_this_routekaart(self) -> None:
        stage, other = Stage().submitted(), Stage().submitted()
        own = own_course(stage)
        with pytest.raises(BadInput) as caught:
            save(stage, 0, AddCourse(own, "x", goals=(str(other.goal.pk),)))
        assert caught.value.code == "unknown_goal"
        assert save(stage, 0, AddCourse(own, "x", goals=(str(stage.goal.pk),))) == 1


class TestRounds:
    def test_the_next_round_goes_on_where_this_one_ended(self) -> None:
        stage = Stage().submitted()
        proposed = desk_courses(stage)
        own = own_course(stage)
        save(
            stage,
            0,
            AddCourse(own, "Van ons.", (INTERVENTION,)),
            DropCourse(proposed[0], "Al gedaan."),
            ChangeCourse(proposed[1], "Wie wil.", mandatory=False),
        )
        first = advise(stage)
        decide(
            stage,
            1,
            Decision(own, False, "Te kort."),
            Decision(proposed[1], True),
            Decision(proposed[2], False, "Nee."),
        )
        assert desk_courses(stage) == courses(first)
        desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
        assert (desk.last, desk.declined) == (1, {own: "Te kort.", proposed[2]: "Nee."})
        save(
            stage,
            2,
            DropCourse(own, "Het team wil dit niet."),
            CourseNote(proposed[1], "Begin hier."),
        )
        second = advise(stage)
        assert courses(second) == proposed[1:]
        told = changes_of_round(by=stage.as_lead, routekaart_id=stage.routekaart.pk, version=2)
        titles = {item.course: item.title for item in advice_from_json(first.content).items}
        assert [line.text for line in told.lines] == [
            f"Vervallen: {titles[own]}, omdat: Het team wil dit niet.",
            f"Toelichting bij {titles[proposed[1]]}: Begin hier.",
        ]
        assert (told.before, len(told.decisions)) == (1, 3)
        # Decided once is decided, as long as the course is the same.
        assert decisions(stage, 2) == {proposed[2]: (False, "Nee.")}
        assert courses(advise(stage)) == proposed[1:]

    def test_a_version_never_changes(self) -> None:
        stage = Stage().advised()
        with stage.as_lead.entered():
            before = AdviceVersion.objects.get(version=1).content
        save(stage, 0, DropCourse(desk_courses(stage)[0], "x"))
        advise(stage)
        with stage.as_lead.entered():
            assert AdviceVersion.objects.get(version=1).content == before

    def test_an_advice_from_before_there_was_a_desk_still_reads(self) -> None:
        stage = Stage().submitted()
        advice = advice_from_json(stage.advise().content)
        content = advice_to_json(advice)
        del content["dropped"]
        for item in content["items"]:
            for name in (
                "goal_reasons",
                "added_by_trainer",
                "voluntary",
                "trainer_reason",
                "trainer_note",
            ):
                del item[name]
        assert advice_from_json(content) == advice


class TestDecisions:
    def test_what_is_declined_is_assigned_to_nobody(self) -> None:
        stage = Stage().submitted()
        own = own_course(stage)
        desk = desk_of(by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY)
        declined = desk.advice.smallest_set[0]
        voluntary = next(
            item.course for item in desk.advice.items if item.is_offered and item.course != declined
        )
        save(
            stage,
            0,
            AddCourse(own, "Van ons.", goals=(str(stage.goal.pk),)),
            ChangeCourse(voluntary, "Wie wil.", mandatory=False),
        )
        assert own in advice_from_json(advise(stage).content).smallest_set
        decide(stage, 1, Decision(declined, False, "Kennen we al."))
        accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        stage.assign(Selection.ALL)
        with stage.as_lead.entered():
            rows = {row.course_id: row for row in Assignment.objects.all()}
            advice = taken_advice(Routekaart.objects.get())
        assert declined not in rows
        assert (rows[own].mandatory, rows[own].reason) == (True, "omdat: Van ons.")
        assert rows[voluntary].mandatory is False
        assert advice is not None
        assert set(rows) == {item.course for item in advice.items if item.availability != "locked"}

    def test_what_a_trainer_added_is_planned_too(self) -> None:
        stage = Stage().submitted()
        others = [DropCourse(course, "Past niet.") for course in desk_courses(stage)]
        own = own_course(stage)
        save(stage, 0, *others, AddCourse(own, "Van ons.", goals=(str(stage.goal.pk),)))
        advise(stage)
        accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
        stage.assign()
        plan = plan_from_json(stage.make_plan().content)
        assert {week.course for week in plan.preparation_weeks} == {own}

    def test_what_is_not_named_stays(self) -> None:
        stage = Stage().advised()
        one, other = desk_courses(stage)[:2]
        decide(stage, 1, Decision(one, False, "Nee."), Decision(other, False, "Nee."))
        decide(stage, 1, Decision(one, True))
        assert decisions(stage, 1) == {one: (True, ""), other: (False, "Nee.")}

    def test_only_on_the_latest_advice(self) -> None:
        stage = Stage().advised()
        one = desk_courses(stage)[0]
        by = Interrupted.by(stage.as_lead, lambda: advise(stage))
        with pytest.raises(Conflict) as caught:
            decide_on_advice(
                by=by,
                routekaart_id=stage.routekaart.pk,
                version=1,
                decisions=[Decision(one, True)],
            )
        assert caught.value.code == "newer_advice"
        assert decisions(stage, 1) == {}

    def test_all_or_nothing(self) -> None:
        stage = Stage().advised()
        one, other = desk_courses(stage)[:2]
        with pytest.raises(BadInput) as caught:
            decide(stage, 1, Decision(one, True), Decision(other, False))
        assert (caught.value.field, caught.value.code) == ("decisions.1.reason", "reason_missing")
        assert decisions(stage, 1) == {}

    def test_not_once_it_was_accepted(self) -> None:
        stage = Stage().accepted()
        with pytest.raises(Conflict) as caught:
            decide(stage, 1)
        assert caught.value.code == "wrong_state"

    def test_without_an_advice_nothing_is_taken(self) -> None:
        stage = Stage()
        with stage.as_lead.entered():
            assert taken_advice(stage.routekaart) is None

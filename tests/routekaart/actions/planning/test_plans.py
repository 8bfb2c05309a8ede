"""Making plans: versions, sameness, and what holds a plan back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from courses import models as catalogue_tables
from courses.catalogue import current_catalogue, forget_catalogue
from routekaart.actions.planning import plans as plan_actions
from routekaart.actions.routekaarten.goals import PickedCourse
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.actions.routekaarten.study_days import remove_study_day
from routekaart.domain.errors import Conflict, RulesBroken
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.problem import Problem
from routekaart.models import (
    Assignment,
    AuditEntry,
    Employment,
    Plan,
    Routekaart,
    School,
    TeamMembership,
)
from routekaart.models.plans import keep_what_people_count_on
from routekaart.queries.planning.problems import plan_from_json, problem_hash, problem_of
from tests.stages import STUDY_DAY, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def content(plan: Plan) -> DomainPlan:
    return plan_from_json(plan.content)


class TestVersions:
    def test_a_plan_is_stored_with_what_it_was_made_from(self) -> None:
        stage = Stage().planned()
        problem = problem_of(
            routekaart_id=stage.routekaart.pk, schools=(stage.school.pk,), plan_from=TODAY
        )
        assert (stage.plan.version, stage.plan.plan_from) == (1, TODAY)
        assert stage.plan.input_hash == problem_hash(problem)
        assert stage.plan.made_by == stage.lead
        assert stage.plan.catalogue_version == current_catalogue().version
        plan = content(stage.plan)
        assert [placed.study_day_date for placed in plan.placements] == [STUDY_DAY["date"]]
        assert plan.not_placed == ()
        assert {week.member_id for week in plan.preparation_weeks} == {
            str(stage.lead.pk),
            str(stage.member.pk),
        }
        assert stage.fresh().state == "planned"

    def test_the_same_input_gives_the_same_version(self) -> None:
        stage = Stage().planned()
        revision = stage.fresh().revision
        assert stage.make_plan() == stage.plan
        assert stage.fresh().revision == revision
        with stage.as_lead.entered():
            assert AuditEntry.objects.filter(action="plan").count() == 1

    def test_another_input_gives_another_version_and_keeps_the_first(self) -> None:
        stage = Stage().planned()
        stage.add_study_day(date=date(2027, 2, 10))
        second = stage.make_plan()
        with stage.as_lead.entered():
            assert list(Plan.objects.values_list("version", flat=True)) == [2, 1]
            kept = Plan.objects.get(version=1)
        assert kept.content == stage.plan.content
        assert len(content(second).study_days) == 2

    def test_before_the_year_every_day_gives_the_same_plan(self) -> None:
        stage = Stage().assigned()
        spring = stage.make_plan(date(2026, 4, 1))
        assert spring.plan_from == date(2026, 8, 1)
        assert stage.make_plan(date(2026, 7, 31)) == spring
        later = stage.make_plan(date(2026, 9, 14))
        assert (later.version, later.plan_from) == (2, date(2026, 9, 14))
        assert min(week.week for week in content(later).preparation_weeks) >= date(2026, 9, 14)

    def test_what_is_planned_again_stays_inside_the_hours(self) -> None:
        stage = Stage().planned()
        change_routekaart(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, changes={"weekly_minutes": 10}
        )
        weeks = content(stage.make_plan()).preparation_weeks
        assert max(week.minutes for week in weeks) <= 10


class TestHeldBack:
    def test_without_a_study_day_there_is_nothing_to_plan(self) -> None:
        stage = Stage().assigned()
        remove_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk)
        with pytest.raises(Conflict) as caught:
            stage.make_plan()
        assert (caught.value.code, caught.value.message) == (
            "nothing_to_plan",
            "Er valt nog niets te plannen: voeg eerst een studiedag of studiemiddag toe.",
        )

    def test_a_mandatory_course_that_is_not_there_holds_the_plan_back(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            School.objects.update(packages=[])
            wanted = set(Assignment.objects.values_list("course_id", flat=True))
        with pytest.raises(RulesBroken) as caught:
            stage.make_plan()
        assert {(f.code, f.course) for f in caught.value.findings} == {
            ("course_not_available", course) for course in wanted
        }
        assert stage.fresh().state == "accepted"
        with stage.as_lead.entered():
            assert Plan.objects.count() == 0

    def test_who_changed_the_routekaart_while_it_was_solved_wins(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stage = Stage().assigned()

        def and_meanwhile(problem: Problem, published: DomainPlan | None, **how: Any) -> DomainPlan:
            stage.add_study_day(date=date(2027, 2, 10))
            return plan_optimally(problem, published, **how)

        monkeypatch.setattr(plan_actions, "plan_optimally", and_meanwhile)
        with pytest.raises(Conflict) as caught:
            stage.make_plan()
        assert (caught.value.code, stage.fresh().state) == ("stale_revision", "accepted")
        with stage.as_lead.entered():
            assert Plan.objects.count() == 0

    def test_two_who_plan_the_same_at_once_get_one_version(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stage = Stage().assigned()
        first: list[Plan] = []

        def and_meanwhile(problem: Problem, published: DomainPlan | None, **how: Any) -> DomainPlan:
            monkeypatch.setattr(plan_actions, "plan_optimally", plan_optimally)
            first.append(stage.make_plan())
            return plan_optimally(problem, published, **how)

        monkeypatch.setattr(plan_actions, "plan_optimally", and_meanwhile)
        assert [stage.make_plan()] == first


class TestOddInput:
    """Whatever the tables hold, a plan comes out and says what is missing."""

    def test_an_empty_team(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            TeamMembership.objects.all().delete()
        plan = content(
            plan_actions.make_plan(
                by=stage.as_trainer, routekaart_id=stage.routekaart.pk, today=TODAY
            )
        )
        assert (plan.preparation_weeks, plan.hours) == ((), ())
        assert len(plan.placements) == 1

    def test_a_year_without_published_holidays(self) -> None:
        stage = Stage()
        with stage.as_lead.entered():
            Routekaart.objects.update(school_year=2045)
        stage.choose("feedback")
        stage.add_goal()
        stage.add_study_day(date=date(2045, 11, 7))
        from_draft(stage)
        plan = content(stage.make_plan())
        assert "holidays_not_published" in [note.code for note in plan.assumptions]

    def test_what_the_catalogue_retired_keeps_its_name(self) -> None:
        stage = Stage().assigned()
        now = timezone.now()
        with stage.as_lead.entered():
            Assignment.objects.update(mandatory=False)
            slugs = set(Assignment.objects.values_list("course_id", flat=True))
        titles = {current_catalogue().course_by_slug[slug].title for slug in slugs}
        catalogue_tables.Course.objects.filter(pk__in=slugs).update(retired_at=now)
        catalogue_tables.Intervention.objects.filter(pk="feedback").update(retired_at=now)
        catalogue_tables.CatalogueState.objects.all().update(stamp=stage.lead.pk)
        forget_catalogue()
        plan = content(stage.make_plan())
        assert {week.course_title for week in plan.preparation_weeks} == titles

    def test_nobody_has_time(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            Employment.objects.update(working_days=[], fte=0)
        plan = content(stage.make_plan())
        assert plan.preparation_weeks == ()
        assert {missing.code.value for missing in plan.not_placed} == {"no_working_days"}

    def test_a_day_on_which_the_school_is_closed(self) -> None:
        stage = Stage().assigned()
        stage.add_study_day(date=date(2026, 12, 25))
        plan = content(stage.make_plan())
        assert [missing.code.value for missing in plan.not_placed] == ["day_closed"]

    def test_a_course_picked_by_hand_is_planned(self) -> None:
        stage = Stage()
        stage.choose("feedback")
        course = next(c for c in current_catalogue().courses if c.slug not in listed("feedback"))
        stage.add_goal(interventions=[], courses=[PickedCourse(course.slug)])
        stage.add_study_day()
        from_draft(stage)
        stage.assign()
        planned = {week.course for week in content(stage.make_plan()).preparation_weeks}
        assert planned == {course.slug}


def listed(intervention: str) -> set[str]:
    mentions = current_catalogue().intervention_by_slug[intervention].mentions
    return {mention.course for mention in mentions}


def from_draft(stage: Stage) -> None:
    with stage.as_lead.entered():
        Routekaart.objects.update(state="submitted")
    stage.advise()
    with stage.as_lead.entered():
        Routekaart.objects.update(state="accepted")


class TestImmutable:
    def test_a_version_is_never_edited(self) -> None:
        stage = Stage().planned()
        with stage.as_lead.entered():
            plan = Plan.objects.get(pk=stage.plan.pk)
            plan.content = {"other": 1}
            for fields in (None, ["content"], ["content", "approved_at"]):
                with pytest.raises(ValueError, match="never changes"):
                    plan.save(update_fields=fields)
            plan.refresh_from_db()
            assert plan.content != {"other": 1}
            plan.approved_at = timezone.now()
            plan.save()
            plan.save(update_fields=["approved_at"])

    def test_nor_are_many_at_once(self) -> None:
        stage = Stage().planned()
        with stage.as_lead.entered():
            rows, plan = Plan.objects.filter(pk=stage.plan.pk), Plan.objects.get(pk=stage.plan.pk)
            plan.content = {"other": 1}
            changes: tuple[Callable[[], object], ...] = (
                lambda: rows.update(content={"other": 1}),
                lambda: rows.update(approved_at=timezone.now(), input_hash=""),
                lambda: stage.routekaart.plans.update(version=9),
                lambda: Plan.objects.bulk_update([plan], ["content"]),
            )
            for change in changes:
                with pytest.raises(ValueError, match="never changes"), transaction.atomic():
                    change()
            before = Plan.objects.filter(pk=stage.plan.pk).values().get()
            assert (before["version"], before["approved_at"]) == (1, None)
            assert rows.update(approved_at=timezone.now()) == 1
            plan.refresh_from_db()
            assert plan.content != {"other": 1}

    def test_an_approved_version_only_goes_with_its_routekaart(self) -> None:
        stage = Stage().approved()
        with stage.as_lead.entered():
            plan = Plan.objects.get(pk=stage.plan.pk)
            for gone in (plan.delete, Plan.objects.filter(pk=plan.pk).delete):
                with pytest.raises(ProtectedError), transaction.atomic():
                    gone()
            assert Plan.objects.filter(pk=plan.pk).exists()
            Plan.objects.filter(pk=plan.pk).update(approved_at=None)
            Plan.objects.get(pk=plan.pk).delete()
        again = Stage().approved()
        with again.as_lead.entered():
            # What the routekaart takes along is not kept.
            plan = Plan.objects.get(pk=again.plan.pk)
            keep_what_people_count_on(instance=plan, origin=again.fresh())

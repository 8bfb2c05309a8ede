"""Assigning an advice to a team, and taking back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses import models as catalogue_tables
from courses.advice import Availability
from courses.catalogue import current_catalogue, forget_catalogue
from courses.entities import Catalogue
from courses.offers import course_availability
from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.advice.rounds import accept_advice
from routekaart.actions.assigning.assignments import Assigned, withdraw_assignment
from routekaart.actions.routekaarten.goals import PickedCourse
from routekaart.actions.routekaarten.routekaarten import Link, change_routekaart
from routekaart.actions.transitions import submit
from routekaart.domain.assigning import Selection
from routekaart.models import AdviceVersion, Assignment, AssignmentGoal, AuditEntry, Employment
from routekaart.queries.advice.stored import advice_from_json
from tests.makers import employ, join, make_colleague, make_person
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def standing(stage: Stage) -> set[tuple[str, str, bool]]:
    with stage.as_lead.entered():
        rows = Assignment.objects.exclude(state="withdrawn")
        return {(row.person.name, row.course_id, row.mandatory) for row in rows}


def smallest_set(stage: Stage) -> tuple[str, ...]:
    with stage.as_lead.entered():
        return advice_from_json(AdviceVersion.objects.get().content).smallest_set


class TestAssigning:
    def test_everyone_gets_the_smallest_set_once(self) -> None:
        stage = Stage().accepted()
        courses = smallest_set(stage)
        assert courses != ()
        assert stage.assign() == Assigned(created=2 * len(courses), existing=0)
        assert standing(stage) == {
            (name, course, True) for name in ("Lies Leider", "Mo Lid") for course in courses
        }
        with stage.as_lead.entered():
            rows = list(Assignment.objects.prefetch_related("goals"))
            assert all([*row.goals.all()] == [stage.goal] for row in rows)
            assert {row.assigned_by for row in rows} == {stage.trainer}
            assert all(row.reason.startswith("omdat: Feedback") for row in rows)

    def test_again_is_safe_and_more_can_follow(self) -> None:
        stage = Stage().accepted()
        first = stage.assign()
        before = standing(stage)
        assert stage.assign() == Assigned(created=0, existing=first.created)
        assert standing(stage) == before
        everything = stage.assign(Selection.ALL)
        assert everything.existing == first.created
        assert everything.created > 0
        assert standing(stage) > before
        with stage.as_lead.entered():
            goals = AssignmentGoal.objects.count()
            assert goals == Assignment.objects.count()
            assert AuditEntry.objects.filter(action="assign").count() == 3

    def test_a_course_that_serves_two_goals_is_assigned_once_for_both(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        goals = [stage.add_goal(wording="een"), stage.add_goal(wording="twee")]
        finish(stage)
        stage.assign()
        with stage.as_lead.entered():
            for row in Assignment.objects.prefetch_related("goals"):
                assert set(row.goals.all()) == set(goals)

    def test_an_option_of_f_serves_the_goals_whose_interventions_ask_for_it(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, "directe-instructie", "professionalisering")
        change_routekaart(
            by=stage.as_lead,
            routekaart_id=stage.routekaart.pk,
            changes={
                "facility_links": [Link("professionalisering", INTERVENTION, "Zelf ook leren.")]
            },
        )
        asks = stage.add_goal(wording="vraagt erom")
        stage.add_goal(wording="vraagt er niet om", interventions=["directe-instructie"])
        finish(stage)
        with stage.as_lead.entered():
            advice = advice_from_json(AdviceVersion.objects.get().content)
        of_facility = {
            item.course for item in advice.items if item.interventions == ("professionalisering",)
        }
        stage.assign(Selection.ALL)
        with stage.as_lead.entered():
            rows = Assignment.objects.filter(course__in=of_facility).prefetch_related("goals")
            assert rows.count() > 0
            assert all([*row.goals.all()] == [asks] for row in rows)

    def test_only_who_belongs_to_the_team_and_works_at_its_school(self) -> None:
        stage = Stage()
        visitor = make_person("Vera Bezoek")
        employ(visitor, Stage().school)
        join(visitor, stage.team)
        gone = make_colleague(stage.team, Role.MEMBER, name="Wim Weg")
        gone.is_active = False
        gone.save()
        # Somebody of the school, but of another team.
        employ(make_person("Ans Anders"), stage.school)
        stage.accepted()
        stage.assign()
        assert {name for name, _, _ in standing(stage)} == {"Lies Leider", "Mo Lid"}

    def test_an_empty_team_is_assigned_nothing(self) -> None:
        stage = Stage().accepted()
        with stage.as_lead.entered():
            Employment.objects.all().delete()
        assert stage.assign() == Assigned(created=0, existing=0)

    def test_a_person_with_an_unknown_function_gets_what_is_for_everyone(self) -> None:
        stage = Stage().accepted()
        with stage.as_lead.entered():
            Employment.objects.update(functions=["uitgestorven-functie"])
        stage.assign(Selection.ALL)
        with stage.as_lead.entered():
            advice = advice_from_json(AdviceVersion.objects.get().content)
        for_everyone = {
            item.course
            for item in advice.items
            if any(reason.everyone for reason in item.reasons)
            and item.availability is not Availability.LOCKED
        }
        assert {course for _, course, _ in standing(stage)} == for_everyone

    def test_a_course_retired_since_the_advice_is_assigned_to_nobody(self) -> None:
        stage = Stage().accepted()
        retired = smallest_set(stage)[0]
        retire(retired)
        stage.assign(Selection.ALL)
        assert retired not in {course for _, course, _ in standing(stage)}


class TestPickedByHand:
    def picked(self, *courses: str) -> Stage:
        stage = Stage()
        stage.choose(INTERVENTION)
        stage.add_goal(interventions=[], courses=[PickedCourse(course) for course in courses])
        finish(stage)
        return stage

    def test_what_is_offered_becomes_mandatory_for_everyone(self, catalogue: Catalogue) -> None:
        course = available(catalogue, Availability.OFFERED)
        stage = self.picked(course)
        assert stage.assign() == Assigned(created=2, existing=0)
        assert standing(stage) == {("Lies Leider", course, True), ("Mo Lid", course, True)}

    @pytest.mark.parametrize("kind", [Availability.LOCKED, Availability.UNCONFIRMED])
    def test_what_nobody_can_open_stays_voluntary(
        self, catalogue: Catalogue, kind: Availability
    ) -> None:
        course = available(catalogue, kind)
        stage = self.picked(course)
        stage.assign()
        assert {mandatory for _, _, mandatory in standing(stage)} == {False}

    def test_a_retired_one_is_left_out(self, catalogue: Catalogue) -> None:
        course = available(catalogue, Availability.OFFERED)
        stage = self.picked(course)
        retire(course)
        assert stage.assign() == Assigned(created=0, existing=0)


class TestWithdrawing:
    def test_the_row_stays_and_the_course_can_be_assigned_again(self) -> None:
        stage = Stage().assigned()
        before = standing(stage)
        with stage.as_lead.entered():
            [first, *_] = Assignment.objects.order_by("pk")
        at = timezone.now()
        for moment in (at, at + timedelta(hours=1)):
            withdraw_assignment(by=stage.as_lead, assignment_id=first.pk, at=moment)
        with stage.as_lead.entered():
            withdrawn = Assignment.objects.get(pk=first.pk)
            assert (withdrawn.state, withdrawn.state_since) == ("withdrawn", at)
        assert len(standing(stage)) == len(before) - 1
        assert stage.assign() == Assigned(created=1, existing=len(before) - 1)
        assert standing(stage) == before
        with stage.as_lead.entered():
            assert Assignment.objects.count() == len(before) + 1

    def test_not_by_who_only_reads(self) -> None:
        stage = Stage().assigned()
        with stage.as_lead.entered():
            [first, *_] = Assignment.objects.order_by("pk")
        for by, error in (
            (stage.as_member, Forbidden),
            (stage.as_director, NotFound),
            (Stage().as_lead, NotFound),
        ):
            with pytest.raises(error):
                withdraw_assignment(by=by, assignment_id=first.pk, at=timezone.now())


def finish(stage: Stage) -> None:
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.advise()
    accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)


def retire(course: str) -> None:
    catalogue_tables.Course.objects.filter(pk=course).update(retired_at=timezone.now())
    state = catalogue_tables.CatalogueState.objects.get()
    state.stamp = make_person().pk
    state.save()
    forget_catalogue()
    assert course not in current_catalogue().course_by_slug


def available(catalogue: Catalogue, wanted: Availability) -> str:
    """A course that a school with the usual packages can have in this way."""
    return next(
        course.slug
        for course in catalogue.courses
        if course_availability(
            catalogue,
            course.slug,
            platforms=(),
            packages=("academie", "leerblokken"),
            today=timezone.localdate(),
        )[0]
        is wanted
    )

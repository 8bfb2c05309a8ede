"""Everything a scholingsplan is made from."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from courses import models as tables
from courses.catalogue import current_catalogue, forget_catalogue
from routekaart.access import NotFound, school_scope
from routekaart.actions.documents.freezing import change_frozen
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from routekaart.actions.routekaarten.routekaarten import Choice, Link, change_routekaart
from routekaart.domain.assigning import Selection
from routekaart.domain.content.blocks import Chapter
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.inputs import (
    ChosenIntervention,
    Consent,
    PlanGoal,
    PointAnswer,
    ScholingsplanInput,
)
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.models import Assignment, Plan, Routekaart, School, TeamMembership
from routekaart.queries.documents.content import ALONG, scholingsplan_input, scholingsplan_inputs
from routekaart.queries.planning.problems import plan_from_json
from tests.makers import join, make_colleague
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def given(stage: Stage, plan: Plan | None = None) -> ScholingsplanInput:
    with stage.as_lead.entered():
        now = Plan.objects.select_related(*ALONG).get(pk=(plan or stage.plan).pk)
    return scholingsplan_input(plan=now, schools=(stage.school.pk,), with_persons=True)


def test_the_parts() -> None:
    stage = Stage().planned()
    found = given(stage)
    assert (found.team, found.school, found.sector, found.version) == (
        "Onderbouw",
        "De Proefschool",
        "po",
        1,
    )
    assert found.plan == plan_from_json(stage.plan.content)
    assert [member.name for member in found.members] == ["Lies Leider", "Mo Lid"]
    assert (found.adopted, found.consent) == (False, Consent())
    assert found.advice is not None
    with stage.as_lead.entered():
        rows = set(Assignment.objects.values_list("person_id", "course_id"))
    assert {(item.member_id, item.course) for item in found.assignments} == {
        (str(person), course) for person, course in rows
    }
    for item in found.assignments:
        assert (item.goal_ids, item.availability, item.mandatory) == (
            (str(stage.goal.pk),),
            "offered",
            True,
        )


def test_who_left_the_team_counts_nowhere() -> None:
    stage = Stage().planned()

    def people(found: ScholingsplanInput) -> list[set[str]]:
        assert found.plan is not None
        rows = (found.assignments, found.plan.hours, found.plan.preparation_weeks)
        return [{one.member_id for one in some} for some in rows]

    both = {str(stage.lead.pk), str(stage.member.pk)}
    assert people(given(stage)) == [both] * 3
    with stage.as_lead.entered():
        TeamMembership.objects.filter(person=stage.member).delete()
    assert people(given(stage)) == [{str(stage.lead.pk)}] * 3


def test_who_had_left_at_an_earlier_approval_counts_nowhere() -> None:
    stage = Stage().approved()
    with stage.as_lead.entered():
        # So it was kept when the assignments of who left were still read.
        assert change_frozen(
            plan_id=stage.plan.pk, change=lambda kept: replace(kept, members=kept.members[:1])
        )
    found = given(stage)
    assert found.plan is not None
    assert [one.name for one in found.members] == ["Lies Leider"]
    for some in (found.assignments, found.plan.hours, found.plan.preparation_weeks):
        assert {one.member_id for one in some} == {str(stage.lead.pk)}


@pytest.mark.parametrize("with_persons", [True, False])
def test_several_at_once_are_the_same_as_one_by_one(with_persons: bool) -> None:
    first = Stage()
    second = Stage(school=first.school, team_name="Bovenbouw")
    # Somebody in two teams is in the plan of both, with what each assigned.
    join(first.member, second.team)
    stages = [first.planned(), second.planned(), Stage(team_name="Middenbouw").running()]
    schools = tuple({stage.school.pk for stage in stages})
    with scopes_disabled():
        plans = Plan.objects.select_related(*ALONG).in_bulk([stage.plan.pk for stage in stages])
    together = scholingsplan_inputs(
        plans=plans.values(), schools=schools, with_persons=with_persons
    )
    assert together == {
        pk: scholingsplan_input(plan=plan, schools=schools, with_persons=with_persons)
        for pk, plan in plans.items()
    }
    assert [together[stage.plan.pk].adopted for stage in stages] == [False, False, True]


def test_goals_with_what_is_needed_for_them_and_the_answers_that_count() -> None:
    stage = Stage()
    change_routekaart(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        changes={
            "interventions": [
                Choice(INTERVENTION),
                Choice("directe-instructie"),
                Choice("professionalisering"),
                Choice("leermiddelen"),
                Choice("samenwerkend-leren"),
            ],
            "facility_links": [
                Link("professionalisering", INTERVENTION, "Scholing."),
                Link("professionalisering", "directe-instructie", "Lesbezoek."),
                Link("leermiddelen", INTERVENTION, "Wisbordjes."),
            ],
        },
    )
    known = current_catalogue().intervention_by_slug
    points = {
        slug: known[slug].attention_points[0].slug
        for slug in (INTERVENTION, "directe-instructie", "samenwerkend-leren")
    }
    save_answers(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        answers=[GivenAnswer(slug, point, slug) for slug, point in points.items()],
    )
    both = stage.add_goal(interventions=[INTERVENTION, "directe-instructie"], noticeable="Rust.")
    stage.choose(INTERVENTION, "directe-instructie", "professionalisering")
    stage.add_study_day()
    with stage.as_lead.entered():
        Routekaart.objects.update(state="accepted")
    stage.plan = stage.make_plan()
    assert given(stage).goals == (
        PlanGoal(
            id=str(both.pk),
            learning="Wij leren feedback geven.",
            noticeable="Rust.",
            interventions=(
                ChosenIntervention(INTERVENTION),
                ChosenIntervention("directe-instructie"),
                ChosenIntervention(
                    "professionalisering",
                    serves=(INTERVENTION, "directe-instructie"),
                    why="Scholing. Lesbezoek.",
                ),
            ),
            answers=(
                PointAnswer(INTERVENTION, points[INTERVENTION], INTERVENTION),
                PointAnswer(
                    "directe-instructie", points["directe-instructie"], "directe-instructie"
                ),
            ),
        ),
    )


def test_only_the_version_that_was_approved_is_adopted() -> None:
    stage = Stage().planned()
    first = stage.plan
    stage.add_study_day(date=date(2027, 2, 10))
    second = stage.make_plan()
    with stage.as_lead.entered():
        Routekaart.objects.update(state="approved", approved_on=TODAY, mr_date=TODAY)
    assert (given(stage, second).adopted, given(stage, second).consent) == (
        True,
        Consent(mr_consent_on=TODAY, approved_on=TODAY),
    )
    assert (given(stage, first).adopted, given(stage, first).consent) == (False, Consent())


def test_the_day_it_was_made_is_a_day_in_the_netherlands() -> None:
    stage = Stage().planned()
    with stage.as_lead.entered():
        Plan.objects.update(made_at=datetime(2026, 8, 24, 22, 30, tzinfo=UTC))
    assert given(stage).made_on == date(2026, 8, 25)


def test_a_stranger_finds_nothing() -> None:
    stage = Stage().planned()
    for schools in ((Stage().school.pk,), ()):
        with pytest.raises(NotFound):
            scholingsplan_input(plan=stage.plan, schools=schools, with_persons=False)


@pytest.mark.parametrize("with_persons", [True, False])
def test_names_are_only_in_the_document_with_persons(with_persons: bool) -> None:
    stage = Stage().planned()
    content = build_scholingsplan(
        scholingsplan_input(plan=stage.plan, schools=(stage.school.pk,), with_persons=with_persons)
    )
    printed = canonical_json(content).decode()
    assert ("Mo Lid" in printed) is with_persons


def test_what_the_catalogue_retired_can_still_be_printed() -> None:
    stage = Stage().planned()
    with stage.as_lead.entered():
        course = Assignment.objects.order_by("pk")[0].course_id
    title = current_catalogue().course_by_slug[course].title
    tables.Course.objects.filter(pk=course).update(retired_at=timezone.now())
    tables.Intervention.objects.filter(pk=INTERVENTION).update(retired_at=timezone.now())
    tables.CatalogueState.objects.all().update(stamp=stage.lead.pk)
    forget_catalogue()
    found = given(stage)
    assert title in {item.course_title for item in found.assignments}
    assert [one.slug for one in found.goals[0].interventions] == [INTERVENTION]
    build_scholingsplan(found)


def test_as_many_queries_for_a_larger_team() -> None:
    stage = Stage().planned()
    # A later version, which also says what is new in it.
    make_colleague(stage.team, name="Collega")
    stage.assign(Selection.ALL)
    stage.plan = stage.make_plan()

    def queries() -> int:
        with (
            CaptureQueriesContext(connection) as captured,
            school_scope([stage.school.pk]),
        ):
            given(stage)
        return len(captured)

    few = queries()
    for number in range(2):
        make_colleague(stage.team, name=f"Collega {number}")
    stage.assign(Selection.ALL)
    stage.plan = stage.make_plan()
    assert queries() == few


def test_what_was_done_before_is_only_said_with_consent() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        Assignment.objects.filter(person=stage.member).update(state="done")
        stage.plan = stage.make_plan()
        # Who is exempted prepares nothing.
        Assignment.objects.filter(person=stage.lead).update(state="waived")

    def done() -> dict[str, bool]:
        return {item.member_id: item.completed for item in given(stage).assignments}

    assert done() == {str(stage.member.pk): False}
    with stage.as_lead.entered():
        School.objects.update(progress_by_name_since=timezone.localdate())
    assert done() == {str(stage.member.pk): True}


def test_a_later_version_says_what_is_new() -> None:
    stage = Stage().planned()
    assert build_scholingsplan(given(stage)).changes == ()
    make_colleague(stage.team, name="Zus Nieuw")
    stage.assign(Selection.ALL)
    first, stage.plan = stage.plan, stage.make_plan()
    found = given(stage)
    named = build_scholingsplan(replace(found, with_persons=True)).changes
    counted = build_scholingsplan(replace(found, with_persons=False)).changes
    for blocks in (named, counted):
        assert isinstance(blocks[0], Chapter)
        assert blocks[0].number == "12"
        assert blocks[0].title == f"Wat er veranderde sinds versie {first.version}"
    assert "Zus Nieuw" in repr(named)
    assert "Zus Nieuw" not in repr(counted)

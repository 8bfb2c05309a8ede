"""Who gets what of the plan of one person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.clock import standing_at
from routekaart.domain.assigning import Selection
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.person_input import (
    CourseRecord,
    OwnAgreement,
    OwnMeeting,
    OwnPlg,
    OwnStep,
    PersonPlanInput,
)
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Agreement,
    BudgetLine,
    Employment,
    HoursAgreement,
    MicroStep,
    Person,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    Reflection,
    Routekaart,
    School,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.queries.documents.person_plan import person_plan_input
from tests.makers import access_for, grant, join, make_colleague, make_routekaart, make_team
from tests.progressed import assignment_of, known, put
from tests.stages import Stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
WORDS = "Dit is alleen van mij."


@pytest.fixture
def stage(catalogue: Catalogue) -> Iterator[Stage]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        yield Stage().running()


def given(stage: Stage, by: Access, person: Person) -> PersonPlanInput:
    return person_plan_input(
        by=by, routekaart_id=stage.routekaart.pk, person_id=person.pk, today=TODAY
    )


def own(stage: Stage) -> PersonPlanInput:
    return given(stage, stage.as_member, stage.member)


def filled(stage: Stage) -> None:
    """The member did the course, wrote about it, and is in a PLG with a step and an agreement."""
    row = assignment_of(stage, stage.member)
    completion = known(stage.school, stage.member, date(2026, 10, 12))
    put(row, state="done", completion=completion)
    with scopes_disabled():
        Reflection.objects.create(completion=completion, text=WORDS)
        cycle = PlgCycle.objects.create(
            routekaart=stage.routekaart, name="Feedback", goal=stage.goal
        )
        PlgCycleMember.objects.create(cycle=cycle, person=stage.member)
        for day, state in ((25, "planned"), (26, "skipped")):
            PlgMeeting.objects.create(cycle=cycle, date=date(2026, 11, day), state=state)
        for person, text in ((stage.member, "Mijn stapje"), (stage.lead, "Stapje van een ander")):
            MicroStep.objects.create(
                cycle=cycle, person=person, text=text, try_by=date(2026, 12, 2)
            )
        for owner, what, state in (
            (stage.member, "Van mij", "open"),
            (stage.member, "Al klaar", "done"),
            (stage.lead, "Van Lies", "open"),
            (None, "Van ons", "open"),
        ):
            Agreement.objects.create(
                routekaart=stage.routekaart,
                what=what,
                owner=owner,
                state=state,
                due_on=date(2026, 12, 1),
                check_on=date(2026, 12, 2),
            )
        group = WorkGroup.objects.create(routekaart=stage.routekaart, name="Lezen")
        WorkGroupMember.objects.create(work_group=group, person=stage.member)
        HoursAgreement.objects.create(assignment=row, agreed_on=TODAY)


def test_one_s_own_plan_holds_everything_of_oneself(stage: Stage) -> None:
    filled(stage)
    found = own(stage)
    (team,) = found.teams
    course = assignment_of(stage, stage.member).course_id
    assert (found.own, found.member.name, found.made_on) == (True, "Mo Lid", TODAY)
    assert [(one.course, one.completed) for one in team.plan.assignments] == [(course, True)]
    assert team.records == (
        CourseRecord(
            course, "Complimenten geven en corrigeren", "afgerond", date(2026, 10, 12), WORDS
        ),
    )
    assert team.plgs == (
        OwnPlg(
            "Feedback",
            str(stage.goal.pk),
            (OwnMeeting(date(2026, 11, 25), 90, "gepland"),),
            (OwnStep("Mijn stapje", date(2026, 12, 2), "gekozen"),),
        ),
    )
    assert set(team.agreements) == {
        OwnAgreement("Van mij", "jij", date(2026, 12, 1), date(2026, 12, 2)),
        OwnAgreement("Van ons", "het hele team", date(2026, 12, 1), date(2026, 12, 2)),
    }
    assert (team.work_groups, team.on_own_hours) == (("Lezen",), (course,))


def test_nobody_else_is_in_the_input(stage: Stage) -> None:
    plan = own(stage).teams[0].plan
    assert plan.plan is not None
    me = str(stage.member.pk)
    assert {one.id for one in plan.members} == {me}
    assert {week.member_id for week in plan.plan.preparation_weeks} == {me}
    assert {one.member_id for one in plan.plan.hours} == {me}
    printed = canonical_json(build_person_plan(own(stage))).decode()
    assert [name for name in ("Lies", "Tess", "Dirk") if name in printed] == []


def test_the_lead_sees_progress_only_with_consent_and_never_the_own_words(stage: Stage) -> None:
    filled(stage)
    for by in (stage.as_lead, stage.as_trainer):
        (team,) = given(stage, by, stage.member).teams
        assert team.records is None
        assert [one.completed for one in team.plan.assignments] == [False]
        assert team.plgs[0].steps == ()
    with scopes_disabled():
        School.objects.update(progress_by_name_since=date(2026, 11, 3))
    assert given(stage, stage.as_lead, stage.member).teams[0].records is None
    with scopes_disabled():
        School.objects.update(progress_by_name_since=TODAY)
    found = given(stage, stage.as_lead, stage.member)
    (record,) = found.teams[0].records or ()
    assert (record.state, record.done_on, record.reflection) == (
        "afgerond",
        date(2026, 10, 12),
        "",
    )
    printed = canonical_json(build_person_plan(found)).decode()
    assert [text for text in (WORDS, "Mijn stapje") if text in printed] == []


def test_a_plan_made_with_what_was_done_says_so_to_nobody_without_consent(stage: Stage) -> None:
    filled(stage)
    with standing_at(datetime(2026, 8, 25, 9, tzinfo=UTC)), stage.as_lead.entered():
        stage.routekaart.state = "accepted"
        stage.routekaart.save()
        stage.make_plan()
    plan = given(stage, stage.as_lead, stage.member).teams[0].plan.plan
    assert plan is not None
    assert plan.completed == ()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.DIRECTOR, Role.BOARD, Role.MR_READER])
def test_somebody_else_s_is_for_team_lead_and_trainer(stage: Stage, role: Role) -> None:
    reader = make_colleague(stage.team, role, name="Lezer")
    with pytest.raises(Forbidden):
        given(stage, access_for(reader), stage.member)


def test_a_stranger_and_somebody_outside_the_team_are_not_found(stage: Stage) -> None:
    with pytest.raises(NotFound):
        given(stage, Stage().as_lead, stage.member)
    for by, person in ((stage.as_lead, stage.director), (stage.as_trainer, stage.trainer)):
        with pytest.raises(NotFound):
            given(stage, by, person)
    with pytest.raises(NotFound):
        person_plan_input(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, person_id=uuid4(), today=TODAY
        )


def test_who_only_visits_the_team_is_told_what_misses(stage: Stage) -> None:
    with scopes_disabled():
        Employment.objects.filter(person=stage.member).delete()
    with pytest.raises(Conflict) as refused:
        own(stage)
    assert refused.value.code == "no_employment"


def test_one_s_own_holds_all_teams_of_the_school_and_no_other_school(stage: Stage) -> None:
    other = make_team(stage.school, "Bovenbouw")
    elsewhere = Stage()
    for team in (other, elsewhere.team):
        join(stage.member, team)
    grant(stage.member, Role.MEMBER, school=elsewhere.school)
    make_routekaart(other)
    make_routekaart(other, school_year=2027)
    found = own(stage)
    assert [(one.plan.team, one.plan.school) for one in found.teams] == [
        ("Onderbouw", "De Proefschool"),
        ("Bovenbouw", "De Proefschool"),
    ]
    assert found.teams[1].plan.plan is None
    # Of the other team a lead of this one sees nothing.
    assert [one.plan.team for one in given(stage, stage.as_lead, stage.member).teams] == [
        "Onderbouw"
    ]


def test_what_starts_later_is_not_there_yet_for_the_person(stage: Stage) -> None:
    put(assignment_of(stage, stage.member), starts_on=date(2026, 11, 3))
    (team,) = own(stage).teams
    assert team.plan.plan is not None
    assert (team.plan.assignments, team.records, team.plan.plan.preparation_weeks) == ((), (), ())
    assert len(given(stage, stage.as_lead, stage.member).teams[0].plan.assignments) == 1


def test_the_plan_on_which_people_count(stage: Stage) -> None:
    with standing_at(datetime(2026, 8, 25, 9, tzinfo=UTC)), stage.as_lead.entered():
        stage.routekaart.state = "accepted"
        stage.routekaart.save()
        stage.make_plan()
    assert own(stage).teams[0].plan.version == 1


def test_as_many_queries_for_one_as_for_thirty(stage: Stage) -> None:
    filled(stage)
    with scopes_disabled():
        # In which more can be assigned.
        Routekaart.objects.update(state="accepted")

    def queries() -> int:
        by = stage.as_member
        # Its version is read at most once in a few seconds.
        current_catalogue()
        with CaptureQueriesContext(connection) as captured:
            given(stage, by, stage.member)
        return len(captured)

    few = queries()
    with scopes_disabled():
        cycle = PlgCycle.objects.get()
        for number in range(30):
            make_colleague(stage.team, name=f"Collega {number}")
            MicroStep.objects.create(
                cycle=cycle, person=stage.member, text=f"{number}", try_by=TODAY
            )
            made = PlgCycle.objects.create(routekaart=stage.routekaart, name=f"PLG {number}")
            PlgCycleMember.objects.create(cycle=made, person=stage.member)
            Agreement.objects.create(
                routekaart=stage.routekaart, what="Meer", due_on=TODAY, check_on=TODAY
            )
    stage.assign(Selection.ALL)
    assert len(own(stage).teams[0].plan.assignments) > 1
    assert queries() == few


def test_the_same_day_gives_the_same_content(stage: Stage) -> None:
    filled(stage)
    assert build_person_plan(own(stage)) == build_person_plan(own(stage))
    tomorrow = replace(own(stage), made_on=date(2026, 11, 3))
    assert build_person_plan(tomorrow) != build_person_plan(own(stage))


def test_the_own_budget_is_for_the_person_alone(stage: Stage) -> None:
    with scopes_disabled():
        BudgetLine.objects.create(
            school=stage.school,
            person=stage.member,
            school_year=2026,
            kind="spent",
            cents=5_000,
            what="Boek",
            spent_on=TODAY,
        )
    budget = own(stage).budget
    assert budget is not None
    assert (budget.now.granted, budget.now.left) == (50_000, 45_000)
    assert given(stage, stage.as_lead, stage.member).budget is None

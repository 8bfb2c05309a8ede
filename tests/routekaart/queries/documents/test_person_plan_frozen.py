"""What the team asks of a person is of the approval; the own things of that person are of today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.access import Role, access_of
from routekaart.clock import standing_at
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.models import (
    Assignment,
    Employment,
    FrozenPlan,
    Goal,
    Person,
    PlgCycle,
    PlgCycleMember,
    Routekaart,
    StudyDay,
    Team,
)
from routekaart.queries.documents.person_plan import person_plan_input
from tests.makers import make_colleague
from tests.progressed import assignment_of, known, put
from tests.stages import Stage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
OTHER = "duidelijke-uitleg-geven"


@pytest.fixture
def stage(catalogue: Catalogue) -> Iterator[Stage]:  # noqa: ARG001  (loaded first)
    with standing_at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        yield Stage().running()


def own(stage: Stage, person: Person | None = None) -> PersonPlanInput:
    person = person or stage.member
    return person_plan_input(
        by=access_of(person),
        routekaart_id=stage.routekaart.pk,
        person_id=person.pk,
        today=TODAY,
    )


def printed(given: PersonPlanInput) -> str:
    return canonical_json(build_person_plan(given)).decode()


def everything_changes(stage: Stage) -> None:
    with scopes_disabled():
        Goal.objects.update(wording="Wij leren iets anders.", noticeable="Niets.")
        StudyDay.objects.update(date=date(2027, 2, 10), title="Iets anders")
        Team.objects.filter(pk=stage.team.pk).update(name="Andere naam")
        Routekaart.objects.update(weekly_minutes=10, reason="Een andere aanleiding.")
        Assignment.objects.update(reason="Om iets anders.", mandatory=False)
        Employment.objects.filter(person=stage.member).update(working_days=[1])


def test_what_the_team_asks_is_of_the_approval(stage: Stage) -> None:
    before = printed(own(stage))
    assert '"Vastgesteld"' in before
    everything_changes(stage)
    assert printed(own(stage)) == before
    # It did change what a document of today would say.
    with scopes_disabled():
        FrozenPlan.objects.all().delete()
    assert printed(own(stage)) != before


def test_how_far_the_person_is_and_is_called_is_of_today(stage: Stage) -> None:
    everything_changes(stage)
    done = known(stage.school, stage.member, date(2026, 10, 12))
    put(assignment_of(stage, stage.member), state="done", completion=done)
    with scopes_disabled():
        Person.objects.filter(pk=stage.member.pk).update(name="Mo Anders")
        Employment.objects.filter(person=stage.member).update(fte="0.2")
    found = own(stage)
    (team,) = found.teams
    assert [one.done_on for one in team.records or ()] == [date(2026, 10, 12)]
    assert [one.completed for one in team.plan.assignments] == [True]
    assert (found.member.name, found.member.fte) == ("Mo Anders", Decimal(1))
    assert team.plan.members == (found.member,)


def test_given_back_it_is_a_draft_of_today(stage: Stage) -> None:
    with scopes_disabled():
        Routekaart.objects.update(state="planned")
    everything_changes(stage)
    text = printed(own(stage))
    assert ["Concept" in text, "Vastgesteld" in text, "Wij leren iets anders." in text] == [
        True,
        False,
        True,
    ]


def test_who_came_after_the_approval_has_no_approved_plan(stage: Stage) -> None:
    late = make_colleague(stage.team, Role.MEMBER, name="Nina Nieuw")
    row = assignment_of(stage, stage.member)
    with scopes_disabled():
        new = Assignment.objects.create(
            routekaart=stage.routekaart, person=late, course_id=row.course_id, mandatory=True
        )
        new.goals.add(stage.goal)
    everything_changes(stage)
    found = own(stage, late)
    (team,) = found.teams
    assert (team.plan.adopted, found.member.name) == (False, "Nina Nieuw")
    assert [one.course for one in team.plan.assignments] == [row.course_id]
    assert (team.added, team.dropped) == ((), ())
    text = printed(found)
    assert ("Concept" in text, "Vastgesteld" in text) == (True, False)


def test_what_was_assigned_since_and_is_asked_no_more(stage: Stage) -> None:
    (team,) = own(stage).teams
    assert (team.added, team.dropped) == ((), ())
    row = assignment_of(stage, stage.member)
    put(row, state="waived")
    with scopes_disabled():
        new = Assignment.objects.create(
            routekaart=stage.routekaart, person=stage.member, course_id=OTHER, mandatory=True
        )
    found = own(stage)
    (team,) = found.teams
    assert (team.added, team.dropped) == (
        (new.course.title,),
        ("Complimenten geven en corrigeren",),
    )
    assert [one.course for one in team.plan.assignments] == [row.course_id]
    # What starts later is not there yet for the person.
    put(new, starts_on=date(2026, 11, 3))
    assert own(stage).teams[0].added == ()


def test_a_plg_about_a_goal_that_came_later(stage: Stage) -> None:
    with scopes_disabled():
        late = Goal.objects.create(routekaart=stage.routekaart, wording="Later.", priority=9)
        for goal in (stage.goal, late):
            cycle = PlgCycle.objects.create(
                routekaart=stage.routekaart, name=goal.wording, goal=goal
            )
            PlgCycleMember.objects.create(cycle=cycle, person=stage.member)
    assert {one.name: one.goal_id for one in own(stage).teams[0].plgs} == {
        "Wij leren feedback geven.": str(stage.goal.pk),
        "Later.": "",
    }

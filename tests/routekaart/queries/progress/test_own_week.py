"""What waits for somebody is of that person, and of the teams where that person is now."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import (
    Agreement,
    GroupCompletion,
    GroupConfirmation,
    Person,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    TeamMembership,
)
from routekaart.queries.progress.own_assignments import own_assignments
from routekaart.queries.progress.own_record import own_study_day
from routekaart.queries.progress.own_week import OwnWeek, own_week
from routekaart.queries.quality.agreements import AgreementFilter, own_agreements
from tests.makers import access_for, grant, join, make_routekaart, make_team
from tests.progressed import COURSE
from tests.stages import Stage
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 10, 1)


def learning_together(stage: Stage, *people: Person) -> PlgMeeting:
    """The next meeting of a PLG of these people."""
    with scopes_disabled():
        cycle = PlgCycle.objects.create(
            routekaart=stage.routekaart, name=people[0].name, state="running"
        )
        for person in people:
            PlgCycleMember.objects.create(cycle=cycle, person=person)
        return PlgMeeting.objects.create(cycle=cycle, date=date(2026, 11, 11))


def agreed(stage: Stage, owner: Person | None) -> Agreement:
    with scopes_disabled():
        return Agreement.objects.create(
            routekaart=stage.routekaart,
            what="Elkaars les zien",
            owner=owner,
            due_on=date(2026, 11, 1),
            check_on=date(2026, 11, 8),
        )


def named(stage: Stage, person: Person) -> GroupConfirmation:
    """Of whom the lead says that they took part."""
    with scopes_disabled():
        noted = GroupCompletion.objects.create(
            routekaart=stage.routekaart, course_id=COURSE, done_on=TODAY, made_by=stage.lead
        )
        return GroupConfirmation.objects.create(group_completion=noted, person=person)


def moved_on(stage: Stage) -> None:
    """The member goes to another team of the same school."""
    with scopes_disabled():
        TeamMembership.objects.get(person=stage.member, team=stage.team).delete()
    join(stage.member, make_team(stage.school, "Bovenbouw"))


def week(person: Person) -> OwnWeek:
    return own_week(by=access_for(person), today=TODAY)


def test_what_is_of_others_waits_for_them() -> None:
    stage = underway()
    mine = learning_together(stage, stage.member, stage.lead)
    learning_together(stage, stage.lead)
    waiting = named(stage, stage.member)
    named(stage, stage.lead)
    found = week(stage.member)
    assert list(found.next_meetings) == [mine]
    assert list(found.confirmations) == [waiting]


def test_the_team_next_door_is_not_mine_though_i_guide_it() -> None:
    stage = underway()
    make_routekaart(make_team(stage.school, "Bovenbouw"))
    grant(stage.member, Role.TRAINER, school=stage.school)
    assert [one.pk for one in week(stage.member).routekaarten] == [stage.routekaart.pk]
    assert week(stage.trainer).routekaarten == []


def test_what_the_team_next_door_agreed_is_not_mine_though_i_guide_it() -> None:
    stage = underway()
    beside = Stage(stage.school, "Bovenbouw")
    grant(stage.member, Role.TRAINER, school=stage.school)
    ours, _theirs = (agreed(one, None) for one in (stage, beside))
    assert list(week(stage.member).agreements) == [ours]


def test_what_hung_on_a_team_that_one_left_waits_no_more() -> None:
    stage = underway()
    meeting, agreement = learning_together(stage, stage.member), agreed(stage, stage.member)
    waiting = named(stage, stage.member)

    def hangs_on_it() -> list[object]:
        found = week(stage.member)
        return [*found.next_meetings, *found.agreements, *found.confirmations]

    assert hangs_on_it() == [meeting, agreement, waiting]
    moved_on(stage)
    assert hangs_on_it() == []
    by = stage.as_member
    with by.entered():
        assert not own_agreements(by=by, only=AgreementFilter()).exists()


def test_a_course_of_a_team_that_one_left_is_asked_no_more() -> None:
    stage = Stage().assigned()
    by = stage.as_member
    assert len(own_assignments(by=by, today=TODAY, only_open=True)) == 1
    moved_on(stage)
    assert own_assignments(by=stage.as_member, today=TODAY, only_open=True) == ()


def test_a_study_day_of_the_team_next_door_is_not_shown_with_a_course() -> None:
    stage = Stage()
    day = stage.add_study_day()
    theirs = Stage(stage.school, "Bovenbouw").add_study_day()
    assert own_study_day(by=stage.as_member, study_day_id=day.pk) == day
    assert own_study_day(by=stage.as_member, study_day_id=theirs.pk) is None

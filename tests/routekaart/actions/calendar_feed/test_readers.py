"""Whose calendar comes, and whose does not any more."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.calendar_feed.serving import serve_feed
from routekaart.actions.organisation.people import end_employment, remove_membership
from routekaart.models import (
    Employment,
    Person,
    StudyDay,
    TeamMembership,
)
from tests.makers import access_for, grant, join, make_colleague, make_school, make_team
from tests.stages import Stage
from tests.subscriptions import (
    DAY,
    NOW,
    Subscription,
    change,
    make_cycle,
    make_meeting,
    make_visit,
)
from tests.underway import underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_wrong_secret_and_one_of_before_are_not_found() -> None:
    stage = underway()
    old = Subscription(stage.as_member)
    assert old.file()
    Subscription(stage.as_member)
    for secret in (old.secret, "", "x" * 5000, "\x00", "é", old.secret.upper()):
        with pytest.raises(NotFound):
            serve_feed(secret=secret, at=NOW)


def test_who_is_no_longer_active_has_no_calendar() -> None:
    stage = underway()
    subscription = Subscription(stage.as_member)
    change(Person, stage.member.pk, is_active=False)
    with pytest.raises(NotFound):
        subscription.file()


def test_who_left_the_school_has_no_calendar() -> None:
    stage = underway()
    own, team = Subscription(stage.as_member), Subscription(stage.as_member, stage.team.pk)
    admin = access_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    with scopes_disabled():
        employment = Employment.objects.get(person=stage.member)
    end_employment(by=admin, employment_id=employment.pk)
    for subscription in (own, team):
        with pytest.raises(NotFound):
            subscription.file()


def test_who_left_the_team_keeps_the_own_calendar_without_it() -> None:
    stage = underway()
    other = make_team(stage.school, "Bovenbouw")
    join(stage.member, other)
    cycle = make_cycle(stage, stage.member, stage.lead)
    make_meeting(cycle)
    make_visit(cycle, stage.member, stage.lead)
    own, team = Subscription(stage.as_member), Subscription(stage.as_member, stage.team.pk)
    assert len(own.polled().shown) == 3
    admin = access_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    with scopes_disabled():
        membership = TeamMembership.objects.get(person=stage.member, team=stage.team)
    remove_membership(by=admin, membership_id=membership.pk)
    assert own.polled().shown == {}
    with pytest.raises(NotFound):
        team.file()


def test_whose_role_was_taken_has_no_calendar() -> None:
    stage = underway()
    own, team = Subscription(stage.as_member), Subscription(stage.as_member, stage.team.pk)
    stage.member.role_grants.all().delete()
    for subscription in (own, team):
        with pytest.raises(NotFound):
            subscription.file()


def test_who_may_see_less_in_the_same_team_has_less() -> None:
    """Belonging to a team with another role shows its days, and no PLG."""
    stage = underway()
    cycle = make_cycle(stage, stage.member, stage.lead)
    make_meeting(cycle)
    make_visit(cycle, stage.member, stage.lead)
    own = Subscription(stage.as_member)
    assert len(own.polled().shown) == 3
    stage.member.role_grants.update(role=Role.CATALOGUE_MANAGER)
    assert list(own.polled().shown) == [DAY]


def test_a_trainer_who_is_one_no_more_has_no_days_to_guide() -> None:
    stage = underway()
    change(StudyDay, stage.study_day.pk, trainer=stage.trainer)
    own = Subscription(stage.as_trainer)
    assert list(own.polled().shown) == [DAY]
    stage.trainer.role_grants.update(role=Role.CATALOGUE_MANAGER)
    assert own.polled().shown == {}


def test_a_director_who_left_the_team_has_its_calendar_no_more() -> None:
    """Who may see a team is not yet somebody of that team."""
    stage = underway()
    membership = join(stage.director, stage.team)
    team = Subscription(stage.as_director, stage.team.pk)
    assert team.polled().shown
    with scopes_disabled():
        membership.delete()
    with pytest.raises(NotFound):
        team.file()


def test_of_a_team_that_one_oversees_nothing_is_in_ones_own_calendar() -> None:
    own = underway()
    other = underway(Stage(own.school, "Bovenbouw"))
    join(own.director, own.team)
    assert Subscription(own.as_director).summaries() == [DAY]
    # In both teams, and of each only its own.
    join(own.director, other.team)
    assert Subscription(own.as_director).summaries() == [DAY, DAY]
    assert Subscription(own.as_director, other.team.pk).summaries() == [DAY]


def test_somebody_at_two_schools_has_both_in_one_calendar() -> None:
    here, there = underway(), underway(Stage(make_school(name="De Eik")))
    grant(here.member, Role.MEMBER, school=there.school)
    join(here.member, there.team)
    found = Subscription(here.as_member).read()
    assert {event.location for event in found.events} == {"De Proefschool", "De Eik"}

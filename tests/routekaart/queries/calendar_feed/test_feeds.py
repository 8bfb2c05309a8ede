"""The addresses of calendars that somebody has: the own ones, of the teams within reach."""

import pytest

from routekaart.access import Role, access_of
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.actions.organisation.tokens import issue_token
from routekaart.queries.calendar_feed.feeds import OwnFeeds, TeamFeed, own_feeds, working_feeds
from tests.makers import access_for, grant, join, make_colleague, make_school, make_team

pytestmark = pytest.mark.django_db


def test_one_has_the_own_addresses_and_not_those_of_a_colleague() -> None:
    team = make_team()
    by, colleague = (access_for(make_colleague(team)) for _ in range(2))
    own, of_team = (make_address(by=by, team_id=which).feed for which in (None, team.pk))
    for which in (None, team.pk):
        make_address(by=colleague, team_id=which)
    assert list(working_feeds(by=by)) == [own, of_team]
    assert own_feeds(by=by) == OwnFeeds(own, [TeamFeed(team, of_team)])


def test_a_key_for_one_school_tells_of_the_teams_there() -> None:
    here, there = (make_team(make_school(name=name)) for name in ("Hier", "Daar"))
    person = make_colleague(here)
    grant(person, Role.MEMBER, school=there.school)
    join(person, there)
    by = access_for(person)
    own, at_home, _ = (
        make_address(by=by, team_id=which).feed for which in (None, here.pk, there.pk)
    )
    token, _ = issue_token(person, "Rooster", [here.school])
    assert list(working_feeds(by=access_of(person, token))) == [own, at_home]

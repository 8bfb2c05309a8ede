"""The secret address of a calendar: one at a time, of one's own, and never to be read again."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role, access_of
from routekaart.actions.calendar_feed.addresses import make_address, stop_address
from routekaart.actions.calendar_feed.serving import serve_feed
from routekaart.actions.organisation.tokens import issue_token
from routekaart.models import AuditEntry, CalendarFeed
from tests.makers import access_for, grant, make_colleague, make_school, make_team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


def _member() -> Access:
    return access_for(make_colleague(make_team()))


def _log() -> list[tuple[str, str]]:
    with scopes_disabled():
        return list(AuditEntry.objects.order_by("pk").values_list("action", "object_kind"))


def _works(secret: str) -> bool:
    try:
        return bool(serve_feed(secret=secret, at=NOW))
    except NotFound:
        return False


def test_an_address_holds_256_random_bits_and_only_its_hash_is_kept() -> None:
    by = _member()
    made = {make_address(by=by, team_id=team).secret for team in (None, *by.teams)}
    assert {len(secret) for secret in made} == {43}
    stored = repr(list(CalendarFeed.objects.values()))
    assert not any(secret in stored for secret in made)


def test_a_new_address_takes_the_place_of_the_one_before() -> None:
    by = _member()
    first, second = make_address(by=by), make_address(by=by)
    assert first.feed.pk == second.feed.pk
    assert (_works(first.secret), _works(second.secret)) == (False, True)
    assert _log() == [
        ("make_calendar_feed", "CalendarFeed"),
        ("renew_calendar_feed", "CalendarFeed"),
    ]


def test_a_stopped_address_never_works_again() -> None:
    by = _member()
    made = make_address(by=by)
    stop_address(by=by, feed_id=made.feed.pk)
    stop_address(by=by, feed_id=made.feed.pk)
    assert not _works(made.secret)
    assert _works(make_address(by=by).secret)
    assert not _works(made.secret)
    assert [action for action, _ in _log()] == [
        "make_calendar_feed",
        "revoke_calendar_feed",
        "make_calendar_feed",
    ]


def test_the_own_calendar_and_those_of_teams_stand_apart() -> None:
    by = _member()
    [team] = by.teams
    own, of_team = make_address(by=by), make_address(by=by, team_id=team)
    stop_address(by=by, feed_id=own.feed.pk)
    assert (_works(own.secret), _works(of_team.secret)) == (False, True)


def test_what_a_colleague_makes_leaves_the_own_address_as_it_is() -> None:
    team = make_team()
    people = [access_for(make_colleague(team)) for _ in range(2)]
    made = [make_address(by=by, team_id=of).secret for of in (None, team.pk) for by in people]
    assert [_works(secret) for secret in made] == [True] * 4


def test_of_a_team_only_for_who_is_in_it() -> None:
    team = make_team()
    for role, refusal in ((Role.DIRECTOR, Forbidden), (Role.TRAINER, Forbidden)):
        with pytest.raises(refusal):
            make_address(by=access_for(make_colleague(team, role)), team_id=team.pk)
    next_door = access_for(make_colleague(make_team(team.school, "Bovenbouw")))
    for by in (next_door, _member()):
        with pytest.raises(NotFound):
            make_address(by=by, team_id=team.pk)
    assert not CalendarFeed.objects.exists()


def test_somebody_elses_address_is_not_there() -> None:
    made = make_address(by=_member())
    with pytest.raises(NotFound):
        stop_address(by=_member(), feed_id=made.feed.pk)
    assert _works(made.secret)


def test_who_works_nowhere_makes_no_address() -> None:
    by = _member()
    by.person.role_grants.all().delete()
    with pytest.raises(Forbidden):
        make_address(by=access_for(by.person))


def test_a_key_for_one_school_opens_no_calendar_of_all() -> None:
    person = make_colleague(make_team())
    other = make_school()
    grant(person, Role.TRAINER, school=other)
    token, _ = issue_token(person, "rooster", [other])
    with pytest.raises(Forbidden):
        make_address(by=access_of(person, token))
    everywhere, _ = issue_token(person, "alles")
    assert _works(make_address(by=access_of(person, everywhere)).secret)

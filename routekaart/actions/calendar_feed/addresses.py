"""Making, renewing and stopping the secret address of a calendar."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.clock import now
from routekaart.models import CalendarFeed, Person, Team
from routekaart.queries.organisation.tokens import digest_of


@dataclass(frozen=True, slots=True)
class NewAddress:
    """`secret` can never be read again."""

    feed: CalendarFeed
    secret: str


@transaction.atomic
def make_address(*, by: Access, team_id: UUID | None = None) -> NewAddress:
    """A new address of the own calendar, or of that of a team that one is in. The one before stops.

    Raises `NotFound` for a team out of sight, `Forbidden` for one that `by` is not in, and where
    the key that `by` came with reaches less than the calendar would show.
    """
    school = _school_of(by, team_id)
    # Two at once wait here, so that there is one row.
    person = Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
    feed = CalendarFeed.objects.filter(person=person, team=team_id).first()
    action = "make_calendar_feed" if feed is None or feed.digest is None else "renew_calendar_feed"
    secret = secrets.token_urlsafe(32)
    feed = feed or CalendarFeed(person=person, team_id=team_id)
    feed.digest, feed.made_at = digest_of(secret), now()
    feed.revoked_at = feed.fetched_on = None
    feed.save()
    with by.entered():
        record(by=by, school=school, action=action, subject=feed)
    return NewAddress(feed, secret)


@transaction.atomic
def stop_address(*, by: Access, feed_id: UUID) -> None:
    """Makes an own address worthless, now and for good. Safe to repeat.

    Works too for a team that one has left.
    """
    feed = (
        CalendarFeed.objects.select_for_update(no_key=True)
        .filter(pk=feed_id, person=by.person)
        .first()
    )
    if feed is None:
        raise NotFound("CalendarFeed")
    if feed.digest is None:
        return
    feed.digest, feed.revoked_at = None, now()
    feed.save()
    with by.entered():
        for school in by.schools[:1]:
            record(by=by, school=school, action="revoke_calendar_feed", subject=feed)


def _school_of(by: Access, team_id: UUID | None) -> UUID:
    """Where it stands in the log."""
    if team_id is None:
        if not by.schools:
            raise Forbidden(Permission.VIEW_SCHOOL)
        # The own calendar shows all schools: a key for one of them must not open the others.
        if by.narrowed:
            raise Forbidden(Permission.VIEW_SCHOOL)
        return by.schools[0]
    team = by.fetch(Team, team_id, Permission.VIEW_TEAM)
    if team_id not in by.teams:
        raise Forbidden(Permission.VIEW_TEAM)
    return team.school_id

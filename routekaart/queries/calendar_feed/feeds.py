"""Finding the secret addresses of calendars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from routekaart.access import Access
from routekaart.models import CalendarFeed, Team
from routekaart.queries.organisation.tokens import digest_of


@dataclass(frozen=True, slots=True)
class TeamFeed:
    """A team of the reader with the address of its calendar, if there is one."""

    team: Team
    feed: CalendarFeed | None


@dataclass(frozen=True, slots=True)
class OwnFeeds:
    """The addresses that work: of the own calendar, and of each own team."""

    own: CalendarFeed | None
    teams: Sequence[TeamFeed]


def feed_behind(secret: str) -> CalendarFeed | None:
    """The address with this secret, with its person and team; None when none works."""
    return (
        CalendarFeed.objects.select_related("person", "team__school")
        .filter(digest=digest_of(secret), person__is_active=True)
        .first()
    )


def working_feeds(*, by: Access) -> "QuerySet[CalendarFeed]":
    """The addresses of `by` that work, of what is within reach: the own calendar first."""
    with by.entered():
        teams = list(_own_teams(by).values_list("pk", flat=True))
    return CalendarFeed.objects.filter(
        Q(team=None) | Q(team__in=teams),
        person=by.person,
        digest__isnull=False,
    ).order_by(F("team__name").asc(nulls_first=True), "pk")


def own_feeds(*, by: Access) -> OwnFeeds:
    """What `by` has and can have, by school and team. The addresses themselves nobody can read."""
    feeds = CalendarFeed.objects.filter(person=by.person, digest__isnull=False)
    working = {feed.team_id: feed for feed in feeds}
    with by.entered():
        return OwnFeeds(
            own=working.get(None),
            teams=[TeamFeed(team, working.get(team.pk)) for team in _own_teams(by)],
        )


def _own_teams(by: Access) -> "QuerySet[Team]":
    # Who is in a team sees it, whatever the role there.
    rows = Team.objects.filter(pk__in=list(by.teams))
    return rows.select_related("school").order_by("school__name", "name", "pk")

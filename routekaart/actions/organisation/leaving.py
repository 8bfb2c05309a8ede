"""What goes at once when somebody loses a place at a school: sessions, keys, addresses."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.actions.organisation.sign_in import end_sessions
from routekaart.actions.privacy.departures import note_departure
from routekaart.clock import now
from routekaart.models import ApiToken, CalendarFeed, Person, TokenSchool
from routekaart.queries.organisation.places import has_a_place, schools_with_place


def after_losing_roles(person: Person, school_id: UUID, *, never_came_as: str = "") -> None:
    """Ends what somebody could still come in with, now that a role or the work here is gone.

    Without any place left that is everything: sessions, keys and addresses of calendars. Else it
    is the keys that reached only schools of before, and the addresses of teams left there.
    `never_came_as`: as with `note_departure`. Call in the transaction and the scope of the school,
    after the change.
    """
    if not has_a_place(person=person):
        end_sessions(person)
        _revoke(ApiToken.objects.filter(person=person))
        _stop(CalendarFeed.objects.filter(person=person))
    else:
        _revoke(_keys_of_before(person, schools_with_place(person=person)))
        left = Q(team__school=school_id) & ~Q(team__memberships__person=person)
        _stop(CalendarFeed.objects.filter(left, person=person))
    note_departure(person_id=person.pk, school_id=school_id, never_came_as=never_came_as)


def _keys_of_before(person: Person, here: Collection[UUID]) -> "QuerySet[ApiToken]":
    narrowed = TokenSchool.objects.filter(apitoken__person=person)
    of_some_use = narrowed.filter(school__in=here)
    return ApiToken.objects.filter(pk__in=narrowed.values("apitoken")).exclude(
        pk__in=of_some_use.values("apitoken")
    )


def _revoke(tokens: "QuerySet[ApiToken]") -> None:
    tokens.filter(revoked_at=None).update(revoked_at=now())


def _stop(feeds: "QuerySet[CalendarFeed]") -> None:
    keys = list(feeds.filter(digest__isnull=False).values_list("pk", flat=True))
    CalendarFeed.objects.filter(pk__in=keys).update(digest=None, revoked_at=now())

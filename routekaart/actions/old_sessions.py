"""Sessions that are over: nobody opens them again, so nothing takes them away by itself."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

# So many in one statement: who signs in meanwhile waits for no more than that.
_AT_ONCE = 1000


def forget_old_sessions(*, at: datetime) -> int:
    """Takes away the sessions that are over, with the forms that wait in them; gives how many.

    With them go the rows that say where somebody is signed in, when their session is gone.
    """
    forgotten = _delete(Session.objects.filter(expire_date__lte=at))
    there = Session.objects.filter(pk=OuterRef("session_key"))
    _delete(UserSession.objects.filter(~Exists(there)))
    return forgotten


def _delete(rows: "QuerySet[Session] | QuerySet[UserSession]") -> int:
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        # What began anew meanwhile stays: it is no longer one of these.
        found, _ = rows.filter(pk__in=keys).delete()
        deleted += found
    return deleted

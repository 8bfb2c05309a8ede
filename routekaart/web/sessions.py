"""Where somebody is signed in: noted once a day, so that reading pages writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from routekaart import clock
from routekaart.models import Person

_SEEN = "seen_on"
# In this order: the name of every browser holds those of others.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "een Android-toestel"),
    ("CrOS", "een Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "een Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place where somebody is signed in. `here`: the one that asks."""

    id: int
    device: str
    seen_on: date
    here: bool


def device_of(user_agent: str) -> str:
    """The device in plain words, such as “Firefox op Windows”."""
    browser = next((said for name, said in _BROWSERS if name in user_agent), "")
    device = next((said for name, said in _DEVICES if name in user_agent), "")
    if browser and device:
        return f"{browser} op {device}"
    return browser or device or "Een onbekend apparaat"


def own_sessions(request: HttpRequest, person: Person) -> list[Place]:
    """Where this person is signed in: here first, then the last one seen first."""
    rows = list(UserSession.objects.filter(user=person))
    if not any(row.session_key == request.session.session_key for row in rows):
        # Signed in before sessions were listed.
        rows.append(list_session(request, person))
    alive = _alive([row.session_key for row in rows], person)
    found = [
        Place(
            # The one here is not ended by its number.
            id=row.pk or 0,
            device=device_of(row.user_agent),
            seen_on=timezone.localdate(row.last_seen_at),
            here=row.session_key == request.session.session_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda one: (not one.here, -one.seen_on.toordinal(), one.id))


def list_session(request: HttpRequest, person: Person) -> UserSession:
    """Lists the session of this request, under the key that it has now."""
    longest = UserSession._meta.get_field("user_agent").max_length
    row = UserSession(
        user=person,
        session_key=request.session.session_key,
        ip=get_adapter(request).get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:longest],
    )
    # Another tab may do the same.
    UserSession.objects.bulk_create([row], ignore_conflicts=True)
    return row


def _alive(keys: Iterable[str], person: Person) -> set[str]:
    """Which of these sessions have not ended, nor were made with an earlier password."""
    of_now = person.get_session_auth_hash()
    rows = Session.objects.filter(pk__in=list(keys), expire_date__gt=timezone.now())
    return {
        row.session_key
        for row in rows
        if constant_time_compare(row.get_decoded().get(HASH_SESSION_KEY, ""), of_now)
    }


def last_seen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Notes on the first request of a day that a session is in use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        seen = request.session.get(_SEEN)
        today = clock.today().isoformat()
        if seen is not None and seen != today and isinstance(request.user, Person):
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=clock.now()
            )
            request.session[_SEEN] = today
        return get_response(request)

    return middleware


def note_seen(request: HttpRequest) -> None:
    """At sign-in: from today on."""
    request.session[_SEEN] = clock.today().isoformat()

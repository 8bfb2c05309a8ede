"""What somebody typed is not lost when the session has ended in between.

Every form names, signed, for whom it was made (`{% form_tokens %}`), and posts to the page that
shows it. When that post meets an ended session or an old CSRF token, its fields wait in the
session, for that person and that page only; the page then shows them again, to be looked over and
saved. Files are not kept.

The name is no proof of who sends it, and may be old: without a session, where every post would add
one, less is kept, and from one address not without end.
"""

from collections.abc import Iterable
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from routekaart.actions.privacy.sessions import KEPT_FORM
from routekaart.models import Person

# The hidden field that says for whom a form was made.
FOR_WHOM = "voor_wie"
_SALT = "routekaart.web.form"
_NOT_KEPT: Iterable[str] = ("csrfmiddlewaretoken", FOR_WHOM)
# Characters; the longest form by far is smaller.
_MOST = 200_000
_MOST_SIGNED_OUT = 50_000


def for_whom(person: Person) -> str:
    """The signed name of `person` for a form."""
    return signing.dumps(str(person.pk), salt=_SALT)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to sign-in, and back to this page; what was posted waits there."""
    if getattr(request, "htmx", False):
        # In the background: the page stays as it is, and says what to do.
        return render(request, "parts/signed_out.html", status=401)
    keep(request)
    return redirect_to_login(request.get_full_path())


def with_fresh_token(request: HttpRequest, reason: str = "") -> HttpResponse | None:  # noqa: ARG001
    """After a refused CSRF token: the same page with what was typed, or None for a stranger's."""
    if not keep(request):
        return None
    return HttpResponseRedirect(request.get_full_path())


def kept(request: HttpRequest) -> QueryDict | None:
    """What waited for this person on this page, once; None when nothing does.

    The page then shows a notice, through `request.shows_kept`.
    """
    waiting: dict[str, Any] | None = request.session.get(KEPT_FORM)
    if waiting is None or waiting["path"] != request.path or request.method != "GET":
        return None
    del request.session[KEPT_FORM]
    if not isinstance(request.user, Person) or waiting["for"] != str(request.user.pk):
        return None
    request.shows_kept = True  # type: ignore[attr-defined]
    return QueryDict(waiting["fields"])


def keep(request: HttpRequest) -> bool:
    """Whether the posted fields now wait in the session."""
    if request.method != "POST":
        return False
    try:
        # As long as a session is kept, and what waits in one.
        person = signing.loads(
            request.POST.get(FOR_WHOM, ""), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE
        )
    except signing.BadSignature:
        return False
    fields = request.POST.copy()
    for name in _NOT_KEPT:
        fields.pop(name, None)
    encoded = fields.urlencode()
    if len(encoded) > _MOST or not Person.objects.filter(pk=person, is_active=True).exists():
        return False
    # Not just with a session: anybody gets one.
    if SESSION_KEY not in request.session and (
        len(encoded) > _MOST_SIGNED_OUT
        or (KEPT_FORM not in request.session and not _may_keep(request))
    ):
        return False
    request.session[KEPT_FORM] = {"for": person, "path": request.path, "fields": encoded}
    return True


def _may_keep(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="kept_form"))

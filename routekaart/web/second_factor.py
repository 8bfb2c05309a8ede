"""The second step of signing in: a code of an app, or one of the recovery codes.

Whether somebody must set it up is asked once, at sign-in, and stands in the session until it is
done. API tokens stay as they are: an administrator of the server or the person, signed in with
all steps, made them.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Any, ClassVar

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from routekaart.models import Person
from routekaart.queries.organisation.places import must_have_second_factor
from routekaart.web.sessions import list_session

_FLAG = "must_set_up_second_factor"
_OPEN_NAMES = (
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account:again",
    "account:mailbox",
    "account_logout",
    "account_login",
)
_API = "/api/"


def note_second_factor(request: HttpRequest, person: Person) -> None:
    """At sign-in: whether this person must set it up before anything else.

    Then other sessions end: some began when no school asked it, or this person had not come to it.
    """
    if must_have_second_factor(person=person) and not has_second_factor(person):
        request.session[_FLAG] = True
        end_other_sessions(request, person)
    else:
        request.session.pop(_FLAG, None)


def asked_from_now_on(request: HttpRequest, person: Person) -> None:
    """After somebody made a school ask it: who has none is signed out everywhere but here, and sets
    it up first."""
    if not has_second_factor(person):
        # The session of this request is gone with the others: it goes on under another key.
        request.session.cycle_key()
        list_session(request, person)
        note_second_factor(request, person)


def has_second_factor(person: Person) -> bool:
    """Whether this person is asked for a code."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    return bool(found.exists())


def second_factor_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps who must set it up at the page for that, whatever was asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Who brings no cookie has no session: looking for one would tie the answer to cookies.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        if not request.session.get(_FLAG) or not isinstance(request.user, Person):
            return get_response(request)
        if has_second_factor(request.user):
            del request.session[_FLAG]
            return get_response(request)
        if request.path in _open_paths():
            return get_response(request)
        if request.path.startswith(_API):
            # The session says nothing there until it is done; a token does.
            request.user = AnonymousUser()
            return get_response(request)
        return redirect("mfa_activate_totp")

    return middleware


def _open_paths() -> set[str]:
    providers = {
        reverse(f"openid_connect_{step}", args=[one.slug])
        for one in settings.SIGN_IN_PROVIDERS
        for step in ("login", "callback")
    }
    return providers | {reverse(name) for name in _OPEN_NAMES}


def _cipher() -> MultiFernet:
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(hashlib.sha256(f"second-factor:{key}".encode()).digest())
            )
            for key in keys
        ]
    )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets lie encrypted in the database; the QR code is a drawing in the page itself."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet, of is al gebruikt. Wacht op de volgende.",
        "cannot_delete_authenticator": "Jullie school vraagt een tweede stap. Die kan niet uit.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Black on white, also in the dark: cameras read nothing else."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        dark = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
        )
        size = len(rows)
        # Numbers and letters of our own only.
        return mark_safe(  # noqa: S308 - see above
            f'<svg class="qr" viewBox="0 0 {size} {size}" width="220" height="220" role="img" '
            f'aria-labelledby="qr-titel" xmlns="http://www.w3.org/2000/svg"><title id="qr-titel">'
            f'QR-code voor je app</title><rect width="{size}" height="{size}" fill="#fff"/>'
            f'<path d="{dark}" fill="#000"/></svg>'
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_have_second_factor(person=authenticator.user)

"""A code by mail, before an address counts that a school told of somebody through a provider.

The same for every address that could get in: whether somebody is known here, only hears who reads
that mailbox. What waits for the code stands in the session of that browser.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import generate_user_code
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from routekaart.actions.privacy.sessions import MAILBOX
from routekaart.clock import now
from routekaart.models import Person
from routekaart.web.throttle import may_send_code
from routekaart.web.views.errors import too_many, unavailable

# As the mail says.
_HOLDS = timedelta(minutes=15)
_DIGITS = 6
_NOT_SENT = (
    "De mail met je code kon niet weg. Probeer het later weer, of meld je aan met je wachtwoord."
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A first sign-in that waits for its code. `number`: under which tries at it are counted;
    `until`: in seconds; `login`: what a provider told, as django-allauth keeps it."""

    email: str
    code: str
    number: str
    until: float
    login: dict[str, Any]

    @property
    def is_over(self) -> bool:
        """Whether the code is too old."""
        return now().timestamp() >= self.until


def ask_for_code(request: HttpRequest, sociallogin: SocialLogin, email: str) -> HttpResponse:
    """Sends a code to `email` and leads to where it is asked; signing in goes on there."""
    used = may_send_code(request, email)
    if used is None:
        return too_many(request)
    code = generate_user_code(length=_DIGITS, numeric=True, dashed=False)
    # Everybody is asked for a code: that it cannot be sent tells nothing of an address.
    if not get_adapter(request).could_send("account/email/mailbox_code", email, {"code": code}):
        used.rollback()
        return unavailable(request, _NOT_SENT)
    # The provider is asked nothing more, and what it told that nobody reads is not kept.
    sociallogin.token = None
    sociallogin.user, sociallogin.email_addresses = Person(), []
    waiting = Waiting(
        email=email,
        code=code,
        number=secrets.token_urlsafe(16),
        until=(now() + _HOLDS).timestamp(),
        login=sociallogin.serialize(),
    )
    request.session[MAILBOX] = asdict(waiting)
    return redirect("account:mailbox")


def waiting_in(request: HttpRequest) -> Waiting | None:
    """What waits for a code in this session."""
    found: dict[str, Any] | None = request.session.get(MAILBOX)
    return None if found is None else Waiting(**found)


def forget_waiting(request: HttpRequest) -> None:
    """The code of this session is worth nothing any more."""
    request.session.pop(MAILBOX, None)


def go_on(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    """Signs in from where it stopped, now that somebody shows to read that mailbox.

    Raises `SocialApp.DoesNotExist` when the provider was taken away meanwhile.
    """
    forget_waiting(request)
    sociallogin = SocialLogin.deserialize(waiting.login)
    request.reads_mailbox = waiting.email  # type: ignore[attr-defined]  # for `reads_mailbox`
    answer: HttpResponse = complete_social_login(request, sociallogin)
    return answer


def reads_mailbox(request: HttpRequest, email: str) -> bool:
    """Whether who sent this request typed the code that went to `email`."""
    return getattr(request, "reads_mailbox", None) == email

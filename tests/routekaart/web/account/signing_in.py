"""Signing in as people do: by the form, with a code where one is asked."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from routekaart.models import Person

LONG_PASSWORD = "een-lang-wachtwoord"
LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
SET_UP = "/accounts/2fa/totp/activate/"


def sign_in(browser: Client, person: Person, password: str = LONG_PASSWORD, **extra: Any) -> Any:
    """The answer to the form, as it is."""
    return browser.post(LOGIN, {"login": person.email, "password": password}, **extra)


def code_for(secret: str, steps: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up(browser: Client) -> str:
    """Sets up the second step of who is signed in; gives the secret that the app keeps."""
    page = browser.get(SET_UP)
    (secret,) = re.findall(r'<code class="key">([A-Z2-7]+)</code>', page.text)
    answer = browser.post(SET_UP, {"code": code_for(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/recovery-codes/")
    return str(secret)


def kinds_of(person: Person) -> list[str]:
    return sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def is_in(browser: Client) -> bool:
    """Whether this browser is signed in and may see its own data."""
    return browser.get("/mijn-gegevens").status_code == 200


def open_sessions(person: Person) -> tuple[set[str], set[str]]:
    """The keys of all sessions that this person is signed in with, and of those that are listed."""
    own = {
        row.session_key
        for row in Session.objects.all()
        if row.get_decoded().get(SESSION_KEY) == str(person.pk)
    }
    rows = UserSession.objects.filter(user=person)
    return own, set(rows.values_list("session_key", flat=True))

"""When a code by mail is no longer worth anything, and how often one is sent."""

import socket
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from routekaart.clock import now, standing_at
from routekaart.models import Person
from tests.at_once import at_once
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import (
    MAILBOX,
    asked,
    school_of,
    tells,
    through,
    wrong,
)
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
OVER = "Deze code werkt niet meer. Meld je opnieuw aan."


def test_a_code_works_once_and_in_the_own_browser(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m7", school_of(director))
    code = asked(pages, entree, "m7")
    other = Client()
    for answer in (other.get(MAILBOX), other.post(MAILBOX, {"code": code})):
        assert answer["Location"] == "/accounts/login/"
    assert not is_in(other)
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/thuis"
    pages.post("/accounts/logout/")
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/accounts/login/"
    assert not is_in(pages)


def test_a_new_code_makes_the_old_one_worthless(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m8", school_of(director))
    first = asked(pages, entree, "m8")
    second = asked(pages, entree, "m8")
    assert first == second or pages.post(MAILBOX, {"code": first}).status_code == 422
    assert pages.post(MAILBOX, {"code": second}).status_code == 302
    assert is_in(pages)


@pytest.mark.parametrize(("minutes", "gets_in"), [(14, True), (15, False)])
def test_a_code_works_for_a_quarter(
    pages: Client, entree: RealProvider, director: Person, minutes: int, gets_in: bool
) -> None:
    tells(entree, "m9", school_of(director))
    begin = now()
    with standing_at(begin):
        code = asked(pages, entree, "m9")
    with standing_at(begin + timedelta(minutes=minutes)):
        answer = pages.post(MAILBOX, {"code": code}, follow=True)
    assert is_in(pages) is gets_in
    assert (OVER in answer.text) is not gets_in


def test_after_five_wrong_tries_it_is_over(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m10", school_of(director))
    code = asked(pages, entree, "m10")
    # Nothing was tried.
    for typed in ("", "  "):
        page = pages.post(MAILBOX, {"code": typed})
        assert (page.status_code, "Vul de code in." in page.text) == (422, True)
    for _ in range(4):
        page = pages.post(MAILBOX, {"code": wrong(code)})
        assert (page.status_code, "Deze code klopt niet." in page.text) == (422, True)
    assert OVER in pages.post(MAILBOX, {"code": wrong(code)}, follow=True).text
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/accounts/login/"
    assert not is_in(pages)


def test_the_fifth_try_may_be_right(pages: Client, entree: RealProvider, director: Person) -> None:
    tells(entree, "m11", school_of(director))
    code = asked(pages, entree, "m11")
    for _ in range(4):
        pages.post(MAILBOX, {"code": wrong(code)})
    assert pages.post(MAILBOX, {"code": code})["Location"] == "/thuis"
    assert is_in(pages)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_counted_too(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m12", school_of(director))
    code = asked(pages, entree, "m12")
    cookie = pages.cookies["sessionid"].value

    def guess() -> Any:
        browser = Client()
        browser.cookies["sessionid"] = cookie
        return browser.post(MAILBOX, {"code": wrong(code)})

    answers = at_once(*(partial(guess) for _ in range(10)))
    assert len([one for one in answers if "Deze code klopt niet." in one.text]) <= 5
    # Who had to wait too long was not counted.
    for _ in range(5):
        pages.post(MAILBOX, {"code": wrong(code)})
    pages.post(MAILBOX, {"code": code})
    assert not is_in(pages)


@pytest.mark.parametrize("email", ["directie@school.test", "niemand@school.test"])
def test_mail_is_not_sent_without_end(entree: RealProvider, director: Person, email: str) -> None:
    tells(entree, "m13", school_of(director), email)
    answers = [through(Client(), entree, "m13", "entree").status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert [one.to for one in mail.outbox] == [[email]] * 3


@pytest.mark.parametrize("email", ["directie@school.test", "niemand@school.test"])
def test_without_a_mail_server_nobody_waits_for_a_code(
    pages: Client, entree: RealProvider, director: Person, settings: Settings, email: str
) -> None:
    tells(entree, "m15", school_of(director), email)
    there, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    for _ in range(4):
        answer = through(pages, entree, "m15", "entree")
        assert answer.status_code == 503
        assert "De mail met je code kon niet weg." in answer.text
    assert pages.get(MAILBOX).status_code == 302
    # What was not sent does not count.
    settings.EMAIL_BACKEND = there
    assert through(pages, entree, "m15", "entree").status_code == 302
    assert [one.to for one in mail.outbox] == [[email]]


def test_who_goes_on_with_a_password_leaves_no_code(
    pages: Client, entree: RealProvider, director: Person
) -> None:
    tells(entree, "m16", school_of(director))
    asked(pages, entree, "m16")
    director.set_password(LONG_PASSWORD)
    director.save()
    sign_in(pages, director)
    assert SESSION_KEY in pages.session
    assert "mailbox" not in pages.session


def test_a_provider_that_is_gone_meanwhile(
    pages: Client, entree: RealProvider, director: Person, settings: Settings
) -> None:
    tells(entree, "m14", school_of(director))
    code = asked(pages, entree, "m14")
    settings.SIGN_IN_PROVIDERS = ()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert OVER in pages.post(MAILBOX, {"code": code}, follow=True).text
    assert not is_in(pages)

"""Choosing a password by mail, the first time and when it is forgotten."""

import re
import time

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from routekaart.models import Person
from tests.makers import make_person

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/reset/"
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _asked_nothing_before() -> None:
    cache.clear()


def ask(pages: Client, email: str) -> str:
    answer = pages.post(ASK, {"email": email}, follow=True)
    assert answer.redirect_chain == [(f"{ASK}done/", 302)]
    return answer.content.decode()


def link_in(message: EmailMessage) -> str:
    found = re.search(r"https?://\S+", str(message.body))
    assert found is not None
    return found[0]


def choose(pages: Client, link: str, *passwords: str) -> tuple[str, list[str]]:
    """What the page says after a choice: all of it, and the errors in it."""
    page = pages.get(link, follow=True)
    (action,) = re.findall(
        r'<form class="sheet boxed" method="post" action="([^"]*)"', str(page.text)
    )
    first, second = (*passwords, *passwords)[:2]
    html = pages.post(action, {"password1": first, "password2": second}, follow=True).text
    return html, re.findall(r"Fout: </span>([^<]*)</span>", html)


def test_who_has_no_password_yet_chooses_one(
    pages: Client, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test/"
    person = make_person("Noor Voorbeeld")
    assert f'href="{ASK}"' in pages.get("/accounts/login/").text
    assert "Kijk in je mail" in ask(pages, person.email.upper())
    (message,) = mailoutbox
    assert (message.subject, message.to) == ("Kies je wachtwoord", [person.email])
    link = link_in(message)
    assert link.startswith("https://routekaart.school.test/accounts/password/reset/key/")
    link = link.removeprefix("https://routekaart.school.test")
    assert choose(pages, link, "kort7")[1] == [
        "Dit wachtwoord is te kort. Gebruik minstens 10 tekens."
    ]
    assert choose(pages, link, PASSWORD, "iets-heel-anders")[1] == [
        "Je moet hetzelfde wachtwoord twee keer intoetsen."
    ]
    assert len(choose(pages, link, "kort")[1]) == 1
    html, errors = choose(pages, link, PASSWORD)
    assert ("Dag Noor Voorbeeld" in html, errors) == (True, [])
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)
    # The link has done its work.
    assert "Deze link werkt niet meer" in Client().get(link, follow=True).text


def test_without_an_address_of_its_own_the_link_goes_to_where_it_was_asked(
    pages: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = make_person(password=PASSWORD)
    ask(pages, person.email)
    assert link_in(mailoutbox[0]).startswith("http://testserver/accounts/password/reset/key/")


def test_nobody_learns_who_has_an_account(pages: Client, mailoutbox: list[EmailMessage]) -> None:
    left = make_person("Weg Gegaan", password=PASSWORD)
    Person.objects.filter(pk=left.pk).update(is_active=False)
    emails = [make_person(password=PASSWORD).email, "niemand@voorbeeld.test", left.email]
    said = {re.sub(r'value="[^"]*"', "", ask(pages, email)) for email in emails}
    assert len(said) == 1
    assert [message.subject for message in mailoutbox] == [
        "Kies je wachtwoord",
        "Geen account met dit adres",
        "Geen account met dit adres",
    ]
    assert "http" not in str(mailoutbox[1].body)


def test_a_mail_server_that_is_away_changes_nothing_of_the_answer(
    pages: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # Nobody listens on port 1.
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "Kijk in je mail" in ask(pages, make_person(password=PASSWORD).email)
    assert [record.message for record in caplog.records] == [
        "Mail about signing in could not be sent."
    ]


def test_who_asks_too_often_waits(
    pages: Client, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody fills the mailbox of somebody else, however patient: three letters an hour."""
    now, email = time.time(), make_person().email
    answers = []
    for minutes in (0, 2, 4, 6, 58, 61):
        monkeypatch.setattr(time, "time", lambda at=now + minutes * 60: at)
        answers.append(pages.post(ASK, {"email": email.upper()}))
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429, 302]
    assert "Probeer het later weer." in answers[3].text
    assert len(mailoutbox) == 4
    # Only this address.
    ask(pages, make_person().email)


@pytest.mark.parametrize("address", [ASK, f"{ASK}done/", f"{ASK}key/1-nep/"])
def test_the_pages_have_one_heading_and_no_style_of_their_own(pages: Client, address: str) -> None:
    html = pages.get(address, follow=True).text
    assert " style=" not in html
    assert html.count("<h1") == 1

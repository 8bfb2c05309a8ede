"""Another e-mail address to sign in with: it counts once it is confirmed."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth import SESSION_KEY
from django.core.mail import EmailMessage
from django.test import Client

from routekaart.models import Person
from tests.makers import make_colleague, make_person, make_team
from tests.routekaart.web.account.signing_in import LOGIN, LONG_PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team(), password=LONG_PASSWORD)


def browser(person: Person) -> Client:
    made = Client()
    assert sign_in(made, person).status_code == 302
    return made


def test_another_address_counts_once_it_is_confirmed(
    person: Person, mailoutbox: list[EmailMessage]
) -> None:
    mine = browser(person)
    old = person.email
    answer = mine.post("/accounts/email/", {"email": "Nieuw@Voorbeeld.test", "action_add": ""})
    assert answer.status_code == 302
    assert Person.objects.get(pk=person.pk).email == old
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Bevestig je e-mailadres", ["nieuw@voorbeeld.test"])
    link = re.search(r"http://testserver(/\S+)", str(mail.body))
    assert link is not None
    assert "Hierna meld je je aan met nieuw@voorbeeld.test" in mine.get(link[1]).text
    # Looking is not enough: mailboxes look at links too.
    assert Person.objects.get(pk=person.pk).email == old
    mine.post(link[1])
    assert Person.objects.get(pk=person.pk).email == "nieuw@voorbeeld.test"
    # The old address hears of it, so that a thief is noticed.
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (
        [old],
        "Je account bij Routekaart is gewijzigd",
    )
    assert "Deze link werkt niet meer" in mine.get(link[1]).text


def test_an_address_of_somebody_else_changes_nothing(
    person: Person, mailoutbox: list[EmailMessage]
) -> None:
    other = make_colleague(make_team(), password=LONG_PASSWORD)
    mine = browser(person)
    answers = [
        mine.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)
        for email in (other.email, "vrij@voorbeeld.test")
    ]
    # The page says the same, only the owner of the address hears more.
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [mail.subject for mail in mailoutbox] == [
        "Dit adres is al in gebruik",
        "Bevestig je e-mailadres",
    ]
    assert Person.objects.get(pk=other.pk).email == other.email


def test_an_address_that_a_school_gave_to_somebody_meanwhile(person: Person) -> None:
    mine, old = browser(person), person.email
    mine.post("/accounts/email/", {"email": "vrij@voorbeeld.test", "action_add": ""})
    address = EmailAddress.objects.get(email="vrij@voorbeeld.test")
    Person.objects.filter(pk=make_person().pk).update(email="vrij@voorbeeld.test")
    answer = mine.post(
        f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/", follow=True
    )
    assert "Dit adres is intussen van iemand anders." in answer.text
    assert Person.objects.get(pk=person.pk).email == old


def test_the_address_of_now_cannot_be_given_up(person: Person) -> None:
    mine = browser(person)
    for action in ("action_remove", "action_primary"):
        mine.post("/accounts/email/", {"email": person.email, action: ""})
        assert Person.objects.get(pk=person.pk).email == person.email


def test_an_open_session_changes_no_address(person: Person, mailoutbox: list[EmailMessage]) -> None:
    """As on a laptop that was left open: the password is asked first."""
    mine = Client()
    mine.force_login(person)
    answer = mine.post("/accounts/email/", {"email": "nieuw@voorbeeld.test", "action_add": ""})
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert mailoutbox == []
    assert not EmailAddress.objects.filter(email="nieuw@voorbeeld.test").exists()
    # With it one goes on where one was.
    mine.post(answer["Location"], {"password": LONG_PASSWORD})
    assert [mail.to for mail in mailoutbox] == [["nieuw@voorbeeld.test"]]


def waits_for(person: Person, email: str) -> None:
    """Somebody asks for another address, and does not confirm it."""
    browser(person).post("/accounts/email/", {"email": email, "action_add": ""})
    assert EmailAddress.objects.filter(user=person, email=email, verified=False).exists()


def test_an_address_that_is_not_confirmed_is_no_way_in(
    pages: Client, person: Person, mailoutbox: list[EmailMessage]
) -> None:
    """Not for who reads that mailbox, and not with the password either."""
    waits_for(person, "typefout@elders.test")
    mailoutbox.clear()
    pages.post("/accounts/password/reset/", {"email": "typefout@elders.test"})
    assert [mail.subject for mail in mailoutbox] == ["Geen account met dit adres"]
    pages.post(LOGIN, {"login": "typefout@elders.test", "password": LONG_PASSWORD})
    assert not is_in(pages)
    # The own one is, in capitals too.
    pages.post("/accounts/password/reset/", {"email": person.email.upper()})
    assert mailoutbox[-1].subject == "Kies je wachtwoord"
    pages.post(LOGIN, {"login": person.email.upper(), "password": LONG_PASSWORD})
    assert is_in(pages)


def test_nor_is_it_in_the_way_of_whose_address_it_is(
    pages: Client, person: Person, mailoutbox: list[EmailMessage]
) -> None:
    other = make_person(password="het-wachtwoord-van-de-ander")
    waits_for(person, other.email)
    mailoutbox.clear()
    pages.post("/accounts/password/reset/", {"email": other.email})
    (mail,) = mailoutbox
    link = re.search(r"http://testserver(/\S+)", str(mail.body))
    assert link is not None
    page = pages.get(link[1], follow=True)
    (action,) = re.findall(r'<form class="sheet boxed" method="post" action="([^"]*)"', page.text)
    pages.post(action, {"password1": LONG_PASSWORD, "password2": LONG_PASSWORD})
    assert pages.session[SESSION_KEY] == str(other.pk)
    # Of two with the same password it is the one whose address this is.
    again = Client()
    sign_in(again, other)
    assert again.session[SESSION_KEY] == str(other.pk)


def test_sessions_of_before_go_on(pages: Client, person: Person) -> None:
    pages.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    assert is_in(pages)

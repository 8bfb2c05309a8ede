"""An address that somebody asked for and did not confirm goes when its link has ended."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation, EmailConfirmationHMAC
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from routekaart import clock
from routekaart.actions.unconfirmed_addresses import forget_unconfirmed_addresses
from routekaart.models import Person
from tests.makers import make_person
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, sign_in
from worker.cleaning import retain

pytestmark = pytest.mark.django_db
NEW = "nieuw@voorbeeld.test"
DAYS = timedelta(days=3)


@pytest.fixture
def person() -> Person:
    return make_person(password=LONG_PASSWORD)


@pytest.fixture
def browser(person: Person) -> Client:
    made = Client()
    sign_in(made, person)
    made.post("/accounts/email/", {"email": NEW, "action_add": ""})
    return made


def addresses(person: Person) -> set[str]:
    return set(EmailAddress.objects.filter(user=person).values_list("email", flat=True))


def asked_at() -> EmailConfirmation:
    return EmailConfirmation.objects.get()


@pytest.mark.usefixtures("browser")
def test_it_goes_after_three_days(person: Person) -> None:
    sent = asked_at().sent
    assert sent is not None
    early = sent + DAYS - timedelta(seconds=1)
    assert (forget_unconfirmed_addresses(at=early), addresses(person)) == (0, {person.email, NEW})
    assert (forget_unconfirmed_addresses(at=sent + DAYS), addresses(person)) == (1, {person.email})
    assert not EmailConfirmation.objects.exists()


def test_a_new_link_gives_it_three_days_more(person: Person, browser: Client) -> None:
    EmailConfirmation.objects.update(sent=clock.now() - DAYS)
    # More than one letter in a few minutes is not sent.
    cache.clear()
    browser.post("/accounts/email/", {"email": NEW, "action_send": ""})
    assert forget_unconfirmed_addresses(at=clock.now()) == 0
    assert addresses(person) == {person.email, NEW}


def test_one_that_was_confirmed_stays(person: Person, browser: Client) -> None:
    address = EmailAddress.objects.get(email=NEW)
    browser.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/")
    assert forget_unconfirmed_addresses(at=clock.now() + DAYS) == 0
    assert addresses(person) == {NEW}


def test_so_does_the_own_one_though_nobody_confirmed_it(person: Person) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=False)
    assert forget_unconfirmed_addresses(at=clock.now() + DAYS) == 0
    assert addresses(person) == {person.email}


def test_of_an_address_of_somebody_else_too(
    person: Person, browser: Client, mailoutbox: list[EmailMessage]
) -> None:
    """Its owner got another letter, but how long it stands there tells nothing."""
    other = make_person()
    browser.post("/accounts/email/", {"email": other.email, "action_add": ""})
    assert mailoutbox[-1].subject == "Dit adres is al in gebruik"
    assert forget_unconfirmed_addresses(at=clock.now()) == 0
    assert addresses(person) == {person.email, other.email}


@pytest.mark.usefixtures("browser")
def test_the_daily_task_does_it(person: Person) -> None:
    EmailConfirmation.objects.update(sent=clock.now() - DAYS)
    retain()
    assert addresses(person) == {person.email}

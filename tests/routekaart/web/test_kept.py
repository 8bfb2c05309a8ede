"""For whom a form waits when its session has ended, how long, and how much of it."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from routekaart.actions.privacy.sessions import KEPT_FORM
from routekaart.models import Person
from routekaart.web.kept import FOR_WHOM, for_whom
from tests.makers import make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db
PAGE = "/mijn-gegevens"


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team())


def send(token: str, text: str = "Nog niet bewaard.", **extra: Any) -> int:
    """From a browser without a session; gives how many sessions there are after that."""
    answer = Client().post(PAGE, {FOR_WHOM: token, "tekst": text}, **extra)
    assert answer["Location"] == "/accounts/login/?next=/mijn-gegevens"
    return Session.objects.count()


def test_a_form_waits_for_who_it_was_made_for(person: Person) -> None:
    assert send(for_whom(person)) == 1


def test_not_for_whom_is_not_there_any_more(person: Person) -> None:
    gone = make_person()
    token = for_whom(gone)
    gone.delete()
    assert send(token) == 0
    token = for_whom(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert send(token) == 0


@pytest.mark.parametrize(("late", "kept"), [(-60, 1), (60, 0)])
def test_a_form_is_as_old_as_a_session_becomes(
    person: Person, monkeypatch: pytest.MonkeyPatch, late: int, kept: int
) -> None:
    token, now = for_whom(person), time.time()
    monkeypatch.setattr(time, "time", lambda: now + settings.SESSION_COOKIE_AGE + late)
    assert send(token) == kept


def test_of_nobody_yet_less_is_kept_and_not_without_end(person: Person) -> None:
    token = for_whom(person)
    assert send(token, "x" * 50_000) == 0
    assert [send(token) for _ in range(62)] == [*range(1, 61), 60, 60]
    # An old cookie is no session.
    browser = Client(REMOTE_ADDR="203.0.113.7")
    browser.cookies[settings.SESSION_COOKIE_NAME] = "oud"
    browser.post(PAGE, {FOR_WHOM: token, "tekst": "x" * 50_000})
    assert Session.objects.count() == 60
    # Another address is not held up.
    assert send(token, REMOTE_ADDR="203.0.113.8") == 61


def test_signed_in_nothing_is_counted_and_more_is_kept(person: Person) -> None:
    """Nothing is added there: what waits takes the place of what waited."""
    browser, token = Client(enforce_csrf_checks=True), for_whom(person)
    browser.force_login(person)
    for length in (10, *[100_000] * 61, 200_000):
        browser.post(PAGE, {FOR_WHOM: token, "tekst": "x" * length})
    (session,) = Session.objects.all()
    assert len(session.get_decoded()[KEPT_FORM]["fields"]) == len("tekst=") + 100_000

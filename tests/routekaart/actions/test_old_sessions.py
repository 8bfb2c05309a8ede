"""Sessions that are over go, with what stands in them, and so do rows of sessions that are gone."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart import clock
from routekaart.actions import old_sessions
from routekaart.actions.old_sessions import forget_old_sessions
from routekaart.actions.privacy.sessions import KEPT_FORM
from routekaart.models import Person
from tests.makers import make_person
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, is_in, sign_in
from worker.cleaning import retain

pytestmark = pytest.mark.django_db
_SECOND = timedelta(seconds=1)


@pytest.fixture
def person() -> Person:
    return make_person(password=LONG_PASSWORD)


def came_in(person: Person) -> tuple[Client, str]:
    browser = Client()
    sign_in(browser, person)
    return browser, str(browser.session.session_key)


def kept_form() -> str:
    """A session of nobody, in which a form waits."""
    store = SessionStore()
    store[KEPT_FORM] = {"for": "", "path": "/", "fields": "naam=Robin"}
    store.create()
    return str(store.session_key)


def listed() -> set[str]:
    return set(UserSession.objects.values_list("session_key", flat=True))


def test_what_is_over_goes_and_the_rest_stays(person: Person) -> None:
    (_, old), (browser, young) = came_in(person), came_in(person)
    form, waiting = kept_form(), kept_form()
    at = clock.now()
    Session.objects.filter(pk__in=[old, form]).update(expire_date=at)
    Session.objects.filter(pk__in=[young, waiting]).update(expire_date=at + _SECOND)
    assert forget_old_sessions(at=at) == 2
    assert set(Session.objects.values_list("pk", flat=True)) == {young, waiting}
    assert listed() == {young}
    assert forget_old_sessions(at=at) == 0
    Session.objects.filter(pk=young).update(expire_date=clock.now() + timedelta(days=1))
    assert is_in(browser)


def test_a_row_of_a_session_that_was_taken_away_goes(person: Person) -> None:
    """Its address and browser would stay until somebody signs in again."""
    (_, gone), (_, here) = came_in(person), came_in(person)
    Session.objects.filter(pk=gone).delete()
    assert forget_old_sessions(at=clock.now()) == 0
    assert listed() == {here}


def test_the_daily_task_does_it(person: Person) -> None:
    _, old = came_in(person)
    Session.objects.filter(pk=old).update(expire_date=clock.now() - _SECOND)
    retain()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_many_go_a_part_at_a_time(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction of theirs grows with how many there are."""
    monkeypatch.setattr(old_sessions, "_AT_ONCE", 2)
    counts = []
    for many in (1, 3):
        for _ in range(many):
            came_in(person)
        Session.objects.update(expire_date=clock.now() - _SECOND)
        with CaptureQueriesContext(connection) as queries:
            assert forget_old_sessions(at=clock.now()) == many
        counts.append(sum(one["sql"].startswith("DELETE") for one in queries))
        assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    # One part of each table, and then two.
    assert counts == [2, 4]

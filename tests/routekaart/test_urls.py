"""What answers when something goes wrong outside every view: in middleware, at the session."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from tests.makers import make_colleague, make_team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser that is signed in, of a site whose database went away."""
    browser = Client(raise_request_exception=False)
    browser.force_login(make_colleague(make_team()))
    connection.close()

    def refused(_self: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "connect", refused)
    return browser


@pytest.mark.parametrize(
    "address", ["/thuis", "/mijn-gegevens", "/accounts/login/", "/bestaat-niet"]
)
def test_a_page_says_that_the_data_are_away(away: Client, address: str) -> None:
    answer = away.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "<p>De gegevens zijn even niet bereikbaar. Probeer het zo opnieuw.</p>" in answer.text


def test_the_api_says_so_in_its_own_words(away: Client) -> None:
    answer = away.get("/api/v1/routekaarten")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == "5"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Even niet beschikbaar",
        "status": 503,
        "detail": "De gegevens zijn even niet bereikbaar. Probeer het zo opnieuw.",
        "code": "try_again",
    }


def test_anything_else_is_still_unexpected(pages: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("geheim: wachtwoord")

    pages.force_login(make_colleague(make_team()))
    pages.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)
    for address, code in (("/thuis", "Er ging iets mis"), ("/api/v1/routekaarten", "unexpected")):
        answer = pages.get(address)
        assert (answer.status_code, code in answer.text, "geheim" in answer.text) == (
            500,
            True,
            False,
        )

"""How often somebody may ask, and what the answers say of it."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from routekaart import clock
from routekaart.access import Role
from routekaart.actions.request_counts import count_request, forget_request_counts
from routekaart.clock import standing_at
from routekaart.models import IdempotencyKey, Person, RequestCount
from tests.at_once import at_once
from tests.makers import ApiClient, client_for, make_colleague, make_school, make_team
from worker.cleaning import retain

pytestmark = pytest.mark.django_db

OPEN = "/interventions?limit=1"


@pytest.fixture(autouse=True)
def _limits(settings: Settings, catalogue: Any) -> None:  # noqa: ARG001  (loads the tables)
    settings.API_REQUESTS_PER_MINUTE = {"token": 3, "person": 2, "address": 2}


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team(make_school(), "Onderbouw"), Role.MEMBER)


def left(response: Any) -> tuple[str, str]:
    """The limit, and how many are left of it."""
    return response["RateLimit-Policy"], response["RateLimit"].split(";t=")[0]


def test_every_answer_says_what_is_left(person: Person) -> None:
    client = client_for(person)
    policy = '"token";q=3;w=60'
    assert left(client.call("get", "/me")) == (policy, '"token";r=2')
    # Also one that is refused.
    assert left(client.call("get", "/me?odd=1")) == (policy, '"token";r=1')
    assert left(client.call("get", "/schools")) == (policy, '"token";r=0')


def test_too_many_is_a_problem_that_says_when_to_come_back(person: Person) -> None:
    client = client_for(person)
    with standing_at(clock.now()):
        for _ in range(3):
            assert client.call("get", "/me").status_code == 200
        refused = client.call("get", "/me")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json() == {
        "type": "about:blank",
        "title": "Te veel verzoeken",
        "status": 429,
        "detail": "Dit zijn te veel verzoeken in een minuut. Probeer het over 60 seconden opnieuw.",
        "code": "too_many_requests",
    }
    assert (refused["Retry-After"], refused["RateLimit"]) == ("60", '"token";r=0;t=60')


def test_a_new_minute_begins_with_a_new_count(person: Person) -> None:
    client, start = client_for(person), clock.now()
    with standing_at(start):
        for _ in range(4):
            client.call("get", "/me")
    with standing_at(start + timedelta(seconds=59)):
        late = client.call("get", "/me")
        assert (late.status_code, late["Retry-After"]) == (429, "1")
    with standing_at(start + timedelta(seconds=60)):
        assert client.call("get", "/me")["RateLimit"] == '"token";r=2;t=60'


def test_each_token_has_its_own(person: Person) -> None:
    one, other = client_for(person), client_for(person)
    for _ in range(4):
        one.call("get", "/me")
    assert other.call("get", "/me")["RateLimit"].startswith('"token";r=2;')


def test_a_session_counts_for_its_person(person: Person, pages: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE["address"] = 1
    pages.force_login(person)
    elsewhere = Client()
    elsewhere.force_login(person)
    for client in (pages, elsewhere):
        assert client.get("/api/v1/me").status_code == 200
    assert pages.get("/api/v1/me").status_code == 429
    # Pages are no API.
    assert "RateLimit" not in pages.get("/", follow=True)


def test_who_is_nobody_counts_by_address() -> None:
    nobody = ApiClient()
    assert left(nobody.call("get", OPEN)) == ('"address";q=2;w=60', '"address";r=1')
    # So does a token that is none: guessing has an end.
    assert ApiClient("rk_guess").call("get", "/me").status_code == 401
    assert ApiClient("rk_another").call("get", "/me").status_code == 429
    assert nobody.call("get", OPEN).status_code == 429
    assert nobody.call("get", OPEN, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_good_token_is_not_stopped_by_its_address(person: Person) -> None:
    for _ in range(4):
        ApiClient("rk_guess").call("get", "/me")
    assert client_for(person).call("get", "/me").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "first", "second", "same"),
    [
        # What a visitor says of itself is not believed.
        (0, "10.0.0.1", "10.0.0.2", True),
        (1, "10.0.0.1, 203.0.113.9", "10.0.0.2, 203.0.113.9", True),
        (1, "10.0.0.1, 203.0.113.9", "10.0.0.1, 203.0.113.8", False),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9, 10.0.0.2", True),
        # A network of IPv6 is one visitor.
        (1, "2001:db8:1:2::3", "2001:db8:1:2::4", True),
        (1, "2001:db8:1:2::3", "2001:db8:1:3::3", False),
        # Not through our proxies, or no address at all: that of the connection.
        (2, "10.0.0.1", "10.0.0.2", True),
        (1, "what", "ever", True),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Settings, proxies: int, first: str, second: str, same: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for address in (first, second):
        ApiClient().call("get", OPEN, HTTP_X_FORWARDED_FOR=address)
    assert RequestCount.objects.count() == (1 if same else 2)


def test_no_limit_no_count(person: Person, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE["token"] = 0
    assert "RateLimit" not in client_for(person).call("get", "/me")
    assert not RequestCount.objects.exists()


def test_counting_is_one_query_more(person: Person, settings: Settings) -> None:
    client = client_for(person)
    client.call("get", "/me")
    with CaptureQueriesContext(connection) as counted:
        client.call("get", "/me")
    settings.API_REQUESTS_PER_MINUTE["token"] = 0
    with CaptureQueriesContext(connection) as uncounted:
        client.call("get", "/me")
    assert len(counted) == len(uncounted) + 1


def test_nothing_that_was_counted_says_who(person: Person) -> None:
    client_for(person).call("get", "/me")
    ApiClient().call("get", OPEN, REMOTE_ADDR="192.0.2.7")
    assert [len(row.key) for row in RequestCount.objects.all()] == [64, 64]


def test_counts_of_minutes_that_are_over_go() -> None:
    now = clock.now()
    for who, at in (("a", now - timedelta(seconds=61)), ("b", now - timedelta(seconds=30))):
        count_request(policy="token", who=who, quota=3, at=at)
    assert forget_request_counts(at=now) == 1
    assert RequestCount.objects.count() == 1


def test_the_daily_task_takes_away_what_is_kept_too_long(person: Person) -> None:
    past = clock.now() - timedelta(hours=25)
    count_request(policy="token", who="a", quota=3, at=past)
    IdempotencyKey.objects.create(person=person, key="old", fingerprint="f")
    IdempotencyKey.objects.update(created_at=past)
    retain()
    assert not RequestCount.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_counted_nobody_is_stopped(person: Person) -> None:
    client = client_for(person)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE routekaart_requestcount RENAME TO away")
    try:
        answers = [client.call("get", "/me") for _ in range(4)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO routekaart_requestcount")
    assert [answer.status_code for answer in answers] == [200] * 4
    assert "RateLimit" not in answers[0]


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_none_is_missed(person: Person, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE["token"] = 100
    client = client_for(person)
    answers = at_once(*[partial(client.call, "get", "/me") for _ in range(8)])
    assert [answer.status_code for answer in answers] == [200] * 8
    remaining = sorted(int(answer["RateLimit"].split("r=")[1].split(";")[0]) for answer in answers)
    assert remaining == list(range(92, 100))

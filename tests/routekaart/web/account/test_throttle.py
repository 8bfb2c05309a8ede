"""Guessing passwords: how many guesses are looked at, and who can still sign in meanwhile."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from routekaart.models import CacheEntry, Person
from tests.at_once import at_once
from tests.makers import make_person
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, is_in, sign_in
from tests.tiers import examples

pytestmark = pytest.mark.django_db
ATTEMPTS = examples(100, 1000)
MOST_HASHED = 20


class CountingHasher(Argon2PasswordHasher):
    """The real one, with cheap settings, that counts how often it works."""

    time_cost, memory_cost, parallelism = 1, 8, 1
    calls = 0

    def encode(self, password: str, salt: str) -> Any:
        CountingHasher.calls += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.calls += 1
        return bool(super().verify(password, encoded))

    def must_update(self, encoded: str) -> bool:  # noqa: ARG002
        return False


@pytest.fixture(autouse=True)
def _counting(settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    yield
    CountingHasher.calls = 0


@pytest.fixture
def victim() -> Person:
    person = make_person("Vera Voorbeeld", password=LONG_PASSWORD)
    CountingHasher.calls = 0
    return person


def forwarded(number: int) -> dict[str, str]:
    return {"HTTP_X_FORWARDED_FOR": f"10.{number // 250}.{number % 250}.7"}


@pytest.mark.parametrize("proxies", [0, 1])
def test_guesses_at_many_accounts_hardly_reach_the_hasher(
    settings: Settings, pages: Client, victim: Person, proxies: int
) -> None:
    """Each from another address, as its header says; each at another account."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answers = set()
    for number in range(ATTEMPTS):
        email = victim.email if number % 3 == 0 else f"iemand{number}@voorbeeld.test"
        header = forwarded(number)
        if proxies:
            # Our own proxy adds whom it really spoke to.
            header["HTTP_X_FORWARDED_FOR"] += ", 203.0.113.9"
        data = {"login": email, "password": f"gok-nummer-{number}"}
        answers.add(pages.post("/accounts/login/", data, **header).status_code)  # type: ignore[arg-type]
    assert 0 < CountingHasher.calls <= MOST_HASHED
    assert answers == {200, 429}


def test_guesses_at_one_account_from_everywhere(
    settings: Settings, pages: Client, victim: Person
) -> None:
    """Even where every guess truly comes from elsewhere, the account itself counts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(ATTEMPTS):
        sign_in(pages, victim, f"gok-{number}", **forwarded(number))
    assert CountingHasher.calls == 5


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_too(victim: Person) -> None:
    answers = at_once(
        *(partial(sign_in, Client(), victim, f"gok-{number}") for number in range(10))
    )
    assert {answer.status_code for answer in answers} <= {200, 429}
    assert CountingHasher.calls <= 5


def refused(pages: Client, victim: Person, **extra: Any) -> Any:
    for number in range(6):
        answer = sign_in(pages, victim, f"gok-{number}", **extra)
    return answer


def test_the_page_says_when_to_try_again_and_then_it_works(pages: Client, victim: Person) -> None:
    before = timezone.localtime()
    answer = refused(pages, victim)
    assert answer.status_code == 429
    said = re.search(r"Vanaf (\d\d)\.(\d\d) uur kun je het weer proberen", answer.text)
    assert said is not None
    wait = int(answer["Retry-After"])
    at = before + timedelta(seconds=wait)
    assert abs(at - before) <= timedelta(minutes=6)
    assert {(at + timedelta(seconds=one)).strftime("%H.%M") for one in (-1, 0, 1, 2)} & {
        f"{said[1]}.{said[2]}"
    }
    assert "Wachtwoord vergeten" in answer.text
    # The right one does not help before that time, and is not even looked at.
    looked_at = CountingHasher.calls
    assert sign_in(pages, victim).status_code == 429
    assert CountingHasher.calls == looked_at
    _five_minutes_pass()
    assert sign_in(pages, victim).status_code == 302
    assert is_in(pages)


def _five_minutes_pass() -> None:
    """For what the cache holds: each moment in it becomes five minutes older."""
    for row in CacheEntry.objects.all():
        name = row.cache_key.removeprefix(":1:")
        value = cache.get(name)
        if isinstance(value, list):
            cache.set(name, [moment - 301 for moment in value], 300)


def test_who_is_locked_out_by_others_gets_in_by_mail(
    pages: Client, victim: Person, mailoutbox: list[EmailMessage]
) -> None:
    refused(Client(), victim, REMOTE_ADDR="198.51.100.7")
    assert sign_in(pages, victim).status_code == 429
    pages.post("/accounts/password/reset/", {"email": victim.email})
    link = re.search(r"http://testserver(/\S+)", str(mailoutbox[-1].body))
    assert link is not None
    page = pages.get(link[1], follow=True)
    (action,) = re.findall(r'<form class="sheet boxed" method="post" action="([^"]*)"', page.text)
    new = "een-nieuw-wachtwoord"
    pages.post(action, {"password1": new, "password2": new})
    assert is_in(pages)
    # And by password again, at once.
    assert sign_in(Client(), victim, new).status_code == 302


def test_one_account_that_is_locked_does_not_lock_the_school(pages: Client, victim: Person) -> None:
    colleague = make_person(password=LONG_PASSWORD)
    for number in range(40):
        sign_in(Client(), victim, f"gok-{number}")
    assert sign_in(pages, colleague).status_code == 302


def test_what_goes_well_is_not_counted(victim: Person) -> None:
    for _ in range(30):
        assert sign_in(Client(), victim).status_code == 302


def test_every_process_counts_along(victim: Person) -> None:
    """What is counted stands in the database, not in the memory of one process."""
    refused(Client(), victim)
    assert CacheEntry.objects.filter(cache_key__contains="login_failed").exists()
    assert not CacheEntry.objects.filter(cache_key__contains=victim.email).exists()


def test_a_header_that_is_too_short_is_no_fault(
    settings: Settings, pages: Client, victim: Person
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert sign_in(pages, victim, HTTP_X_FORWARDED_FOR="10.0.0.1").status_code == 302


def test_the_moment_is_on_the_whole_minute(pages: Client, victim: Person) -> None:
    wait = int(refused(pages, victim)["Retry-After"])
    at = datetime.now(tz=timezone.get_current_timezone()) + timedelta(seconds=wait)
    assert at.second in {58, 59, 0, 1}

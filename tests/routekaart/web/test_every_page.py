"""What holds for every page on the side of the server: who sees it, in how many queries."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve

from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.clock import standing_at
from tests.forms_in import forms_in, links
from tests.page_table import every_page
from tests.page_world import MOMENT, World

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
TYPED = "Getypt in {}."
# What answers with something else than a page, and why.
NO_PAGE = {
    "home": "leads on to where somebody's work is",
    "intake:presence": "part of a step: who else is busy",
    "intake:onward": "leads on to the next step",
    "overview:export": "a table to download",
    "documents:download": "a document",
    "calendar_feed:feed": "a calendar",
    "calendar_feed:study_day": "a study day for the calendar",
    "office:budget_table": "a table to download",
    "office:list_template": "an example to download",
    "office:word_example": "an example to download",
    "office:word_file": "a template to download",
    "office:word_trial": "a filled template to download",
    "week:close_scan": "only posted to",
    "mfa_index": "leads to the own account",
    "openid_connect_login": "leads to a provider elsewhere",
    "openid_connect_callback": "where a provider leads back to",
    "documents:mr_summary": "only posted to",
    "admin:autocomplete": "Django's, answers to scripts",
    "admin:jsi18n": "Django's, a script",
    "admin:view_on_site": "Django's, leads elsewhere",
    "admin:app_list": "Django's, the same as its index",
    "admin:login": "leads to sign-in",
    "admin:logout": "leads to sign-out",
    "admin:password_change": "Django's own form; here a password is chosen by mail",
    "admin:password_change_done": "Django's, one sentence",
    "admin:routekaart_schoolcourse_delete": "nothing is deleted there",
    "admin:routekaart_courseoverride_delete": "nothing is deleted there",
}
# Pages that stand behind an action, and the test that looks at them.
_SECOND_FACTOR = "tests/routekaart/web/account/test_second_factor.py"
JUDGED_ELSEWHERE = {
    "account_change_password": "tests/routekaart/web/account/test_sessions.py",
    "account_reauthenticate": _SECOND_FACTOR,
    "mfa_authenticate": _SECOND_FACTOR,
    "mfa_reauthenticate": _SECOND_FACTOR,
    "mfa_deactivate_totp": _SECOND_FACTOR,
    "mfa_view_recovery_codes": _SECOND_FACTOR,
    "mfa_generate_recovery_codes": _SECOND_FACTOR,
    "account:mailbox": "tests/browser/test_behind_an_action.py",
    "office:list_done": "tests/browser/test_behind_an_action.py",
}


@pytest.fixture
def world(catalogue: Catalogue) -> Iterator[World]:  # noqa: ARG001  (loaded first)
    with standing_at(MOMENT):
        yield World()


def test_every_page_is_for_its_roles_and_takes_few_queries(world: World) -> None:
    """All in one test, because building the world takes longer than asking all of it."""
    clients: dict[Role | None, Client] = {None: Client()}
    for role, person in world.people.items():
        clients[role] = Client()
        clients[role].force_login(person)
    wrong: list[str] = []
    refused: set[tuple[Role | None, str]] = set()
    led_to: dict[tuple[Role | None, str], str] = {}
    for page in every_page():
        address = page.address(world)
        for who, client in clients.items():
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            allowed = not page.roles or who in page.roles
            if page.for_visitors and who is not None:
                allowed = False
            expected = (
                {200} if allowed else {302} if who is None or page.for_visitors else {403, 404}
            )
            if response.status_code in {403, 404}:
                refused.add((who, address))
            for target in links(response):
                led_to[who, target] = address
            if response.status_code not in expected:
                wrong.append(f"{page}: {who or 'nobody'} gets {response.status_code}")
            if len(queries) > MOST_QUERIES:
                wrong.append(f"{page}: {who or 'nobody'} takes {len(queries)} queries")
    wrong += [
        f"{source} leads {who} to {target}, where this role is refused"
        for (who, target), source in led_to.items()
        if (who, target) in refused
    ]
    assert wrong == []


def test_every_page_stands_in_a_table(world: World) -> None:
    """So that none is left out of what is asked of all of them."""
    known = {resolve(urlsplit(page.address(world)).path).view_name for page in every_page()}
    found = {name for name in _names(get_resolver()) if not name.startswith("api:")}
    assert found - known == set(NO_PAGE) | set(JUDGED_ELSEWHERE)
    assert not known & (set(NO_PAGE) | set(JUDGED_ELSEWHERE))


def _names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _names(one, f"{before}{one.namespace}:" if one.namespace else before)
        elif one.name:
            yield f"{before}{one.name}"


def test_every_refused_form_says_so(world: World) -> None:
    """Each form sent empty: if refused, the title says so and the errors lead to fields."""
    wrong, refused = [], 0
    for page in every_page():
        if not page.roles or page.address(world).startswith("/catalogusbeheer/"):
            continue
        address = page.address(world)
        client = Client()
        client.force_login(world.people[page.roles[0]])
        for form in forms_in(client.get(address)):
            if not form.texts:
                continue
            with transaction.atomic():
                answer = client.post(form.action or address, form.filled_in(""))
                transaction.set_rollback(True)
            if answer.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                continue
            refused += 1
            html = answer.content.decode()
            summary = re.search(r'role="alert".*?</div>', html, re.DOTALL)
            targets = re.findall(r'href="#([^"]+)"', summary[0]) if summary else []
            if "<title>Fout: " not in html or not targets:
                wrong.append(f"{page} does not say what is wrong")
            wrong += [
                f"{page}: an error leads to {one}, which is not there"
                for one in targets
                if f'id="{one}"' not in html
            ]
    assert "\n".join(wrong) == ""
    assert refused > 0


def test_what_is_typed_outlives_the_session_on_every_page(world: World) -> None:
    """Each form with text in it, sent after the session has ended: the page shows it again."""
    lost = []
    for page in every_page():
        # Django's own admin is as it is.
        if not page.roles or page.address(world).startswith("/catalogusbeheer/"):
            continue
        address, person = page.address(world), world.people[page.roles[0]]
        client = Client()
        client.force_login(person)
        for form in forms_in(client.get(address)):
            if not form.texts:
                continue
            # So many at once, without a session, are not kept of one address.
            cache.clear()
            later = Client()
            target = form.action or address
            assert later.post(target, form.filled_in(TYPED)).status_code == 302
            later.force_login(person)
            seen = later.get(target).content.decode()
            lost += [f"{page}: {name}" for name in form.texts if TYPED.format(name) not in seen]
    assert lost == []

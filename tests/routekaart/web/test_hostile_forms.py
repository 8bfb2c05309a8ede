"""Every form and address of the pages with what no browser would send: an answer, no fault."""

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from courses.entities import Catalogue
from routekaart.clock import standing_at
from tests.forms_in import ReadForm, forms_in
from tests.hostile.judging import wrong_in_page
from tests.hostile.strings import hostile_strings
from tests.page_table import every_page
from tests.page_world import MOMENT, World
from tests.tiers import LONG, examples

pytestmark = pytest.mark.django_db
# What the pages read from their address, and some that they do not.
ASKED = (
    "bladzijde", "zoek", "jaar", "school", "stand", "studiedag", "sinds", "set", "soort", "rol",
    "mij", "categorie", "volgorde", "keer", "sector", "interventie", "erbij", "verder", "kandidaat",
    "teams", "controle", "toon", "next", "q", "o", "p", "functie", "platform", "pakket", "thema",
)  # fmt: skip
# Besides the strings: values that are right in form and far out of reach.
FAR = (
    "9" * 5000, "9" * 20, "-1", "0", "1e9", "0001-01-01", "9999-12-31", "2026-W10-1", "20261005",
    "23:59:59.999999+14:00", "00000000-0000-0000-0000-000000000000", "٣", "1_0", "Infinity", "",
)  # fmt: skip


@pytest.fixture
def world(catalogue: Catalogue) -> Iterator[World]:  # noqa: ARG001  (loaded first)
    with standing_at(MOMENT):
        yield World()


def bodies(form: ReadForm, text: str) -> Iterator[dict[str, object]]:
    """All typed fields with the text, and then each field of whatever kind by itself."""
    usual = form.filled_in("")
    encoded = text.encode("utf-8", "replace").decode()
    yield usual | dict.fromkeys(form.texts, encoded)
    for name in usual:
        yield usual | {name: encoded}


def test_any_form_with_any_text(world: World) -> None:
    strings = cycle([*FAR, *hostile_strings()])
    wrong, sent = [], 0
    for page in every_page()[:: 1 if LONG else 12]:
        address = page.address(world)
        # Django's own admin is as it is.
        if not page.roles or address.startswith("/catalogusbeheer/"):
            continue
        client = Client(raise_request_exception=False)
        client.force_login(world.people[page.roles[0]])
        for form in forms_in(client.get(address)):
            for text in (next(strings) for _ in range(examples(1, 4))):
                for body in bodies(form, text):
                    with transaction.atomic():
                        answer = client.post(form.action or address, body)
                        transaction.set_rollback(True)
                    sent += 1
                    if answer.status_code >= 500:
                        wrong.append(f"{page} {body!r:.300}: {answer.status_code}")
                    elif "text/html" in answer.get("Content-Type", "") and not answer.streaming:
                        found = wrong_in_page(answer.content.decode())
                        wrong += [f"{page}: {one}" for one in found]
            client.force_login(world.people[page.roles[0]])
    assert wrong == []
    assert sent > examples(20, 2_000)


def test_any_address_with_any_question(world: World) -> None:
    strings = cycle([*FAR, *hostile_strings()])
    wrong = []
    for page in every_page()[:: 1 if LONG else 6]:
        client = Client(raise_request_exception=False)
        if page.roles:
            client.force_login(world.people[page.roles[0]])
        address = page.address(world)
        joint = "&" if "?" in address else "?"
        for _turn in range(examples(1, 20)):
            asked = urlencode({name: next(strings).encode("utf-8", "replace") for name in ASKED})
            answer = client.get(f"{address}{joint}{asked[:8_000]}")
            if answer.status_code >= 500:
                wrong.append(f"{page} {asked:.300}: {answer.status_code}")
            elif "text/html" in answer["Content-Type"]:
                wrong += [f"{page}: {one}" for one in wrong_in_page(answer.content.decode())]
    assert wrong == []


@pytest.mark.parametrize("address", ["/?zoek=%00", "/a%00b", "/accounts/login/?next=%00"])
def test_a_nul_in_an_address_is_refused(pages: Client, address: str) -> None:
    assert pages.get(address).status_code == 400

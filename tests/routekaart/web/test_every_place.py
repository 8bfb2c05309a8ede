"""Every address with an id in it × every role and nobody × own team, next team, other school, other
board × each id in it. What each address is about stands in `tests/page_places.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from routekaart.access import TEAM_BOUND, Role
from routekaart.storage import Storage
from tests.matrix_world import NOBODY, ROLES, World
from tests.page_places import NO_PLACE, Address, addresses, names_with_ids
from tests.tiers import LONG

REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
_SIGN_IN = ("/accounts/login/", "/catalogusbeheer/login/")
# A press on a button that is not there leads back to the page, before anything is looked up.
LEADS_BACK = {"intake:steps", "intake:interventions"}
# Read once; what differs in each answer.
_ONCE = re.compile(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')


def test_every_address_with_an_id_is_about_a_place() -> None:
    assert {one.name for one in addresses()} == names_with_ids() - set(NO_PLACE)
    assert set(NO_PLACE) <= names_with_ids()


def out_of_reach(role: Role, where: str, address: Address) -> bool:
    if where == "next_door":
        return role in TEAM_BOUND and not address.of_a_school
    return where == "stranger" or (where == "sibling" and role is not Role.BOARD)


class Asking:
    """A browser per role at the own team."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.counted: Counter[str] = Counter()
        self.known: dict[tuple[str, str, str], tuple[int, bytes]] = {}
        self.clients = {NOBODY: Client()}
        for role, person in world.people.items():
            self.clients[role] = Client()
            self.clients[role].force_login(person)

    def answer(self, method: str, who: str, path: str) -> Any:
        """After which everything is as it was."""
        with transaction.atomic():
            response = self.clients[who].generic(method, path)
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
        return response

    def answer_once(self, method: str, who: str, path: str) -> tuple[int, bytes]:
        """What is read of an answer, remembered: the same is asked for each place."""
        if (method, who, path) not in self.known:
            self.known[method, who, path] = content(self.answer(method, who, path))
        return self.known[method, who, path]

    def wrong(self, address: Address) -> Iterator[str]:
        """What is not as it should be at one address."""
        yield from self.wrong_as_nobody(address)
        for role in ROLES:
            yield from self.wrong_as(address, role)

    def wrong_as_nobody(self, address: Address) -> Iterator[str]:
        for where, place in self.world.places.items():
            if where != "own" and not LONG:
                continue
            self.counted[where] += 1
            answered = self.answer("GET", NOBODY, address.at(place))
            to_sign_in = answered.headers.get("Location", "").startswith(_SIGN_IN)
            if not to_sign_in and answered.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                yield f"{address.name} as nobody at {where}: {answered.status_code}"

    def wrong_as(self, address: Address, role: Role) -> Iterator[str]:
        """The same, for one role."""
        here = address.at(self.world.places["own"])
        own = self.answer("GET", role.value, here).status_code
        self.counted["own"] += 1
        for where in ("next_door", "sibling", "stranger"):
            if own not in REFUSED or LONG or where == "stranger":
                yield from self._elsewhere(address, role, where, own)

    def _elsewhere(self, address: Address, role: Role, where: str, own: int) -> Iterator[str]:
        place = self.world.places[where]
        name = f"{address.name} as {role.value} at {where}"
        self.counted[where] += 1
        if not out_of_reach(role, where, address):
            if where == "next_door" and not LONG:
                # Whoever is there for all teams: the page table asks that of five teams.
                return
            answered = self.answer("GET", role.value, address.at(place)).status_code
            if answered != own and not {own, answered} <= REFUSED:
                yield f"{name}: {answered}, and at the own team {own}"
            return
        methods = ("GET", "POST") if own not in REFUSED or LONG else ("GET",)
        here = self.world.places["own"]
        # All ids at once, and where there are more each by itself.
        for replaced in [[*address.ids], *([one] for one in address.ids if len(address.ids) > 1)]:
            path = address.at(here, **{one: address.id_of(one, place) for one in replaced})
            nowhere = address.at(here, **{one: address.absent(one) for one in replaced})
            for method in methods:
                answered = self.answer(method, role.value, path)
                absent = self.answer_once(method, role.value, nowhere)
                same = content(answered) == absent
                if not same or not is_refusal(address, method, answered):
                    yield f"{name}: {method} {path} {answered.status_code}, {absent[0]}"


def is_refusal(address: Address, method: str, answered: Any) -> bool:
    """Whether nothing was shown or done."""
    status = answered.status_code
    if status != HTTPStatus.FOUND:
        return status in REFUSED
    return address.name.startswith("admin:") or (method == "POST" and address.name in LEADS_BACK)


def content(response: Any) -> tuple[int, bytes]:
    return response.status_code, _ONCE.sub(b"", b"" if response.streaming else response.content)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_no_page_shows_what_is_elsewhere(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    asking = Asking(World(Storage(settings.STORAGE_DIR)))
    wrong: list[str] = []
    for address in addresses():
        wrong += asking.wrong(address)
    assert "\n".join(wrong) == ""
    assert not LONG or asking.counted["stranger"] == len(addresses()) * (len(ROLES) + 1)

"""Every id inside a request, by itself an id of another team, another school or another board.

What stands at each position is in `tests/matrix_positions.py`.
"""

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import TEAM_BOUND, Role
from routekaart.models import Routekaart
from routekaart.storage import Storage
from tests.id_positions import positions
from tests.makers import client_for
from tests.matrix_positions import NO_OBJECT, OF, POSITIONS, At
from tests.matrix_table import TABLE
from tests.matrix_world import NOBODY, ROLES, World
from tests.routekaart.api.test_matrix import Operation, operations
from tests.tiers import LONG

OWNER = "owner"
ABSENT = "00000000-0000-4000-8000-0000000000ab"
_ABSENT = {"own_course": "eigen-eigen-cursus-000000000000"}
_REFUSED = {403, 404}
FIRST_ERROR = 400
# Answered as an id that does not exist.
_AS_ABSENT = -1
# The same for two teams of a school.
_OF_SCHOOLS = {"school", "own_course"}
# Whoever may not do it at all is asked with one id in the quick tier: nobody reads it.
_ONLY_LONG = {"own", "next_door", "stranger"}


def test_every_position_stands_in_the_table() -> None:
    assert positions() == set(POSITIONS) | set(NO_OBJECT)


@dataclass(frozen=True)
class Asked:
    """One position of one operation, in a world."""

    world: World
    operation: Operation
    position: str
    at: At

    def answer(self, who: str, one: str) -> tuple[int, bytes]:
        """Status and content, with the id itself taken out; after which all is as it was."""
        own = self.world.places["own"]
        row = TABLE[self.operation.name]
        ids, query = dict(own.ids), row.query.format(**own.ids)
        part, name = self.position.split(".", 1)
        if part == "path":
            ids[name] = one
        if part == "query":
            query = f"{name}={one}"
        body = row.body(own) if row.body else None
        overlay = self.at.body(one, own)
        if overlay:
            body = {**(body or {}), **overlay}
        path = self.operation.path.format(**ids) + (f"?{query}" if query else "")
        with transaction.atomic():
            with scopes_disabled():
                Routekaart.objects.filter(pk=own.ids["routekaart_id"]).update(state=row.state)
            response = self.world.clients[who].call(self.operation.method, path, body)
            content = response.content.replace(one.encode(), b"ID")
            # Courses of the own school that are written alike: there, or not there.
            content = re.sub(rb" Bedoel je [^?]*\?", b"", content)
            transaction.set_rollback(True)
        return response.status_code, content

    def at_place(self, who: str, where: str) -> int:
        """What the tables say of an id of `where`; `_AS_ABSENT` when it may as well not exist."""
        row = TABLE[self.operation.name]
        if who == NOBODY:
            return row.nobody
        if who == OWNER:
            same = where == "own" or (where == "next_door" and self.at.of in _OF_SCHOOLS)
            return self.at.by_owner or 0 if same else _AS_ABSENT
        role = next(role for role in ROLES if role.value == who)
        status = int((self.at.roles or row.own).split()[ROLES.index(role)])
        if status not in _REFUSED:
            status = self.at.own or status
        if where == "own":
            return status
        if self.at.fetched:
            sees = where == "next_door" and (role not in TEAM_BOUND or self.at.of == "school")
            return status if sees or (where == "sibling" and role is Role.BOARD) else _AS_ABSENT
        if where == "next_door" and (self.at.in_school or self.at.of in _OF_SCHOOLS):
            return status
        return status if status in _REFUSED and not self.at.roles else _AS_ABSENT

    def wrong(self, who: str, counted: Counter[str]) -> list[str]:
        """What is not as the rules of the table say."""
        absent: tuple[int, bytes] | None = None
        found = []
        for where, place in self.world.places.items():
            expected = self.at_place(who, where)
            if not LONG and where in _ONLY_LONG and expected in _REFUSED | {401}:
                continue
            counted[where] += 1
            answered = self.answer(who, OF[self.at.of](place))
            if expected != _AS_ABSENT:
                good = answered[0] == expected
            else:
                absent = absent or self.answer(who, _ABSENT.get(self.at.of, ABSENT))
                good = answered == absent and (
                    self.operation.method == "get" or self.at.reads or answered[0] >= FIRST_ERROR
                )
            if not good:
                found.append(
                    f"{self.operation.name} {self.position} as {who} at {where}: {answered}, "
                    f"expected {expected if expected != _AS_ABSENT else absent}"
                )
        return found


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_an_id_of_elsewhere_is_as_good_as_none(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR))
    world.clients[OWNER] = client_for(world.places["own"].stage.member)
    by_name = {operation.name: operation for operation in operations()}
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for (name, position), at in POSITIONS.items():
        asked = Asked(world, by_name[name], position, at)
        callers = [role.value for role in ROLES] + [NOBODY] + [OWNER] * bool(at.by_owner)
        for who in callers:
            wrong += asked.wrong(who, counted)
    assert "\n".join(wrong) == ""
    assert set(counted) == set(world.places)
    assert not LONG or set(counted.values()) == {counted["own"]}

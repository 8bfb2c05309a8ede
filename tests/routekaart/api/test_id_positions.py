"""Every id inside a request, by itself an id of another team, another school or another board.

What stands at each position is in `tests/matrix_positions.py`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

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
ELSEWHERE = ("next_door", "sibling", "stranger")
ABSENT = "00000000-0000-4000-8000-0000000000ab"
ABSENT_COURSE = "eigen-eigen-cursus-000000000000"
_REFUSED = {403, 404}
_UNUSABLE = {404, 409, 422}


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
        overlay = self.at.body(one)
        if overlay:
            body = (body or {}) | overlay
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

    def here(self, who: str) -> int:
        """What the table says of the own team."""
        row = TABLE[self.operation.name]
        if who == NOBODY:
            return row.nobody
        if who == OWNER:
            return self.at.own or 200
        status = int(row.own.split()[[role.value for role in ROLES].index(who)])
        return status if status in _REFUSED else self.at.own or status

    def wrong(self, who: str, counted: Counter[str]) -> list[str]:
        """What is not as the rules of the table say."""
        name = f"{self.operation.name} {self.position} as {who}"
        places = self.world.places
        expected = self.here(who)
        status, content = self.answer(who, OF[self.at.of](places["own"]))
        counted["own"] += 1
        found = [] if status == expected else [f"{name}: {status}, expected {expected} {content[:300]!r}"]
        refused = expected in _REFUSED | {401}
        course = self.at.of == "own_course"
        absent = self.answer(who, ABSENT_COURSE if course else ABSENT)
        for where in ELSEWHERE:
            one = OF[self.at.of](places[where])
            if refused and not LONG and where != "sibling":
                continue
            counted[where] += 1
            answered = self.answer(who, one)
            if refused:
                good = answered[0] == expected
            elif where == "next_door" and (self.at.in_school or course or self.at.of == "school"):
                good = answered[0] == expected
            else:
                good = answered == absent and (
                    self.operation.method == "get" or answered[0] in _UNUSABLE
                )
            if not good:
                found.append(
                    f"{name} at {where}: {answered[0]} {answered[1][:300]!r}, and when absent {absent[0]} {absent[1][:300]!r}"
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
        callers = [role.value for role in ROLES] + [NOBODY] + [OWNER] * at.by_owner
        for who in callers:
            wrong += asked.wrong(who, counted)
    open("/tmp/matrix_wrong.txt","w").write("\n".join(wrong)); assert "\n".join(wrong) == ""
    assert counted["own"] == len(POSITIONS) * (len(ROLES) + 1) + sum(
        at.by_owner for at in POSITIONS.values()
    )

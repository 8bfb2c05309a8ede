"""Asks the matrices with one switch over, until one of them notices.

Run through pytest for its database (see `__main__`). Each question is asked as it is, which tells
what switches it comes by; those are turned one by one, and the question is asked again.
"""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.storage import Storage
from tests import doors
from tests.door_table import DOORS
from tests.makers import client_for
from tests.matrix_positions import POSITIONS
from tests.matrix_table import TABLE
from tests.matrix_world import NOBODY, ROLES, World
from tests.mutants import switch
from tests.mutants.elsewhere import Elsewhere, about_here, at_home
from tests.mutants.report import Report
from tests.page_places import Address, addresses, names_without_ids
from tests.routekaart.api.test_id_positions import OWNER, Asked
from tests.routekaart.api.test_matrix import Operation, asked, expected, operations
from tests.routekaart.web.test_every_place import Asking

# Of each switch at most so many questions that come by it.
MOST = 40
# The same with a second one over, which is asked with each of the others.
MOST_WITH_TWO = 6
# Of so many switches each two are turned.
FEW = 16
_T = TypeVar("_T")
Question = Callable[[], list[str]]


def questions(world: World) -> Iterator[tuple[str, Question]]:
    """Every cell of the matrices; each gives what is wrong with the answer."""
    yield from _of_the_api(world)
    yield from _of_positions(world)
    yield from _of_doors(world)
    asking = Asking(world)
    yield from _at_home(asking)
    for address in addresses():
        name = f"page {address.name}"
        yield f"{name} nobody", partial(_nobody, asking, address)
        for role in ROLES:
            yield f"{name} {role.value}", partial(_page, asking, address, role)


def _of_doors(world: World) -> Iterator[tuple[str, Question]]:
    asking = doors.Asking(world)
    for door in doors.doors():
        if door.name in DOORS:
            yield f"door {door.name}", partial(asking.wrong, door, DOORS[door.name])


def _at_home(asking: Asking) -> Iterator[tuple[str, Question]]:
    """What comes at home still comes: a page is there, and so is what it reads."""
    own = asking.world.places["own"]
    paths = {one.name: one.at(own) for one in addresses()}
    paths |= {name: reverse(name) for name in names_without_ids()}
    came: dict[tuple[Role, str], int] = {}

    def comes(role: Role, path: str) -> list[str]:
        status = asking.answer("GET", role.value, path).status_code
        return [] if came.setdefault((role, path), status) == status else [str(status)]

    for name, path in paths.items():
        for role in ROLES:
            yield f"home {name} {role.value}", partial(comes, role, path)


def _nobody(asking: Asking, address: Address) -> list[str]:
    return list(asking.wrong_as_nobody(address))


def _page(asking: Asking, address: Address, role: Role) -> list[str]:
    return list(asking.wrong_as(address, role))


def _of_the_api(world: World) -> Iterator[tuple[str, Question]]:
    for operation in operations():
        for role, where, status in expected(operation, TABLE[operation.name]):
            yield (
                f"api {operation.name} {role} {where}",
                partial(_cell, world, operation, role, where, status),
            )


def _cell(world: World, operation: Operation, role: str, where: str, status: int) -> list[str]:
    answer = asked(world, operation, role, world.places[where], TABLE[operation.name])
    return [] if answer.status_code == status else [str(answer.status_code)]


def _of_positions(world: World) -> Iterator[tuple[str, Question]]:
    world.clients[OWNER] = client_for(world.places["own"].stage.member)
    by_name = {operation.name: operation for operation in operations()}
    for (name, position), at in POSITIONS.items():
        one = Asked(world, by_name[name], position, at)
        for who in [role.value for role in ROLES] + [NOBODY] + [OWNER] * bool(at.by_owner):
            yield f"position {name} {position} {who}", partial(one.wrong, who, Counter())


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_hunt(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    only = os.environ.get("ROUTEKAART_MUTANTS_ONLY", "")
    world = World(Storage(settings.STORAGE_DIR), later=("sibling", "stranger"))
    hunt = Hunt(Report())
    if only in {"", "alone"}:
        Elsewhere(hunt, part(at_home(world))).compare("alone", world.add)
    else:
        world.add()
    # In an order of chance, and the same each time: roles and places take turns.
    every = part([(name, ask) for name, ask in questions(world) if name.startswith(only)])
    random.Random(7).shuffle(every)
    for name, question in every:
        hunt.ask(name, question)
    for name, question in every:
        hunt.ask_with_two(name, question)
    if only in {"", "further"}:
        Elsewhere(hunt, part(about_here(world))).compare("further", world.reach_further)
    assert hunt.broken == [], "wrong without any switch"


def part(every: Iterable[_T]) -> list[_T]:
    """What is for this process."""
    number, of = (int(part) for part in os.environ["ROUTEKAART_MUTANTS_PART"].split("/"))
    return list(every)[number::of]


class Hunt:
    """Which switches were caught, and how often each of the others was tried."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.tried: Counter[str] = Counter()
        self.tried_with_two: Counter[str] = Counter()
        self.broken: list[str] = []

    def ask(self, name: str, question: Question) -> None:
        """Asks it as it is, and then with each switch over that it came by."""
        switch.touched.clear()
        if self._notices(frozenset(), question):
            self.broken.append(name)
            return
        caught = self.report.caught()
        for key in sorted(switch.touched - caught):
            if self.tried[key] < MOST:
                self.tried[key] += 1
                # Once more as it is: the clock may have gone on.
                found = self._notices(frozenset({key}), question)
                if found and not self._notices(frozenset(), question):
                    self.report.add(key, name)

    def ask_with_two(self, name: str, question: Question) -> None:
        """Asks it with a switch over that nobody noticed, and another one that it came by.

        When neither alone is noticed, and both together are, each stands behind the other. What
        comes by much is asked only with a net and what was come by while it was open.
        """
        switch.touched.clear()
        if self._notices(frozenset(), question):
            return
        left = switch.touched - self.report.caught() - self.report.second()
        for key in sorted(key for key in left if self.tried_with_two[key] < MOST_WITH_TWO):
            self.tried_with_two[key] += 1
            # With the first one over it comes by what stands behind.
            switch.touched.clear()
            switch.within.clear()
            if self._notices(frozenset({key}), question):
                continue
            touched, within = frozenset(switch.touched - {key}), frozenset(switch.within)
            for other in sorted(touched):
                if len(touched) > FEW and not {(key, other), (other, key)} & within:
                    continue
                two = self._notices(frozenset({key, other}), question)
                if two and not self._notices(frozenset({other}), question):
                    self.report.add(key, name, behind=other)
                    break

    def _notices(self, over: frozenset[str], question: Question) -> bool:
        switch.active = over
        try:
            return bool(question())
        except Exception:  # noqa: BLE001 - any way of going wrong is noticed
            return True
        finally:
            switch.active = frozenset()

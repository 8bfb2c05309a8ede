"""What somebody at the own school is answered, to compare when there is more elsewhere.

A filter that is missing shows in what is counted and derived too, where no name gives it away.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.db import transaction
from django.urls import reverse

from routekaart.access import TEAM_BOUND, Role
from routekaart.models import Person
from tests.matrix_table import TABLE
from tests.matrix_world import World
from tests.page_places import addresses, names_without_ids
from tests.routekaart.api.test_matrix import Operation, asked, operations
from tests.routekaart.web.test_every_place import Asking, content

# What a school has to do with the other schools of its board is the board's.
ROLES = tuple(role for role in Role if role is not Role.BOARD)
# Of its moment, or drawn by lot.
_ONCE = re.compile(
    rb"[\w-]+:1\w{5}:[\w-]{43}|(?:DTSTAMP|LAST-MODIFIED):\w+|\d\d\.\d\d uur|"
    rb'name="note" value="[^"]*"'
)
# The same of what an operation just made.
_NEW = re.compile(
    rb'[0-9a-f]{8}-[0-9a-f-]{27}|(?:[\d-]{10}T)?\d\d:\d\d:\d\d[.\d]*|"id": \d+|eigen-[\w-]+|'
    rb"/agenda/[\w-]+"
)
NOT_ASKED = {
    "request_board_bundle": "about all schools of a board",
    "mfa_activate_totp": "a secret drawn by lot",
}
# Tell of everybody there in which teams they are, or lead on to what somebody has elsewhere.
_OF_MORE_TEAMS = {"list_teams", "office:people", "office:teams", "overview:team"}
# What goes of somebody who left is counted at all schools of which the admin runs the people.
_OF_MORE_SCHOOLS = {"privacy:erase", "erase"}
# Refused whatever is elsewhere, and always in the same words.
REFUSED = {("erase", Role.SCHOOL_ADMIN.value): 422}
# About all teams of a school that are somebody's own: of the next team too, for who is in both.
_OF_OWN_TEAMS = {"list_jobs", "list_mail_batches", "list_mails", "make_school_plans"}
_ASKS_TO_SIGN_IN = 401
Answer = Callable[[], tuple[int, bytes]]


def stays(name: str, role: str) -> bool:
    """Whether the answer about something is the same to who has that role in more places."""
    if name in _OF_MORE_TEAMS | _OF_MORE_SCHOOLS:
        return False
    return not (name in _OF_OWN_TEAMS and role in TEAM_BOUND)


def answers(world: World, asking: Asking) -> Iterator[tuple[str, str, Answer]]:
    """Of every operation and page at home, as every role: its name, the role and how to ask."""
    yield from about_something(world, asking)
    yield from about_nothing(world, asking)


def about_something(world: World, asking: Asking) -> Iterator[tuple[str, str, Answer]]:
    """Of those that name an object of the own team."""
    yield from _of_operations(world, named=True)
    own = world.places["own"]
    paths = {one.name: one.at(own) for one in addresses()}
    yield from _of_pages(asking, paths)
    for name, role in REFUSED:
        yield name, role, partial(_refusal, asking, role, paths[f"privacy:{name}"], world.leaver)


def about_nothing(world: World, asking: Asking) -> Iterator[tuple[str, str, Answer]]:
    """Of those that are of nothing in particular."""
    yield from _of_operations(world, named=False)
    yield from _of_pages(asking, {name: reverse(name) for name in names_without_ids()})


def _of_operations(world: World, *, named: bool) -> Iterator[tuple[str, str, Answer]]:
    for one in operations():
        for_somebody = TABLE[one.name].nobody == _ASKS_TO_SIGN_IN
        if one.names_an_object == named and for_somebody and one.name not in NOT_ASKED:
            for role in ROLES:
                yield one.name, role.value, partial(_operation, world, one, role.value)


def _of_pages(asking: Asking, paths: Mapping[str, str]) -> Iterator[tuple[str, str, Answer]]:
    for name in paths.keys() - NOT_ASKED.keys():
        for role in ROLES:
            yield name, role.value, partial(_page, asking, role.value, paths[name])


def _operation(world: World, operation: Operation, role: str) -> tuple[int, bytes]:
    row = TABLE[operation.name]
    response = asked(world, operation, role, world.places["own"], row)
    found = b"" if response.streaming else _ONCE.sub(b"ONCE", response.content)
    # What was only read has nothing new in it.
    return response.status_code, found if operation.method == "get" else _NEW.sub(b"NEW", found)


def _refusal(asking: Asking, role: str, path: str, person: Person) -> tuple[int, bytes]:
    with transaction.atomic():
        answered = asking.clients[role].post(path, {"confirmation": person.name})
        transaction.set_rollback(True)
    status, found = content(answered)
    return status, _ONCE.sub(b"ONCE", found)


def _page(asking: Asking, role: str, path: str) -> tuple[int, bytes]:
    status, found = content(asking.answer("GET", role, path))
    return status, _ONCE.sub(b"ONCE", found)

"""Every query and action that takes the id of something: who is refused, and how.

A page or an operation that checks first hides whether what it calls checks too. So each of them is
called by itself, as every role, with the id of something of the own team and of elsewhere. Only
refusals are asked for: what is let in finds no more than the id, and would go wrong further on.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from types import FunctionType, ModuleType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

import routekaart.actions
import routekaart.queries
from routekaart.access import Access, Forbidden, NotFound, access_of
from routekaart.actions.organisation.people import Away
from routekaart.models import Document, Plan, Routekaart
from tests.matrix_world import ROLES, World

# The own team once more, when its plan was adopted and its documents are the MR's to read.
ADOPTED = "adopted"
FORBIDDEN, NOT_FOUND, LET_IN = "f", "n", "."
PLACES = ("own", "next_door", "sibling", "stranger", ADOPTED)
# Those who reach the sibling; whoever does not is a stranger there too.
_ELSEWHERE = ("director", "board")
_LENGTH = 36
_DAY = date(2026, 8, 24)
# Names of ids that the places call otherwise; those of a module of their own first.
_NAMES: Mapping[str, str] = {
    "actions.mail.batch_id": "mail_batch_id",
    "queries.mail.batch_id": "mail_batch_id",
    "cycle_id": "plg_cycle_id",
    "meeting_id": "plg_meeting_id",
    "step_id": "micro_step_id",
    "visit_id": "lesson_visit_id",
    "line_id": "budget_line_id",
    "grant_id": "role_grant_id",
    "template_id": "word_template_id",
    "link_id": "document_link_id",
}
# What stands where nothing but None would be looked at before the right.
_GIVEN: Mapping[str, Any] = {
    "today": _DAY,
    "agreed_on": _DAY,
    "done_on": _DAY,
    "spent_on": _DAY,
    "mr_date": _DAY,
    "on": _DAY,
    "year": 2026,
    "cents": 100,
    "what": "Boek",
    "away": Away(_DAY, _DAY),
    "answers": {},
    "changes": {},
    "school_year": 2026,
    "interventions": (),
    "agreement_ids": [None],
    "intervention": "feedback",
    "instead": "feedback",
}
_STEPS: Mapping[str, str] = {
    "actions.changing.moving": "submit",
    "actions.plg.lesson_visits.move_visit": "hold",
    "actions.plg.micro_steps.move_micro_step": "try",
    "actions.routekaarten.presence.be_present": "team",
    "actions.study_day.steps.step_study_day": "close",
}


@dataclass(frozen=True)
class Door:
    """`takes`: the parameter that gets the id."""

    name: str
    function: Callable[..., Any]
    takes: str

    @property
    def key(self) -> str:
        """Of the ids of a place."""
        room, module = self.name.split(".")[:2]
        return _NAMES.get(f"{room}.{module}.{self.takes}") or _NAMES.get(self.takes, self.takes)

    def answer(self, by: Access, one: str, before: Callable[[], Any] = int) -> str:
        """FORBIDDEN, NOT_FOUND, or LET_IN for whatever else; after which all is as it was.

        `before` is done first.
        """
        # Whatever is no UUID is a name, or an old number.
        pk = UUID(one) if len(one) == _LENGTH else one
        given = dict(self._given(), by=by, **{self.takes: pk})
        with transaction.atomic():
            before()
            try:
                found = self.function(**given)
                if isinstance(found, AbstractContextManager):
                    with found:
                        pass
            except NotFound:
                return NOT_FOUND
            except Forbidden:
                return FORBIDDEN
            except Exception:  # noqa: BLE001 - let in, and went wrong further on
                return LET_IN
            finally:
                transaction.set_rollback(True)
        return LET_IN

    def _given(self) -> dict[str, Any]:
        known = {**_GIVEN, "step": _STEPS.get(self.name)}
        return {
            name: known.get(name)
            for name, one in inspect.signature(self.function).parameters.items()
            if one.default is inspect.Parameter.empty or name in _GIVEN
        }


def doors() -> Iterator[Door]:
    """All that there are, in the order of their names."""
    for room in (routekaart.actions, routekaart.queries):
        for module in _modules(room):
            for name, function in sorted(vars(module).items()):
                if name.startswith("_") or not isinstance(function, FunctionType):
                    continue
                asked = inspect.signature(function).parameters
                ids = [one for one in asked if one.endswith("_id")]
                ours = inspect.unwrap(function).__module__ == module.__name__
                if ours and "by" in asked and ids:
                    where = f"{module.__name__}.{name}".removeprefix("routekaart.")
                    yield Door(where, function, ids[0])


def _modules(room: ModuleType) -> Iterator[ModuleType]:
    for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        yield importlib.import_module(one.name)


class Asking:
    """Asks in a world, as everybody there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.everybody = {role.value: access_of(world.people[role.value]) for role in ROLES}

    def wrong(self, door: Door, row: str, *, whole: bool = True) -> list[str]:
        """What is answered otherwise than `row` says: of each place the answers to the roles.

        Unless `whole` one role is asked for each answer of a place.
        """
        wrong = []
        for where, answers in zip(PLACES, row.split(), strict=True):
            asked = set()
            for (role, by), answer in zip(self.asked_at(where).items(), answers, strict=True):
                if answer == LET_IN or (answer in asked and not whole):
                    continue
                asked.add(answer)
                given = self._answer(door, by, where)
                if given != answer:
                    wrong.append(f"{door.name} {role} at {where}: {given} instead of {answer}")
        return wrong

    def row(self, door: Door) -> str:
        """What is answered now, to begin a row of the table with."""
        return " ".join(
            "".join(self._answer(door, by, where) for by in self.asked_at(where).values())
            for where in PLACES
        )

    def _answer(self, door: Door, by: Access, where: str) -> str:
        if where != ADOPTED:
            return door.answer(by, self.world.places[where].ids[door.key])
        return door.answer(by, self.world.places["own"].ids[door.key], self._adopt)

    def _adopt(self) -> None:
        routekaart = self.world.places["own"].stage.routekaart
        with scopes_disabled():
            Routekaart.objects.filter(pk=routekaart.pk).update(state="approved")
            Plan.objects.filter(routekaart=routekaart).update(approved_at=timezone.now())
            Document.objects.filter(routekaart=routekaart).update(adopted=True)

    def asked_at(self, where: str) -> Mapping[str, Access]:
        """Who is asked with something of that place."""
        if where in {"own", "next_door"}:
            return self.everybody
        if where == ADOPTED:
            return {"mr_reader": self.everybody["mr_reader"]}
        return {role: self.everybody[role] for role in _ELSEWHERE}

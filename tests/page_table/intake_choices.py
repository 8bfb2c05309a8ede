"""Choosing interventions, goals and study days."""

from collections.abc import Callable

from routekaart.access import Role
from tests.page_table import Page
from tests.page_world import World
from tests.stages import Stage

_READERS = (
    Role.TEAM_LEAD,
    Role.MEMBER,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
)


def _of(stage: Callable[[World], Stage], path: str) -> Callable[[World], str]:
    return lambda world: f"/routekaart/{stage(world).routekaart.pk}/{path}"


def _draft(world: World) -> Stage:
    return world.draft


def _running(world: World) -> Stage:
    return world.running


def _goal(path: str) -> Callable[[World], str]:
    return lambda world: _of(_draft, f"doelen/{world.draft.goal.pk}{path}")(world)


def _day(path: str) -> Callable[[World], str]:
    return lambda world: _of(_draft, f"studiedagen/{world.draft.study_day.pk}{path}")(world)


PAGES = [
    Page("choose interventions", _of(_draft, "interventies"), _READERS),
    Page("chosen intervention", _of(_draft, "interventies/feedback"), _READERS),
    Page("other intervention", _of(_draft, "interventies/een-op-een-begeleiding"), _READERS),
    Page("goals", _of(_draft, "doelen"), _READERS),
    Page("new goal", _of(_draft, "doelen/nieuw"), _READERS),
    Page("goal", _goal(""), _READERS),
    Page("remove goal", _goal("/weghalen"), _READERS),
    Page("fixed goals", _of(_running, "doelen"), _READERS),
    Page("study days", _of(_draft, "studiedagen"), _READERS),
    Page("new study day", _of(_draft, "studiedagen/nieuw"), _READERS),
    Page("good dates", _of(_draft, "studiedagen/goede-data"), _READERS),
    Page("study day", _day(""), _READERS),
    Page("remove study day", _day("/weghalen"), _READERS),
    Page("fixed study days", _of(_running, "studiedagen"), _READERS),
    Page("fixed interventions", _of(_running, "interventies"), _READERS),
    Page("fixed intervention", _of(_running, "interventies/feedback"), _READERS),
]

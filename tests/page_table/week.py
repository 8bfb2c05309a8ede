"""What somebody does this week, the study day, agreements, PLGs."""

from collections.abc import Callable

from routekaart.access import Role
from tests.page_table import Page
from tests.page_world import World

_TEAM = (Role.MEMBER, Role.TEAM_LEAD)
_COMPANIONS = (*_TEAM, Role.TRAINER)
_READERS = (*_COMPANIONS, Role.DIRECTOR, Role.BOARD)
_EVERYBODY = (Role.MEMBER, *(role for role in Role if role is not Role.MEMBER))
_OF_AGREEMENTS = (*_COMPANIONS, Role.DIRECTOR)


def _own(rest: str = "") -> Callable[[World], str]:
    return lambda world: f"/mijn-week/cursus/{world.ids['own_assignment']}{rest}"


def _day(rest: str = "") -> Callable[[World], str]:
    return lambda world: f"/studiedag/{world.running.study_day.pk}{rest}"


def _routekaart(rest: str) -> Callable[[World], str]:
    return lambda world: f"/routekaart/{world.running.routekaart.pk}/{rest}"


def _agreement(rest: str = "") -> Callable[[World], str]:
    return lambda world: f"/afspraak/{world.ids['agreement_id']}{rest}"


def _of(kind: str, key: str, rest: str = "") -> Callable[[World], str]:
    return lambda world: f"/{kind}/{world.ids[key]}{rest}"


def _goal(rest: str) -> Callable[[World], str]:
    return lambda world: f"/doel/{world.running.goal.pk}/{rest}"


PAGES = [
    Page("my week", lambda _world: "/mijn-week", _EVERYBODY),
    Page("calendars", lambda _world: "/mijn-week/agenda", _EVERYBODY),
    Page("record", lambda _world: "/mijn-week/gedaan", _EVERYBODY),
    Page("own course", _own(), (Role.MEMBER,)),
    Page("done together", _own("/samen"), (Role.MEMBER,)),
    Page("study day", _day(), _READERS),
    Page("notes", _day("/notities"), _COMPANIONS),
    Page("own note", _of("notitie", "own_note_id"), (Role.MEMBER,)),
    Page("missed", _day("/gemist"), _COMPANIONS),
    Page("courses of a day", _day("/gemist/cursussen"), _COMPANIONS),
    Page("agreements", _routekaart("afspraken"), _OF_AGREEMENTS),
    Page("new agreement", _routekaart("afspraken/nieuw"), _COMPANIONS),
    Page("agreement", _agreement(), _OF_AGREEMENTS),
    Page("change agreement", _agreement("/aanpassen"), _COMPANIONS),
    Page("evaluation", _routekaart("evaluatie"), _READERS),
    Page("decision", _goal("besluit"), _TEAM),
    Page("new indicator", _goal("indicator"), _TEAM),
    Page("indicator", _of("indicator", "indicator_id"), _TEAM),
    Page("new measurement", _of("indicator", "indicator_id", "/meting"), _TEAM),
    Page("plgs", _routekaart("plg"), _OF_AGREEMENTS),
    Page("new plg", _routekaart("plg/nieuw"), _TEAM),
    Page("plg", _of("plg", "plg_cycle_id"), _OF_AGREEMENTS),
    Page("change plg", _of("plg", "plg_cycle_id", "/aanpassen"), _TEAM),
    Page("close plg", _of("plg", "plg_cycle_id", "/afronden"), _TEAM),
    Page("new plg meeting", _of("plg", "plg_cycle_id", "/bijeenkomst"), _TEAM),
    Page("new step", _of("plg", "plg_cycle_id", "/stapje"), _TEAM),
    Page("own step", _of("stapje", "own_step_id"), (Role.MEMBER,)),
    Page("new visit", _of("plg", "plg_cycle_id", "/lesbezoek"), _TEAM),
    Page("visit round", _of("plg", "plg_cycle_id", "/ronde"), _TEAM),
    Page("plg meeting", _of("plg-bijeenkomst", "plg_meeting_id"), _OF_AGREEMENTS),
    Page("move plg meeting", _of("plg-bijeenkomst", "plg_meeting_id", "/verzetten"), _TEAM),
    Page("skip plg meeting", _of("plg-bijeenkomst", "plg_meeting_id", "/ging-niet-door"), _TEAM),
    Page("lesson visit", _of("lesbezoek", "lesson_visit_id"), _OF_AGREEMENTS),
    Page("scan", _of("scan", "scan_id"), _OF_AGREEMENTS),
    Page("scan of wellbeing", _of("scan", "open_scan_id"), _OF_AGREEMENTS),
    Page("results of a scan", _of("scan", "closed_scan_id"), _OF_AGREEMENTS),
]

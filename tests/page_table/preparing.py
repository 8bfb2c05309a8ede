"""Assigning courses and preparing a study day."""

from collections.abc import Callable

from routekaart.access import Role
from tests.page_table import Page
from tests.page_world import World

_GUIDES = (Role.TRAINER, Role.TEAM_LEAD)
_WITH_TEAM = (*_GUIDES, Role.MEMBER)
_READERS = (*_WITH_TEAM, Role.DIRECTOR, Role.BOARD)


def _of(world_part: str, rest: str) -> Callable[[World], str]:
    return lambda world: f"/routekaart/{getattr(world, world_part).routekaart.pk}/{rest}"


def _day(rest: str) -> Callable[[World], str]:
    return lambda world: f"/studiedag/{world.running.study_day.pk}/{rest}"


PAGES = [
    Page("assign", _of("planned", "toewijzen"), _GUIDES),
    Page("assign preview", _of("planned", "toewijzen?keuze=smallest_set"), _GUIDES),
    Page("assign too early", _of("submitted", "toewijzen"), _GUIDES),
    Page("assign approved", _of("running", "toewijzen"), _GUIDES),
    Page("assign chosen", _of("planned", "toewijzen/zelf-kiezen"), _GUIDES),
    Page("assigned", _of("running", "toewijzen/wie-doet-wat"), _GUIDES),
    Page("batches", _of("running", "toewijzen/eerder"), _GUIDES),
    Page("rules", _of("running", "toewijzen/voor-wie-later-komt"), _GUIDES),
    Page(
        "undo batch", lambda world: f"/toewijsactie/{world.ids['batch_id']}/terugdraaien", _GUIDES
    ),
    Page("assignment", lambda world: f"/toewijzing/{world.ids['assignment_id']}", _GUIDES),
    Page("work groups", _of("running", "werkgroepen"), _GUIDES),
    Page("new work group", _of("running", "werkgroepen/nieuw"), _GUIDES),
    Page("work group", lambda world: f"/werkgroep/{world.ids['work_group_id']}", _GUIDES),
    Page("latecomers", _of("running", "later-ingestapt"), _WITH_TEAM),
    Page("readiness", _day("voorbereiding"), _READERS),
    Page("study day moments", _day("vervolg"), _GUIDES),
    Page("study day close", _day("afsluiten"), _GUIDES),
    Page("topics", _day("vragen"), _WITH_TEAM),
    Page("programme", _day("programma-maken"), _GUIDES),
]

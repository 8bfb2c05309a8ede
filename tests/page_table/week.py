"""What somebody does this week, the study day, agreements, PLGs."""

from routekaart.access import Role
from tests.page_table import Page

_TEAM = (Role.MEMBER, Role.TEAM_LEAD)
_COMPANIONS = (*_TEAM, Role.TRAINER)
_READERS = (*_COMPANIONS, Role.DIRECTOR, Role.BOARD, Role.MR_READER)
_EVERYBODY = (Role.MEMBER, *(role for role in Role if role is not Role.MEMBER))
_OF_AGREEMENTS = (*_COMPANIONS, Role.DIRECTOR)

PAGES = [
    Page("my week", lambda _world: "/mijn-week", _EVERYBODY),
    Page("record", lambda _world: "/mijn-week/gedaan", _EVERYBODY),
    Page(
        "own course",
        lambda world: f"/mijn-week/cursus/{world.ids['own_assignment']}",
        (Role.MEMBER,),
    ),
    Page(
        "done together",
        lambda world: f"/mijn-week/cursus/{world.ids['own_assignment']}/samen",
        (Role.MEMBER,),
    ),
    Page("study day", lambda world: f"/studiedag/{world.running.study_day.pk}", _READERS),
    Page("notes", lambda world: f"/studiedag/{world.running.study_day.pk}/notities", _COMPANIONS),
    Page("missed", lambda world: f"/studiedag/{world.running.study_day.pk}/gemist", _COMPANIONS),
    Page(
        "agreements",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/afspraken",
        _OF_AGREEMENTS,
    ),
    Page(
        "new agreement",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/afspraken/nieuw",
        _COMPANIONS,
    ),
    Page("agreement", lambda world: f"/afspraak/{world.ids['agreement_id']}", _OF_AGREEMENTS),
    Page(
        "change agreement",
        lambda world: f"/afspraak/{world.ids['agreement_id']}/aanpassen",
        _COMPANIONS,
    ),
]

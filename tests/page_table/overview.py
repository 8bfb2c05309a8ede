"""What directors and boards see and decide."""

from routekaart.access import Role
from tests.page_table import Page

_OVERSEERS = (Role.DIRECTOR, Role.BOARD, Role.TRAINER)
_PLAN_READERS = (*_OVERSEERS, Role.TEAM_LEAD, Role.MEMBER)

PAGES = [
    Page("overview", lambda _world: "/overzicht", _OVERSEERS),
    Page("overview of a state", lambda _world: "/overzicht?stand=planned&mij=ja", _OVERSEERS),
    Page(
        "overview of a team", lambda world: f"/overzicht/team/{world.running.team.pk}", _OVERSEERS
    ),
    Page(
        "decision",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/besluit",
        _PLAN_READERS,
    ),
    Page(
        "decision findings",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/besluit/controle",
        _PLAN_READERS,
    ),
    Page(
        "decision still current",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/besluit/actueel",
        _PLAN_READERS,
    ),
    Page(
        "decision made",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/besluit",
        (*_PLAN_READERS, Role.MR_READER),
    ),
    Page(
        "decision not yet",
        lambda world: f"/routekaart/{world.submitted.routekaart.pk}/besluit",
        _PLAN_READERS,
    ),
]

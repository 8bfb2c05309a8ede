"""Filling in a routekaart."""

from routekaart.access import Role
from tests.page_table import Page

_SEE = (
    Role.TEAM_LEAD,
    Role.MEMBER,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
)
_FILL_IN = (Role.TEAM_LEAD, Role.MEMBER)

PAGES = [
    Page("routekaarten", lambda _world: "/routekaarten", _SEE),
    Page("new routekaart", lambda _world: "/routekaarten/nieuw", _FILL_IN),
    Page("steps", lambda world: f"/routekaart/{world.draft.routekaart.pk}", _SEE),
    Page("steps submitted", lambda world: f"/routekaart/{world.submitted.routekaart.pk}", _SEE),
    Page("steps running", lambda world: f"/routekaart/{world.running.routekaart.pk}", _SEE),
    Page(
        "routekaart answers",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/antwoorden",
        _SEE,
    ),
    Page("carry over", lambda world: f"/routekaart/{world.draft.routekaart.pk}/meenemen", _FILL_IN),
    *(
        Page(
            f"step {name}",
            lambda world, name=name: f"/routekaart/{world.draft.routekaart.pk}/{name}",  # type: ignore[misc]
            _FILL_IN,
        )
        for name in ("team", "aanleiding", "randvoorwaarden", "uren", "nakijken")
    ),
]

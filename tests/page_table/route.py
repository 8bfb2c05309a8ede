"""The advice to accept, the drawn year, the plan."""

from routekaart.access import Role
from tests.page_table import Page

_READERS = (
    Role.TEAM_LEAD,
    Role.MEMBER,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
    Role.MR_READER,
)

PAGES = [
    Page("year", lambda world: f"/routekaart/{world.running.routekaart.pk}/jaar", _READERS),
]

"""Trying without an account."""

from routekaart.access import Role
from tests.page_table import Page

_CHOSEN = "interventie=feedback&interventie=sportieve-activiteiten"
_TEAM = f"{_CHOSEN}&functie=leerkracht&platform=beide&sector=po&pakket=academie"

PAGES = [
    Page("interventions", lambda _world: "/interventies?sector=po"),
    Page("intervention", lambda _world: "/interventies/een-op-een-begeleiding?sector=po"),
    Page("courses", lambda _world: "/cursussen"),
    Page("try choose", lambda _world: "/probeer"),
    Page("try team", lambda _world: f"/probeer/voor-wie?{_CHOSEN}"),
    Page("try advice", lambda _world: f"/probeer/advies?{_TEAM}"),
    Page("try keep", lambda _world: f"/probeer/bewaren?{_TEAM}", tuple(Role)),
]

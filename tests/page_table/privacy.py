"""What is kept of people, one's own data, and erasing who left."""

from typing import Any

from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Employment
from tests.page_table import Page
from tests.page_world import World

_ADMIN = (Role.SCHOOL_ADMIN,)


def _at_school(path: str) -> Any:
    return lambda world: f"/beheer/{world.school.pk}{path}"


def _data_for(world: World) -> str:
    with scopes_disabled():
        found = Employment.objects.get(person=world.people[Role.MEMBER])
    return f"/beheer/medewerker/{found.pk}/gegevens"


PAGES = [
    Page("privacy", lambda _world: "/privacy"),
    Page("own data", lambda _world: "/mijn-gegevens/meenemen", tuple(Role)),
    Page("data for a colleague", _data_for, _ADMIN),
    Page("processing register", _at_school("/verwerkingsregister"), _ADMIN),
    Page("people who left", _at_school("/vertrokken"), _ADMIN),
    Page(
        "erase who left",
        lambda world: f"/beheer/{world.school.pk}/vertrokken/{world.ids['left_id']}/wissen",
        _ADMIN,
    ),
]

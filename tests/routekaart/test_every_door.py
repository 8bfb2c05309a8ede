"""Every query and action that takes an id refuses whom it must, by itself."""

import pytest
from pytest_django.fixtures import Settings

from routekaart.storage import Storage
from tests.door_table import DOORS, NO_DOOR
from tests.doors import Asking, doors
from tests.matrix_world import World
from tests.tiers import LONG


def test_every_door_stands_in_the_table() -> None:
    assert {door.name for door in doors()} == DOORS.keys() | NO_DOOR.keys()


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_whoever_may_not_is_refused(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    asking = Asking(World(Storage(settings.STORAGE_DIR)))
    assert [
        wrong
        for door in doors()
        if door.name in DOORS
        for wrong in asking.wrong(door, DOORS[door.name], whole=LONG)
    ] == []

"""Whatever is elsewhere changes nothing of what a school is answered."""

import pytest
from pytest_django.fixtures import Settings

from routekaart.storage import Storage
from tests.elsewhere import answers
from tests.matrix_world import World
from tests.routekaart.web.test_every_place import Asking
from tests.tiers import LONG


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_other_schools_change_no_answer(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR), later=("sibling", "stranger"))
    every = list(answers(world, Asking(world)))
    before = {}
    known: set[str] = set()
    for name, role, answer in every:
        if LONG or name not in known:
            status, found = answer()
            if status < 300 or LONG:
                known.add(name)
                before[name, role] = (answer, (status, found))
    world.add()
    assert [key for key, (answer, found) in before.items() if answer() != found] == []

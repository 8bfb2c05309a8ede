"""Whatever is elsewhere changes nothing of what is answered about what is here."""

import pytest
from pytest_django.fixtures import Settings

from routekaart.clock import now, standing_at
from routekaart.storage import Storage
from tests.elsewhere import REFUSED, Answer, about_nothing, about_something, stays
from tests.matrix_world import World
from tests.routekaart.web.test_every_place import Asking
from tests.tiers import LONG

FIRST_REFUSAL = 300
Taken = dict[tuple[str, str], tuple[Answer, tuple[int, bytes]]]


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_nothing_elsewhere_changes_an_answer(settings: Settings) -> None:
    """In the quick tier each is asked as one role, the first that is let in. Who left the own
    school left another one as well, and works there later.

    First two schools are added. Then everybody gets the same role there, and in the next team:
    now all of it is within reach, and still none of it belongs here.
    """
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    # No answer changes because midnight passes while the test runs.
    with standing_at(now()):
        compare(settings)


def compare(settings: Settings) -> None:
    world = World(Storage(settings.STORAGE_DIR), later=("sibling", "stranger"))
    world.leave_elsewhere()
    asking = Asking(world)
    something = [*about_something(world, asking)]
    before = taken([*something, *about_nothing(world, asking)])
    assert {key: before[key][1][0] for key in REFUSED} == REFUSED
    world.add()
    assert changed(before) == []
    here = {(name, role) for name, role, _ in something if stays(name, role)}
    before = {key: found for key, found in before.items() if key in here}
    world.reach_further()
    assert changed(before) == []


def taken(every: list[tuple[str, str, Answer]]) -> Taken:
    found: Taken = {}
    known: set[str] = set()
    for name, role, answer in every:
        if LONG or name not in known:
            given = answer()
            if LONG or given[0] < FIRST_REFUSAL or (name, role) in REFUSED:
                known.add(name)
                found[name, role] = (answer, given)
    return found


def changed(before: Taken) -> list[tuple[str, str]]:
    return [key for key, (answer, found) in before.items() if answer() != found]

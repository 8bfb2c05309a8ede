"""State machines as data: from which states a step may be made, and where it leads."""

import pytest

from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import MACHINES, Machine
from routekaart.domain.lifecycle.machine import step

DOOR = Machine(
    name="door",
    noun="deze deur",
    words={"open": "open", "shut": "dicht", "locked": "op slot"},
    steps={
        "shut": step("open", "shut", to="shut"),
        "lock": step("shut", to="locked"),
    },
)


def test_it_starts_in_its_first_state() -> None:
    assert DOOR.start == "open"
    assert DOOR.choices == [("open", "open"), ("shut", "dicht"), ("locked", "op slot")]


def test_a_step_leads_to_its_target() -> None:
    assert DOOR.after("open", "shut") == "shut"
    assert DOOR.after("shut", "shut") == "shut"


def test_elsewhere_it_says_where_it_may_be_made() -> None:
    with pytest.raises(Conflict) as refused:
        DOOR.after("open", "lock")
    assert refused.value.code == "wrong_state"
    assert refused.value.message == (
        "Dit kan niet: deze deur heeft de status ‘open’. Het kan wel bij: dicht."
    )


def test_sources_come_in_the_order_of_the_states() -> None:
    assert DOOR.sources("shut") == ("open", "shut")


def test_an_unknown_state_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="lock names unknown states"):
        Machine("door", "deze deur", {"open": "open"}, {"lock": step("open", to="locked")})


@pytest.mark.parametrize("machine", MACHINES.values(), ids=lambda machine: machine.name)
def test_every_state_can_be_reached(machine: Machine) -> None:
    reached = {machine.start}
    while (
        more := {each.target for each in machine.steps.values() if each.sources & reached} - reached
    ):
        reached |= more
    assert reached == set(machine.words)

"""Every state × every step × every role, for every state machine, through the API.

What may be done stands in `domain/lifecycle` and `access.py`; how to ask for it in
`tests/lifecycle_walks.py`. Here each object is put in each of its states and each role tries each
step of it.
"""

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import (
    ADOPTED_ONLY,
    PATHS,
    ROLE_PERMISSIONS,
    STEP_PERMISSIONS,
    STRICTER_STEPS,
    Permission,
    Role,
)
from routekaart.clock import standing_at
from routekaart.domain.lifecycle import MACHINES, Machine
from routekaart.models.routekaarten import ADOPTED_STATES
from tests.lifecycle_walks import WALKS, Walk
from tests.makers import ApiClient, client_for, make_colleague
from tests.plg_stage import MORNING
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

OWNER = "owner"
# Rights that reach no further than what is one's own.
OWN = frozenset({Permission.REPORT_PROGRESS})
DONE = 200


def expected(machine: Machine, walk: Walk, state: str, action: str, who: str) -> set[int]:
    """The statuses that are right: not seen, not allowed, not in this state, or done."""
    role = Role.MEMBER if who == OWNER else Role(who)
    given = ROLE_PERMISSIONS[role]
    needed = STRICTER_STEPS.get(
        (machine.name, action, state), STEP_PERMISSIONS[machine.name][action]
    )
    if walk.owned and who != OWNER:
        # Of somebody else: many do not even see it.
        if walk.others is None or (walk.others if needed in OWN else needed) not in given:
            return {403, 404}
    elif walk.view not in given or (role in ADOPTED_ONLY and state not in ADOPTED_STATES):
        return {404}
    elif needed not in given:
        return {403}
    if state in machine.steps[action].sources:
        return {DONE}
    if machine.name == "assignment" and who != OWNER and state != "withdrawn":
        # How far somebody is may not be told: nothing happens, and that is not said.
        return {DONE}
    return {DONE} if action in walk.of_many else {409}


def after_step(machine: Machine, state: str, action: str, came: int) -> str:
    """The state that an object has to be in after an answer."""
    step = machine.steps[action]
    return step.target if came == DONE and state in step.sources else state


def tried(
    machine: Machine, walk: Walk, stage: Stage, clients: Mapping[str, ApiClient]
) -> Iterator[tuple[str, str, str, set[int], int, str]]:
    """State, step, who, the statuses that are right, the one that came, and the state after."""
    made = walk.make(stage)
    assert PATHS[type(made)].view is walk.view
    rows = type(made)._base_manager.filter(pk=made.pk)
    for state in machine.words:
        rows.update(state=state)
        for action, ask in walk.steps.items():
            for who, client in clients.items():
                with transaction.atomic(), standing_at(MORNING):
                    answer = client.call(*ask(made))
                    after = rows.values_list("state", flat=True).get()
                    transaction.set_rollback(True)
                # 201 and 204 are ways of having done it too.
                came = DONE if answer.status_code in {201, 204} else answer.status_code
                yield state, action, who, expected(machine, walk, state, action, who), came, after


@pytest.mark.parametrize("name", WALKS)
def test_every_state_every_step_every_role(name: str) -> None:
    machine, walk = MACHINES[name], WALKS[name]
    with scopes_disabled():
        stage = Stage()
        clients = {role.value: client_for(make_colleague(stage.team, role)) for role in Role}
        clients[OWNER] = client_for(stage.member)
        walk.prepared(stage)
        wrong = [
            (state, action, who, right, came, after)
            for state, action, who, right, came, after in tried(machine, walk, stage, clients)
            if came not in right or after != after_step(machine, state, action, came)
        ]
    assert wrong == []


def test_every_machine_and_every_step_by_hand_is_walked() -> None:
    assert {name: set(walk.steps) for name, walk in WALKS.items()} == {
        name: set(steps) for name, steps in STEP_PERMISSIONS.items()
    }

"""The one way to change a routekaart: right, lock, state, revision, log; all or nothing."""

from typing import Any

import pytest

from routekaart.access import Forbidden, NotFound, Permission, Role
from routekaart.actions.changing import BEFORE_APPROVAL, DRAFT, changing
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import AuditEntry
from routekaart.models.routekaarten import State
from tests.makers import access_for, make_colleague, make_person, make_team
from tests.stages import Stage

pytestmark = pytest.mark.django_db


def change(stage: Stage, **values: Any) -> Any:
    usual: dict[str, Any] = {
        "by": stage.as_lead,
        "routekaart_id": stage.routekaart.pk,
        "permission": Permission.EDIT_ROUTEKAART,
        "states": DRAFT,
        "action": "try",
    }
    return changing(**usual | values)


def log_of(stage: Stage) -> list[tuple[str, str, str, str]]:
    with stage.as_lead.entered():
        return [
            (entry.action, entry.object_kind, entry.object_id, str(entry.person_id))
            for entry in AuditEntry.objects.order_by("pk")
        ]


def test_a_change_raises_the_revision_and_is_logged_once() -> None:
    stage = Stage()
    with change(stage) as routekaart:
        routekaart.reason = "Omdat het moet."
    assert (stage.fresh().reason, stage.routekaart.revision) == ("Omdat het moet.", 2)
    assert log_of(stage) == [
        ("try", "Routekaart", str(stage.routekaart.pk), str(stage.lead.pk)),
    ]


def test_nothing_stays_of_a_body_that_raises() -> None:
    stage = Stage()

    def stop_halfway() -> None:
        with change(stage) as routekaart:
            routekaart.reason = "half"
            routekaart.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_halfway()
    assert (stage.fresh().reason, stage.routekaart.revision) == ("", 1)
    assert log_of(stage) == []


def test_another_revision_is_refused() -> None:
    stage = Stage()
    with change(stage, revision=1):
        pass
    with pytest.raises(Conflict) as caught, change(stage, revision=1):
        pass
    assert caught.value.code == "stale_revision"
    assert caught.value.message == (
        "Iemand anders heeft deze routekaart intussen gewijzigd. "
        "Haal de routekaart opnieuw op en probeer het dan nog eens."
    )
    assert stage.fresh().revision == 2


def test_another_state_is_refused_and_says_when_it_can() -> None:
    stage = Stage()
    with pytest.raises(Conflict) as caught, change(stage, states=(State.SUBMITTED, State.ADVISED)):
        pass
    assert caught.value.code == "wrong_state"
    assert caught.value.message == (
        "Dit kan niet: de routekaart heeft de status ‘concept’. "
        "Het kan wel bij: ingediend, advies gegeven."
    )


@pytest.mark.parametrize("state", [State.APPROVED, State.RUNNING])
def test_after_approval_it_says_to_ask_the_director(state: State) -> None:
    stage = Stage()
    with change(stage) as routekaart:
        routekaart.state = state
    with pytest.raises(Conflict) as caught, change(stage, states=(State.ACCEPTED, State.PLANNED)):
        pass
    assert caught.value.message == (
        f"Dit kan niet: de routekaart heeft de status ‘{state.label}’. "
        "Het kan wel bij: advies aangenomen, gepland. Vraag de directeur om het plan terug te "
        "geven, met de reden erbij. Daarna kan dit wel, en keurt de directeur het nieuwe plan weer "
        "goed."
    )
    # Given back it is no draft, so that asking would not help here.
    with pytest.raises(Conflict) as caught, change(stage):
        pass
    assert caught.value.message == (
        f"Dit kan niet: de routekaart heeft de status ‘{state.label}’. Het kan wel bij: concept."
    )


def test_who_may_not_is_refused_before_the_state_is_told() -> None:
    stage = Stage()
    reader = make_colleague(stage.team, Role.DIRECTOR)
    stranger = make_colleague(make_team(), Role.TEAM_LEAD)
    for person, refusal in (
        (reader, Forbidden),
        (stranger, NotFound),
        (make_person(), NotFound),
    ):
        with pytest.raises(refusal), change(stage, by=access_for(person), states=()):
            pass
    assert log_of(stage) == []


def test_the_states_before_approval() -> None:
    assert BEFORE_APPROVAL == ("draft", "submitted", "advised", "accepted", "planned")
    assert set(ROUTEKAART.words) == set(State.values)

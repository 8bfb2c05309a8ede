"""The pages of one routekaart as tabs: those that make sense in its state and for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from routekaart.access import Access, Permission
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State

_ORDER = tuple(State)
# A class of the style sheet per state; the words of the state say the same.
TAG_OF_STATE: Mapping[str, str] = {
    State.DRAFT: "todo",
    State.SUBMITTED: "busy",
    State.ADVISED: "busy",
    State.ACCEPTED: "busy",
    State.PLANNED: "busy",
    State.APPROVED: "done",
    State.RUNNING: "done",
    State.CLOSED: "",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `here`: its page is the one that is shown."""

    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class _Place:
    key: str
    title: str
    name: str
    permission: Permission
    # From this state on there is something to see.
    since: State


_PLACES = (
    _Place("steps", "Invullen", "intake:steps", Permission.VIEW_ROUTEKAART, State.DRAFT),
    _Place("advice", "Advies", "route:advice", Permission.VIEW_ROUTEKAART, State.ADVISED),
    _Place("assign", "Toewijzen", "preparing:assign", Permission.ASSIGN, State.ACCEPTED),
    _Place("plan", "Plan", "route:plan", Permission.VIEW_PLAN, State.ACCEPTED),
    _Place("year", "Jaar", "route:year", Permission.VIEW_PLAN, State.ACCEPTED),
    _Place(
        "agreements", "Afspraken", "week:agreements", Permission.VIEW_AGREEMENTS, State.ACCEPTED
    ),
    _Place(
        "documents", "Documenten", "documents:documents", Permission.VIEW_DOCUMENT, State.PLANNED
    ),
)


def routekaart_tabs(by: Access, routekaart: Routekaart, here: str) -> tuple[Tab, ...]:
    """The tabs; `here` is the name of the page's address (`intake:steps`) or its last part.

    Asks nothing of the tables: `routekaart` must have been read along with its team.
    """
    team = routekaart.team
    # What was given back has had a plan, and documents of that.
    state = State.PLANNED if routekaart.return_comment else State(routekaart.state)
    reached = _ORDER.index(state)
    return tuple(
        Tab(
            _title(place, by, routekaart),
            reverse(place.name, args=[routekaart.pk]),
            here in {place.key, place.name},
        )
        for place in _PLACES
        if reached >= _ORDER.index(place.since)
        and by.allows(place.permission, school=team.school_id, team=team.pk)
    )


def may_fill_in(by: Access, routekaart: Routekaart) -> bool:
    """Whether the team's answers can be changed now, by this person."""
    return routekaart.state == State.DRAFT and by.allows(
        Permission.EDIT_ROUTEKAART, school=routekaart.team.school_id, team=routekaart.team_id
    )


def _title(place: _Place, by: Access, routekaart: Routekaart) -> str:
    if place.key == "steps" and not may_fill_in(by, routekaart):
        return "Ingevuld"
    return place.title

"""The main menu: what somebody's roles make useful, in a fixed order."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from routekaart.access import Access, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu. `here`: the page that is shown lies under it."""

    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class _Place:
    title: str
    name: str
    roles: frozenset[Role]
    # For who is in a team, whatever the role.
    for_teams: bool = False


_PLACES = (
    _Place("Mijn week", "week:week", frozenset(), for_teams=True),
    _Place(
        "Routekaarten",
        "intake:routekaarten",
        frozenset({Role.MEMBER, Role.TEAM_LEAD, Role.TRAINER}),
        for_teams=True,
    ),
    _Place("Wachtrij", "trainer:queue", frozenset({Role.TRAINER})),
    _Place("Overzicht", "overview:overview", frozenset({Role.DIRECTOR, Role.BOARD})),
    _Place("Vastgestelde plannen", "documents:adopted", frozenset({Role.MR_READER})),
    _Place("Beheer", "office:office", frozenset({Role.SCHOOL_ADMIN})),
    _Place("Catalogusbeheer", "admin:index", frozenset({Role.CATALOGUE_MANAGER})),
)
# Pages that lie under an entry, though not under its address.
_BELONGS = {"intake:routekaarten": "/routekaart/"}
_FOR_EVERYBODY = (("Interventies", "visitor:interventions"),)
_FOR_VISITORS = (("Probeer het", "visitor:choose"), *_FOR_EVERYBODY)


def main_menu(by: Access | None) -> tuple[tuple[str, str], ...]:
    """Titles with names of addresses, for this person or for a visitor."""
    if by is None:
        return _FOR_VISITORS
    return (*((one.title, one.name) for one in _places_of(by)), *_FOR_EVERYBODY)


def home_of(by: Access) -> str:
    """The address where this person's work begins; the start page for who has no role yet.

    A task for the whole school goes before what one does as a member of a team.
    """
    places = sorted(_places_of(by), key=lambda place: place.for_teams)
    return reverse(places[0].name if places else "start")


def _is_under(path: str, name: str) -> bool:
    address = reverse(name)
    return path == address or path.startswith((f"{address}/", _BELONGS.get(name, f"{address}/")))


def _places_of(by: Access) -> Iterable[_Place]:
    roles = {role for granted in by.roles.values() for role in granted}
    for place in _PLACES:
        if place.roles & roles or (place.for_teams and by.teams):
            yield place


def navigation(request: HttpRequest) -> dict[str, object]:
    """For every template: `menu`. No queries: without `request.by` it is the visitor's."""
    by: Access | None = getattr(request, "by", None)
    path = request.path
    return {
        "menu": [
            Entry(title, reverse(name), _is_under(path, name)) for title, name in main_menu(by)
        ]
    }

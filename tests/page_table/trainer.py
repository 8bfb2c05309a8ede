"""The trainer: the queue, the desk, what-if."""

from routekaart.access import Role
from tests.page_table import Page
from tests.page_world import World

_COURSE = "feedback-en-toetsen"
_TRAINER = (Role.TRAINER,)


def _desk(world: World, rest: str = "") -> str:
    return f"/routekaart/{world.submitted.routekaart.pk}/advies-maken{rest}"


def _next_round(world: World, rest: str = "") -> str:
    return f"/routekaart/{world.advised.routekaart.pk}/advies-maken{rest}"


def _draft(world: World) -> str:
    return f"/routekaart/{world.draft.routekaart.pk}/advies-maken"


def _what_if(world: World, query: str = "") -> str:
    return f"/routekaart/{world.planned.routekaart.pk}/wat-als{query}"


_PLANNERS = (Role.TRAINER, Role.TEAM_LEAD)
_MORE = "?wijziging=soort%3Dmore_weekly_minutes%26minuten%3D30"

PAGES = [
    Page("trainer queue", lambda _world: "/wachtrij", _TRAINER),
    Page("trainer desk", _desk, _TRAINER),
    Page("trainer desk next round", _next_round, _TRAINER),
    Page("trainer desk of a draft", _draft, _TRAINER),
    Page("trainer desk course", lambda world: _desk(world, f"/cursus/{_COURSE}"), _TRAINER),
    Page("trainer desk answers", lambda world: _desk(world, "/antwoorden"), _TRAINER),
    Page("trainer desk adding", lambda world: _desk(world, "/toevoegen?woorden=gesprek"), _TRAINER),
    Page("trainer desk versions", lambda world: _next_round(world, "/versies"), _TRAINER),
    Page("trainer what-if", _what_if, _PLANNERS),
    Page(
        "trainer what-if new member",
        lambda world: _what_if(world, "?soort=add_member"),
        _PLANNERS,
    ),
    Page(
        "trainer what-if outcome",
        lambda world: (
            f"/routekaart/{world.planned.routekaart.pk}/wat-als/uitkomst"
            "?wijziging=soort%3Dmore_weekly_minutes%26minuten%3D5"
        ),
        _PLANNERS,
    ),
    Page("trainer what-if with a change", lambda world: _what_if(world, _MORE), _PLANNERS),
]

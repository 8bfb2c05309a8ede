"""The advice to accept, the drawn year, the plan."""

from routekaart.access import Role
from tests.page_table import Page

_READERS = (
    Role.TEAM_LEAD,
    Role.MEMBER,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
)
# Of what was adopted.
_AND_THE_MR = (*_READERS, Role.MR_READER)

PAGES = [
    Page("advice", lambda world: f"/routekaart/{world.advised.routekaart.pk}/advies", _READERS),
    Page(
        "advice to come",
        lambda world: f"/routekaart/{world.submitted.routekaart.pk}/advies",
        _READERS,
    ),
    Page(
        "advice taken", lambda world: f"/routekaart/{world.running.routekaart.pk}/advies", _READERS
    ),
    Page("year", lambda world: f"/routekaart/{world.running.routekaart.pk}/jaar", _AND_THE_MR),
    Page(
        "year without plan",
        lambda world: f"/routekaart/{world.advised.routekaart.pk}/jaar",
        _READERS,
    ),
    Page("plan", lambda world: f"/routekaart/{world.planned.routekaart.pk}/plan", _READERS),
    Page(
        "plan checked",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/plan?controle=ja",
        _READERS,
    ),
    Page("plan to come", lambda world: f"/routekaart/{world.advised.routekaart.pk}/plan", _READERS),
    Page(
        "plan running", lambda world: f"/routekaart/{world.running.routekaart.pk}/plan", _AND_THE_MR
    ),
    Page(
        "plan fitting",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/plan/past-het",
        _READERS,
    ),
    Page(
        "plan searched",
        lambda world: f"/routekaart/{world.planned.routekaart.pk}/plan/past-het?zoek=ja",
        _READERS,
    ),
    Page("plan version", lambda world: f"/plan/{world.planned.plan.pk}", _READERS),
    Page("plan hours", lambda world: f"/plan/{world.planned.plan.pk}/uren", _READERS),
]

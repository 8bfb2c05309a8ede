"""The plan on which people count, of the routekaarten that are asked for and of no other."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scopes_disabled

from routekaart.models import Plan, Routekaart, School
from routekaart.queries.planning.current_plan import current_plans, current_rows
from tests.makers import make_routekaart, make_school, make_team

pytestmark = pytest.mark.django_db
ADOPTED = datetime(2026, 8, 24, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


def with_plans(school: School, name: str, *adopted: bool) -> tuple[Routekaart, list[Plan]]:
    """A version for each, with whether it was adopted."""
    routekaart = make_routekaart(make_team(school, name))
    with scopes_disabled():
        return routekaart, [
            Plan.objects.create(
                routekaart=routekaart,
                version=number,
                content={},
                input_hash=str(number),
                catalogue_version="0",
                approved_at=ADOPTED if one else None,
            )
            for number, one in enumerate(adopted, start=1)
        ]


def test_the_one_adopted_last_or_else_the_latest_of_those_asked_for() -> None:
    school = make_school()
    one, plans_of_one = with_plans(school, "Een", True, True, False)
    two, plans_of_two = with_plans(school, "Twee", False, False)
    with_plans(school, "Ernaast", True)
    counts = {one.pk: plans_of_one[1].pk, two.pk: plans_of_two[1].pk}
    with scopes_disabled():
        assert current_plans([one.pk, two.pk]) == counts
        rows = current_rows([one.pk, two.pk]).values_list("routekaart_id", "pk")
        assert dict(rows) == counts

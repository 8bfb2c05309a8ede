"""Sums per school, and what is in none of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from routekaart.access import Access, Role
from routekaart.domain.overview import Cost, SchoolTotals, TeamHours
from routekaart.models import Agreement
from routekaart.queries.overview.lines import OverviewFilter, overview
from routekaart.queries.overview.schools import school_totals
from tests.makers import access_for, make_board, make_colleague, make_school
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 10, 5)
COST = Cost("zeer laag", "zeer laag", ("Duurzaam beter onderwijs, 2021",), 0)


def totals(by: Access) -> dict[str, SchoolTotals]:
    found = overview(by=by, only=OverviewFilter(), today=TODAY)
    sums = school_totals(by=by, lines=found.lines, today=TODAY)
    return {school.name: sums[school.school] for school in found.schools if school.school in sums}


def test_a_sum_leaves_small_teams_out() -> None:
    board = make_board()
    large = Stage(make_school(board, "De Wilg"), "Bovenbouw")
    for _ in range(3):
        make_colleague(large.team, Role.MEMBER)
    large.planned()
    small = Stage(large.school, "Kleuters").planned()
    Stage(make_school(board, "De Eik")).filled()
    for stage in (large, small):
        with stage.as_lead.entered():
            Agreement.objects.create(
                routekaart=stage.routekaart, what="Kijken.", due_on=TODAY, check_on=TODAY
            )
    # A director may read the agreements themselves.
    assert totals(small.as_director)["De Wilg"].to_look_at == 2
    by = access_for(make_colleague(large.team, Role.BOARD))
    assert totals(by) == {
        "De Eik": SchoolTotals(None, 0, 0, COST, date(2026, 11, 4), 0),
        "De Wilg": SchoolTotals(
            # Five people of 25 hours; the two of the other team are not in it.
            TeamHours(None, assigned=7500, individual=0, assumed=5400),
            teams_counted=1,
            teams_hidden=1,
            cost=COST,
            next_day=date(2026, 11, 4),
            to_look_at=1,
        ),
    }


def test_as_many_queries_for_one_school_as_for_thirty() -> None:
    board = make_board()
    stage = Stage(make_school(board)).planned()

    def queries() -> int:
        by = access_for(make_colleague(stage.team, Role.BOARD))
        current_catalogue()
        with CaptureQueriesContext(connection) as found:
            totals(by)
        return len(found)

    one = queries()
    for number in range(29):
        Stage(make_school(board, f"School {number}")).filled()
    assert queries() == one <= 8

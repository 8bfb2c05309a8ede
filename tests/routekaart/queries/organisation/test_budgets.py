"""The own budgets of somebody: never those of a colleague."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.models import BudgetLine
from routekaart.queries.organisation.budgets import budget_employments, budget_of, own_budgets
from tests.makers import access_for, employ, grant, make_colleague, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_everybody_sees_the_own_budget_of_each_school_and_nobody_elses() -> None:
    here, elsewhere = make_team(name="Hier"), make_team(name="Daar")
    mine, colleague = make_colleague(here), make_colleague(here)
    employ(mine, elsewhere.school)
    grant(mine, Role.MEMBER, school=elsewhere.school)
    with scopes_disabled():
        for person, school, cents in (
            (mine, here.school, 1_000),
            (mine, elsewhere.school, 2_000),
            (colleague, here.school, 4_000),
        ):
            BudgetLine.objects.create(
                school=school, person=person, school_year=2026, kind="granted", cents=cents
            )
    found = own_budgets(by=access_for(mine), year=2026)
    assert {
        (one.employment.person, one.employment.school_id, line.cents)
        for one in found
        for line in one.lines
    } == {(mine, here.school_id, 1_000), (mine, elsewhere.school_id, 2_000)}
    assert len(found) == 2


def test_budgets_stand_by_the_name_that_the_school_gives() -> None:
    team = make_team()
    director = make_colleague(team, Role.DIRECTOR, name="Dirk Directeur")
    other = make_colleague(team, name="Anna Eigennaam")
    with scopes_disabled():
        other.employments.update(given_name="Zoë Anders")
    by = access_for(director)
    rows = budget_employments(by=by, school_id=team.school_id)
    with by.entered():
        assert [row.shown_name for row in rows] == ["Dirk Directeur", "Zoë Anders"]


def test_the_own_budget_of_a_school_out_of_reach_is_not_there() -> None:
    here, elsewhere = make_team(name="Hier"), make_team(name="Daar")
    mine = make_colleague(here)
    # Works there, without any role.
    out_of_reach = employ(mine, elsewhere.school)
    by = access_for(mine)
    with pytest.raises(NotFound):
        budget_of(by=by, employment_id=out_of_reach.pk, year=2026)
    assert [one.employment.school for one in own_budgets(by=by, year=2026)] == [here.school]

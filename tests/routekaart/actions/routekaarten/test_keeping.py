"""What somebody tried without an account is kept for one team."""

import pytest
from django_scopes import scopes_disabled

from routekaart.actions.routekaarten.keeping import keep_choice
from routekaart.models import Routekaart
from tests.makers import access_for, join, make_team
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_who_leads_two_teams_keeps_it_for_the_one_that_was_named() -> None:
    stage = Stage()
    other = make_team(stage.school, "Bovenbouw")
    join(stage.lead, other)
    for _ in range(2):
        keep_choice(
            by=access_for(stage.lead),
            team_id=other.pk,
            school_year=stage.year,
            interventions=[INTERVENTION],
        )
    with scopes_disabled():
        chosen = Routekaart.objects.values_list("team", "chosen__intervention")
        assert set(chosen) == {(stage.team.pk, None), (other.pk, INTERVENTION)}

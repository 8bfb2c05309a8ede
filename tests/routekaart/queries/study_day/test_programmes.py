"""What a programme may refer to and stands beside: of its own team, and of its own school."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role, school_scope
from routekaart.domain.programme import Known
from routekaart.models import Person, StudyDay, Team
from routekaart.queries.study_day.programme_desk import programme_desk
from routekaart.queries.study_day.programmes import days_of_others, known_to
from tests.makers import access_for, grant, make_colleague, make_person, make_routekaart, make_team
from tests.stages import STUDY_DAY

pytestmark = pytest.mark.django_db


class Place:
    """A team with a study day that is fixed, and who is there."""

    def __init__(self, team: Team) -> None:
        self.school = team.school
        values: dict[str, Any] = STUDY_DAY | {"fixed": True}
        with scopes_disabled():
            row = StudyDay.objects.create(routekaart=make_routekaart(team), **values)
            self.day: StudyDay = StudyDay.objects.select_related("routekaart__team__school").get(
                pk=row.pk
            )
        self.lead: Person = make_colleague(team, Role.TEAM_LEAD, name=f"Lead {team.name}")
        self.member: Person = make_colleague(team, name=f"Lid {team.name}")
        self.trainer: Person = make_colleague(team, Role.TRAINER, name=f"Trainer {team.name}")


@pytest.fixture
def places() -> tuple[Place, Place, Place]:
    """This team, the one next door, and one of another school."""
    here = make_team(name="A")
    return Place(here), Place(make_team(here.school, "B")), Place(make_team(name="C"))


def ids(*people: Person) -> frozenset[str]:
    return frozenset(str(one.pk) for one in people)


def test_of_the_school_only_who_is_asked_about_and_of_another_nobody(
    places: tuple[Place, Place, Place],
) -> None:
    here, beside, elsewhere = places
    asked = ids(beside.member, beside.trainer, elsewhere.member, elsewhere.trainer)
    with school_scope([here.school.pk, elsewhere.school.pk]):
        found = known_to(here.day, asked)
    team = ids(here.lead, here.member)
    assert found == Known(
        team=team,
        school=team | ids(beside.member, beside.trainer),
        goals=frozenset(),
        topics=frozenset(),
    )


def test_other_teams_are_those_of_the_school(places: tuple[Place, Place, Place]) -> None:
    here, _, elsewhere = places
    with school_scope([here.school.pk, elsewhere.school.pk]):
        found = {on: [one.team for one in days] for on, days in days_of_others([here.day]).items()}
    assert found == {date(2026, 11, 4): ["B"]}


@pytest.mark.usefixtures("catalogue")
def test_who_may_lead_is_in_the_team_or_guides_the_school(
    places: tuple[Place, Place, Place],
) -> None:
    here, _, elsewhere = places
    for name, school in (("A", here.school), ("C", elsewhere.school)):
        grant(make_person(f"Bestuur {name}"), Role.TRAINER, board=school.board)
    desk = programme_desk(by=access_for(here.lead), study_day_id=here.day.pk, anew=False)
    assert [name for _, name in desk.members] == ["Lead A", "Lid A"]
    assert [name for _, name in desk.leaders] == [
        "Bestuur A",
        "Lead A",
        "Lead B",
        "Lid A",
        "Trainer A",
        "Trainer B",
    ]

"""Somebody's teams, all at once."""

from datetime import date
from decimal import Decimal

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.organisation.team_places import add_person, change_teams
from routekaart.domain.errors import BadInput
from routekaart.models import Employment, Mail, Person, TeamMembership
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = date(2026, 9, 1)


def teams_of(person: Person) -> list[tuple[str, date]]:
    with scopes_disabled():
        rows = TeamMembership.objects.filter(person=person).order_by("team__name")
        return list(rows.values_list("team__name", "joined_on"))


def test_only_what_differs_changes() -> None:
    school = make_school()
    kept, left, new = (make_team(school, name) for name in ("A", "B", "C"))
    admin = make_colleague(kept, Role.SCHOOL_ADMIN)
    person = make_person()
    employment = employ(person, school)
    for team in (kept, left):
        join(person, team, date(2025, 8, 1))
    elsewhere = make_team(make_school(), "Elders")
    join(person, elsewhere, date(2025, 8, 1))
    # Runs both schools, and somebody else is in the new team already.
    grant(admin, Role.SCHOOL_ADMIN, school=elsewhere.school)
    join(make_person(), new)
    by = access_for(admin)
    for _ in range(2):
        change_teams(by=by, employment_id=employment.pk, teams=[kept.pk, new.pk], joined_on=TODAY)
    assert teams_of(person) == [
        ("A", date(2025, 8, 1)),
        ("C", TODAY),
        # Another school's is left alone.
        ("Elders", date(2025, 8, 1)),
    ]


def test_a_team_of_another_school_is_refused_and_then_nobody_is_added() -> None:
    school, second = make_school(), make_school()
    admin = make_colleague(make_team(school), Role.SCHOOL_ADMIN)
    # Runs both schools, so that the other team is within reach.
    grant(admin, Role.SCHOOL_ADMIN, school=second)
    theirs, strange = make_team(second, "Van hen"), make_team(name="Vreemd")
    for team in (theirs, strange):
        with pytest.raises(BadInput) as refused:
            add_person(
                by=access_for(admin),
                school_id=school.pk,
                email="noor@school.test",
                name="Noor Nieuw",
                roles=[Role.MEMBER],
                functions=[],
                fte=Decimal(1),
                working_days=[1],
                weekly_study_minutes=None,
                teams=[team.pk],
                joined_on=TODAY,
            )
        assert (refused.value.field, refused.value.code) == ("teams", "other_school")
    with scopes_disabled():
        assert not Employment.objects.filter(person__email="noor@school.test").exists()
    assert not Mail.objects.exists()


def test_who_may_not() -> None:
    team = make_team()
    person = make_person()
    employment = employ(person, team.school)
    for other in (
        make_colleague(team, Role.DIRECTOR),
        make_colleague(make_team(), Role.SCHOOL_ADMIN),
    ):
        with pytest.raises(NotFound):
            change_teams(
                by=access_for(other), employment_id=employment.pk, teams=[team.pk], joined_on=TODAY
            )
    assert teams_of(person) == []

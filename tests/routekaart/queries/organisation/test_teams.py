"""A team as planning and assigning see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import NotFound, school_scope
from routekaart.domain.assigning import TeamMember
from routekaart.domain.people import Leave as DomainLeave
from routekaart.domain.people import Member
from routekaart.models import Leave
from routekaart.queries.organisation.teams import (
    employments_of,
    functions_in_team,
    functions_of,
    member_count,
    members_for_assigning,
    members_for_planning,
)
from tests.makers import employ, join, make_colleague, make_person, make_school, make_team

pytestmark = pytest.mark.django_db


def test_only_the_employment_at_the_teams_own_school() -> None:
    team, elsewhere = make_team(), make_school()
    person = make_person("Sam Samen")
    here = employ(person, team.school, ("leerkracht",))
    employ(person, elsewhere, ("schoolleider",))
    join(person, team)
    both = (team.school_id, elsewhere.pk)
    assert employments_of(team_id=team.pk, schools=both) == (here,)
    # Whoever reaches only the other school does not find the team's people there.
    assert employments_of(team_id=team.pk, schools=(elsewhere.pk,)) == ()


def test_a_second_team_at_the_other_school_mixes_nothing() -> None:
    first, second = make_team(), make_team()
    person = make_person()
    employments = {team.pk: employ(person, team.school) for team in (first, second)}
    for team in (first, second):
        join(person, team)
    both = (first.school_id, second.school_id)
    for team in (first, second):
        assert employments_of(team_id=team.pk, schools=both) == (employments[team.pk],)


def test_who_is_inactive_or_only_visits_is_left_out() -> None:
    team = make_team()
    present = make_colleague(team, name="Anna")
    inactive = make_colleague(team, name="Bert")
    inactive.is_active = False
    inactive.save()
    join(make_person("Vera Bezoek"), team)
    employ(make_person("Cor Collega"), team.school)
    found = employments_of(team_id=team.pk, schools=(team.school_id,))
    assert [employment.person for employment in found] == [present]
    assert member_count(team_id=team.pk, schools=(team.school_id,)) == 3


def test_who_is_in_another_team_is_not_counted_and_a_function_elsewhere_is_none_here() -> None:
    first, second = make_team(), make_team()
    person = make_person()
    employ(person, first.school, ("leerkracht",))
    employ(person, second.school, ("schoolleider",))
    for team in (first, second):
        join(person, team)
    make_colleague(second, functions=("onderwijsassistent",))
    both = (first.school_id, second.school_id)
    assert member_count(team_id=first.pk, schools=both) == 1
    assert functions_in_team(team_id=first.pk, schools=both) == ("leerkracht",)


def test_in_order_of_name() -> None:
    team = make_team()
    for name in ("Zoë", "Anna", "Mo"):
        make_colleague(team, name=name)
    found = employments_of(team_id=team.pk, schools=(team.school_id,))
    assert [employment.person.name for employment in found] == ["Anna", "Mo", "Zoë"]


def test_called_as_the_school_does_in_the_order_of_those_names() -> None:
    team = make_team()
    anna, *_ = (make_colleague(team, name=name) for name in ("Anna", "Bert", "Cor"))
    with school_scope([team.school_id]):
        anna.employments.update(given_name="Zoë Anders")
    found = employments_of(team_id=team.pk, schools=(team.school_id,))
    here, stored = (
        [member.name for member in members_for_planning(found, called_here=called_here)]
        for called_here in (True, False)
    )
    assert here == ["Bert", "Cor", "Zoë Anders"]
    # What a plan was made from stays as it is.
    assert stored == ["Anna", "Bert", "Cor"]


def test_as_many_queries_for_three_as_for_one() -> None:
    team = make_team()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            members_for_planning(employments_of(team_id=team.pk, schools=(team.school_id,)))
        return len(captured)

    counts = []
    for number in range(3):
        person = make_colleague(team, name=f"Collega {number}")
        with school_scope([team.school_id]):
            Leave.objects.create(
                employment=person.employments.get(),
                first_day=date(2026, 9, 1),
                last_day=date(2026, 9, 2),
            )
        counts.append(queries())
    assert counts == [1, 1, 1]


def test_what_planning_and_assigning_get() -> None:
    team = make_team()
    person = make_person("Anna")
    employment = employ(
        person,
        team.school,
        ("intern-begeleider", "leerkracht"),
        fte=Decimal("0.6"),
        working_days=[4, 1],
        weekly_study_minutes=45,
    )
    join(person, team)
    with school_scope([team.school_id]):
        for first in (date(2027, 1, 4), date(2026, 9, 1)):
            Leave.objects.create(employment=employment, first_day=first, last_day=first)
    found = employments_of(team_id=team.pk, schools=(team.school_id,))
    assert members_for_planning(found) == (
        Member(
            id=str(person.pk),
            name="Anna",
            functions=("intern-begeleider", "leerkracht"),
            fte=Decimal("0.600"),
            working_days=(1, 4),
            leave=(
                DomainLeave(date(2026, 9, 1), date(2026, 9, 1)),
                DomainLeave(date(2027, 1, 4), date(2027, 1, 4)),
            ),
            own_weekly_minutes=45,
        ),
    )
    assert members_for_assigning(found) == (
        TeamMember(id=str(person.pk), functions=("intern-begeleider", "leerkracht")),
    )


def test_functions_are_named_once() -> None:
    team = make_team()
    for functions in (("leerkracht",), ("onderwijsassistent", "leerkracht"), ()):
        make_colleague(team, functions=functions)
    found = employments_of(team_id=team.pk, schools=(team.school_id,))
    assert functions_of(found) == ("leerkracht", "onderwijsassistent")


def test_without_schools_there_is_nothing_to_read() -> None:
    with pytest.raises(NotFound):
        employments_of(team_id=make_team().pk, schools=())

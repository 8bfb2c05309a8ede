"""The plan of one person holds what hangs on that person, in the own teams and at this school."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.domain.content.person_input import PersonPlanInput
from routekaart.models import (
    Agreement,
    BudgetLine,
    Person,
    PlgCycle,
    PlgCycleMember,
    Routekaart,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.queries.documents.person_plan import person_plan_input
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_colleague,
    make_routekaart,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 11, 2)


def own(person: Person, routekaart: Routekaart) -> PersonPlanInput:
    return person_plan_input(
        by=access_for(person), routekaart_id=routekaart.pk, person_id=person.pk, today=TODAY
    )


def together(routekaart: Routekaart, person: Person) -> None:
    """A PLG and a work group of that person, and an agreement of the whole team."""
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=routekaart, name=person.name)
        PlgCycleMember.objects.create(cycle=cycle, person=person)
        group = WorkGroup.objects.create(routekaart=routekaart, name=person.name)
        WorkGroupMember.objects.create(work_group=group, person=person)
        Agreement.objects.create(routekaart=routekaart, what="x", due_on=TODAY, check_on=TODAY)


def test_somebody_of_the_team_next_door_is_not_in_this_one() -> None:
    team = make_team()
    routekaart = make_routekaart(team)
    neighbour = make_colleague(make_team(team.school, "Bovenbouw"))
    # Sees both teams, and is in one.
    grant(neighbour, Role.TRAINER, school=team.school)
    for by in (neighbour, make_colleague(team, Role.TEAM_LEAD)):
        with pytest.raises(NotFound):
            person_plan_input(
                by=access_for(by),
                routekaart_id=routekaart.pk,
                person_id=neighbour.pk,
                today=TODAY,
            )


def test_teams_that_one_only_sees_are_not_one_s_own() -> None:
    team = make_team()
    routekaart = make_routekaart(team)
    make_routekaart(make_team(team.school, "Bovenbouw"))
    person = make_colleague(team)
    grant(person, Role.TRAINER, school=team.school)
    assert [one.plan.team for one in own(person, routekaart).teams] == ["Onderbouw"]


def test_plgs_and_work_groups_of_others_are_not_in_it() -> None:
    team = make_team()
    routekaart = make_routekaart(team)
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    for person in (anna, bram):
        together(routekaart, person)
    for person in (anna, bram):
        (found,) = own(person, routekaart).teams
        assert [one.name for one in found.plgs] == [person.name]
        assert found.work_groups == (person.name,)


def test_agreements_are_the_own_ones_those_of_the_own_group_and_of_the_team() -> None:
    team = make_team()
    routekaart = make_routekaart(team)
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    values: dict[str, Any] = {"routekaart": routekaart, "due_on": TODAY, "check_on": TODAY}
    with scopes_disabled():
        Agreement.objects.create(what="allen", **values)
        for person in (anna, bram):
            group = WorkGroup.objects.create(routekaart=routekaart, name=person.name)
            WorkGroupMember.objects.create(work_group=group, person=person)
            Agreement.objects.create(what=person.name, owner=person, **values)
            Agreement.objects.create(what=f"groep {person.name}", work_group=group, **values)
    (found,) = own(anna, routekaart).teams
    assert {(one.what, one.whose) for one in found.agreements} == {
        ("allen", "het hele team"),
        ("Anna", "jij"),
        ("groep Anna", "Anna"),
    }


def test_who_is_in_a_team_without_a_right_to_its_plgs_and_agreements_reads_none() -> None:
    team = make_team()
    routekaart = make_routekaart(team)
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    join(admin, team)
    together(routekaart, admin)
    (found,) = own(admin, routekaart).teams
    assert (found.plgs, found.agreements) == ((), ())


def test_the_budget_is_that_of_this_school() -> None:
    here, elsewhere = make_team(), make_team()
    person = make_colleague(here)
    grant(person, Role.MEMBER, school=elsewhere.school)
    employ(person, elsewhere.school)
    join(person, elsewhere)
    left = []
    for team, cents in ((here, 1_000), (elsewhere, 2_000)):
        with scopes_disabled():
            BudgetLine.objects.create(
                school=team.school,
                person=person,
                school_year=2026,
                kind="spent",
                cents=cents,
                what="Boek",
                spent_on=TODAY,
            )
    for team in (here, elsewhere):
        budget = own(person, make_routekaart(team)).budget
        assert budget is not None
        left.append(budget.now.spent)
    assert left == [1_000, 2_000]

"""Somebody in two teams, or at two schools: what happens in one leaves the other alone."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.actions.assigning.targets import Target
from routekaart.actions.organisation.people import (
    change_employment,
    end_employment,
    remove_membership,
)
from routekaart.models import Agreement, Employment, Person, TeamMembership
from routekaart.models.assignment_batches import TargetKind
from tests.makers import access_for, employ, grant, join, make_colleague
from tests.routekaart.actions.assigning.test_batches import MINDSET
from tests.routekaart.actions.assigning.test_team_changes import (
    COMPLIMENTS,
    TODDLERS,
    admin_of,
    assign,
    enters,
    has,
    newcomer,
    with_rules,
)
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

BOTH = {MINDSET: "assigned", COMPLIMENTS: "assigned"}


def admin_of_both(one: Stage, two: Stage) -> Access:
    by = admin_of(one)
    grant(by.person, Role.SCHOOL_ADMIN, school=two.school)
    return access_for(by.person)


def employment_of(person: Person, stage: Stage) -> Employment:
    with scopes_disabled():
        return Employment.objects.get(person=person, school=stage.school)


def test_who_joins_gets_what_the_function_at_that_school_asks() -> None:
    teaches, leads = with_rules(), with_rules()
    nina = newcomer(teaches)
    employ(nina, leads.school, ["schoolleider"])
    by = admin_of_both(teaches, leads)
    for stage in (teaches, leads):
        enters(stage, nina, by)
    assert (has(teaches, nina), has(leads, nina)) == (BOTH, {})


def test_another_function_or_the_end_at_one_school_changes_nothing_at_the_other() -> None:
    here, there = with_rules(), with_rules()
    nina = newcomer(here)
    employ(nina, there.school)
    by = admin_of_both(here, there)
    for stage in (here, there):
        enters(stage, nina, by)
    work = employment_of(nina, here)
    change_employment(by=by, employment_id=work.pk, changes={"functions": ["schoolleider"]})
    assert set(has(here, nina).values()) == {"withdrawn"}
    assert has(there, nina) == BOTH
    end_employment(by=by, employment_id=work.pk)
    assert has(there, nina) == BOTH
    with scopes_disabled():
        teams = TeamMembership.objects.filter(person=nina).values_list("team", flat=True)
        assert list(teams) == [there.team.pk]


def test_only_what_the_rules_of_that_team_gave_that_person_falls_away() -> None:
    stage = Stage().accepted()
    kim, cor = (
        make_colleague(stage.team, name=name, functions=["kleuterleerkracht"])
        for name in ("Kim", "Cor")
    )
    assign(stage, MINDSET, target=TODDLERS)
    other = Stage(stage.school, "Bovenbouw").accepted()
    join(kim, other.team)
    assign(other, MINDSET, target=Target(TargetKind.TEAM))
    change_employment(
        by=admin_of(stage),
        employment_id=employment_of(kim, stage).pk,
        changes={"functions": ["leerkracht"]},
    )
    assert [has(stage, kim), has(stage, cor), has(other, kim)] == [
        {MINDSET: "withdrawn"},
        {MINDSET: "assigned"},
        {MINDSET: "assigned"},
    ]


def test_who_leaves_a_team_still_keeps_what_was_agreed_in_another() -> None:
    left = Stage()
    kept = Stage(left.school, "Bovenbouw")
    join(left.member, kept.team)
    with scopes_disabled():
        for stage in (left, kept):
            Agreement.objects.create(
                routekaart=stage.routekaart,
                owner=left.member,
                what=stage.team_name,
                due_on=TODAY,
                check_on=date(2027, 1, 11),
            )
        row = TeamMembership.objects.get(person=left.member, team=left.team)
    remove_membership(by=admin_of(left), membership_id=row.pk)
    with scopes_disabled():
        owners = dict(Agreement.objects.values_list("what", "owner"))
    assert owners == {"Onderbouw": None, "Bovenbouw": left.member.pk}

"""Whose completions somebody sees, and at which school."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role, school_scope
from routekaart.models import (
    GroupCompletion,
    GroupConfirmation,
    Person,
    RoleGrant,
    School,
    TeamMembership,
)
from routekaart.queries.progress.completions import (
    completion_detail,
    completions_of_school,
    counting_completions,
    group_completions_of,
    known_to,
    own_completions,
    recordable_people,
)
from tests.makers import access_for, employ, grant, join
from tests.progressed import COURSE, known
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 11, 2)
DAY = date(2026, 10, 1)


@pytest.fixture
def here() -> Stage:
    return Stage()


@pytest.fixture
def there() -> Stage:
    """Another school."""
    return Stage(team_name="Elders")


def also_at(stage: Stage, person: Person, role: Role) -> None:
    """Works there too, in the team."""
    employ(person, stage.school)
    grant(person, role, school=stage.school)
    join(person, stage.team)


def test_who_notes_at_two_schools_notes_of_each_its_own_people(here: Stage, there: Stage) -> None:
    grant(here.trainer, Role.TRAINER, school=there.school)
    found = recordable_people(by=here.as_trainer, school_id=here.school.pk)
    with here.as_trainer.entered():
        assert {one.person for one in found} == {here.lead, here.member, here.director}


def test_a_lead_does_not_note_here_of_who_is_in_the_own_team_elsewhere(
    here: Stage, there: Stage
) -> None:
    also_at(there, here.lead, Role.TEAM_LEAD)
    # Works here, and is in a team of this lead at the other school only.
    employ(there.member, here.school)
    found = recordable_people(by=here.as_lead, school_id=here.school.pk)
    with here.as_lead.entered():
        assert {one.person for one in found} == {here.lead, here.member}


def test_the_own_record_is_of_all_schools_and_of_nobody_else(here: Stage, there: Stage) -> None:
    also_at(there, here.member, Role.MEMBER)
    mine = {known(stage.school, here.member, DAY) for stage in (here, there)}
    known(here.school, here.lead, DAY)
    by = here.as_member
    with by.entered():
        assert set(own_completions(by=by)) == mine


def test_the_list_of_a_school_holds_nothing_of_another(here: Stage, there: Stage) -> None:
    also_at(there, here.member, Role.MEMBER)
    at_home = known(here.school, here.member, DAY)
    known(there.school, here.member, date(2026, 10, 2))
    by = here.as_member
    with by.entered():
        found = completions_of_school(by=by, school_id=here.school.pk, today=TODAY)
        assert list(found) == [at_home]
        told = known_to(by=by, school=here.school, persons=[here.member.pk], today=TODAY)
    assert told == {(here.member.pk, COURSE, DAY)}


def test_what_somebody_else_noted_of_me_is_in_my_list(here: Stage) -> None:
    mine, theirs = (
        known(here.school, person, DAY, recorded_by=here.trainer)
        for person in (here.member, here.lead)
    )
    for by, seen in ((here.as_member, {mine}), (here.as_trainer, {mine, theirs})):
        with by.entered():
            found = completions_of_school(by=by, school_id=here.school.pk, today=TODAY)
            assert set(found) == seen


def test_only_what_is_asked_about_is_known(here: Stage) -> None:
    for person in (here.member, here.lead):
        known(here.school, person, DAY, recorded_by=here.trainer)
    by = here.as_trainer
    with by.entered():
        told = known_to(by=by, school=here.school, persons=[here.member.pk], today=TODAY)
    assert told == {(here.member.pk, COURSE, DAY)}


def test_what_counts_is_of_that_school_and_these_people(here: Stage, there: Stage) -> None:
    mine = known(here.school, here.member, DAY)
    known(there.school, here.member, date(2026, 10, 2))
    known(here.school, here.lead, DAY)
    with school_scope([here.school.pk, there.school.pk]):
        found = counting_completions(
            school=here.school, persons=[here.member.pk], courses=[COURSE], today=TODAY
        )
    assert found == {(here.member.pk, COURSE): mine}


def test_what_one_did_at_a_school_out_of_reach_is_out_of_sight(here: Stage, there: Stage) -> None:
    also_at(there, here.member, Role.MEMBER)
    row = known(there.school, here.member, DAY)
    assert completion_detail(by=here.as_member, completion_id=row.pk) == row
    with scopes_disabled():
        RoleGrant.objects.filter(person=here.member, school=there.school).delete()
        TeamMembership.objects.filter(person=here.member, team=there.team).delete()
    with pytest.raises(NotFound):
        completion_detail(by=here.as_member, completion_id=row.pk)


class TestTogether:
    def noted(self, stage: Stage, by: Person, *people: Person) -> GroupCompletion:
        with scopes_disabled():
            found = GroupCompletion.objects.create(
                routekaart=stage.routekaart, course_id=COURSE, done_on=DAY, made_by=by
            )
            for person in people:
                GroupConfirmation.objects.create(group_completion=found, person=person)
        return found

    def test_who_is_not_named_does_not_see_what_others_did(self, here: Stage) -> None:
        named = self.noted(here, here.lead, here.lead, here.member)
        self.noted(here, here.lead, here.lead)
        # Asked outside any scope: the query enters its own.
        found, _ = group_completions_of(
            by=here.as_member, routekaart_id=here.routekaart.pk, today=TODAY
        )
        with here.as_member.entered():
            assert list(found) == [named]

    def test_who_confirmed_is_for_lead_and_trainer_also_once_the_pmr_agreed(
        self, here: Stage
    ) -> None:
        with scopes_disabled():
            School.objects.filter(pk=here.school.pk).update(progress_by_name_since=DAY)
        shown = {
            person.name: group_completions_of(
                by=access_for(person), routekaart_id=here.routekaart.pk, today=TODAY
            )[1]
            for person in (here.lead, here.trainer, here.member)
        }
        assert shown == {"Lies Leider": True, "Tess Trainer": True, "Mo Lid": False}

"""What goes along with a role: only what hangs on it at that school and in those teams."""

from datetime import date, time

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Agreement, BlockPerson, Job, Person, ProgrammeBlock, StudyDay
from routekaart.models.jobs import JobKind
from routekaart.queries.organisation.duties import role_to_hand_over
from tests.makers import access_for, employ, grant, join, make_colleague, make_team
from tests.stages import STUDY_DAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def busy(stage: Stage, *people: Person) -> None:
    """An open agreement, a led part of a day and a wanted document of each of these people."""
    with scopes_disabled():
        for number, person in enumerate(people):
            Agreement.objects.create(
                routekaart=stage.routekaart,
                what="Elkaars les zien",
                owner=person,
                due_on=date(2026, 11, 1),
                check_on=date(2026, 11, 8),
            )
            values = STUDY_DAY | {"date": date(2026, 11, 4 + 7 * number)}
            day = StudyDay.objects.create(routekaart=stage.routekaart, **values)
            block = ProgrammeBlock.objects.create(
                study_day=day, starts_at=time(9), minutes=60, kind="opening", title="Start"
            )
            BlockPerson.objects.create(block=block, person=person, leads=True)
            Job.objects.create(school=stage.school, kind=JobKind.DOCUMENT, requested_by=person)


def test_nothing_of_another_school_team_or_person_goes_along() -> None:
    here, elsewhere = Stage(), Stage(team_name="Elders")
    next_door = Stage(here.school, "Bovenbouw")
    # The lead is one at both schools, and was in the team next door before.
    grant(here.lead, Role.TEAM_LEAD, school=elsewhere.school)
    employ(here.lead, elsewhere.school)
    join(here.lead, elsewhere.team)
    make_team(here.school, "Zonder leider")
    for stage in (here, next_door, elsewhere):
        busy(stage, here.lead, stage.member)
    admin = make_colleague(here.team, Role.SCHOOL_ADMIN, name="Ans Beheer")
    grant(admin, Role.SCHOOL_ADMIN, school=elsewhere.school)
    found = role_to_hand_over(
        by=access_for(admin),
        school_id=here.school.pk,
        person_id=here.lead.pk,
        role=Role.TEAM_LEAD,
    )
    # Days and documents are of the school as a whole: also those of the team next door.
    assert (found.teams, found.agreements, found.study_days, found.documents) == (
        ("Onderbouw",),
        1,
        2,
        2,
    )


def test_who_has_only_a_role_at_the_school_can_take_one_over_there() -> None:
    here = Stage()
    Stage(team_name="Elders")
    admin = make_colleague(here.team, Role.SCHOOL_ADMIN, name="Ans Beheer")
    found = role_to_hand_over(
        by=access_for(admin),
        school_id=here.school.pk,
        person_id=here.lead.pk,
        role=Role.TEAM_LEAD,
    )
    assert [name for _, name in found.takers] == [
        "Ans Beheer",
        "Dirk Directeur",
        "Mo Lid",
        "Tess Trainer",
    ]
